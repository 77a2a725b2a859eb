"""A report as a short table for people."""

from collections.abc import Mapping

from retriever.evaluation.intervals import Figure
from retriever.evaluation.report import CUTS, RankingFigures, Report

_LABEL = 28


def report_table(report: Report) -> str:
    """Return the report as lines of text; ``-`` stands where there was nothing to measure."""
    rankings: dict[str, RankingFigures] = {"search": report.final}
    rankings.update(report.channels.items())
    return "\n".join(
        [
            f"{report.dataset}: {report.queries} questions, {report.answerable} of them answerable;"
            f" evidence by {report.evidence_level}",
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
            *(_row(name, (figures.mrr, figures.ndcg)) for name, figures in rankings.items()),
            "",
            _head("", ("", "95 % interval")),
            _line("quote holds the evidence", report.quote_evidence_recall),
            _line("quotes that hold it", report.quote_evidence_precision),
            _line("answer is in the quotes", report.answer_in_quotes),
            _line("abstention, AUROC", report.auroc),
            _line("answered when unanswerable", report.answered_when_unanswerable),
            _line("refused when answerable", report.refused_when_answerable),
            "",
            f"quotes that are not verbatim: {report.verbatim_failures}",
            f"one question: p50 {_ms(report.latency_p50)}, p95 {_ms(report.latency_p95)}",
        ]
    )


def _recalls(title: str, by_name: Mapping[str, Mapping[int, Figure | None]]) -> list[str]:
    rows = [_row(name, tuple(by_cut.values())) for name, by_cut in by_name.items()]
    return [_head(title, tuple(f"@{k}" for k in CUTS)), *rows, ""]


def _head(title: str, columns: tuple[str, ...]) -> str:
    return (f"{title:<{_LABEL}}" + "".join(f"{column:>8}" for column in columns)).rstrip()


def _row(name: str, figures: tuple[Figure | None, ...]) -> str:
    return f"  {name:<{_LABEL - 2}}" + "".join(f"{_number(figure):>8}" for figure in figures)


def _line(name: str, figure: Figure | None) -> str:
    interval = f"  {figure.low:.3f} to {figure.high:.3f}" if figure else ""
    return f"{name:<{_LABEL}}{_number(figure):>8}{interval}"


def _number(figure: Figure | None) -> str:
    return f"{figure.value:.3f}" if figure else "-"


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f} ms"
