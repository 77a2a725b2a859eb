"""Texts that try to run, wherever the page shows what somebody else wrote."""

import re
from html.parser import HTMLParser

from tests.attacks.attack import attack, expect
from tests.attacks.conversing import converse
from tests.attacks.site import Site
from tests.attacks.texts import ATTACKS

# What must not stand in a reply as markup, whoever wrote it: the page's own cards have none of it.
_TAGS = frozenset(
    "script img iframe object embed form base link meta style video source math marquee body"
    " plaintext textarea template noscript".split()
)
_RUNS = re.compile(r"\s*[\x00-\x20]*(?:javascript|data|vbscript|file):", re.IGNORECASE)
_NAMES = {f"{number} {text[:30]}": text for number, text in enumerate(ATTACKS)}


class _Inert(HTMLParser):
    """Reads a reply as a browser does, and lets nothing pass that runs or loads."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        expect(tag not in _TAGS, f"a tag: {self.get_starttag_text()}"[:100])
        for name, value in attrs:
            expect(not name.startswith("on"), f"a handler: {name}={value}"[:100])
            is_address = name in {"href", "src", "action", "formaction", "xlink:href"}
            expect(not (is_address and _RUNS.match(value or "")), f"an address: {value}"[:100])


def _inert(html: str) -> None:
    parser = _Inert()
    parser.feed(html)
    parser.close()


@attack(0, "shown as text, inert", each=_NAMES)
def a_question_that_runs(site: Site, text: str) -> str:
    """Ask it, and look at the page that comes back."""
    html = converse(site, [f"{text[:3_000]} harbour"])
    _inert(html)
    return f"{len(html):,} characters"


@attack(0, "shown as text, inert", each={name: int(name.split()[0]) for name in _NAMES})
def an_article_that_runs(site: Site, number: int) -> str:
    """Ask for the article whose title, author, publisher, address and text attack."""
    html = converse(site, [f"What did the council of Ostby say when it met about ship {number}?"])
    _inert(html)
    expect("council" in html, "the article is not shown")
    return f"{len(html):,} characters"
