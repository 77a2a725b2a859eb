"""Rebuilding from the page, over and over, stopped, and over a hostile corpus."""

import time

from tests.attacks.attack import attack, expect
from tests.attacks.site import READER, Site

_PATIENCE = 180.0


def _until_done(site: Site) -> dict[str, object]:
    """Return what is said of the work once none is under way."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        work: dict[str, object] = site.call("work").json["data"][0]
        if not work["running"]:
            return work
        time.sleep(0.3)
    raise TimeoutError("the rebuild goes on without end")


@attack(9, "the second is followed to its end", is_long=True)
def a_rebuild_after_one_that_was_cancelled(site: Site) -> str:
    """Rebuild, cancel at once, and rebuild again before the first is gone."""
    site.call("rebuild")
    site.call("cancel")
    site.call("rebuild")
    said = str(_until_done(site)["said"])
    expect(said.startswith("Rebuilt"), said)
    return said


@attack(9, "one at a time", is_long=True)
def ten_rebuilds_at_once(site: Site) -> str:
    """Ask for ten rebuilds."""
    for _ in range(10):
        expect(site.call("rebuild").status == 200, "refused")
    said = str(_until_done(site)["said"])
    expect(said.startswith("Rebuilt"), said)
    return said


@attack(3, "rebuilt, the rest answers", is_long=True)
def a_rebuild_over_hostile_files(site: Site) -> str:
    """Add what breaks readers as a curator would, rebuild, and ask."""
    site.add("number.txt", b"The clock of Ostby stopped at noon. Nobody saw it.")
    (site.corpus / "number.txt.meta.toml").write_bytes(b"title = " + b"9" * 5_000)
    site.add("deep.json", b"[" * 100_000)
    site.add("damaged.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40)
    site.add("damaged.zip", b"PK\x03\x04" + bytes(100))
    site.call("rebuild")
    said = str(_until_done(site)["said"])
    expect(said.startswith("Rebuilt"), said)
    reply = site.call("ask", "When did the clock of Ostby stop?", who=READER)
    expect(reply.status == 200, reply.said)
    answer = reply.json["data"][0]
    found = [quote["text"] for quote in (*answer["quotes"], *answer["closest"])]
    expect(any("clock" in text for text in found), f"the article is lost: {found}")
    return said
