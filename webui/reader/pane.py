"""The reader pane: an article opened at a place, by the key of a card or of a row of the list."""

from retriever import Index, QuotidianError
from webui import render
from webui.byline import read_place_key
from webui.reader.source_view import source_view


def open_source(key: str, index: Index) -> str:
    """Return the reader pane for a card's key, or the one line why it cannot be shown."""
    try:
        article_id, start, end = read_place_key(key)
        article = index.article(article_id)
    except QuotidianError as error:
        return render.source_missing(str(error))
    return render.source(source_view(article, start=start, end=end))
