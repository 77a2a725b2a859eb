"""What the corpus tab says of dates, sizes and counts."""

from retriever import ListPage, PartialDate
from webui.wording import date_in_words


def dates_between(after: str, before: str) -> str:
    """Return from when to when for reading, as short as it can be told; nothing where both are."""
    if not after or not before:
        return " ".join(
            f"{word} {date_in_words(value)}"
            for word, value in (("from", after), ("until", before))
            if value
        )
    first, last = PartialDate.parse(after), PartialDate.parse(before)
    for length in (4, 7, 10):
        stretch = PartialDate.parse(first.first_day.isoformat()[:length])
        if (stretch.first_day, stretch.last_day) == (first.first_day, last.last_day):
            return stretch.in_words()
    return f"{first.in_words()} to {last.in_words()}"


def found_line(page: ListPage, *, narrowed: bool, number: int, pages: int) -> str:
    """Return how many entries of the list there are, how many only the text found, which page."""
    of_all = f"{page.found:,} of {page.total:,}" if narrowed else f"{page.total:,}"
    said = [f"{of_all} in the list"]
    said += [f"{page.in_text:,} by words in the text alone"] if page.in_text else []
    said += [f"page {number:,} of {pages:,}"] if pages > 1 else []
    return ", ".join(said)


def kilobytes(number: int) -> str:
    """Return a number of bytes as ``4.2 kB``: of a thousand, one digit behind the point."""
    return f"{number / 1000:,.1f} kB"
