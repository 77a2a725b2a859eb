"""A part of an article as rows of tokens in which a quotation is looked for.

Twice: all of its tokens, and those of what it quotes alone, without the "she said" between. Who
quotes “The plan,” she said, “is good.” writes “The plan is good.”, and is right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from retriever.drafts.tokens import SourceToken, tokens
from retriever.records import Article, Span
from retriever.text.quotations import quotation_spans

_MOST_BETWEEN = 300  # code points between two quotations of one speech
BREAK = "\0"  # the token between speeches: no word of a draft is like it
JOIN = "¦"  # ... and where a speech goes on behind a "she said", whose marks stand for any


@dataclass(frozen=True)
class ArticleWindow:
    """A part of an article, from a paragraph's or a sentence's beginning on."""

    article: Article
    span: Span

    @cached_property
    def all_tokens(self) -> list[SourceToken]:
        """All tokens of the part."""
        return tokens(self.span.of(self.article.text), at=self.span.start)

    @cached_property
    def quotations(self) -> list[Span]:
        """What the part has in quotation marks."""
        found = quotation_spans(self.span.of(self.article.text))
        return [span.moved(self.span.start) for span in found]

    @cached_property
    def spoken_tokens(self) -> list[SourceToken]:
        """The tokens of what it quotes in more than one piece; empty where nothing is."""
        if len(self.quotations) < 2:
            return []
        return [*self._spoken()]

    def _spoken(self) -> Iterator[SourceToken]:
        text = self.article.text
        for span, following in pairwise([*self.quotations, None]):
            if span is None:
                return
            yield from _without_last_marks(tokens(span.of(text), at=span.start))
            goes_on = following and following.start - span.end <= _MOST_BETWEEN
            mark = JOIN if goes_on else BREAK
            yield SourceToken(mark, mark, span.end, span.end, is_word=False)


def _without_last_marks(found: list[SourceToken]) -> list[SourceToken]:
    words = [n for n, token in enumerate(found) if token.is_word]
    return found[: words[-1] + 1] if words else []
