"""What the commands print for people: plain lines, what answers bold, nothing that is not so."""

import textwrap
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from retriever.cli.printing import BoldLine, Line, print_lines
from retriever.errors import QuotidianError
from retriever.records import (
    Answer,
    Article,
    Coverage,
    Disagreement,
    Hit,
    Listing,
    ListingKind,
    Outcome,
    Print,
    Quote,
    Span,
    prints_in_words,
)

if TYPE_CHECKING:
    from retriever.exporters.verification import Verdict
    from retriever.indexing.doctor import Finding
    from retriever.indexing.reporting import BuildReport

WIDTH = 96
EXCERPT = 240


def report_lines(report: "BuildReport", index: str) -> list[str]:
    """Return what a build did, why it did more than changes ask for, and what it left out."""
    lines = [
        f"{report.articles} articles, {report.passages} passages "
        f"({report.embedded} encoded, {report.reused} reused) in {report.seconds:.1f} s",
        f"generation {report.generation} is in use in {index}",
    ]
    lines += [f"{part} anew: {reason}" for part, reason in report.redone.items()]
    if not report.calibrated:
        lines.append("not calibrated: too few articles to tell what this encoder's cosines mean")
    states = Counter(entry.state for entry in report.ledger)
    if states["skipped"] or states["duplicate"]:
        lines.append(
            f"files: {states['article']} with a text of their own, {states['duplicate']} with that "
            f"of another, {states['skipped']} skipped"
        )
    if report.failed:
        lines.append(f"{len(report.failed)} could not be read:")
        lines += [f"  {failure.path}: {failure.reason}" for failure in report.failed]
    return lines


def show_outcomes(outcomes: "Iterable[BuildReport | QuotidianError]", index: str) -> None:
    """Print what comes of each build while a folder is watched; the same error only once."""
    said = ""
    for outcome in outcomes:
        error = str(outcome) if isinstance(outcome, QuotidianError) else ""
        lines = [error] if isinstance(outcome, QuotidianError) else report_lines(outcome, index)
        if not error or error != said:
            print_lines([f"{time.strftime('%H:%M:%S')} {lines[0]}", *lines[1:]])
        said = error


def hit_lines(hits: Sequence[Hit], *, seconds: float | None) -> list[str]:
    """Return hits, one paragraph each; with ``seconds`` also scores and the time taken."""
    lines = [] if hits else ["Nothing found."]
    for hit in hits:
        lines.append(f"{hit.rank}. {source_line(hit.passage.article)}")
        lines += _warning_lines(hit.passage.article)
        if seconds is not None:
            scores = hit.scores
            parts = (
                f"{name} {value:.3f}" for name, value in asdict(scores).items() if value is not None
            )
            lines.append(f"   {', '.join(parts)}")
        excerpt = " ".join(hit.passage.text.split())
        shown = excerpt if len(excerpt) <= EXCERPT else excerpt[:EXCERPT].rsplit(" ", 1)[0] + " …"
        lines += [*indented(shown), ""]
    if seconds is not None:
        lines.append(f"{seconds:.2f} s from opening the index to the last hit")
    return lines


def answer_lines(answer: Answer) -> list[Line]:
    """Return an answer: its quotes with their sources, or the refusal and what came closest."""
    lines: list[Line] = []
    if answer.search_text not in {answer.question, ""}:
        lines += [f"Searched for: {answer.search_text}", ""]
    lines += _source_words_lines(answer)
    if answer.outcome is Outcome.EMPTY_QUESTION:
        return ["Nothing was asked. Give a question."]
    lines += _language_lines(answer.question_language)
    if answer.outcome is Outcome.NOT_FOUND:
        nobody = answer.listing and _nothing_listed(answer.listing, answer.search_text)
        lines.append(nobody or "No answer to this was found in the articles.")
        if answer.unknown:
            unknown = (f"“{part}”" if " " in part else part for part in answer.unknown)
            lines.append(f"In no article: {', '.join(unknown)}")
        lines += ["", "Closest passages, not an answer:"] if answer.closest else []
    lines += _short_answer_lines(answer)
    for number, quote in enumerate(answer.quotes or answer.closest, 1):
        lines += ["", *quote_lines(number, quote)]
    for pair in answer.disagreements:
        lines += ["", *_disagreement_lines(pair, answer.quotes)]
    lines += _listing_lines(answer.listing) if answer.listing else []
    if answer.withheld:
        lines += ["", f"{answer.withheld} withheld: no longer as stored."]
    return [*lines, "", coverage_line(answer.coverage, scope=answer.scope)]


