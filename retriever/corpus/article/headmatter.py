"""The lines above an article's first paragraph, in documents that do not tell them apart."""

from collections.abc import Sequence
from dataclasses import replace

from retriever.corpus.article.composing import About, Paragraph
from retriever.corpus.article.firstlines import take_metadata
from retriever.corpus.article.names import names_in

_HEAD = 8  # paragraphs


def take_head(paragraphs: Sequence[Paragraph], about: About) -> tuple[list[Paragraph], About]:
    """Return the paragraphs without those that only state title, byline or date, and what is known.

    A heading that opens the text is its title where none is stated; byline and date line count as
    in plain text. What is stated already goes before what is found.
    """
    kept = list(paragraphs)
    if not about.title and len(kept) > 1 and kept[0].heading:
        about = replace(about, title=" ".join(kept.pop(0).text.split()))
    head, body = kept[:_HEAD], kept[_HEAD:]
    stated = take_metadata("\n".join(" ".join(one.text.split()) for one in head))
    about = replace(
        about,
        authors=about.authors or names_in(stated.author or ""),
        published=about.published or stated.published,
    )
    lines = stated.rest.split("\n")
    if stated.title and about.title and not _same(stated.title, about.title):
        lines = [stated.title, *lines]  # a line below the title that looks like one
    about = replace(about, title=about.title or stated.title)
    return [*_in_both(head, lines), *body], about


def _in_both(paragraphs: Sequence[Paragraph], lines: Sequence[str]) -> list[Paragraph]:
    """Return the paragraphs whose words are among the lines, which are in the same order."""
    left = list(lines)
    kept = []
    for one in paragraphs:
        words = " ".join(one.text.split())
        if words in left:
            left.remove(words)
            kept.append(one)
    return kept


def _same(line: str, title: str) -> bool:
    return " ".join(line.split()).casefold() == " ".join(title.split()).casefold()
