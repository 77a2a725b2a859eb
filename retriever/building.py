"""Building an index: in one go, or in parts that several machines build and one merges."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from retriever.answer.calibration import calibrate
from retriever.encoders.registry import load_encoder
from retriever.index.manifest import UNCALIBRATED
from retriever.indexing.job import Job
from retriever.indexing.merging import merge_parts
from retriever.indexing.parts import parts_of
from retriever.indexing.pipeline import build_index
from retriever.indexing.progress import Progress
from retriever.indexing.reporting import BuildReport
from retriever.indexing.sharding import parse_shard
from retriever.ranking.searcher import Searcher
from retriever.settings import BUNDLED_ENCODER


def build(
    corpus: str | Path = "seeds",
    *,
    index: str | Path = ".quotidian",
    full: bool = False,
    encoder: str = BUNDLED_ENCODER,
    progress: Callable[[Progress], None] | None = None,
    shard: str | None = None,
) -> BuildReport:
    """Bring the index in folder ``index`` up to date with ``corpus``, a folder or a file.

    Only what changed is read and encoded, unless ``full``. The index in use answers until the
    new one is published. ``progress`` is told how far the build is; a BuildCancelled that it
    raises stops the build, the index stays as it was, and the error reaches the caller.

    With ``shard``, such as ``2/8``, only that part of the index is built; eight machines build one
    each and :func:`merge` makes the index of them.

    :raises CorpusError: when the corpus is missing or holds no readable article.
    :raises IndexBusyError: when another process is building this index.
    :raises EncoderError: when the encoder cannot be loaded.
    """
    job = _job(corpus, index, encoder, progress)
    if shard is None:
        return build_index(replace(job, full=full))
    # Refusal is calibrated over the whole.
    part = replace(job, full=full, shard=parse_shard(shard), calibrate=lambda _: UNCALIBRATED)
    return build_index(part)


def merge(
    index: str | Path = ".quotidian",
    *,
    parts: Sequence[str | Path] = (),
    progress: Callable[[Progress], None] | None = None,
) -> BuildReport:
    """Publish in folder ``index`` the one index of all its parts, which :func:`build` built.

    They stand in ``index/parts``, or else where ``parts`` says. Nothing is read or encoded again.

    :raises IndexUnusableError: when a part is missing, damaged, or does not go with the others.
    :raises EncoderError: when the encoder of the parts cannot be loaded.
    """
    found = parts_of(index, [Path(part) for part in parts])
    made = found[0].manifest
    job = _job(made.corpus, index, made.encoder, progress)
    return merge_parts(job, found)


def _job(
    corpus: str | Path,
    index: str | Path,
    encoder: str,
    progress: Callable[[Progress], None] | None,
) -> Job:
    loaded = load_encoder(encoder)
    return Job(
        corpus=Path(corpus),
        index=index,
        encoder_name=encoder,
        encoder=loaded,
        full=False,
        progress=progress or (lambda _: None),
        calibrate=lambda generation: calibrate(Searcher(generation=generation, encoder=loaded)),
    )
