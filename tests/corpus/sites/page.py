"""One page of a site, and what stands around the article on most of them."""

from collections.abc import Iterable
from dataclasses import dataclass

MENU = (
    "<header class='site-header'><a class=logo href=/>The Sarn Valley Post</a><nav><ul>"
    "<li><a href=/news>News</a><li><a href=/sport>Sport</a><li><a href=/opinion>Opinion</a>"
    "<li><a href=/weather>Weather</a></ul></nav></header>"
)
FOOT = (
    "<footer class='site-footer'><p>© 2024 The Sarn Valley Post. All rights reserved.</p><ul>"
    "<li><a href=/terms>Terms of use</a><li><a href=/privacy>Privacy policy</a></ul></footer>"
)
TEASERS = "".join(
    f"<div class=teaser><a href=/t{n}><img src=t.jpg><h4>{title}</h4></a><p>{words}</p></div>"
    for n, (title, words) in enumerate(
        (
            ("Ferry is late again", "Why the evening ferry has been late for most of the autumn."),
            ("A cook goes home", "After thirty years the cook of the Anchor has hung up his hat."),
            ("Snow in May", "Skiers were as surprised as the gardeners by what they woke up to."),
            ("The last cinema", "What the projectionist found in the cellar of the old Rialto."),
        )
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """A page, what kind of site it is in the manner of, and the text of its article."""

    kind: str
    markup: str
    text: str


def site(
    kind: str, body: str, text: Iterable[str], *, title: str = "", head: str = "", lang: str = "en"
) -> SitePage:
    """Return a page with this body between the menu and the foot of a site."""
    markup = (
        f"<!DOCTYPE html><html lang={lang}><head><meta charset=utf-8><title>{title or kind} | The"
        f" Sarn Valley Post</title>{head}</head><body>{MENU}{body}{FOOT}</body></html>"
    )
    return SitePage(kind=kind, markup=markup, text="\n\n".join(text))


def bare(kind: str, markup: str, text: Iterable[str]) -> SitePage:
    """Return a page that has nothing but this markup."""
    return SitePage(kind=kind, markup=markup, text="\n\n".join(text))


def p(paragraphs: Iterable[str], tag: str = "p") -> str:
    """Return the paragraphs, each in an element of its own."""
    return "".join(f"<{tag}>{one}</{tag}>" for one in paragraphs)