def _nothing_listed(listing: Listing, searched: str) -> str:
    if listing.kind is ListingKind.MENTIONS:
        return f"No article mentions this, word for word: {searched}"
    return f"No {listing.kind} could be found in the articles."


def _language_lines(code: str | None) -> list[str]:
    return [f"The question seems to be in a language of no article: {code}", ""] if code else []


def source_line(article: Article) -> str:
    """Return who published what and when; what is not known is said to be unknown."""
    known = [article.title or article.path, article.author, article.publisher]
    date = article.published.value if article.published else "undated"
    return " · ".join([part for part in known if part] + [date])


def coverage_line(coverage: Coverage, *, scope: str | None = None) -> str:
    """Return what was searched, in one line: the ``scope`` if articles were left out."""
    dates = f", {coverage.earliest} to {coverage.latest}" if coverage.earliest else ""
    undated = f", {coverage.undated} undated" if coverage.undated else ""
    failed = f", {len(coverage.failed)} could not be read" if coverage.failed else ""
    articles = scope or f"Searched {coverage.articles} articles"
    few = coverage.origins if coverage.origins != coverage.articles else None
    origins = f", {few} origins" if few and not scope else ""
    return f"{articles}{origins}{dates}{undated}{failed}; built {coverage.built}."


def verdict_lines(verdicts: "Sequence[Verdict]") -> list[str]:
    """Return the standing of each quote of a saved answer."""
    if not verdicts:
        return ["The answer holds no quotes."]
    return [
        f"{verdict.standing}: {verdict.article_id}: {verdict.text}"
        + (f" (now in {verdict.now_in} at {verdict.now_at})" if verdict.now_in else "")
        for verdict in verdicts
    ]


def finding_lines(findings: "Sequence[Finding]") -> list[str]:
    """Return what is wrong with an index and how to mend it."""
    if not findings:
        return ["The index is sound."]
    return [
        line
        for finding in findings
        for line in (finding.problem, f"  mend it with: {finding.command}")
    ]


def quote_lines(number: int, quote: Quote) -> list[Line]:
    """Return a numbered quote with its source, its answering words bold."""
    first, *others = indented(f"“{quote.text}”")
    numbered = [f"{number:2}{first[2:]}", *others]
    lines: list[Line] = [*_with_bold(numbered, quote, before=f"{number}“")]
    speaker = quote.speaker.of(quote.article.text) if quote.speaker else None
    said_by = f"{speaker}, in: " if speaker else ""
    place = f"[{quote.start}:{quote.end}]"
    if quote.article.title:  # else the path stands in its place
        place = f"{quote.article.path} {place}"
    lines.append(f"   — {said_by}{source_line(quote.article)} · {place}")
    lines += [f"     {day.in_words(quote.article.text)}" for day in quote.when]
    lines += _warning_lines(quote.article)
    lines += [
        f"     [{note.label}] {note.source.of(quote.article.text)}" for note in quote.footnotes
    ]
    if quote.prints:
        lines.append(f"     {prints_in_words(Print.of(quote.article), quote.prints)}")
        lines.append(f"     in {', '.join(quote.also_in)}")
    elif quote.also_in:
        lines.append(f"     also in {', '.join(quote.also_in)}")
    lines += [f"     {one.in_words()}: {one.id}" for one in quote.versions]
    return lines


