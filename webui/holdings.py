"""What an index holds, what of it was searched, and how new it is, in words."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from retriever import Answer, Coverage
from webui.wording import UNDATED, count, date_in_words, language_name, moment_in_words

NEWEST = "The newest of these is from {found}; the newest article here is from {corpus}."
NEWEST_IS_BOTH = "The newest of these is from {found}, and no article here is newer."
NEWEST_UNDATED = "None of these is dated; the newest article here is from {corpus}."
NEWEST_OF_NONE = "The newest article here is from {corpus}."
NOTHING_DATED = "No article here is dated, so none can be called the latest."
_LATEST = re.compile(
    r"\b(?:latest|newest|recent|recently|currently|nowadays|today|right now|up[ -]to[ -]date"
    r"|this (?:week|month|year)|most recent|as of now|so far)\b",
    re.IGNORECASE,
)

# What the languages of large news collections call themselves; another is shown by its code.


def coverage_facts(
    coverage: Coverage,
    *,
    searched: str = "searched",
    unread: bool = True,
    now: datetime | None = None,
) -> list[str]:
    """Return what the index holds, as short phrases in the order they are shown.

    ``searched`` says what was done with the articles, or nothing; with ``unread``, how many files
    could not be read is among them.
    """
    facts = [f"{count(coverage.articles, 'article')} {searched}".rstrip(), dates_in_words(coverage)]
    if coverage.origins and coverage.origins < coverage.articles:
        facts.insert(1, f"{count(coverage.origins, 'origin')}, reprints counted once")
    if coverage.failed and unread:
        facts.append(f"{count(len(coverage.failed), 'file')} could not be read")
    age = age_in_words(coverage.built, now=now or datetime.now(UTC))
    facts.append(f"index built {age}{moment_in_words(coverage.built)}")
    return facts


def searched_facts(answer: Answer) -> list[str]:
    """Return what was searched, as short phrases: which articles, where some were left out.

    The articles' own tab says which files could not be read, and is a click away.
    """
    filters = answer.filters
    code = filters.language
    named = replace(filters, language=language_name(code)) if code else filters
    scope = replace(answer, filters=named).scope
    # How many origins all articles have says nothing of some of them.
    held = replace(answer.coverage, origins=None) if scope else answer.coverage
    articles, *others = coverage_facts(held, unread=False)
    return [scope or articles, *others]


def age_in_words(value: str, *, now: datetime) -> str:
    """Return how long ago an ISO moment was, as ``3 hours ago, ``; nothing for what is none."""
    try:
        minutes = (now - datetime.fromisoformat(value)).total_seconds() / 60
    except (TypeError, ValueError):
        return ""
    for unit, length in (("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes >= length:
            return f"{count(int(minutes // length), unit)} ago, "
    return "just now, "


def dates_in_words(coverage: Coverage) -> str:
    """Return from when to when the articles are dated, and how many are not."""
    if coverage.earliest is None:
        return UNDATED
    first, last = date_in_words(coverage.earliest), date_in_words(coverage.latest)
    dated = f"dated {first}" if first == last else f"dated {first} to {last}"
    return f"{dated}, {coverage.undated:,} undated" if coverage.undated else dated


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
