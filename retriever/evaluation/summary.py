"""From what was observed of each question to the figures of the report."""

from collections.abc import Sequence
from typing import Literal

from retriever.evaluation.intervals import auroc_figure, mean_figure, ratio_figure
from retriever.evaluation.measures import percentile, ranking_values, recall
from retriever.evaluation.observing import CHANNELS, Gold, Observation, Ranks
from retriever.evaluation.report import CUTS, RankingFigures, Report


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
        verbatim_failures=sum(seen.verbatim_failures for seen in observations),
        latency_p50=percentile(latencies, 50),
        latency_p95=percentile(latencies, 95),
    )


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
