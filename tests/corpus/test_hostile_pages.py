"""Pages meant to break a reader, and pages of any bytes at all."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retriever.records import Article, Failure
from tests.corpus.conftest import Read
from tests.strategies import hostile_texts

PARAGRAPH = "<p>The harbour was closed on Monday after the worst storm that anyone remembers.</p>"
ARTICLE = (
    f"{PARAGRAPH}<p>Nobody was hurt, said the mayor, but the pier is broken in two places.</p>"
)
CODE = "var secret = 'never to be quoted'"
_HIDING = re.compile(rb"<!--|<!\[CDATA\[|<title>|<[^<>]+<s(?:cript|tyle)>")
TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<article>", "<table><tr><td>", "<li>", "<br>", "<h1>",
    "<h2>", "<a href=x>", "</a>", "<pre>", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE html>",
    "&nbsp;", "&#0;", "&#xd800;", "&bogus;", "<", ">", "&", "\x00", "\ufeff", "<svg>", "</html>",
    "<body>", "<meta charset=utf-7>", "<meta name=date content=9999-99-99>", "<title>", "</title>",
    "<link rel=canonical href='http://[::1'>", "<base href='//x'>", "<time datetime='2023-99'>",
    "<frameset>", "<form><input type=password>", "<xml:ns a:b='c'>", "<p class='\u0130'>",
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    """Return markup of hostile texts and broken tags, with scripts and styles among them."""
    hidden = st.sampled_from([f"<script>{CODE}</script>", f"<style>/* {CODE} */</style>"])
    parts = draw(
        st.lists(st.sampled_from((*TAGS, PARAGRAPH)) | hostile_texts | hidden, max_size=25)
    )
    codec = draw(st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1251", "shift_jis"]))
    return "".join(parts).encode(codec, "replace" if codec in {"cp1251", "shift_jis"} else "ignore")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=pages() | st.binary(max_size=400))
def test_any_bytes_give_an_article_or_one_failure(data: bytes, read: Read) -> None:
    for name in ("a.html", "a.mhtml"):
        items = [item for item in read({name: data}) if item.path == name]
        assert len(items) == 1
        (item,) = items
        if isinstance(item, Article):
            assert item.text.strip()
            item.text.encode()
            assert "never to be quoted" not in item.text or _hides_tags(data)
            for heading in item.headings:
                assert heading.of(item.text).strip()
        else:
            assert isinstance(item, Failure)
            assert "\n" not in item.reason


def _hides_tags(data: bytes) -> bool:
    """Return whether the page may open something in which a script's own tag is text."""
    return _HIDING.search(data.replace(b"\0", b"")) is not None


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<div>" * 100_000 + PARAGRAPH, "nests its elements more than 256 deep"),
        ("<p>x" * 201_000, "has more than 200,000 tags; split it into pages"),
        (
            "<body " + " ".join(f"a{n}=1" for n in range(5_000)) + ">" + PARAGRAPH,
            "has an element with more than 2,000 attributes",
        ),
        ("<p>" + "a " * 10_100_000, "has more than 20,000,000 characters of markup"),
    ],
)
def test_page_without_measure_is_refused_at_once(read: Read, markup: str, reason: str) -> None:
    started = time.perf_counter()
    assert read({"a.html": f"<html>{markup}"}) == [Failure(path="a.html", reason=reason)]
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<font>" * 5_000 + ARTICLE, id="tags never closed"),
        pytest.param("<table><tr><td>" * 60 + ARTICLE, id="tables in tables"),
        pytest.param(
            f"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>{ARTICLE}", id="entities"
        ),
        pytest.param(f"<p style='{'display:' * 50_000}'></p>{ARTICLE}", id="endless style"),
        pytest.param(
            f"<img src='data:image/png;base64,{'A' * 12_000_000}'>{ARTICLE}", id="picture"
        ),
        pytest.param(
            '<script type="application/ld+json">' + "[" * 100_000 + f"</script>{ARTICLE}",
            id="nested JSON",
        ),
    ],
)
def test_article_is_read_out_of_a_hostile_page(read: Read, markup: str) -> None:
    (article,) = read({"a.html": f"<html><body>{markup}</body></html>"})
    assert isinstance(article, Article), article
    assert article.text.startswith("The harbour was closed on Monday")


def test_reading_a_page_reaches_no_other_machine(tmp_path: Path) -> None:
    page = f"""<html><head><link rel=canonical href=https://192.0.2.1/a>
        <link rel=stylesheet href=http://quotes.invalid/a.css><base href=http://quotes.invalid/>
        </head><body><img src=http://192.0.2.1/a.png><iframe src=http://quotes.invalid/></iframe>
        {ARTICLE}<a href=http://quotes.invalid/next>Next page</a></body></html>"""
    (tmp_path / "a.html").write_text(page)
    program = (
        "import sys; from pathlib import Path; from tests.guarded import guard;"
        "sys.addaudithook(guard); from retriever.corpus import ReaderPool, read_source, survey;"
        "[item] = read_source(survey(Path(sys.argv[1])).sources[0], ReaderPool());"
        "print(item.text)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("The harbour was closed")
    assert run.stderr == ""
