"""Printing: what answers stands out on a terminal, and nothing that is printed can command one."""

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

import click

from retriever.records import Span

# Control characters begin the codes that move a terminal's cursor, rename its window or write its
# clipboard; articles and the names of files may hold any. Line breaks and tabs only lay text out.
_COMMANDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
# What turns the direction of the text around it, and what nobody sees: a name can pass for another
# with either. The joiners of Persian, of the scripts of India and of emoji stay.
_UNSEEN = re.compile(r"[\u200b\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
# Whatever ends a line, here or in another program: what is one line cannot begin a second.
_BREAKS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoldLine:
    """A line, and the part of it that is bold where bold is shown."""

    text: str
    bold: Span


Line = str | BoldLine


def print_lines(lines: Iterable[Line]) -> None:
    """Print lines to standard output as :func:`print_text` does, on a terminal with bold.

    Each is one line, whatever a file's name or a headline in it holds.

    Nothing is bold where NO_COLOR is set (https://no-color.org) or the terminal knows no codes.
    """
    if not sys.stdout.isatty():
        _print_as_it_is("\n".join(one_line(_plain(line)) for line in lines))
        return
    dull = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    shown = map(_harmless if dull else _in_bold, lines)
    click.echo("\n".join(map(one_line, shown)))


def one_line(text: str) -> str:
    """Return a text of the same length on one line: with a blank for whatever ends a line."""
    return _BREAKS.sub(" ", text)


def print_text(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text to standard output, or to standard error, with a line break behind it if ``nl``.

    On a terminal a character that could command it is shown as U+FFFD; elsewhere all stay.
    """
    if (sys.stderr if err else sys.stdout).isatty():
        click.echo(_harmless(text), err=err, nl=nl)
    else:
        _print_as_it_is(text, err=err, nl=nl)


def _print_as_it_is(text: str, *, err: bool = False, nl: bool = True) -> None:
    # Without color=True click takes the codes of colours out: of a verbatim text, too.
    click.echo(text, err=err, nl=nl, color=True)


def _plain(line: Line) -> str:
    return line if isinstance(line, str) else line.text


def _harmless(line: Line) -> str:
    """Return a line of the same length in which no character commands a terminal."""
    for harmful in (_COMMANDS, _UNSEEN):
        line = harmful.sub("\N{REPLACEMENT CHARACTER}", _plain(line))
    return _plain(line)


def _in_bold(line: Line) -> str:
    text = _harmless(line)
    if isinstance(line, str):
        return text
    start, end = line.bold.start, line.bold.end
    return text[:start] + click.style(text[start:end], bold=True) + text[end:]
