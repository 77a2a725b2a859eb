"""Whether an index was built here: signed with a key that this account of this machine alone has.

An index says where its corpus is, and whoever made the index chose that. Where files may be written
or read because an index says so, it has to be one of ours, or a person to say so as well.
"""

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

_KEY_BYTES = 32


def signature_of(corpus: str) -> str:
    """Return what an index built here of this corpus carries; empty where no key can be kept."""
    key = _own_key()
    return hmac.digest(key, corpus.encode("utf-8", "surrogatepass"), "sha256").hex() if key else ""


def is_signed_here(corpus: str, signature: str) -> bool:
    """Tell whether a signature is what this account of this machine gives for a corpus."""
    known = signature_of(corpus)
    return bool(known) and hmac.compare_digest(
        known.encode(), signature.encode("utf-8", "surrogatepass")
    )


def is_known(corpus: str, signature: str, *, named: str) -> bool:
    """Tell whether an index was built here of its corpus, or somebody names that folder as well."""
    if is_signed_here(corpus, signature):
        return True
    try:
        return Path(named).resolve() == Path(corpus).resolve()
    except OSError:  # a loop of links
        return False


def _own_key() -> bytes | None:
    """Return the key of this account, made when it is first needed; ``None`` if none can be kept.

    It may be lost without harm: what was built before is then taken for somebody else's.
    """
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    path = Path(state) / "quotidian" / "builder.key"
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_bytes()
    except (OSError, RuntimeError):  # a home that is read-only, or none at all
        return None
    return key if len(key) == _KEY_BYTES else None


def _make_key(path: Path) -> None:
    """Write a key, whole at once and for its owner only; one that another build made stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
