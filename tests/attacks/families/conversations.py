"""Conversations that grow, and questions that nobody asks."""

from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.conversing import converse
from tests.attacks.site import READER, Site

_TURN = {"role": "user", "content": "Who is the mayor?"}
_MEGABYTE = 1_000_000


@attack(10, "refused, and not kept")
def refused_questions_that_pile_up(site: Site) -> str:
    """Ask twenty questions of 100,000 characters in one conversation."""
    html = converse(site, ["x" * 100_000] * 20)
    expect(len(html) < _MEGABYTE, f"the reply has {len(html):,} characters")
    return f"{len(html):,} characters"


@attack(10, "bounded", is_long=True)
def a_conversation_without_end(site: Site) -> str:
    """Ask 120 questions in one conversation."""
    html = converse(site, ["Which storm closed the harbour?"] * 120)
    expect(len(html) < 3 * _MEGABYTE, f"the reply has {len(html):,} characters")
    return f"{len(html):,} characters"


@attack(
    10,
    "answered or one line, soon",
    each={
        "fifty thousand turns": [_TURN] * 50_000,
        "a turn of a megabyte": [{"role": "user", "content": "harbour " * 125_000}],
        "turns of nobody": [{"role": "system", "content": "harbour"}],
        "turns without a role": [{"content": "harbour"}],
        "turns of markup": [{"role": "assistant", "content": "<script>alert(1)</script>" * 999}],
        "questions in brackets": [{"role": "user", "content": "(" * 100_000}],
    },
)
def a_history_that_is_none(site: Site, history: list[object]) -> str:
    """Give a question an impossible conversation before it."""
    reply = site.call("ask", "And then?", history, None, None, who=READER)
    expect(reply.seconds < 45, f"after {reply.seconds:.0f} s")
    if reply.status == 200:
        return f"answered in {reply.seconds:.1f} s"
    return expect_one_line(reply.said)


@attack(
    10,
    "answered or one line, soon",
    each={
        "no word": "?" * 3_999,
        "one word": "a" * 3_999,
        "a thousand words": "harbour " * 499,
        "quotation marks": '"' * 3_999,
        "brackets": "(" * 3_999,
        "numbers": "1 " * 1_999,
        "dates": "on Monday 2023-06-25 " * 190,
        "names": "Mr. Ding Li " * 333,
        "combining marks": "e" + "\u0301" * 3_998,
        "emoji": "\U0001f469\u200d\U0001f469" * 999,
        "a pattern": "(a+)+$ " * 500,
        "wildcards": "* ? % _ " * 499,
        "SQL": "'; DROP TABLE article; -- " * 150,
        "zeros": "\0" * 3_999,
        "surrogates": "\ud800" * 3_999,
        "line breaks": "\n" * 3_999,
        "blanks of all kinds": "\u2003\u00a0\u3000\u200b" * 999,
        "too many": "harbour " * 100_000,
    },
)
def a_question_that_takes_long(site: Site, question: str) -> str:
    """Ask what a pattern or a comparison could take for ever to read."""
    reply = site.call("ask", question, None, None, None, who=READER)
    expect(reply.seconds < 45, f"after {reply.seconds:.0f} s")
    if reply.status == 200:
        return f"{reply.json['data'][0]['outcome']} in {reply.seconds:.1f} s"
    return expect_one_line(reply.said)


@attack(
    18,
    "one line, or nothing passes",
    each={
        "another name": {"title": "x"},
        "a date that is none": {"after": "soon"},
        "a date of 5,000 digits": {"after": "9" * 5_000},
        "a date of another script": {"before": "٢٠٢٣-٠٦-٢٥"},
        "SQL": {"publisher": "' OR 1=1 --"},
        "a megabyte": {"author": "x" * _MEGABYTE},
        "a pattern": {"publisher": "%"},
        "a NUL": {"language": "\0"},
    },
)
def a_filter_that_is_none(site: Site, filters: dict[str, str]) -> str:
    """Ask with a filter that is none."""
    reply = site.call("ask", "Which storm closed the harbour?", None, filters, None, who=READER)
    if reply.status != 200:
        return expect_one_line(reply.said)
    quotes = reply.json["data"][0]["quotes"]
    expect(not quotes, "the filter let everything pass")
    return "nothing passes"
