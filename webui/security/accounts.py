"""Who may use the page: names with hashed passwords, from the environment or a file.

A file has a line a person, ``name:hash`` or ``name:hash:curator``; ``quotidian hash-password``
prints the hash. Blank lines and lines that begin with ``#`` say nothing.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from retriever import SettingsError

USER = "QUOTIDIAN_USER"
PASSWORD = "QUOTIDIAN_PASSWORD"  # noqa: S105 - the name of the variable
USERS = "QUOTIDIAN_USERS"
CURATOR = "curator"

# What OWASP's cheat sheet gives for scrypt at 32 MB: some tenths of a second.
_COST, _BLOCK, _LANES = 2**15, 8, 3
_SCHEME = "scrypt"
_MEMORY = 128 * _COST * _BLOCK * 2
_REMEMBERED = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person: the hash of the password, and whether they may change the corpus."""

    hashed: str
    curator: bool = False


@dataclass(slots=True)
class Accounts:
    """The people who may use the page, by name; threads may share it."""

    people: Mapping[str, Account]
    # Checking a password takes long on purpose; one that was right is known again by a keyed hash
    # for as long as the server runs, since programs send theirs with every request.
    _known: dict[bytes, None] = field(default_factory=dict)
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    # Somebody unknown takes as long to be refused as somebody known.
    _nobody: str = field(default_factory=lambda: hashed(secrets.token_hex(16)))

    def check(self, user: str, password: str) -> bool:
        """Tell whether this is the password of this user."""
        given = f"{user}\0{password}".encode("utf-8", "surrogatepass")
        mark = hmac.digest(self._secret, given, "sha256")
        if mark in self._known:
            return True
        account = self.people.get(user)
        right = matches(password, account.hashed if account else self._nobody)
        if account is None or not right:
            return False
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[mark] = None
        return True

    def may_curate(self, user: str | None) -> bool:
        """Tell whether this user may change the corpus."""
        account = self.people.get(user or "")
        return account is not None and account.curator


def accounts_from(environment: Mapping[str, str]) -> Accounts | None:
    """Return the accounts that the environment sets, or names a file of; ``None`` without any.

    ``QUOTIDIAN_PASSWORD`` is a hash or a password; the one user it is for looks after the corpus.

    :raises SettingsError: if a file cannot be read or a line of it is none.
    """
    people = _from_file(Path(path)) if (path := environment.get(USERS)) else {}
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if user and password:
        known = password if is_hash(password) else hashed(password)
        people[user] = Account(hashed=known, curator=True)
    return Accounts(people) if people else None


def hashed(password: str) -> str:
    """Return a password as it may be kept: salted, and slow to try."""
    salt = secrets.token_bytes(16)
    return f"{_SCHEME}${_cost()}${_text(salt)}${_text(_digest(password, salt, _COST))}"


def matches(password: str, known: str) -> bool:
    """Tell whether a password is the one that was hashed."""
    _, cost, salt, digest = known.split("$")
    found = _digest(password, _bytes(salt), int(cost.partition(",")[0]))
    return hmac.compare_digest(found, _bytes(digest))


def is_hash(text: str) -> bool:
    """Tell whether a text is a hash that :func:`hashed` made."""
    scheme, *parts = text.split("$")
    try:
        cost, salt, digest = parts
        return (scheme, cost) == (_SCHEME, _cost()) and (
            len(_bytes(salt)),
            len(_bytes(digest)),
        ) == (16, 32)
    except (ValueError, binascii.Error):
        return False


def _from_file(path: Path) -> dict[str, Account]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read the users in {path} ({error}); {USERS} names that file"
        raise SettingsError(message) from error
    people = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.strip().partition(":")
        known, _, role = rest.partition(":")
        if not name or not is_hash(known) or role not in {"", CURATOR}:
            message = (
                f"{path}, line {number}: not a name:hash or name:hash:{CURATOR}; make the hash "
                "with: quotidian hash-password"
            )
            raise SettingsError(message)
        people[name] = Account(hashed=known, curator=role == CURATOR)
    return people


def _digest(password: str, salt: bytes, cost: int) -> bytes:
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=cost, r=_BLOCK, p=_LANES, maxmem=_MEMORY, dklen=32)


def _cost() -> str:
    return f"{_COST},{_BLOCK},{_LANES}"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
