"""One published generation, open for questions: store, vectors and lexical index together."""

from pathlib import Path

from retriever.errors import IndexDamagedError, IndexStaleError
from retriever.index.lexical import LexicalIndex
from retriever.index.manifest import Manifest, check_files, read_manifest
from retriever.index.sentences import Sentences
from retriever.index.store import Store
from retriever.index.vectors import Vectors
from retriever.records import Coverage

VECTORS = "vectors.faiss"
LEXICAL = "lexical"


class Generation:
    """The resources of one generation; never changes, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Open and check the generation in ``folder``.

        :raises IndexDamagedError: when a file is missing, altered, or the counts disagree.
        :raises IndexStaleError: when another version of the format wrote it.
        """
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        check_files(folder, self.manifest)
        count = self.manifest.passages
        self.store = Store(folder)
        if len(self.store) != count:
            message = (
                f"{folder} holds {len(self.store)} passages, its manifest says {count}; "
                "rebuild it with: quotidian build --full"
            )
            raise IndexDamagedError(message)
        self.vectors = Vectors.load(folder / VECTORS, count=count)
        self.sentences = Sentences.load(folder, passages=count)
        self.lexical = LexicalIndex.load(folder / LEXICAL, count=count)
        self.coverage = _coverage(self.store, self.manifest)

    def require_encoder(self, name: str, fingerprint: str) -> None:
        """Make sure that questions are encoded as the passages were.

        :raises IndexStaleError: when the encoder differs, naming both and the way out.
        """
        if fingerprint != self.manifest.fingerprint:
            message = (
                f"the index was built with the encoder {self.manifest.encoder} "
                f"({self.manifest.fingerprint[:8]}), this is {name} ({fingerprint[:8]}); "
                "rebuild it with: quotidian build --full"
            )
            raise IndexStaleError(message)


def _coverage(store: Store, manifest: Manifest) -> Coverage:
    origins = store.origins()
    dates = sorted(date for _, date in origins if date)
    return Coverage(
        articles=manifest.articles,
        passages=manifest.passages,
        publishers=len({publisher for publisher, _ in origins if publisher}),
        undated=len(origins) - len(dates),
        earliest=dates[0] if dates else None,
        latest=dates[-1] if dates else None,
        failed=store.failures(),
        built=manifest.built,
        generation=manifest.generation,
    )
