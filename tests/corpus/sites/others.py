"""Pages of blogs, offices, shops, encyclopaedias and old sites, and pages as programs save them."""

from collections.abc import Iterator

from tests.corpus.sites.page import FOOT, MENU, TEASERS, SitePage, bare, p, site
from tests.corpus.sites.prose import BRIDGE, CHIP, SCHOOL, TAX, WHALE


def other_pages() -> Iterator[SitePage]:
    """Yield one page of each kind."""
    yield from _blogs()
    yield from _references()
    yield from _old()
    yield from _saved()


def _blogs() -> Iterator[SitePage]:
    yield site(
        "blog with sharing and tags",
        f"<div id=primary class=site-main><article class='post hentry'><header><h1>On windows</h1>"
        f"<span class=posted-on>Posted on 3 May</span></header><div class=entry-content>{p(TAX)}"
        "<div class='sharedaddy sd-sharing'><h3>Share this:</h3><ul><li><a href=/f>Facebook</a>"
        "</ul></div><div id=jp-post-flair><p>Like this: Like Loading...</p></div></div><footer>"
        f"<span class=tags>Tagged tax, city</span></footer></article></div><div id=secondary"
        f" class=widget-area>{TEASERS}</div>",
        TAX,
        title="On windows",
    )
    yield site(
        "blog whose paragraphs are bare divs",
        "<div class='post-body entry-content'>"
        + "".join(f"<div>{one}</div><div><br></div>" for one in WHALE)
        + "</div><div class=blog-pager><a href=/o>Older post</a></div>",
        WHALE,
    )
    steps = [
        "Soak the beans over night in plenty of cold water, and pour the water away.",
        "Fry the onion slowly in the butter until it is soft and the colour of straw.",
        "Add the beans and the stock, and let it all simmer for an hour and a half.",
        "Stir in the vinegar at the very end, and serve it with bread that is a day old.",
    ]
    needs = ["500 g of white beans", "2 large onions, sliced", "1 litre of stock", "50 g of butter"]
    yield site(
        "recipe",
        f"<article><h1>Beans as in Sarn</h1><p>{TAX[5]}</p><h2>Ingredients</h2><ul>{p(needs, 'li')}"
        f"</ul><h2>Method</h2><ol>{p(steps, 'li')}</ol></article>",
        [TAX[5], "Ingredients", *needs, "Method", *steps],
        title="Beans as in Sarn",
    )
    good, bad = ["It is quiet, even at full speed.", "The battery lasts."], ["It is far too heavy."]
    yield site(
        "review with points for and against",
        f"<article><h1>A mower tried</h1>{p(CHIP[:3])}<div class=verdict><h3>For</h3><ul>"
        f"{p(good, 'li')}</ul><h3>Against</h3><ul>{p(bad, 'li')}</ul></div>{p(CHIP[3:])}</article>",
        [*CHIP[:3], "For", *good, "Against", *bad, *CHIP[3:]],
        title="A mower tried",
    )


def _references() -> Iterator[SitePage]:
    parts = [f"{one[:-1]}.[{n}]" for n, one in enumerate(BRIDGE[3:7], 1)]
    marked = [
        f"{one[:-1]}.<sup class=reference><a href=#c{n}>[{n}]</a></sup>"
        for n, one in enumerate(BRIDGE[3:7], 1)
    ]
    yield bare(
        "encyclopaedia",
        "<html><head><title>Sarn Bridge - Encyclopaedia</title></head><body><div id=mw-head><a"
        " href=/l>Log in</a></div><div id=content class=mw-body><h1>Sarn Bridge</h1><div"
        " class=mw-parser-output><table class=infobox><tr><th>Built</th><td>1887</td></tr><tr><th>"
        "Arches</th><td>7</td></tr></table>"
        f"{p(marked[:2])}<div id=toc class=toc><ul><li><a href=#h>History</a></ul></div><h2>History"
        "<span class=mw-editsection>[<a href=/e>edit</a>]</span></h2>"
        f"{p(marked[2:])}</div></div><div id=mw-navigation><a href=/m>Main page</a></div></body>"
        "</html>",
        [*parts[:2], "History", *parts[2:]],
    )
    code = "import harbour\nharbour.open(gate=3)"
    yield site(
        "documentation",
        f"<div class=sidebar-nav>{p(['<a href=/1>Install</a>', '<a href=/2>Gates</a>'])}</div><main"
        f" class=docs><h1>Opening a gate</h1><p>{CHIP[4]}</p><h2>From a program</h2><p>{CHIP[5]}"
        f"</p><pre><code>{code}</code></pre><dl><dt>gate</dt><dd>The number of the gate that is to"
        f" be opened, counted from the sea.</dd></dl><p>{CHIP[3]}</p></main>",
        [
            CHIP[4],
            "From a program",
            CHIP[5],
            code,
            "gate",
            "The number of the gate that is to be opened, counted from the sea.",
            CHIP[3],
        ],
        title="Opening a gate",
    )
    items = list(BRIDGE[1:5])
    yield bare(
        "notice of an office, a bare list",
        f"<html><head><title>Notice</title></head><body><h1>Notice</h1><p>{BRIDGE[0]}</p><p>The"
        f" following applies from Monday:</p><ul>{p(items, 'li')}</ul><p>{BRIDGE[7]}</p></body>"
        "</html>",
        [BRIDGE[0], "The following applies from Monday:", *items, BRIDGE[7]],
    )
    yield site(
        "release to the press",
        f"<div class=press-release><h1>Quarterly figures</h1>{p(CHIP)}<h3>About the company</h3><p>"
        f"{CHIP[1]} It has 4,100 employees.</p></div>",
        [*CHIP, "About the company", f"{CHIP[1]} It has 4,100 employees."],
        title="Quarterly figures",
    )
    questions = [
        ("Why is it closed?", BRIDGE[0]),
        ("May I cross?", BRIDGE[1]),
        ("What does it cost?", BRIDGE[3]),
        ("How do I get around it?", BRIDGE[4]),
    ]
    folded = "".join(f"<details><summary>{q}</summary><p>{a}</p></details>" for q, a in questions)
    yield site(
        "questions that unfold",
        f"<main><h1>The bridge: your questions</h1>{folded}</main>",
        [part for pair in questions for part in pair],
        title="The bridge: your questions",
    )