def _short_answer_lines(answer: Answer) -> Iterator[Line]:
    """Yield the words that answer, bold, each with its sources and the numbers of their quotes."""
    for one in answer.short_answers:
        words = " ".join(one.words.split())
        sources = (
            f"{article.publisher or article.title or article.path} ({place + 1})"
            for place in one.quotes
            for article in [answer.quotes[place].article]
        )
        shown = Span(start=0, end=len(words))
        yield BoldLine(text=f"{words} · {', '.join(sources)}", bold=shown)


def _disagreement_lines(pair: Disagreement, quotes: Sequence[Quote]) -> list[str]:
    """Return what two quotes say of the same, one below the other, each with its date."""
    one, other = (place + 1 for place in pair.quotes)
    if pair.values is None:
        return [f"Quotes {one} and {other} do not say the same: {pair.reason}"]
    lines = [f"Quotes {one} and {other} do not say the same ({pair.kind}):"]
    for place, value in zip(pair.quotes, pair.values, strict=True):
        article = quotes[place].article
        date = article.published.value if article.published else "undated"
        lines += indented(f"{place + 1}, {date}: “{' '.join(value.of(article.text).split())}”")
    return lines


def _source_words_lines(answer: Answer) -> list[str]:
    """Return which filters the question's words were read as, and which of them were let go."""
    filters = answer.filters.to_dict()
    read = ", ".join(f"{name} {filters[name]}" for name in answer.read_filters)
    let_go = ", ".join(f"{name} {value}" for name, value in answer.widened.to_dict().items())
    lines = [f"Read from the question: {read}", ""] if read else []
    return lines + ([f"No answer with {let_go}; this is from all articles.", ""] if let_go else [])


def _listing_lines(listing: Listing) -> list[Line]:
    """Return names with the number of their articles, or headlines; how many there are in all."""
    if listing.kind is ListingKind.MENTIONS and listing.total:
        counts = f"{listing.total:,} mentions, in {listing.articles:,} of {listing.read:,} articles"
        return ["", f"{counts}; quotidian mentions lists them all."]
    if not listing.entries:
        return []
    headlines = listing.kind is ListingKind.HEADLINES
    lines: list[Line] = [
        f"   {entry.name}" + ("" if headlines else f" ({entry.articles:,})")
        for entry in listing.entries
    ]
    order = ", the newest first" if listing.latest else ""
    of_all = f"{len(lines):,} of {listing.total:,} {listing.kind}"
    newest = f" (the newest {listing.read:,} read)" if listing.read < listing.articles else ""
    return ["", f"{of_all} of {listing.articles:,} articles{newest}{order}:", *lines]


def _with_bold(lines: Sequence[str], quote: Quote, *, before: str) -> Iterator[Line]:
    """Yield the lines of a quote, which begin with ``before``, with its answering words bold.

    Wrapping moves blanks and nothing else, so a word is found again by counting what is not blank.
    """
    if quote.answering is None:
        yield from lines
        return
    text, answering = quote.article.text, quote.answering
    first = len("".join(f"{before}{text[quote.start : answering.start]}".split()))
    last = first + len("".join(answering.of(text).split()))
    counted = 0
    for line in lines:
        seen = [place for place, character in enumerate(line) if not character.isspace()]
        bold = seen[max(0, first - counted) : max(0, last - counted)]
        counted += len(seen)
        yield BoldLine(text=line, bold=Span(start=bold[0], end=bold[-1] + 1)) if bold else line


def _warning_lines(article: Article) -> list[str]:
    """Return what is doubtful of an article's own statements, a line each."""
    return [f"     ! {warning}" for warning in article.warnings]


def indented(text: str) -> list[str]:
    """Return a text in lines of at most :data:`WIDTH`, each behind three blanks."""
    return textwrap.wrap(
        text, WIDTH, initial_indent="   ", subsequent_indent="   ", break_on_hyphens=False
    )
