"""What each file of the corpus gives: its articles, cut for indexing.

What the generation before holds of an unchanged file is taken from it, cut as it is when the
rules are the same; only the others are read.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

from retriever.corpus import ReaderPool, SourceFile, digest, read_source
from retriever.encoders.protocol import Encoder
from retriever.index.store import SeenFile
from retriever.indexing.previous_generation import PreviousGeneration
from retriever.indexing.segmentation import SegmentedArticle, segment_article
from retriever.records import Article, Failure

# A file changed less than this before it was read may change again within the same tick of its
# time stamp, and its size may stay: next time its content is looked at. FAT has ticks of 2 s.
UNSETTLED_NS = 2_000_000_000


# What a file gives, in its order; the entry of the file itself comes last.
SourceItem = SegmentedArticle | Failure | SeenFile


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReader:
    """Reads a corpus that was looked through at ``seen_ns``, since 1970, or takes from before.

    Cancelling ``readers`` ends the reading from any thread.
    """

    encoder: Encoder
    previous: PreviousGeneration | None
    seen_ns: int
    readers: ReaderPool = field(default_factory=ReaderPool)

    def items(self, sources: Sequence[SourceFile]) -> Generator[SourceItem, None, None]:
        """Yield what each file gives, file after file."""
        with self.readers:
            for source in sources:
                entry, given = self._open(source)
                for item in given:
                    if isinstance(item, Failure) and item.passing:
                        # Of no stamp and no content that any file has: it is read again.
                        entry = SeenFile(path=source.path, stamp="", sha256="")
                    if isinstance(item, Failure) or item.passages:
                        yield item
                    else:
                        yield Failure(path=source.path, reason=f"{item.stated_id} holds no text")
                yield entry

    def _open(self, source: SourceFile) -> tuple[SeenFile, Iterator[SegmentedArticle | Failure]]:
        """Return the file's new entry and what it holds, taken over or read."""
        # What is wrong with a file that is not opened stands in its stamp.
        settled = source.changed_ns < self.seen_ns - UNSETTLED_NS or source.problem
        stamp = source.stamp if settled else ""
        if self.previous and self.previous.holds(source):
            sha256 = self.previous.sha256(source)
            given = self.previous.items(source, self.encoder)
        else:
            sha256 = digest(source)
            given = self._read(source)
        return SeenFile(path=source.path, stamp=stamp, sha256=sha256), given

    def _read(self, source: SourceFile) -> Iterator[SegmentedArticle | Failure]:
        for item in read_source(source, self.readers):
            if isinstance(item, Failure):
                yield item
            else:
                yield self._segmented(source, item)

    def _segmented(self, source: SourceFile, article: Article) -> SegmentedArticle:
        """Return an article that was read, cut as it was when it is as it was."""
        before = self.previous.row_like(article) if self.previous else None
        held = self.previous.passages(before) if self.previous and before is not None else None
        return SegmentedArticle(
            source=source.path,
            stated_id=article.id,
            article=article,
            passages=held or segment_article(article, self.encoder),
            before=before,
        )
