"""Sharing out the files of a corpus, so that several machines build one index.

Each builds a part, ``quotidian build CORPUS --shard 2/8``, which is an index of the files that fall
to it; :mod:`retriever.indexing.merging` makes one index of all parts.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from retriever.corpus import Survey
from retriever.errors import SettingsError

# Below the folder of the index that the parts are of.
PARTS = "parts"
MOST = 9_999
_WRITTEN = re.compile(r"(\d{1,4})/(\d{1,4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """The files that fall to ``number`` (from 1) of ``count`` builders.

    Which these are depends on their paths within the corpus only: on every machine, and however the
    corpus grows, a file falls to the same one.
    """

    number: int
    count: int

    def __str__(self) -> str:
        """Return the shard as it is written: ``2/8``."""
        return f"{self.number}/{self.count}"

    def holds(self, path: str) -> bool:
        """Tell whether the file with this path within the corpus falls to this builder."""
        digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1

    def share_of(self, found: Survey) -> Survey:
        """Return what of a corpus falls to this builder."""
        return Survey(
            sources=[source for source in found.sources if self.holds(source.path)],
            skipped=[entry for entry in found.skipped if self.holds(entry.path)],
        )

    def folder(self, index: Path) -> Path:
        """Return where this part of the index in ``index`` is built."""
        return index / PARTS / f"{self.number}-of-{self.count}"


def parse_shard(written: str) -> Shard:
    """Return the shard that ``2/8`` stands for.

    :raises SettingsError: for anything that is not one of so many.
    """
    found = _WRITTEN.fullmatch(written.strip())
    number, count = map(int, found.groups()) if found else (0, 0)
    if not 1 <= number <= count:
        message = (
            f"{written[:40]!r} is no shard; write 2/8 for the second of eight (at most {MOST})"
        )
        raise SettingsError(message)
    return Shard(number=number, count=count)