def _old() -> Iterator[SitePage]:
    yield bare(
        "tables that lay out the page",
        "<html><head><title>Sarn Weekly</title></head><body bgcolor=white><table width=100%><tr>"
        "<td width=120 valign=top><a href=/>Home</a><br><a href=/n>News</a><br><a href=/a>Archive"
        "</a></td><td><table><tr><td><font size=4><b>The crack</b></font></td></tr><tr><td><font"
        f" size=2>{'<p>'.join(BRIDGE)}</font></td></tr></table></td><td width=100><a href=/ad>Buy"
        " a boat</a></td></tr></table></body></html>",
        BRIDGE,
    )
    yield bare(
        "letter made of tables",
        "<html><body><table role=presentation width=600>"
        + "".join(f"<tr><td style='padding:8px'>{one}</td></tr>" for one in WHALE)
        + "<tr><td><a href=/u>Unsubscribe</a></td></tr></table></body></html>",
        WHALE,
    )
    yield bare(
        "paragraphs that are never closed",
        f"<html><title>Strike</title><body><center><h2>Strike</h2></center><p>{'<p>'.join(SCHOOL)}"
        "<hr><a href=index.html>Back</a></body></html>",
        SCHOOL,
    )
    said = [
        "THE MAYOR: I was not there.",
        "MR VANE: You were seen by two people.",
        "THE MAYOR: Then they saw somebody else.",
        "MR VANE: In your coat?",
    ]
    yield bare(
        "transcript in line breaks",
        f"<html><head><title>Hearing</title></head><body><h1>Hearing of 3 May</h1><p>{BRIDGE[6]}"
        f"</p><blockquote>{'<br>'.join(said)}</blockquote><p>{BRIDGE[7]}</p></body></html>",
        [BRIDGE[6], "\n".join(said), BRIDGE[7]],
    )


def _saved() -> Iterator[SitePage]:
    yield bare(
        "accelerated mobile page",
        "<!doctype html><html amp lang=en><head><title>Whale swims free</title><style"
        " amp-boilerplate>body{animation:-amp-start 8s}</style></head><body><amp-sidebar><ul><li><a"
        " href=/n>News</a></ul></amp-sidebar><article class=amp-wp-article><h1>Whale swims free"
        f"</h1><amp-img src=w.jpg></amp-img>{p(WHALE[:3])}<amp-ad></amp-ad>{p(WHALE[3:])}</article>"
        "<amp-list><template type=amp-mustache><p>{{title}} and more of it</p></template>"
        "</amp-list></body></html>",
        WHALE,
    )
    yield bare(
        "view for printing",
        f"<html><head><title>The crack - Print</title></head><body><p>The Sarn Valley Post</p><h1>"
        f"The crack</h1>{p(BRIDGE)}<p>https://post.example/the-crack</p></body></html>",
        BRIDGE,
    )
    yield bare(
        "custom elements with shadow roots",
        f"<html><head><title>Strike</title></head><body>{MENU}<story-page><template"
        f" shadowrootmode=open><h1>Strike</h1><slot></slot></template><story-text><template"
        f" shadowrootmode=open>{p(SCHOOL)}</template></story-text></story-page>{FOOT}</body>"
        "</html>",
        SCHOOL,
    )
    yield bare(
        "page saved while a window lay over it",
        f"<html><head><title>Strike</title></head><body><div id=app aria-hidden=true>{MENU}"
        f"<article><h1>Strike</h1>{p(SCHOOL)}</article></div><div role=dialog class=modal>"
        "<p>Get our letter each morning.</p><button>No</button></div></body></html>",
        SCHOOL,
    )
    cards = "".join(
        f"<article class=card><a href=/c{n}><h3>{one[:30]}</h3></a><p>{one}</p></article>"
        for n, one in enumerate(CHIP[:4])
    )
    yield site(
        "cards of other stories first",
        f"<section class=top-stories>{cards}</section><article class=main-story><h1>The crack</h1>"
        f"{p(BRIDGE)}</article>",
        BRIDGE,
        title="The crack",
    )
    yield site(
        "text in one element with inline boxes",
        f"<article><h1>On windows</h1><div itemprop=articleBody>{'<br/><br/>'.join(TAX[:3])}"
        f"<span class=inline-promo><a href=/p>Our letter</a></span><br/><br/>"
        f"{'<br/><br/>'.join(TAX[3:])}</div></article>",
        TAX,
        title="On windows",
    )
