"""Articles to passages: runs of whole sentences that the encoder can read in one go."""

from collections.abc import Callable, Iterator, Sequence

from retriever.records import Article, Passage, Span
from retriever.text.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], Sequence[int]]
Measured = tuple[Span, int]  # a sentence and its tokens


def split_passages(article: Article, *, budget: int, count_tokens: CountTokens) -> list[Passage]:
    """Return the passages of an article in the order of its text; none for a blank one.

    They are disjoint, begin and end on sentence borders, and together cover every character that
    is not white space. None has more than ``budget`` tokens, except where ``count_tokens`` counts
    more for the whole than for its sentences. A heading starts a passage, and footnote entries
    never share one with the text. Within such a block the sentences are spread evenly: as many
    passages as are needed, none much shorter than the others, since a short tail is found badly.
    """
    passages: list[Passage] = []
    sentences = _measured(article, budget, count_tokens)
    for heading, block in _blocks(article, sentences):
        for run in _evenly(block, budget):
            passages.append(
                Passage(
                    article=article,
                    start=run[0][0].start,
                    end=run[-1][0].end,
                    ordinal=len(passages),
                    heading=heading,
                )
            )
    return passages


def _measured(article: Article, budget: int, count_tokens: CountTokens) -> list[Measured]:
    """Return the sentences with their tokens; one over budget comes in pieces that are not."""
    spans = sentence_spans(article.text, language=article.language or "en")
    if not spans:
        return []
    counts = count_tokens([span.of(article.text) for span in spans])
    measured: list[Measured] = []
    for span, count in zip(spans, counts, strict=True):
        measured += (
            [(span, count)]
            if count <= budget
            else _in_pieces(article.text, span, budget, count_tokens)
        )
    return measured


def _in_pieces(
    text: str, span: Span, budget: int, count_tokens: CountTokens
) -> Iterator[Measured]:
    """Yield a sentence halved at words until every piece fits; one character always does."""
    count = count_tokens([span.of(text)])[0]
    halves = _halves(text, span) if count > budget else []
    if not halves:
        yield span, count
    for half in halves:
        yield from _in_pieces(text, half, budget, count_tokens)


def _halves(text: str, span: Span) -> list[Span]:
    """Return two parts of ``span`` without white space at their ends, cut near the middle."""
    middle = (span.start + span.end) // 2
    if middle == span.start:
        return []
    gap = text.rfind(" ", span.start, middle + 1)
    cut = gap if gap > span.start + (middle - span.start) // 2 else middle
    left, right = text[span.start : cut], text[cut : span.end]
    return [
        Span(start=span.start, end=span.start + len(left.rstrip())),
        Span(start=span.end - len(right.lstrip()), end=span.end),
    ]


def _blocks(
    article: Article, sentences: Sequence[Measured]
) -> Iterator[tuple[str | None, list[Measured]]]:
    """Yield runs of sentences that may share a passage, with the heading above them."""
    starts = {span.start: span.of(article.text) for span in article.headings}
    notes = [note.entry for note in article.footnotes]
    heading: str | None = None
    block: list[Measured] = []
    in_notes = False
    for span, count in sentences:
        is_note = any(entry.overlap(span) for entry in notes)
        if block and (span.start in starts or is_note != in_notes):
            yield heading, block
            block = []
        heading = None if is_note else starts.get(span.start, heading)
        in_notes = is_note
        block.append((span, count))
    if block:
        yield heading, block


def _evenly(block: Sequence[Measured], budget: int) -> list[list[Measured]]:
    """Return the block in as few runs as ``budget`` allows, the longest of them shortest."""
    best = _greedily(block, budget)
    low, high = budget // 2, budget
    while low < high:
        middle = (low + high) // 2
        runs = _greedily(block, middle)
        if len(runs) <= len(best):
            best, high = runs, middle
        else:
            low = middle + 1
    return best


def _greedily(block: Sequence[Measured], budget: int) -> list[list[Measured]]:
    runs: list[list[Measured]] = []
    filled = budget + 1
    for span, count in block:
        if filled + count > budget:
            runs.append([])
            filled = 0
        runs[-1].append((span, count))
        filled += count
    return runs
