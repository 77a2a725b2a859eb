"""Pages of newspapers, agencies and magazines."""

from collections.abc import Iterator

from tests.corpus.sites.page import TEASERS, SitePage, p, site
from tests.corpus.sites.prose import (
    ARABIC,
    BRIDGE,
    CHINESE,
    CHIP,
    FRENCH,
    GERMAN,
    RUSSIAN,
    SCHOOL,
    SPANISH,
    TAX,
    WHALE,
)


def news_pages() -> Iterator[SitePage]:
    """Yield one page of each kind."""
    yield from _plain()
    yield from _boxed()
    yield from _many_parts()
    yield from _other_languages()


def _plain() -> Iterator[SitePage]:
    wire = [f"SARN, Oct 2 (Agency) - {CHIP[0]}", *CHIP[1:]]
    yield site(
        "wire copy",
        f"<div class=story-body><h1>Chip maker's profit falls</h1>{p(wire)}"
        "<p>(Reporting by A. Writer; Editing by B. Editor)</p></div>",
        wire,
        title="Chip maker's profit falls",
    )
    yield site(
        "line breaks for paragraphs",
        f"<div id=content><h1>Bridge shut to lorries</h1><div class=text>{'<br><br>'.join(BRIDGE)}"
        "</div></div>",
        BRIDGE,
        title="Bridge shut to lorries",
    )
    yield site(
        "three sentences beside a long sidebar",
        f"<div class=row><div class=col-8><h1>Whale swims free</h1>{p(WHALE[:2])}</div>"
        f"<div class='col-4 sidebar'><h3>Latest</h3>{TEASERS * 3}</div></div>",
        WHALE[:2],
        title="Whale swims free",
    )
    yield site(
        "hashed names of classes",
        "<div id=__next><div class=css-1a2b3c><main class=css-9z8y7x><h1 class=css-h1>Strike</h1>"
        + "".join(f"<div class=css-q{n}><span>{one}</span></div>" for n, one in enumerate(SCHOOL))
        + f"</main><div class=css-0r0r0r>{TEASERS}</div></div></div>",
        SCHOOL,
        title="Strike",
    )
    deck = "What happens when a town learns that the way to its other half is cracking."
    yield site(
        "deck outside the article's element",
        f"<main><header><h1>The crack</h1><p class=deck>{deck}</p><p class=byline>By Jo Lind</p>"
        f"</header><article>{p(BRIDGE)}</article></main>",
        [deck, *BRIDGE],
        title="The crack",
    )
    yield site(
        "opinion",
        f"<article class=opinion><h1>Tax the empty windows</h1>{p(TAX[:3])}<aside class=pullquote>"
        f"<p>They can ask for less.</p></aside>{p(TAX[3:])}<div class=author-bio><p><a href=/a>Ann"
        " Lowe</a> writes about cities for this paper.</p></div></article>",
        TAX,
        title="Tax the empty windows",
    )


def _boxed() -> Iterator[SitePage]:
    yield site(
        "boxes of related stories",
        f"<article><h1>Strike</h1>{p(SCHOOL[:2])}<div class=related><h3>Related</h3>{TEASERS}"
        f"</div>{p(SCHOOL[2:5])}<p><strong>Read more: <a href=/x>The strike of nine years ago</a>"
        f"</strong></p>{p(SCHOOL[5:])}</article><section><h2>More from News</h2>{TEASERS}"
        "</section>",
        SCHOOL,
        title="Strike",
    )
    yield site(
        "label of others before the article",
        f"<main><h1>The crack</h1><div class=box><h3>You may also like</h3><ul><li><a href=/q>"
        f"Ferry late</a><li><a href=/r>Snow in May</a></ul></div><article>{p(BRIDGE)}</article>"
        "</main>",
        BRIDGE,
        title="The crack",
    )
    said = [f"I do not agree at all. {one} That is what I think of it." for one in WHALE * 3]
    comments = "".join(
        f"<li class=comment><b>reader{n}</b><p>{c}</p></li>" for n, c in enumerate(said)
    )
    yield site(
        "many comments",
        f"<article><h1>Strike</h1>{p(SCHOOL)}</article><section id=comments class=comments-area>"
        f"<h2>18 comments</h2><ol class=comment-list>{comments}</ol></section>",
        SCHOOL,
        title="Strike",
    )
    yield site(
        "paywall after two paragraphs",
        f"<article><h1>Profit falls</h1>{p(CHIP[:2])}<div class='paywall-overlay'><h3>Keep reading"
        "</h3><p>Subscribe now for 1.00 a week and read everything that we publish, on paper and"
        " here.</p><button>Subscribe</button></div></article>",
        CHIP[:2],
        title="Profit falls",
    )
    consent = "<p>We and our 812 partners store and read cookies on your device to show you " * 4
    yield site(
        "wall of consent before the page",
        f"<div id=cookie-banner class=consent>{consent}</p><button>Accept all</button></div>"
        f"<article><h1>Whale swims free</h1>{p(WHALE)}</article>",
        WHALE,
        title="Whale swims free",
    )
    second = "".join(f"<p>{one}</p>" for one in CHIP)
    yield site(
        "next story appended below",
        f"<article class=story><h1>The crack</h1>{p(BRIDGE)}</article><div class=up-next><h2>Up"
        f" next</h2></div><article class=story><h2>Profit falls</h2>{second}</article>",
        BRIDGE,
        title="The crack",
    )
    yield site(
        "advertisements between sections",
        "<div class=article-body>"
        + "".join(
            f"<section class=part>{p(SCHOOL[n : n + 2])}</section><div class=ad-slot>Advertisement"
            "</div>"
            for n in (0, 2, 4)
        )
        + f"<section class=part>{p(SCHOOL[6:])}</section></div>",
        SCHOOL,
    )


