"""What is printed: no article commands a terminal or forges a quote, no file is a traceback."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time

from retriever import EXPORT_FORMATS, export
from retriever.cli.printing import _harmless, one_line
from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.site import Site
from tests.attacks.texts import ATTACKS
from tests.conftest import ROOT

# Every control character but what lays text out, and what turns the direction or is not seen.
_COMMANDS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff]"
)
_BOLD = re.compile(r"\x1b\[(?:1|0|22)m")
_TRICKS = {
    "the clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "the title of the window": "\x1b]0;forged\x07",
    "the cursor": "\x1b[2J\x1b[H",
    "one character for an escape": "\x9b31m",
    "a device": "\x1bP1$r\x1b\\",
    "a line break": 'Title"\n“Forged quote”, said the mayor.',
    "a carriage return": "Good\rEvil",
    "a line separator": "one\u2028two",
    "the other direction": "\u202eevil\u2066",
    "no width": "a\u200bb\ufeffc",
    "backspaces": "evil\x08\x08\x08\x08good",
    "tags": "\U000e0041\U000e0042",
}
_MARKUP = {
    "TeX": "}\\input{/etc/passwd}\\write18{id}%",
    "a key of TeX": "a},evil={x",
    "Markdown": "[x](javascript:1) ![y](https://evil.example/z) <script>alert(1)</script>",
    "a formula": "=cmd|'/c calc'!A1",
    "line breaks": "a\n\n# heading\n\n@article{evil,",
    "control characters": "\x1b]52;c;x\x07\0",
    "braces": "{{{{}}",
}


def _run(site: Site, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "retriever.cli", *arguments, "--index", str(site.index)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, errors="replace", timeout=60
    )


def _on_a_terminal(site: Site, *arguments: str) -> str:
    """Return what a command prints where its output is a terminal."""
    command = [sys.executable, "-m", "retriever.cli", *arguments, "--index", str(site.index)]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=ROOT, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        came, end = b"", time.monotonic() + 60
        while time.monotonic() < end:
            if not select.select([ours], [], [], 1)[0]:
                continue
            try:
                more = os.read(ours, 65_536)
            except OSError:  # its end, on Linux
                break
            if not more:
                break
            came += more
        process.kill()
    os.close(ours)
    return came.decode("utf-8", "replace")


@attack(
    13,
    "no character that commands",
    each={
        "an answer": ("ask", "What did the council say when it met about ship 66?", "--no-reader"),
        "passages": ("search", "the council met about ship 70", "--no-reader", "-k", "60"),
    },
)
def an_article_on_a_terminal(site: Site, arguments: tuple[str, ...]) -> str:
    """Print what hostile articles say, on a terminal."""
    shown = _BOLD.sub("", _on_a_terminal(site, *arguments))
    expect(len(shown) > 100, f"no article: {shown[:100]}")
    found = _COMMANDS.search(shown)
    expect(found is None, f"{found and shown[found.start() : found.start() + 20]!r}")
    return f"{len(shown):,} characters, none commands"


@attack(13, "no character that commands, one line", each=_TRICKS)
def a_name_that_commands(site: Site, text: str) -> str:
    """Show a title or the name of a file as every command does on a terminal."""
    del site
    shown = one_line(_harmless(text))
    found = _COMMANDS.search(shown)
    expect(found is None, f"{found and found[0]!r}")
    expect(len(shown.splitlines()) == 1, f"{len(shown.splitlines())} lines")
    expect(len(shown) == len(text), "characters are gone")
    return shown


@attack(
    13,
    "no markup, no second entry",
    each={
        f"{form}: {name}": (form, text) for form in EXPORT_FORMATS for name, text in _MARKUP.items()
    },
)
def an_export_of_hostile_fields(site: Site, given: tuple[str, str]) -> str:
    """Export an answer whose every field tries to be markup of the format."""
    del site
    form, text = given
    article = dict.fromkeys(("id", "title", "author", "publisher", "url", "path"), text)
    article |= {"published": "2023", "sha256": "0"}
    quote = {"article": article, "start": 0, "end": 4, "text": f"Said {text}", "speaker": text}
    written = export({"question": text, "quotes": [quote]}, form)
    if form == "bibtex":
        expect(written.count("\n@") + written.startswith("@") == 1, "a second entry")
        expect(not re.search(r"(?<!\\)\\(?:input|write18)\b", written), "a command of TeX")
    if form == "markdown":
        expect(not re.search(r"(?<!\\)<script", written), "a script")
        expect(not re.search(r"(?<!\\)\]\(javascript:", written), "a link that runs")
        expect("\n# heading" not in written, "a heading")
    if form in {"csl", "annotations", "json"}:
        json.loads(written)
    return f"{len(written):,} characters"


_FILES = {
    "no JSON": "{",
    "nests 100,000 deep": "[" * 100_000,
    "a number of 5,000 digits": '{"quotes": [{"start": ' + "9" * 5_000 + "}]}",
    "another kind": "7",
    "no quotes": '{"quotes": 7}',
    "half a character": '{"quotes": [{"article": {"id": "\\ud800"}, "text": "\\ud800",'
    ' "start": 0, "end": 1}]}',
    "nothing": "",
    "control characters": '{"quotes": [{"article": {"id": "\\u001b]52;c;x\\u0007"}, "text": "x"}]}',
}


@attack(13, "one line, exit status 2", each=_FILES, is_long=True)
def an_answer_file_that_is_none(site: Site, content: str) -> str:
    """Verify it on the command line."""
    file = site.scratch("answer") / "answer.json"
    file.write_text(content)
    done = _run(site, "verify", str(file))
    expect("Traceback" not in done.stderr, done.stderr[-200:])
    expect(done.returncode in {1, 2}, f"exit status {done.returncode}")
    return expect_one_line(done.stderr or done.stdout)


@attack(
    13,
    "one line, exit status 2",
    each={
        "a date of 5,000 digits": ("ask", "Who?", "--after", "9" * 5_000),
        "a question of 100,000 letters": ("ask", "x" * 100_000),
        "a history that is none": ("ask", "Who?", "--history", "/etc/passwd"),
        "an article of an escape": ("article", "\x1b]52;c;x\x07"),
        "an article of line breaks": ("article", "a\nb\nc"),
    },
    is_long=True,
)
def arguments_that_are_none(site: Site, arguments: tuple[str, ...]) -> str:
    """Give a command what it does not take."""
    done = _run(site, *arguments)
    expect("Traceback" not in done.stderr, done.stderr[-200:])
    expect(done.returncode == 2, f"exit status {done.returncode}")
    return expect_one_line(done.stderr)


@attack(13, "of every one of them")
def every_text_of_ours_on_a_terminal(site: Site) -> str:
    """Show each of the texts that attack as a line on a terminal."""
    del site
    for text in ATTACKS:
        found = _COMMANDS.search(one_line(_harmless(text)))
        expect(found is None, f"{text!r:.60}")
    return f"{len(ATTACKS)} texts"
