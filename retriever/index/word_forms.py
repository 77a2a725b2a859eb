"""Words as they are written: which articles hold each, and how often.

What :func:`retriever.text.word_forms.index_forms` gives of every article, counted. A word's numbers
are read from here, whatever the corpus' size; only for words in a row are texts looked through.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.postings import Postings, load_postings
from retriever.index.stored_arrays import StoredArray
from retriever.records.arrays import RowNumbers

# Another number whenever `retriever.text.word_forms` gives something else for the same text, and
# then another format of the index: each of format 8 has these.
WORD_FORMS = "word-forms-1"


class WordForms:
    """The forms of all words by article; threads may share it."""

    def __init__(self, postings: Postings, *, articles: int) -> None:
        """Count in postings whose rows are article rows."""
        self.postings = postings
        self._rows, self._counts = StoredArray(postings.rows), StoredArray(postings.counts)
        self._articles = articles

    def numbers_of(self, form: str, *, prefix: bool = False) -> list[range]:
        """Return the numbers of a form, or of all that begin with it; empty if there is none."""
        if prefix:
            return [range(*found) for found in self.postings.vocabulary.beginning(form)]
        number = self.postings.vocabulary.number(form)
        return [] if number is None else [range(number, number + 1)]

    def counts(self, numbers: Iterable[range]) -> RowNumbers:
        """Return how often the forms of these numbers stand in each article, ``(n,)``.

        A number that is in several ranges counts once.

        :raises IndexDamagedError: when what is stored names articles that are not there.
        """
        total = np.zeros(self._articles, dtype=np.int64)
        done = 0
        for part in sorted(numbers, key=lambda part: part.start):
            first = max(done, part.start)
            if first >= part.stop:
                continue
            done = part.stop
            start, end = int(self.postings.starts[first]), int(self.postings.starts[done])
            # Without a sign, so that no row counts from the end.
            rows = self._rows.part(start, end).view(np.uint32)
            try:
                np.add.at(total, rows, self._counts.part(start, end))
            except IndexError as error:
                message = f"{WORD_FORMS} names articles that are not there: build anew"
                raise IndexDamagedError(message) from error
        return total


def load_word_forms(folder: Path, *, articles: int) -> WordForms:
    """Map what the generation in ``folder`` holds.

    :raises IndexDamagedError: when a file is missing or malformed, or they do not fit each other.
    """
    return WordForms(load_postings(folder / WORD_FORMS), articles=articles)
