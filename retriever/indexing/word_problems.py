"""Whether the words of an index are those of its stored articles: counted again and compared."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from retriever.index.generation import ARTICLE_LEXICAL, LEXICAL, Generation
from retriever.index.lexical import LexicalIndex
from retriever.index.postings import are_equal, load_postings
from retriever.index.word_forms import WORD_FORMS
from retriever.indexing.word_forms_index import write_word_forms
from retriever.indexing.word_index import write_words


def word_problems(generation: Generation) -> Iterator[str]:
    """Yield in what the lexical indexes, and the words as they are written, differ."""
    with TemporaryDirectory(prefix="quotidian-") as temporary:
        folder = Path(temporary)
        write_words(generation.store, folder, taken=None, step=lambda *_: None)
        if generation.lexical != LexicalIndex.load(folder / LEXICAL, count=len(generation.lexical)):
            yield "the words of the passages are not those of the stored articles"
        articles = LexicalIndex.load(folder / ARTICLE_LEXICAL, count=len(generation.titles))
        if generation.article_lexical != articles:
            yield "the words of the articles are not those of the stored articles"
        yield from _form_problems(generation, folder)


def _form_problems(generation: Generation, folder: Path) -> Iterator[str]:
    """Compare the words as they are written."""
    write_word_forms(generation.store, folder, taken=None, step=lambda *_: None)
    own, now = generation.word_forms.postings, load_postings(folder / WORD_FORMS)
    if not (own.hold_the_same(now) and are_equal(own.counts, now.counts)):
        yield "the words as they are written are not those of the stored articles"
