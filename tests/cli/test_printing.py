"""What a terminal is sent: bold where it belongs, no code of an article, and pipes as ever."""

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever import build, open_index
from retriever.cli.printing import BoldLine, one_line, print_lines
from retriever.cli.terminal import answer_lines
from retriever.records import Quote, Span
from retriever.records.short_answers import LONGEST
from tests.building import write_articles
from tests.makers import make_answer, make_article
from tests.strategies import any_texts

ROOT = Path(__file__).parents[2]
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
# Renames the window, clears the screen (in one byte, too), and writes the clipboard.
HOSTILE = "\x1b]0;owned\x07 \x1b[2J \x9b2J \x1b]52;c;b3duZWQ=\x1b\\ \x7f\x08\r"


def squeezed(text: str) -> str:
    """Return what of a text is not blank."""
    return "".join(text.split())


@given(any_texts | st.integers(LONGEST, LONGEST + 1).map("0".__mul__), st.data())
def test_exactly_the_answering_words_are_bold(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = Quote(article=make_article(text), start=0, end=len(text), score=1)
    marked = Quote(
        article=quote.article,
        start=0,
        end=len(text),
        score=1,
        answering=Span(start=start, end=end),
    )
    answer = make_answer(marked)
    lines = answer_lines(answer)
    said = marked.answering.of(text) if marked.answering else ""
    assert bool(answer.short_answers) == bool(said and len(said) <= LONGEST)
    lifted = [[lines.pop(0)]] if answer.short_answers else []
    texts = [line.text if isinstance(line, BoldLine) else line for line in lines]
    assert texts == answer_lines(make_answer(quote))
    for part in (lines, *lifted):
        bold = [line.bold.of(line.text) for line in part if isinstance(line, BoldLine)]
        assert squeezed("".join(bold)) == squeezed(said)


PROGRAM = """
import json, sys
from retriever.cli.options import print_result
from retriever import build, open_index
from retriever.cli.printing import print_text
from retriever.cli.terminal import answer_lines
from retriever.records import Quote, Span
from retriever.records.short_answers import LONGEST
from tests.cli.test_printing import HOSTILE
from tests.building import write_articles
from tests.makers import make_answer, make_article
text = f"He will {HOSTILE} move to Belarus."
article = make_article(text, title=HOSTILE, author=HOSTILE, warnings=(HOSTILE,))
words = Span(start=text.index("move"), end=len(text) - 1)
answer = make_answer(Quote(article=article, start=0, end=len(text), score=1, answering=words))
if sys.argv[1] == "lines":
    print_result(answer_lines(answer))
elif sys.argv[1] == "json":
    print_result(answer.to_dict())
else:
    print_text(text, err=sys.argv[1] == "err")
"""


def on_a_terminal(*command: str, **environment: str) -> str:
    """Return what a command sends to a terminal, whose line breaks are line feeds again."""
    ours, theirs = pty.openpty()
    known = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "TERM"}}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**known, "TERM": "xterm", **environment},
        cwd=ROOT,
    ) as process:
        os.close(theirs)
        sent = b""
        while piece := _read(ours):
            sent += piece
        os.close(ours)
    assert process.returncode == 0, sent
    return sent.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says so when nobody writes to it any more
        return b""


def program(what: str) -> tuple[str, ...]:
    """Return the command that prints the hostile answer."""
    return (sys.executable, "-c", PROGRAM, what)


def test_on_a_terminal_the_answering_words_are_bold_and_no_article_commands_it() -> None:
    sent = on_a_terminal(*program("lines"))
    assert f"{BOLD}move to Belarus{PLAIN}.”" in sent
    assert sent.startswith(f"{BOLD}move to Belarus{PLAIN} · ")
    assert _codes(sent) == [BOLD, PLAIN] * 2
    assert "\N{REPLACEMENT CHARACTER}]0;owned\N{REPLACEMENT CHARACTER}" in sent


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_nothing_is_bold_for_those_who_do_not_want_or_know_it(
    environment: Mapping[str, str],
) -> None:
    sent = on_a_terminal(*program("lines"), **environment)
    assert "move to Belarus.”" in sent
    assert _codes(sent) == []


@pytest.mark.parametrize("what", ["json", "text", "err"])
def test_no_other_output_commands_a_terminal_either(what: str) -> None:
    sent = on_a_terminal(*program(what))
    assert "Belarus" in sent
    assert _codes(sent) == []


