"""The parts of an index that several machines built, found and compared before they are merged."""

import hashlib
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from retriever.corpus import READING
from retriever.errors import (
    IndexMissingError,
    IndexStaleError,
    IndexUnusableError,
    SettingsError,
)
from retriever.index.location import locate
from retriever.index.manifest import MANIFEST, Manifest, read_manifest
from retriever.index.publishing import current_generation
from retriever.indexing.segmentation import splitting
from retriever.indexing.sharding import PARTS, Shard, parse_shard

# Missing parts named one by one.
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an index: its generation in ``folder``, and the checksum of that one's manifest."""

    shard: Shard
    folder: Path
    manifest: Manifest
    checksum: str


def parts_of(index: str | Path, named: Sequence[Path] = ()) -> list[Part]:
    """Return every part of the index, by number: those in ``named``, else those beside the index.

    :raises IndexMissingError: when one was not built yet, or none.
    :raises IndexUnusableError: when they do not belong together, or one cannot be used.
    """
    folder = locate(index).folder / PARTS
    found = list(_found_parts(named or sorted(folder.glob("*-of-*"))))
    if not found:
        raise IndexMissingError(
            f"no part in {folder}; build each with: quotidian build CORPUS --shard 1/8 "
            f"--index {shlex.quote(str(index))}"
        )
    _require_all(index, [part.shard for part in found])
    for part in found:
        _require_rules(index, part, found[0])
    return sorted(found, key=lambda part: part.shard.number)


def _found_parts(folders: Sequence[Path]) -> Iterator[Part]:
    for index in folders:
        try:
            folder = current_generation(index)
        except IndexMissingError:
            continue  # its first build is under way, or was killed
        manifest = read_manifest(folder)
        try:
            shard = parse_shard(manifest.shard)
        except SettingsError:
            message = f"{index} is an index, but no part of one; name what build --shard wrote"
            raise IndexUnusableError(message) from None
        content = (folder / MANIFEST).read_bytes()
        checksum = hashlib.sha256(content).hexdigest()
        yield Part(shard=shard, folder=folder, manifest=manifest, checksum=checksum)


def _require_all(index: str | Path, shards: Sequence[Shard]) -> None:
    """Refuse parts of two ways of sharing out, one that comes twice, and one that is missing."""
    counts = sorted({shard.count for shard in shards})
    if len(counts) > 1:
        raise IndexUnusableError(
            f"there are parts of {counts[0]} and of {counts[1]}; remove the folders of the way of "
            "sharing out that is over, or name the parts to merge"
        )
    (count,) = counts
    numbers = Counter(shard.number for shard in shards)
    if twice := [number for number, times in numbers.items() if times > 1]:
        raise IndexUnusableError(f"the part {twice[0]}/{count} is there twice; name it once")
    missing = [number for number in range(1, count + 1) if number not in numbers]
    if missing:
        few = ", ".join(f"{number}/{count}" for number in missing[:_NAMED])
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        raise IndexMissingError(
            f"not built yet: {few}{more}; build it with: quotidian build CORPUS "
            f"--shard {missing[0]}/{count} --index {shlex.quote(str(index))}"
        )


def _require_rules(index: str | Path, part: Part, first: Part) -> None:
    """Refuse a part that another encoder or other rules made than the first one, or than now."""
    made, other = part.manifest, first.manifest
    again = (
        f"build it again with: quotidian build CORPUS --shard {part.shard} "
        f"--index {shlex.quote(str(index))}"
    )
    if made.fingerprint != other.fingerprint:
        raise IndexStaleError(
            f"the part {part.shard} was built with the encoder {made.encoder} "
            f"({made.fingerprint[:8]}), the part {first.shard} with {other.encoder} "
            f"({other.fingerprint[:8]}); build one of them again with the other's encoder"
        )
    if (made.reading, made.splitting) != (READING, splitting()):
        raise IndexStaleError(
            f"the part {part.shard} was made by the rules {made.reading} and {made.splitting} of "
            f"reading and splitting, this program has {READING} and {splitting()}; {again}"
        )
