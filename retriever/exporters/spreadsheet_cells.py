"""Cells that no spreadsheet carries out, whatever the articles or a list of questions hold.

A cell that begins like a formula is run by the program that opens the table
(https://owasp.org/www-community/attacks/CSV_Injection); with an apostrophe in front, as OWASP says,
it is text.
"""

import re

_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")  # noqa: RUF001  # the wide ones count as well


def without_formula(cell: object) -> object:
    """Return a cell as it is, or behind an apostrophe where it begins like a formula."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
