"""What each file of the corpus gives: its articles, cut for indexing.

What the generation before holds of an unchanged file is taken from it, cut as it is when the
rules are the same; only the others are read.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

from retriever.corpus import ReaderPool, SourceFile, digest, read_source
from retriever.encoders.protocol import Encoder
from retriever.index.store import SeenFile
from retriever.indexing.previous_generation import Before, Cut
from retriever.indexing.segmentation import Piece, pieces_of
from retriever.records import Article, Failure

# A file changed less than this before it was read may change again within the same tick of its
# time stamp, and its size may stay: next time its content is looked at. FAT has ticks of 2 s.
UNSETTLED_NS = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article of the file ``source``, which calls it ``stated_id``, cut for indexing."""

    source: str
    stated_id: str
    article: Article
    pieces: Sequence[Piece]


# What a file gives, in its order; the entry of the file itself comes last.
Item = Found | Failure | SeenFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """Where articles are taken from; the corpus was looked through at ``seen_ns``, since 1970.

    Cancelling ``readers`` ends the reading from any thread.
    """

    encoder: Encoder
    before: Before | None
    seen_ns: int
    readers: ReaderPool = field(default_factory=ReaderPool)

    def items(self, sources: Sequence[SourceFile]) -> Generator[Item, None, None]:
        """Yield what each file gives, file after file."""
        with self.readers:
            for source in sources:
                entry, cuts = self._open(source)
                for item in cuts:
                    yield item if isinstance(item, Failure) else _found(source, *item)
                yield entry

    def _open(self, source: SourceFile) -> tuple[SeenFile, Iterator[Cut | Failure]]:
        """Return the file's new entry and what it holds, taken over or read."""
        # What is wrong with a file that is not opened stands in its stamp.
        settled = source.changed_ns < self.seen_ns - UNSETTLED_NS or source.problem
        stamp = source.stamp if settled else ""
        if self.before and self.before.holds(source):
            sha256 = self.before.sha256(source)
            cuts = self.before.items(source, self.encoder)
        else:
            sha256 = digest(source)
            cuts = self._read(source)
        return SeenFile(path=source.path, stamp=stamp, sha256=sha256), cuts

    def _read(self, source: SourceFile) -> Iterator[Cut | Failure]:
        for item in read_source(source, self.readers):
            if isinstance(item, Failure):
                yield item
            else:
                held = self.before.pieces_like(item) if self.before else None
                yield item.id, item, held or pieces_of(item, self.encoder)


def _found(
    source: SourceFile, stated_id: str, article: Article, pieces: Sequence[Piece]
) -> Found | Failure:
    if not pieces:
        return Failure(path=source.path, reason=f"{stated_id} holds no text")
    return Found(source=source.path, stated_id=stated_id, article=article, pieces=pieces)
