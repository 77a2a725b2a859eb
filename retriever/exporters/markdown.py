"""Answers and quotes as Markdown in which nothing quoted is markup."""

import re
from itertools import pairwise

from retriever.exporters.references import Reference, escaped_for_line, reference_line
from retriever.exporters.saved import Conversation, ExportFormat

# What CommonMark or GitHub's Markdown may take for a mark: everywhere, in an address that would
# become a link by itself, and at the start of a line. All may stand behind a backslash.
_MARKS = re.compile(r"([\\`*_\[\]<>|~$&#@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_LINE_MARKS = re.compile(r"^([-+=]|\d+(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_BREAK = re.compile(r"\r\n|\r|\n")
NO_ANSWER = "The articles hold no answer to this question."


def write_markdown(conversation: Conversation) -> str:
    """Return each question as a heading, and below it the quotes with their sources."""
    parts = []
    for answer in conversation.answers:
        parts.append(f"## {markdown(' '.join(answer.question.split()))}")
        parts += [as_markdown(quote) for quote in answer.quotes] or [NO_ANSWER]
    return "\n\n".join(parts) + "\n"


MARKDOWN = ExportFormat(
    name="markdown", label="Markdown", ending="md", media_type="text/markdown", write=write_markdown
)


def as_markdown(reference: Reference) -> str:
    """Return the quote as a Markdown block quote with its source; nothing in it is markup."""
    title = f"*{markdown(' '.join(reference.title.split()))}*" if reference.title else None
    link = f"<{reference.url}>" if reference.url else None
    source = reference_line(escaped_for_line(reference, markdown), title, link)
    return f"{_block_quote(f'“{reference.text}”')}\n>\n> — {source}"


def markdown(text: str) -> str:
    """Return text as Markdown that shows exactly it; line breaks become blanks in a paragraph."""
    escaped = _MARKS.sub(r"\\\1", text)
    escaped = _LINE_MARKS.sub(_behind_backslash, escaped)
    return _INDENT.sub(lambda blank: "".join(f"&#{ord(b)};" for b in blank.group()), escaped)


def _behind_backslash(start: re.Match[str]) -> str:
    mark = start.group()
    # A number begins a list only with the point behind it.
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _block_quote(text: str) -> str:
    """Return a Markdown block quote that keeps the line breaks of the text."""
    lines = [markdown(line) for line in _BREAK.split(text)]
    ended = [
        f"{line}\\" if line.strip() and following.strip() else line
        for line, following in pairwise([*lines, ""])
    ]
    return "\n".join(f"> {line}".rstrip(" ") for line in ended)
