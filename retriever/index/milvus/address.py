"""Where an index in Milvus is: the server, the name there, and the folder of its articles."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from retriever.errors import SettingsError

TOKEN = "QUOTIDIAN_MILVUS_TOKEN"  # noqa: S105  # the name of the variable
_FORM = "milvus://HOST:PORT/NAME (or milvus+tls://, or milvus+lite:///FOLDER/NAME)"
# A path that went through pathlib has lost a slash: it is the same address.
_ADDRESS = re.compile(r"milvus(?P<kind>|\+tls|\+lite):/{1,3}(?P<rest>[^?]*)(?:\?(?P<query>.*))?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_HOST = re.compile(r"(?P<host>[A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\])(?::(?P<port>\d{1,5}))?")
_PORT = "19530"
_MOST_REPLICAS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class MilvusAddress:
    """An index in Milvus.

    ``uri`` is what its client connects to, ``name`` the alias under which the vectors in use are
    found there, ``folder`` where the articles and all else are kept, ``written`` how a person names
    it. ``shards`` are the channels that take what is written, ``replicas`` how often each vector is
    held in memory.
    """

    uri: str
    name: str
    folder: Path
    written: str
    shards: int = 1
    replicas: int = 1

    @property
    def is_embedded(self) -> bool:
        """Whether it is a file of milvus-lite, which runs in this process."""
        return "://" not in self.uri


def is_milvus(index: str | Path) -> bool:
    """Tell whether the name of an index is an address in Milvus."""
    return _ADDRESS.fullmatch(str(index)) is not None


def parse_address(written: str | Path) -> MilvusAddress:
    """Return what an address stands for; without ``?folder=``, the folder is one of this user's.

    :raises SettingsError: for what is no such address.
    """
    found = _ADDRESS.fullmatch(str(written))
    if not found:
        raise _unusable(written)
    kind, rest = found["kind"], unquote(found["rest"])
    place, _, name = rest.rpartition("/")
    if not _NAME.fullmatch(name):
        message = f"{name[:120]!r} is no name for an index in Milvus; use letters, digits and _"
        raise SettingsError(message)
    options = _options(found["query"] or "", written)
    if kind == "+lite":
        uri = shown = f"/{place.lstrip('/')}"
        address = f"milvus+lite://{shown}/{name}"
        uri = f"{uri}/milvus.db"
    else:
        shown = _checked_host(place, written)
        address = f"milvus{kind}://{shown}/{name}"
        uri = f"{'https' if kind else 'http'}://{shown}"
    folder = options.pop("folder", "")
    return MilvusAddress(
        uri=uri,
        name=name,
        folder=Path(folder) if folder else _own_folder(shown, name),
        written=f"{address}?folder={folder}" if folder else address,
        **{key: _counted(key, value) for key, value in options.items()},
    )


def _checked_host(place: str, written: str | Path) -> str:
    found = _HOST.fullmatch(place)
    if not found:
        raise _unusable(written)
    return f"{found['host']}:{found['port'] or _PORT}"


def _options(query: str, written: str | Path) -> dict[str, str]:
    options = dict(parse_qsl(query))
    if unknown := options.keys() - {"folder", "shards", "replicas"}:
        message = (
            f"{sorted(unknown)[0]!r} in {written} is unknown; there are folder, shards, replicas"
        )
        raise SettingsError(message)
    return options


def _counted(key: str, value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= _MOST_REPLICAS:
        raise SettingsError(f"{key}={value[:20]} must be a number from 1 to {_MOST_REPLICAS}")
    return int(value)


def _own_folder(place: str, name: str) -> Path:
    """Return the folder of this user for the index with that name there."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "quotidian" / re.sub(r"[^A-Za-z0-9.-]+", "_", f"{place}_{name}").strip("_")


def _unusable(written: str | Path) -> SettingsError:
    return SettingsError(f"{str(written)[:200]!r} is no address of an index; write {_FORM}")
