"""How new what was found is, for a refused question that asks for the latest."""

import re
from collections.abc import Sequence

from webui.wording import (
    NEWEST,
    NEWEST_IS_BOTH,
    NEWEST_OF_NONE,
    NEWEST_UNDATED,
    NOTHING_DATED,
    date_in_words,
)

# What people ask for the newest with; "last" alone names a surname or a last stand as often.
_LATEST = re.compile(
    r"\b(?:latest|newest|recent|recently|currently|nowadays|today|right now|up[ -]to[ -]date"
    r"|this (?:week|month|year)|most recent|as of now|so far)\b",
    re.IGNORECASE,
)


def newest_line(question: str, found: Sequence[str | None], latest: str | None) -> str | None:
    """Return how new the passages are that were found instead of an answer, as one sentence.

    ``found`` are their dates, ``latest`` is the newest date of the corpus, all ISO; ``None`` is
    returned for a question that does not ask for the latest.
    """
    if not _LATEST.search(question):
        return None
    if latest is None:
        return NOTHING_DATED
    newest, corpus = max(filter(None, found), default=None), date_in_words(latest)
    if newest is None:
        return (NEWEST_UNDATED if found else NEWEST_OF_NONE).format(corpus=corpus)
    if newest == latest:
        return NEWEST_IS_BOTH.format(found=date_in_words(newest))
    return NEWEST.format(found=date_in_words(newest), corpus=corpus)
