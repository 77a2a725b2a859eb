"""One article in every format that is read, made anew for each test.

What a reader stores of each is in ``golden/harbour.txt``, whatever the format.
"""

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Literal

from docx import Document

Kind = Literal["heading", "paragraph"]

TITLE = "Storm closes the harbour of Ostby"
AUTHOR = "Jane Doe"
DATE = "2023-06-25"
URL = "https://news.example/2023/06/storm"
PUBLISHER = "The Example Review"

GOLDEN = (Path(__file__).with_name("golden") / "harbour.txt").read_text(encoding="utf-8")
HEADINGS = ("What the engineers found", "Who will pay")
PARTS: tuple[tuple[Kind, str], ...] = tuple(
    ("heading" if part in HEADINGS else "paragraph", part)
    for part in GOLDEN.removesuffix("\n").split("\n\n")
)


def html_body() -> str:
    """Return the text as a fragment of HTML."""
    tags = {"heading": "h2", "paragraph": "p"}
    return "\n".join(f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" for kind, text in PARTS)


def markdown() -> bytes:
    """Return the article as Markdown with YAML front matter, its lines wrapped by hand."""
    matter = (
        f'---\ntitle: "{TITLE}"\nauthor: {AUTHOR}\ndate: {DATE}\nurl: {URL}\n'
        f"publisher: {PUBLISHER}\nlang: en\ntags: [harbour, storm]\n---\n\n# {TITLE}\n\n"
    )
    body = "\n\n".join(f"## {text}" if kind == "heading" else text for kind, text in PARTS)
    return (matter + body.replace("old crane", "[old *crane*](https://x.example)")).encode()


def record() -> dict[str, object]:
    """Return the article as a record whose body is markup."""
    return {
        "headline": TITLE,
        "byline": f"By {AUTHOR}",
        "datePublished": f"{DATE}T10:00:00+02:00",
        "url": URL,
        "publisher": {"@type": "Organization", "name": PUBLISHER},
        "inLanguage": "en",
        "body_html": html_body(),
    }


def json_list() -> bytes:
    """Return a JSON file with the article in a list, as interfaces deliver them."""
    return json.dumps({"status": "ok", "articles": [record()]}).encode()


def rss() -> bytes:
    """Return a feed with the article in full."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>{PUBLISHER}</title><link>https://news.example/</link><language>en</language>
<item><title>{TITLE}</title><media:title>A picture</media:title><link>{URL}</link>
<pubDate>Sun, 25 Jun 2023 10:00:00 +0200</pubDate><dc:creator>{AUTHOR}</dc:creator>
<description>The harbour is closed.</description>
<content:encoded><![CDATA[{html_body()}
<p>The post <a href="{URL}">{TITLE}</a> appeared first on <a href="/">{PUBLISHER}</a>.</p>
]]></content:encoded></item></channel></rss>""".encode()


def atom() -> bytes:
    """Return an Atom feed with the article in XHTML."""
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{PUBLISHER}</title>
<entry><title type="html">{TITLE}</title><id>tag:news.example,2023:storm</id>
<link rel="self" href="https://news.example/feed"/><link rel="alternate" href="{URL}"/>
<published>{DATE}T08:00:00Z</published><updated>2023-06-26T08:00:00Z</updated>
<author><name>{AUTHOR}</name></author><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml">{html_body()}</div></content></entry></feed>""".encode()


def nitf() -> bytes:
    """Return the article in NITF, with the document type that agencies declare."""
    body = html_body().replace("h2>", "hl2>")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.2/specification/dtd/nitf-3-2.dtd">
<nitf xml:lang="en"><head><title>harbour</title>
<docdata><date.issue norm="20230625T100000Z"/></docdata>
<pubdata name="{PUBLISHER}" date.publication="20230625" ex-ref="{URL}"/></head>
<body><body.head><hedline><hl1>{TITLE}</hl1></hedline>
<byline>By <person>{AUTHOR}</person><byttl>Staff writer</byttl></byline>
<dateline><location>OSTBY</location></dateline></body.head>
<body.content>{body}</body.content><body.end><tagline>-END-</tagline></body.end>
</body></nitf>""".encode()


def newsml_g2() -> bytes:
    """Return the article in NewsML-G2, with a picture beside it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:news.example:20230625:storm" version="2" xml:lang="en">
<itemMeta><provider><name>{PUBLISHER}</name></provider>
<versionCreated>2023-06-26T08:00:00Z</versionCreated>
<firstCreated>{DATE}T08:00:00Z</firstCreated></itemMeta>
<contentMeta><by>By {AUTHOR}</by><headline>{TITLE}</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body>{html_body()}</body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:news.example:20230625:photo"><contentSet>
<remoteContent href="photo.jpg"/></contentSet></newsItem></itemSet></newsMessage>""".encode()


def newsml_1() -> bytes:
    """Return the article in NewsML 1, as agencies delivered for twenty years."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>news.example</ProviderId>
<DateId>20230625</DateId></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20230625T080000+0000</FirstCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>{TITLE}</HeadLine><ByLine>By {AUTHOR}</ByLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="{PUBLISHER}"/></Provider>
</AdministrativeMetadata><ContentItem><DataContent>{html_body()}</DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>""".encode()


def word() -> bytes:
    """Return the article as a Word document, byline and date above the text."""
    document = Document()
    document.core_properties.author = "python-docx"
    document.core_properties.language = "en"
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(f"By {AUTHOR}")
    document.add_paragraph("June 25, 2023")
    for kind, text in PARTS:
        if kind == "heading":
            document.add_heading(text, level=2)
            continue
        paragraph = document.add_paragraph()
        for word_and_blank in text.partition(" "):  # runs, as editing leaves them
            paragraph.add_run(word_and_blank).bold = word_and_blank == " "
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def epub(chapters: Mapping[str, str] | None = None, **metadata: str) -> bytes:
    """Return a book of one chapter, or of the given ones, name → body, behind a cover."""
    chapters = chapters or {"storm.xhtml": f"<h1>{TITLE}</h1>{html_body()}"}
    stated = {"title": PUBLISHER, "creator": AUTHOR, "date": DATE, "language": "en"} | metadata
    fields = "".join(f"<dc:{key}>{escape(value)}</dc:{key}>" for key, value in stated.items())
    items = "".join(
        f'<item id="c{n}" href="text/{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = f"""<package xmlns="http://www.idpf.org/2007/opf" version="3.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{fields}</metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>{items}</manifest>
<spine><itemref idref="cover"/><itemref idref="nav"/>{spine}</spine></package>"""
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/>'
        "</rootfiles></container>",
        "OEBPS/book.opf": package,
        "OEBPS/cover.xhtml": _xhtml('<section epub:type="cover"><p>A cover</p></section>'),
        "OEBPS/nav.xhtml": _xhtml("<nav><ol><li>Storm</li></ol></nav>"),
    } | {f"OEBPS/text/{name}": _xhtml(body) for name, body in chapters.items()}
    return zipped({name: part.encode() for name, part in parts.items()})


def _xhtml(body: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title/><script src="x.js"/></head><body>{body}</body></html>"""


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of the members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(members: Mapping[str, bytes], compression: str = "") -> bytes:
    """Return a tar archive of the members, compressed by ``gz``, ``bz2`` or ``xz``."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=f"w:{compression}") as archive:  # type: ignore[call-overload]  # any mode
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()
