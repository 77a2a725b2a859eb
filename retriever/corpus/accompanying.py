"""Files that lie beside articles and are none."""

import re

_NAMES = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|authors|contributing|changelog|changes|citation|makefile"
    r"|thumbs\.db|desktop\.ini)(?:[._-].*)?",
    re.IGNORECASE,
)


def accompanies(name: str) -> bool:
    """Return whether a file of this name goes with articles, as a README or a licence does."""
    return _NAMES.fullmatch(name) is not None
