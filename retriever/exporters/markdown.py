"""Answers and quotes as Markdown in which nothing quoted is markup."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from retriever.exporters.references import Reference, escaped_for_line, reference_line
from retriever.exporters.saved import Conversation, ExportFormat, SavedContradiction
from retriever.records import Span, short_answers

# What CommonMark or GitHub's Markdown may take for a mark: everywhere, in an address that would
# become a link by itself, and at the start of a line. All may stand behind a backslash.
_MARKS = re.compile(r"([\\`*_\[\]<>|~$&#@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_LINE_MARKS = re.compile(r"^([-+=]|\d+(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_BREAK = re.compile(r"\r\n|\r|\n")
NO_ANSWER = "No answer to this question was found in the articles."
EMPHASIS_ADDED = "Words in bold answer the question. The emphasis is not the articles’ own."


def write_markdown(conversation: Conversation) -> str:
    """Return each question as a heading, below it the words that answer, and the quotes.

    Where answering words are bold, a last line says that the articles do not have them so.
    """
    parts = []
    for answer in conversation.answers:
        parts.append(f"## {markdown(' '.join(answer.question.split()))}")
        parts += _short_answers(answer.quotes)
        parts += [markdown(" ".join(f"{scope}.".split())) for scope in [answer.scope] if scope]
        parts += [_with_prints(quote) for quote in answer.quotes] or [NO_ANSWER]
        parts += [_contradiction(pair, answer.quotes) for pair in answer.contradictions]
        parts += _listed(answer.saved.get("listing"))
    shown = (quote for answer in conversation.answers for quote in answer.quotes)
    parts += [EMPHASIS_ADDED] if any(quote.answering for quote in shown) else []
    return "\n\n".join(parts) + "\n"


def _short_answers(quotes: Sequence[Reference]) -> list[str]:
    """Return the words that answer, bold, each line with the sources that have them."""
    said = [
        words.of(quote.text) if (words := quote.answering_in_text) else None for quote in quotes
    ]
    lines = []
    for one in short_answers(said):
        sources = (quotes[place] for place in one.quotes)
        names = (source.publisher or source.title or source.path for source in sources)
        told = ", ".join(_inside_line(" ".join(name.split())) for name in dict.fromkeys(names))
        lines.append(f"**{_inside_line(' '.join(one.words.split()))}** · {told}")
    return ["\\\n".join(lines)] if lines else []


def _listed(listing: object) -> list[str]:
    """Return the names that a saved answer lists, with the number of their articles, as a list.

    What is no such list gives nothing: a saved answer may hold anything.
    """
    entries = listing.get("entries") if isinstance(listing, Mapping) else None
    named = [
        f"- {markdown(' '.join(entry['name'].split()))} ({entry['articles']:,})"
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, Mapping)
        and isinstance(entry.get("name"), str)
        and isinstance(entry.get("articles"), int)
    ]
    return ["\n".join(named)] if named else []


MARKDOWN = ExportFormat(
    name="markdown", label="Markdown", ending="md", media_type="text/markdown", write=write_markdown
)


def as_markdown(reference: Reference, *, bold: Span | None = None) -> str:
    """Return the quote as a Markdown block quote with its source; nothing in it is markup.

    ``bold`` are the words of it to set in bold, of which :func:`_boldable` knows that it can be.
    """
    title = f"*{markdown(' '.join(reference.title.split()))}*" if reference.title else None
    link = f"<{reference.url}>" if reference.url else None
    source = reference_line(escaped_for_line(reference, markdown), title, link)
    days = [f">\n> {markdown(' '.join(day.text.split()))}" for day in reference.when]
    return "\n".join([f"{_block_quote(reference.text, bold)}\n>\n> — {source}", *days])


def _with_prints(reference: Reference) -> str:
    """Return a quote, and who else prints it, which is the program's own word and no quotation."""
    printed = [f"- {markdown(' '.join(line.split()))}" for line in reference.printed]
    quoted = as_markdown(reference, bold=_boldable(reference))
    return "\n\n".join([quoted, "\n".join(printed)] if printed else [quoted])


def markdown(text: str) -> str:
    """Return text as Markdown that shows exactly it; line breaks become blanks in a paragraph."""
    escaped = _LINE_MARKS.sub(_behind_backslash, _inside_line(text))
    return _INDENT.sub(lambda blank: "".join(f"&#{ord(b)};" for b in blank.group()), escaped)


def _contradiction(pair: SavedContradiction, quotes: Sequence[Reference]) -> str:
    """Return a list of what two quotes say of the same, each with its date."""
    one, other = (place + 1 for place in pair.quotes)
    sides = [
        (quotes[place], value.moved(-quotes[place].start).of(quotes[place].text))
        for place, value in zip(pair.quotes, pair.values, strict=True)
    ]
    lines = [f"Quotes {one} and {other} do not say the same:"]
    for number, (quote, said) in zip((one, other), sides, strict=True):
        dated = _inside_line(" ".join((quote.published or "undated").split()))
        lines.append(f"- quote {number}, {dated}: “{_inside_line(' '.join(said.split()))}”")
    return "\n".join((lines[0], "", *lines[1:]))


def _inside_line(text: str) -> str:
    """Return text as Markdown for a place where no line begins."""
    return _MARKS.sub(r"\\\1", text)


def _behind_backslash(start: re.Match[str]) -> str:
    mark = start.group()
    # A number begins a list only with the point behind it.
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _boldable(reference: Reference) -> Span | None:
    """Return the answering words, as a span of the quote, where bold leaves every word as it is.

    Beside a letter or a blank two stars always begin and end bold
    (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run); elsewhere they may stay
    stars, and no bold goes over a line's end.
    """
    words = reference.answering_in_text
    if words is None:
        return None
    said, around = words.of(reference.text), f" {reference.text} "
    begins = said[0].isalnum() or around[words.start] == " "
    ends = said[-1].isalnum() or around[words.end + 1] == " "
    whole = said == said.strip() and not _BREAK.search(said)
    return words if begins and ends and whole else None


def _block_quote(text: str, bold: Span | None) -> str:
    """Return a Markdown block quote, in quotation marks, that keeps the line breaks of the text."""
    if bold:
        *lines, before = _lines(f"“{text[: bold.start]}")
        after, *others = _BREAK.split(f"{text[bold.end :]}”")
        said = f"**{_inside_line(bold.of(text))}**{_inside_line(after)}"
        lines += [before + said, *map(markdown, others)]
    else:
        lines = _lines(f"“{text}”")
    ended = [
        f"{line}\\" if line.strip() and following.strip() else line
        for line, following in pairwise([*lines, ""])
    ]
    return "\n".join(f"> {line}".rstrip(" ") for line in ended)


def _lines(text: str) -> list[str]:
    return [markdown(line) for line in _BREAK.split(text)]
