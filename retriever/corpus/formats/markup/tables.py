"""Which tables hold data, and which only lay out a page."""

from itertools import islice

from lxml.etree import _Element as Element

from retriever.corpus.formats.xml.tree import local_name

_ROWS = 2
_COLUMNS = 2
_SHARE_OF_ROWS = 0.7
_LONGEST_CELL = 300  # code points; a cell with more is a column of the page
_MOST_LOOKED_AT = 5_000  # elements of one table
_NOT_DATA = frozenset({"table", "form", "h1", "h2", "article", "aside", "nav", "section"})
_LAYOUT_ROLES = frozenset({"presentation", "none"})
CELLS = frozenset({"td", "th"})


def table_around(element: Element) -> Element | None:
    """Return the nearest table that an element stands in, ``None`` if in none."""
    return next((one for one in element.iterancestors() if local_name(one) == "table"), None)


def row_around(element: Element) -> Element | None:
    """Return the nearest row of a table that is, or is around, an element."""
    around = (element, *element.iterancestors())
    return next((one for one in around if local_name(one) == "tr"), None)


def is_data_table(table: Element) -> bool:
    """Return whether a table has rows and columns of short cells, as figures and results have.

    One that lays out a page has long cells, other tables or whole parts of the page in it.
    """
    if table.get("role") in _LAYOUT_ROLES:
        return False
    rows: list[int] = []
    for part in islice(table.iter("*"), 1, _MOST_LOOKED_AT):
        name = local_name(part)
        if name in _NOT_DATA:
            return False
        if name == "tr":
            rows.append(0)
        elif name in CELLS and rows:
            if sum(map(len, "".join(part.itertext()).split())) > _LONGEST_CELL:
                return False
            rows[-1] += 1
    wide = sum(cells >= _COLUMNS for cells in rows)
    return wide >= _ROWS and wide >= _SHARE_OF_ROWS * len(rows)
