"""JSON Lines: text as it stands, and one failure for each bad line."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from retriever.corpus import ReaderPool, read_source, survey
from retriever.corpus.formats.json import reader as jsonl
from retriever.records import Article, Failure, Published
from tests.corpus.conftest import Read
from tests.strategies import any_texts


def test_record_becomes_an_article(read: Read) -> None:
    record = {
        "id": "x1",
        "title": " The title ",
        "author": "Jane Doe",
        "publisher": "The Example",
        "published": "2023-06-25T10:00:00+02:00",
        "url": "https://news.example/x1",
        "text": "\ufeff The text.\r\n Advertisement\n",
        "language": "en",
    }
    (article,) = read({"a.jsonl": json.dumps(record)})
    assert isinstance(article, Article)
    assert article.text == record["text"]
    assert (article.id, article.path, article.title) == ("x1", "a.jsonl", "The title")
    assert article.published == Published(
        value="2023-06-25", precision="day", source="record field published"
    )
    assert (article.author, article.publisher) == ("Jane Doe", "The Example")
    assert (article.url, article.language) == ("https://news.example/x1", "en")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=any_texts)
def test_any_text_is_stored_as_it_stands(text: str, tmp_path: Path, readers: ReaderPool) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text}))
    (source,) = survey(tmp_path).sources
    (item,) = read_source(source, readers)
    if text.strip():
        assert isinstance(item, Article)
        read = json.loads(json.dumps(text))  # JSON makes one character of two that are a pair
        assert item.text == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in read)
        item.text.encode()
    else:
        assert isinstance(item, Failure)


def test_bad_lines_are_named_and_the_others_read(read: Read) -> None:
    lines: list[bytes] = [
        b"\xef\xbb\xbf" + b'{"text": "One."}',
        b"not json",
        b"",
        b"[1, 2]",
        b'{"title": "no text"}',
        b'{"text": "  "}',
        b'{"text": 5}',
        b'{"text": "caf\xe9"}',
        b"[" * 100_000,
        b'{"text": "Two.", "n": ' + b"1" * 5000 + b"}",
        b'{"text": "Three."}',
    ]
    items = read({"a.jsonl": b"\n".join(lines)})
    assert [item.id for item in items if isinstance(item, Article)] == ["a.jsonl#1", "a.jsonl#11"]
    reasons = [item.reason for item in items if isinstance(item, Failure)]
    assert [reason.split()[:2] for reason in reasons] == [
        ["line", number] for number in ["2", "4", "5", "6", "7", "8", "9", "10"]
    ]
    assert reasons[3] == 'line 6 has an empty field "text"'
    assert reasons[5] == "line 8 is not UTF-8"


def test_repeated_ids_are_told_apart_by_place(read: Read) -> None:
    items = read({"a.jsonl": '{"id": "x", "text": "One."}\n' * 3 + '{"id": 7, "text": "Two."}'})
    assert [item.id for item in items if isinstance(item, Article)] == [
        "x",
        "x@a.jsonl#2",
        "x@a.jsonl#3",
        "7",
    ]


@pytest.mark.parametrize("published", ["2023-02-30", "2023-13", "0000", "3/4/2023", "soon", None])
def test_impossible_dates_are_left_out(read: Read, published: str | None) -> None:
    (article,) = read({"a.jsonl": json.dumps({"text": "One.", "published": published})})
    assert isinstance(article, Article)
    assert article.published is None


def test_fields_of_other_types_are_left_out_or_written_out(read: Read) -> None:
    record = {"text": "One.", "title": {"en": "A"}, "author": ["A", "B", 3], "published": 2023}
    (article,) = read({"a.ndjson": json.dumps(record)})
    assert isinstance(article, Article)
    assert (article.title, article.author) == (None, "A, B")
    assert article.published
    assert article.published.value == "2023"


def test_compressed_records_are_read(read: Read) -> None:
    (article,) = read({"a.jsonl.gz": gzip.compress(b'{"text": "One."}\n')})
    assert isinstance(article, Article)
    assert article.id == "a.jsonl.gz#1"


def test_damaged_gzip_gives_what_it_holds_and_one_failure(read: Read) -> None:
    items = read({"a.jsonl.gz": gzip.compress(b'{"text": "One."}\n' * 9)[:-6], "b.jsonl.gz": b"no"})
    assert [isinstance(item, Failure) for item in items][-2:] == [True, True]
    assert all("gzip" in item.reason for item in items if isinstance(item, Failure))


@pytest.mark.parametrize(("content", "reason"), [("", "is empty"), ("\n \n", "holds no record")])
def test_file_without_records_is_a_failure(read: Read, content: str, reason: str) -> None:
    assert read({"a.jsonl": content}) == [Failure(path="a.jsonl", reason=reason)]


def test_line_over_the_limit_is_passed_over(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_RECORD", 100)
    long = json.dumps({"text": "a" * 5000})
    items = read({"a.jsonl": f'{{"text": "One."}}\n{long}\n{{"text": "Two."}}\n{long}'})
    assert [getattr(item, "id", None) or getattr(item, "reason", None) for item in items] == [
        "a.jsonl#1",
        "line 2 is longer than 100 bytes",
        "a.jsonl#3",
        "line 4 is longer than 100 bytes",
    ]


def test_reading_is_a_stream(tmp_path: Path, readers: ReaderPool) -> None:
    line = json.dumps({"text": "One sentence. " * 1000}) + "\n"
    (tmp_path / "a.jsonl").write_text(line * 1000)
    (source,) = survey(tmp_path).sources
    tracemalloc.start()
    assert sum(1 for _ in read_source(source, readers)) == 1000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000  # the file has 14 million bytes
