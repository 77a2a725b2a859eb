"""What an article is called where it is listed or quoted: its title, or what it begins with."""

from retriever.records import Article

UNTITLED = "Untitled, beginning “{words}{more}”"

# Characters of a text that has no title, enough to know it again.
_SHOWN = 60


def display_name(article: Article) -> str:
    """Return an article's title; for one without, a phrase with the words that it begins with.

    References name such an article by its file: what is cited must not look like a title.
    """
    return name_from(article.title, article.text)


def name_from(title: str | None, opening: str) -> str:
    """Return the same from the beginning of the text, which need be no longer than some lines."""
    if title:
        return title
    text = opening.strip()
    words, cut = text[:_SHOWN].split(), len(text) > _SHOWN
    whole = words[:-1] if cut and len(words) > 1 else words
    return UNTITLED.format(words=" ".join(whole), more="…" if cut else "")
