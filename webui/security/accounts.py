"""Who may use the page: names with hashed passwords, from the environment or a file.

A file has a line a person, ``name:hash`` or ``name:hash:curator``; ``quotidian hash-password``
prints the hash, Argon2id. Blank lines and lines that begin with ``#`` say nothing.
"""

import base64
import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from retriever import SettingsError

USER = "QUOTIDIAN_USER"
PASSWORD = "QUOTIDIAN_PASSWORD"  # noqa: S105 - the name of the variable
USERS = "QUOTIDIAN_USERS"
CURATOR = "curator"

_HASHER = PasswordHasher()
_ARGON2 = re.compile(
    r"\$argon2id\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,3}"
    r"\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}",
    re.ASCII,
)
# What hash-password printed before it printed Argon2id: such a hash goes on letting its owner in.
_SCRYPT = re.compile(r"scrypt\$32768,8,3\$([\w-]{22})\$([\w-]{43})", re.ASCII)
# What a shell leaves of either where it takes the parts after a dollar sign for variables.
_BROKEN = re.compile(r"\$argon2|=19=|scrypt(?:\$|2768,)")
_MAKE = "quotidian hash-password"
_REMEMBERED = 256
# Hashes made at once, each in 64 MiB for a twentieth of a second, and the most that wait for one.
_AT_ONCE, _MOST_WAITING = 2, 64
_log = logging.getLogger(__name__)


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
    _checking: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_AT_ONCE))

    async def admit(self, user: str, password: str) -> bool:
        """Tell what :meth:`check` does, in a thread, so that whoever asks the page need not wait.

        Few are checked at once, and who comes when many wait is not let in: a hash takes 64 MiB.
        """
        if self.remembers(user, password):
            return True
        if self._checking.statistics().tasks_waiting >= _MOST_WAITING:
            return False
        return await run_sync(self.check, user, password, limiter=self._checking)

    def remembers(self, user: str, password: str) -> bool:
        """Tell whether this was found to be the password of this user, which takes no hash."""
        return self._digest(f"{user}\0{password}") in self._known

    def check(self, user: str, password: str) -> bool:
        """Tell whether this is the password of this user."""
        if not self.people:
            return False
        if self.remembers(user, password):
            return True
        account = self.people.get(user)
        right = matches(password, (account or self._stand_in(user)).hashed)
        if account is None or not right:
            return False
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[self._digest(f"{user}\0{password}")] = None
        return True

    def _stand_in(self, user: str) -> Account:
        """Return the account that an unknown user's password is compared with, always the same.

        So somebody unknown takes as long to be refused as somebody known, however that one's
        password is hashed.
        """
        place = int.from_bytes(self._digest(user)) % len(self.people)
        return [*self.people.values()][place]

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._secret, text.encode("utf-8", "surrogatepass"), "sha256")

    def may_curate(self, user: str | None) -> bool:
        """Tell whether this user may change the corpus."""
        account = self.people.get(user or "")
        return account is not None and account.curator


def accounts_from(environment: Mapping[str, str]) -> Accounts | None:
    """Return the accounts that the environment sets, or names a file of; ``None`` without any.

    ``QUOTIDIAN_PASSWORD`` is a hash or a password; the one user it is for looks after the corpus.

    Whose hash is weaker than those made now is told in the log, a line each.

    :raises SettingsError: if a file cannot be read, a line of it is none, or a hash is broken.
    """
    people = _read_users(Path(path)) if (path := environment.get(USERS)) else {}
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if user and password:
        people[user] = Account(hashed=_known_password(password), curator=True)
    for name, account in people.items():
        if needs_rehash(account.hashed):
            _log.warning("the hash for %r is of an old kind; make one with: %s", name, _MAKE)
    return Accounts(people) if people else None


def hashed(password: str) -> str:
    """Return a password as it may be kept: salted, and slow to try."""
    return _HASHER.hash(_encoded(password))


def matches(password: str, known: str) -> bool:
    """Tell whether a password is the one that was hashed; never where ``known`` is no hash."""
    if old := _SCRYPT.fullmatch(known):
        return _matches_scrypt(password, salt=old[1], digest=old[2])
    try:
        return bool(_ARGON2.fullmatch(known)) and _HASHER.verify(known, _encoded(password))
    except VerificationError:  # another password, or figures that no Argon2 can have
        return False


def is_hash(text: str) -> bool:
    """Tell whether a text is a hash that :func:`hashed` makes, or made in an earlier release."""
    return bool(_ARGON2.fullmatch(text) or _SCRYPT.fullmatch(text))


def needs_rehash(known: str) -> bool:
    """Tell whether a hash was made in another way, or with less work, than is done now."""
    return not _ARGON2.fullmatch(known) or _HASHER.check_needs_rehash(known)


def _known_password(given: str) -> str:
    """Return the hash that is given, or that of the password that is.

    :raises SettingsError: if it begins as a hash, whole or damaged by a shell, and is none.
    """
    if is_hash(given):
        return given
    if _BROKEN.match(given):
        raise SettingsError(f"{PASSWORD} holds a broken hash; make one with: {_MAKE}")
    return hashed(given)


def _read_users(path: Path) -> dict[str, Account]:
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
            raise SettingsError(
                f"{path}, line {number}: not a name:hash or name:hash:{CURATOR}; make the hash "
                f"with: {_MAKE}"
            )
        people[name] = Account(hashed=known, curator=role == CURATOR)
    return people


def _matches_scrypt(password: str, *, salt: str, digest: str) -> bool:
    """Tell whether scrypt makes the digest; both are in base64 without its padding."""
    cost, block = 2**15, 8
    made = hashlib.scrypt(
        _encoded(password),
        salt=base64.urlsafe_b64decode(f"{salt}=="),
        n=cost,
        r=block,
        p=3,
        maxmem=256 * cost * block,
        dklen=32,
    )
    return hmac.compare_digest(made, base64.urlsafe_b64decode(f"{digest}="))


def _encoded(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