def _codes(sent: str) -> list[str]:
    """Return what in it is no text: each control character with the code that it begins."""
    return re.findall(r"\x1b\[\d*m|[\x00-\x08\x0b-\x1f\x7f-\x9f]", sent)


# What ends a line, turns text around or is not seen, and what is only text.
ODD = st.text(
    st.sampled_from("\n\r\t\v\f\x1c\x1e\x85\u2028\u2029\u202e\u2066\u2069\u200b\ufeff\x1b\x9b\0ab ")
    | st.characters(categories=["Cc", "Cf", "Zl", "Zp"])
)


@given(st.lists(ODD, max_size=5))
def test_a_line_stays_one_line_wherever_it_is_printed(lines: list[str]) -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        print_lines(lines)
    assert printed.getvalue().splitlines() == [one_line(line) for line in lines] or [""]
    assert len(printed.getvalue()) == len("\n".join(lines)) + 1


@given(ODD)
def test_nothing_that_is_not_seen_reaches_a_terminal(text: str) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    with redirect_stdout(Terminal()) as printed:
        print_lines([text])
    sent = printed.getvalue()
    assert sent.count("\n") == 1
    assert not set("\u202e\u2066\u2069\u200b\ufeff\x1b\x9b\0\r\v\f\x85") & set(sent)
    assert len(sent) == len(text) + 1


def test_a_file_name_cannot_forge_a_second_quote() -> None:
    path = "a.txt [0:4]\n\n 2 “All of it is true.”\n   — Ann Berg · The Paper · 2024-01-01.txt"
    article = make_article("He said so.", path=path, title="A headline\n 3 “Another.”")
    quote = Quote(article=article, start=0, end=11, score=1, also_in=(path,))
    printed = io.StringIO()
    with redirect_stdout(printed):
        print_lines(answer_lines(make_answer(quote)))
    starts = [line for line in printed.getvalue().splitlines() if re.match(r" ?\d “", line)]
    assert starts == [" 1 “He said so.”"]


# Codes of colour and others, which are part of an article like any other characters.
CODED = "Koala \x1b[31mJones\x1b[0m met \x1b[2J\x9b1mAnna Lund\x1b]0;x\x07 at Ostby."


@pytest.mark.parametrize("what", ["lines", "text", "err"])
def test_a_pipe_gets_every_character_as_it_stands(what: str) -> None:
    done = subprocess.run(program(what), capture_output=True, check=True, cwd=ROOT)
    sent = done.stderr if what == "err" else done.stdout
    # A line of ours stays one line in a pipe, too.
    assert (one_line(HOSTILE) if what == "lines" else HOSTILE).encode() in sent
    assert BOLD.encode() not in sent


@pytest.mark.model
def test_what_a_command_pipes_of_an_article_is_verbatim(tmp_path: Path) -> None:
    corpus = write_articles(tmp_path / "a.jsonl", [{"id": "a", "title": "Met", "text": CODED}])
    build(corpus, index=tmp_path / "index")
    stored = open_index(tmp_path / "index").article("a").text
    assert "\x1b[31mJones\x1b[0m" in stored
    for command in (("ask", "Who met Anna Lund at Ostby?"), ("search", "Ostby"), ("article", "a")):
        start = (sys.executable, "-m", "retriever.cli", *command, "--index", tmp_path / "index")
        piped = subprocess.run(start, capture_output=True, check=True, cwd=ROOT).stdout
        assert stored.encode() in piped, command


@pytest.mark.model
def test_no_command_sends_a_code_of_an_article(tmp_path: Path) -> None:
    code = HOSTILE.rstrip()  # a carriage return ends a sentence
    said = f"The ferry of Ostby {code} sank on Monday. {HOSTILE} Nobody was hurt."
    corpus = write_articles(tmp_path / "a.jsonl", [{"id": "a", "title": HOSTILE, "text": said}])
    build(corpus, index=tmp_path / "index")
    assert HOSTILE in open_index(tmp_path / "index").article("a").text
    commands = (
        ("ask", "When did the ferry of Ostby sink?"),
        ("ask", "When did the ferry of Ostby sink?", "--format", "markdown"),
        ("search", "ferry"),
        ("article", "a"),
    )
    for command in commands:
        start = (sys.executable, "-m", "retriever.cli", *command, "--index")
        sent = on_a_terminal(*start, str(tmp_path / "index"))
        assert "Ostby" in sent
        assert [code for code in _codes(sent) if code not in {BOLD, PLAIN}] == []
