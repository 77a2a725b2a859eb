"""The report of an evaluation: its figures, and how they are written, as JSON and as a table.

Every figure is ``None`` when there was nothing to measure: never 0, and never an error.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from retriever.evaluation.intervals import Figure, auroc_figure, mean_figure, ratio_figure
from retriever.evaluation.measures import percentile, ranking_values, recall
from retriever.evaluation.observing import CHANNELS, Channel, Gold, Observation, Ranks

#: The k of recall at k.
CUTS = (1, 3, 5, 10)
_LABEL = 28

#: A figure, or figures by name: the shape of the report in JSON.
FigureTree = Mapping[str, "Figure | FigureTree | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingFigures:
    """How well one ranking finds the evidence.

    ``passage_evidence_recall`` is, by k, the share of questions with a passage among the first k
    that covers at least half of a gold span; ``article_recall`` the share with a passage of a gold
    article. ``mrr`` and ``ndcg``, cut at 10, judge the ranking of distinct articles.
    """

    passage_evidence_recall: Mapping[int, Figure | None]
    article_recall: Mapping[int, Figure | None]
    mrr: Figure | None
    ndcg: Figure | None

    def tree(self) -> FigureTree:
        """Return the figures under their names in the JSON report."""
        return {
            "passage_evidence_recall": _by_cut(self.passage_evidence_recall),
            "article_recall": _by_cut(self.article_recall),
            "mrr@10": self.mrr,
            "ndcg@10": self.ndcg,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an evaluation found.

    ``evidence_level`` is ``article`` for a data set without spans: its passage figures then count
    passages of a gold article, and its quotes cannot be judged by place. Quote evidence recall
    counts answerable questions for which a shown quote covers at least half of a gold span, and
    precision the quotes shown for those questions that do. ``answer_in_quotes`` counts answerable
    questions with known answers. ``auroc`` is the chance that an answerable question gets the
    higher confidence, ``answered_at_tenth_refused`` the share of unanswerable questions that would
    be answered at the confidence that refuses a tenth of the answerable ones. ``answering_words``
    is the mean F1, as SQuAD measures it, of the words marked in the first quote with the nearest
    answer, over answerable questions that were answered. Latencies are milliseconds of
    ``Index.ask``, the encoder already loaded.
    """

    dataset: str
    queries: int
    answerable: int
    evidence_level: Literal["passage", "article"]
    final: RankingFigures
    channels: Mapping[Channel, RankingFigures]
    quote_evidence_recall: Figure | None
    quote_evidence_precision: Figure | None
    answer_in_quotes: Figure | None
    auroc: Figure | None
    answered_when_unanswerable: Figure | None
    refused_when_answerable: Figure | None
    answered_at_tenth_refused: Figure | None
    answering_words: Figure | None
    verbatim_failures: int
    latency_p50: float | None
    latency_p95: float | None

    def tree(self) -> FigureTree:
        """Return the figures that have an interval under their names in the JSON report."""
        return {
            **self.final.tree(),
            "quote_evidence_recall": self.quote_evidence_recall,
            "quote_evidence_precision": self.quote_evidence_precision,
            "answer_in_quotes": self.answer_in_quotes,
            "abstention": {
                "auroc": self.auroc,
                "answered_when_unanswerable": self.answered_when_unanswerable,
                "refused_when_answerable": self.refused_when_answerable,
                "answered_at_tenth_refused": self.answered_at_tenth_refused,
            },
            "answering_words_f1": self.answering_words,
            "channels": {channel: figures.tree() for channel, figures in self.channels.items()},
        }

    def to_dict(self) -> dict[str, object]:
        """Return the report as ``evaluate --json`` prints it.

        ``intervals`` repeats the shape of the figures with ``[low, high]`` in their place.
        """
        tree = self.tree()
        return {
            "dataset": self.dataset,
            "queries": self.queries,
            "answerable": self.answerable,
            "unanswerable": self.queries - self.answerable,
            "evidence_level": self.evidence_level,
            **_map_tree(tree, lambda figure: figure.value),
            "verbatim_failures": self.verbatim_failures,
            "latency_ms": {"p50": self.latency_p50, "p95": self.latency_p95},
            "intervals": _map_tree(tree, lambda figure: [figure.low, figure.high]),
        }

    def lines(self) -> list[str]:
        """Return the report as a table for people; ``-`` stands where nothing was measured."""
        rankings = {"search": self.final} | {**self.channels}
        return [
            f"{self.dataset}: {self.queries} questions, {self.answerable} of them answerable;"
            f" evidence by {self.evidence_level}",
            "",
            *_recalls(
                "passage with evidence",
                {name: figures.passage_evidence_recall for name, figures in rankings.items()},
            ),
            *_recalls(
                "passage of its article",
                {name: figures.article_recall for name, figures in rankings.items()},
            ),
            _head("ranking of articles", ("MRR@10", "nDCG@10")),
            *(_figure_row(name, (figures.mrr, figures.ndcg)) for name, figures in rankings.items()),
            "",
            _head("", ("", "  95 % interval")),
            _line("quote holds the evidence", self.quote_evidence_recall),
            _line("quotes that hold it", self.quote_evidence_precision),
            _line("answer is in the quotes", self.answer_in_quotes),
            _line("abstention, AUROC", self.auroc),
            _line("answered when unanswerable", self.answered_when_unanswerable),
            _line("refused when answerable", self.refused_when_answerable),
            _line("answered at .10 refused", self.answered_at_tenth_refused),
            _line("answering words, F1", self.answering_words),
            "",
            f"quotes that are not verbatim: {self.verbatim_failures}",
            f"one question: p50 {_ms(self.latency_p50)}, p95 {_ms(self.latency_p95)}",
        ]