def _many_parts() -> Iterator[SitePage]:
    entries = [
        ("Mediator named", SCHOOL[5]),
        ("Parents improvise", SCHOOL[2]),
        ("Talks", SCHOOL[1]),
    ]
    yield site(
        "live blog",
        f"<main class=liveblog><h1>Strike: live</h1><p>{SCHOOL[0]}</p>"
        + "".join(
            f"<article class=entry><time>1{n}:04</time><h3>{head}</h3><p>{text}</p></article>"
            for n, (head, text) in enumerate(entries)
        )
        + "</main>",
        [SCHOOL[0], *(part for entry in entries for part in entry)],
        title="Strike: live",
    )
    places = [("The old bridge", BRIDGE[5]), ("The fjord", WHALE[3]), ("Garner Street", TAX[1])]
    yield site(
        "listicle",
        f"<article><h1>Three places to see</h1><p>{TAX[0]}</p>"
        + "".join(
            f"<h2>{n}. {name}</h2><figure><img src=x.jpg><figcaption>Photo: J. Lind</figcaption>"
            f"</figure><p>{text}</p>"
            for n, (name, text) in enumerate(places, 1)
        )
        + "</article>",
        [TAX[0], *(t for n, (name, text) in enumerate(places, 1) for t in (f"{n}. {name}", text))],
        title="Three places to see",
    )
    asked = [
        ("You cut the last rope yourself. Were you afraid?", "Yes."),
        ("Of the whale?", "No, of the cold. After ten minutes you stop feeling your hands."),
        ("Will it happen again?", f"Certainly. {WHALE[3]}"),
        ("And what would you do about it?", WHALE[5]),
    ]
    yield site(
        "interview",
        f"<article><h1>The man with the knife</h1><p>{WHALE[0]}</p>"
        + "".join(f"<p><strong>{q}</strong></p><p>{a}</p>" for q, a in asked)
        + "</article>",
        [WHALE[0], *(part for pair in asked for part in pair)],
        title="The man with the knife",
    )
    slides = "".join(
        f"<div class=slide><img src={n}.jpg><div class=slide-text><p>{one}</p></div></div>"
        for n, one in enumerate(BRIDGE[2:])
    )
    yield site(
        "gallery whose slides tell the story",
        f"<article><h1>The bridge in pictures</h1><p>{BRIDGE[0]}</p><div class=gallery>{slides}"
        "</div></article>",
        [BRIDGE[0], *BRIDGE[2:]],
        title="The bridge in pictures",
    )
    rows = [("Holm", "41,200", "48.1"), ("Vane", "39,750", "46.4"), ("Rook", "4,710", "5.5")]
    table = "".join("<tr>" + p(one, "td") + "</tr>" for one in rows)
    yield site(
        "election table in a figure",
        f"<article><h1>Holm wins</h1>{p(BRIDGE[:3])}<figure class=wp-block-table><table><tr>"
        f"<th>Candidate<th>Votes<th>Percent</tr>{table}</table></figure>{p(BRIDGE[3:])}</article>",
        [*BRIDGE[:3], "Candidate Votes Percent", *map(" ".join, rows), *BRIDGE[3:]],
        title="Holm wins",
    )
    letters = [
        (WHALE[5], "J. Lind, Sarn"),
        (TAX[3], "A. Lowe, Millbrook"),
        (BRIDGE[6], "I. V., Sarn"),
    ]
    yield site(
        "letters to the editor",
        "<article><h1>Letters</h1>"
        + "".join(f"<p>{text}</p><p><em>{name}</em></p>" for text, name in letters)
        + "</article>",
        [part for letter in letters for part in letter],
        title="Letters",
    )
    points = [one.split(",")[0] + "." for one in CHIP[:4]]
    yield site(
        "points to know before the story",
        f"<article><h1>Profit falls</h1><ul class=key-points>{p(points, 'li')}</ul>{p(CHIP)}"
        "</article>",
        [*points, *CHIP],
        title="Profit falls",
    )
    yield site(
        "paragraphs that are links",
        f"<main><h1>Whale swims free</h1>{p(WHALE[:2])}<p><a href=/herring>{WHALE[3]}</a></p>"
        f"{p(WHALE[4:])}</main>",
        [*WHALE[:2], *WHALE[3:]],
        title="Whale swims free",
    )


def _other_languages() -> Iterator[SitePage]:
    for lang, prose, label in (
        ("de", GERMAN, "Lesen Sie auch: <a href=/x>Warum das Bad so lange geschlossen blieb</a>"),
        ("fr", FRENCH, "À lire aussi : <a href=/x>Les orages du mois dernier en images</a>"),
        ("es", SPANISH, "Lea también: <a href=/x>Qué se sabe del deslizamiento</a>"),
        ("ru", RUSSIAN, "<a href=/x>Читайте также: что известно о пожаре в Каменке</a>"),
        ("zh", CHINESE, "<a href=/x>相关阅读:旧桥的八十年</a>"),
        ("ar", ARABIC, "<a href=/x>اقرأ أيضا: تاريخ السوق القديم في صور</a>"),
    ):
        yield site(
            f"a page in {lang}",
            f"<div class=artikel><h1>{prose[0][:20]}</h1>{p(prose[:2])}<p>{label}</p>{p(prose[2:])}"
            f"</div><div class=weitere>{TEASERS}</div>",
            prose,
            title=prose[0][:20],
            lang=lang,
        )
