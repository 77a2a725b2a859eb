"""Ask every question of a data set and report how well the answers hold up."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from retriever.building import build
from retriever.encoders.registry import load_present_encoder
from retriever.errors import DatasetError, IndexMissingError, QuestionError, SettingsError
from retriever.evaluation.datasets import Dataset, check_evidence, read_dataset, sample
from retriever.evaluation.observing import Answering, gold_of, observe
from retriever.evaluation.report import Report, summarise
from retriever.indexing.progress import Progress
from retriever.library import Index, open_configured
from retriever.settings import Settings

#: Where an index is kept when none is named; below the current folder, apart from the user's own.
KEPT = Path(".quotidian", "evaluations")

OnProgress = Callable[[Progress], None]
_DEFAULTS = Settings()


def evaluate(
    dataset: Path,
    *,
    settings: Settings = _DEFAULTS,
    index: Path | None = None,
    limit: int | None = None,
    progress: OnProgress | None = None,
) -> Report:
    """Measure retrieval, quotes, refusal and latency on a data set.

    An index that is there is used as it stands; one that is missing is built from the data set's
    corpus. With ``index`` left out it is kept in ``.quotidian/evaluations/NAME`` and brought up to
    date first. ``settings`` say with which encoder and reader. ``limit`` asks the first questions
    only, answerable and not in proportion.

    :raises DatasetError: if the data set is malformed, or the index holds other articles
    :raises SettingsError: if ``limit`` is below 1, or the index is another encoder's
    :raises IndexUnusableError: if the index cannot answer
    """
    data = read_dataset(dataset)
    queries = sample(data.queries, limit)
    check_evidence(data)
    folder = index or KEPT / data.name
    settings = replace(settings, corpus=str(data.corpus), index=str(folder))
    opened = _open_or_build(settings, refresh=index is None, progress=progress)
    _require_encoder(opened, settings)
    _check_articles(opened, data, folder)
    opened.warm_up()
    tell = progress or (lambda _: None)
    observations = []
    for done, query in enumerate(queries):
        tell(Progress(stage="questions", done=done, total=len(queries)))
        observations.append(observe(opened, query, gold_of(data, query)))
    tell(Progress(stage="questions", done=len(queries), total=len(queries)))
    return summarise(data.name, "article" if data.article_level else "passage", observations)


def _open_or_build(settings: Settings, *, refresh: bool, progress: OnProgress | None) -> Index:
    if not refresh:
        try:
            return open_configured(settings)
        except IndexMissingError:
            pass  # then it is built, as asked for
    build(settings.corpus, index=settings.index, encoder=settings.encoder, progress=progress)
    return open_configured(settings)


def _require_encoder(index: Index, settings: Settings) -> None:
    """Refuse an index of another encoder than one that was asked for, whatever its name."""
    if settings.encoder in {_DEFAULTS.encoder, index.encoder}:
        return
    if load_present_encoder(settings.encoder).fingerprint != index.encoder_fingerprint:
        raise SettingsError(
            f"the index {settings.index} was built with the encoder {index.encoder!r}, not "
            f"{settings.encoder!r}; name that one, or another folder with --index"
        )


def _check_articles(index: Answering, data: Dataset, folder: Path) -> None:
    """Raise unless the index holds the articles of the evidence, with the offsets still right."""
    for items in data.evidence.values():
        for item in items:
            try:
                stands = item.span.of(index.article(item.article).text) == item.quote
            except QuestionError:
                stands = False
            if not stands:
                raise DatasetError(
                    f"the index {folder} does not hold article {item.article!r} as the data set "
                    f"has it; make one that does: quotidian build {data.corpus} --index DIR"
                )