def summarise(
    dataset: str, level: Literal["passage", "article"], observations: Sequence[Observation]
) -> Report:
    """Compute the report of a data set from the observations of its questions."""
    answerable = [seen for seen in observations if seen.query.answerable]
    unanswerable = [seen for seen in observations if not seen.query.answerable]
    located = [seen for seen in answerable if seen.gold.spans]
    worded = [seen for seen in answerable if seen.query.answers]
    latencies = [seen.latency_ms for seen in observations]
    return Report(
        dataset=dataset,
        queries=len(observations),
        answerable=len(answerable),
        evidence_level=level,
        final=_ranking([(seen.gold, seen.final) for seen in answerable]),
        channels={
            channel: _ranking([(seen.gold, seen.channels[channel]) for seen in answerable])
            for channel in CHANNELS
        },
        quote_evidence_recall=mean_figure([seen.evident_quotes > 0 for seen in located]),
        quote_evidence_precision=ratio_figure(
            [seen.evident_quotes for seen in located], [seen.quotes for seen in located]
        ),
        answer_in_quotes=mean_figure([seen.has_answer for seen in worded]),
        auroc=auroc_figure(
            [seen.confidence for seen in answerable], [seen.confidence for seen in unanswerable]
        ),
        answered_when_unanswerable=mean_figure([seen.answered for seen in unanswerable]),
        refused_when_answerable=mean_figure([not seen.answered for seen in answerable]),
        answered_at_tenth_refused=_at_tenth_refused(answerable, unanswerable),
        answering_words=mean_figure(
            [seen.words_overlap for seen in worded if seen.words_overlap is not None]
        ),
        verbatim_failures=sum(seen.verbatim_failures for seen in observations),
        latency_p50=percentile(latencies, 50),
        latency_p95=percentile(latencies, 95),
    )


def _at_tenth_refused(
    answerable: Sequence[Observation], unanswerable: Sequence[Observation]
) -> Figure | None:
    least = percentile([seen.confidence for seen in answerable], 10)
    if least is None:
        return None
    return mean_figure([seen.confidence >= least for seen in unanswerable])


def _ranking(found: Sequence[tuple[Gold, Ranks]]) -> RankingFigures:
    judged = [(gold, ranks) for gold, ranks in found if gold.articles]
    passages = [ranks.evidence for gold, ranks in found if gold.measurable]
    articles = [ranks.article for _, ranks in judged]
    values = ranking_values(
        [gold.grades for gold, _ in judged], [ranks.articles for _, ranks in judged]
    )
    return RankingFigures(
        passage_evidence_recall={k: mean_figure(recall(passages, k)) for k in CUTS},
        article_recall={k: mean_figure(recall(articles, k)) for k in CUTS},
        mrr=mean_figure(values.reciprocal_rank),
        ndcg=mean_figure(values.ndcg),
    )


def _by_cut(figures: Mapping[int, Figure | None]) -> FigureTree:
    return {str(k): figure for k, figure in figures.items()}


def _map_tree(tree: FigureTree, shown: Callable[[Figure], object]) -> dict[str, object]:
    return {
        name: _map_tree(node, shown) if isinstance(node, Mapping) else node and shown(node)
        for name, node in tree.items()
    }


def _recalls(title: str, by_name: Mapping[str, Mapping[int, Figure | None]]) -> list[str]:
    rows = [_figure_row(name, tuple(by_cut.values())) for name, by_cut in by_name.items()]
    return [_head(title, tuple(f"@{k}" for k in CUTS)), *rows, ""]


def _head(title: str, columns: tuple[str, ...]) -> str:
    return (f"{title:<{_LABEL}}" + "".join(f"{column:>8}" for column in columns)).rstrip()


def _figure_row(name: str, figures: tuple[Figure | None, ...]) -> str:
    return f"  {name:<{_LABEL - 2}}" + "".join(f"{_shown(figure):>8}" for figure in figures)


def _line(name: str, figure: Figure | None) -> str:
    interval = f"  {figure.low:.3f} to {figure.high:.3f}" if figure else ""
    return f"{name:<{_LABEL}}{_shown(figure):>8}{interval}"


def _shown(figure: Figure | None) -> str:
    return f"{figure.value:.3f}" if figure else "-"


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f} ms"
