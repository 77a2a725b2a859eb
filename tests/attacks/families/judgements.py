"""Judgements of quotes: too long, too many, broken, and of no quote."""

import json
import time

from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.site import READER, Reply, Site

_QUESTION = "Which storm closed the harbour?"


def _judge(site: Site, **other: object) -> Reply:
    judgement = {"asked": {"question": _QUESTION}, "key": "harbour:0-41", "verdict": "right"}
    return site.call("judge", {**judgement, **other}, who=READER)


@attack(
    7,
    "refused in one line",
    each={
        "a question of 3.8 MB": {"asked": {"question": "x" * 3_800_000}},
        "a question of 5,000 letters": {"asked": {"question": "x" * 5_000}},
        "earlier questions of 3.8 MB": {"earlier": [{"question": "x" * 95_000}] * 40},
        "words of 3 MB to leave out": {"asked": {"question": "Q", "without": "x" * 3_000_000}},
        "another verdict": {"verdict": "perhaps"},
        "no verdict": {"verdict": None},
        "a verdict of a megabyte": {"verdict": "x" * 1_000_000},
        "an article that is not there": {"key": "none:0-4"},
        "a path for an article": {"key": "..%2F..%2Fetc%2Fpasswd:0-4"},
        "a place outside": {"key": "harbour:999990-999999"},
        "a place below nothing": {"key": "harbour:-5-4"},
        "a place of 5,000 digits": {"key": "harbour:0-" + "9" * 5_000},
        "no key": {"key": None},
        "filters that are none": {"asked": {"question": "Q", "filters": {"x": "y"}}},
        "nothing asked": {"asked": None},
    },
)
def a_judgement_that_is_none(site: Site, other: dict[str, object]) -> str:
    """Judge what nobody asked or nobody quoted."""
    reply = _judge(site, **other)
    expect(reply.status != 200, f"kept: {reply.text[:80]}")
    return expect_one_line(reply.said)


@attack(7, "each a line of its own")
def line_breaks_in_a_judgement(site: Site) -> str:
    """Judge an answer to a question with line breaks and half characters in it."""
    file = site.index / "feedback" / "judgements.jsonl"
    before = file.read_bytes().count(b"\n") if file.exists() else 0
    question = 'a\n{"forged": true}\r\n\u2028b\0\ud800'
    reply = _judge(site, asked={"question": question})
    lines = file.read_bytes().split(b"\n") if file.exists() else [b""]
    if reply.status == 200:
        expect(len(lines) - 1 == before + 1, f"{len(lines) - 1 - before} lines")
        expect(b"forged" not in [line[2:8] for line in lines], "a forged line")
    for line in lines[:-1]:
        json.loads(line)
    return "one line" if reply.status == 200 else expect_one_line(reply.said)


@attack(7, "the next one is kept all the same")
def a_judgement_cut_short(site: Site) -> str:
    """Cut the last line as a full disk or a power cut does, then judge again."""
    _judge(site)
    file = site.index / "feedback" / "judgements.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    reply = _judge(site)
    expect(reply.status == 200, f"{reply.status}: {reply.said}")
    last = json.loads(file.read_bytes().split(b"\n")[-2])
    expect(last["verdict"] == "right", str(last)[:80])
    return "kept"


@attack(7, "as fast as the first", is_long=True)
def judgements_without_end(site: Site) -> str:
    """Judge 300 times; what was kept must not be read again each time."""
    times = []
    for number in range(300):
        began = time.monotonic()
        _judge(site, verdict=("right", "wrong", "neither")[number % 3])
        times.append(time.monotonic() - began)
    first, last = sorted(times[:50])[25], sorted(times[-50:])[25]
    expect(last < 5 * first + 0.1, f"{first * 1000:.0f} ms at first, {last * 1000:.0f} at last")
    return f"{first * 1000:.0f} ms at first, {last * 1000:.0f} at last"
