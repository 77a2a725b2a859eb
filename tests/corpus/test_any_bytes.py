"""Whatever a file holds: articles and failures come out, and nothing is raised."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retriever.corpus import ReaderPool, read_source, survey
from retriever.corpus.reading import read_here
from retriever.records import Article, Failure
from tests.corpus import documents
from tests.corpus.typesetting import pdf
from tests.strategies import any_texts

ENDINGS = (
    *(".txt", ".jsonl", ".json", ".md", ".pdf", ".docx", ".epub", ".xml", ".rss", ".nitf"),
    *(".zip", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".txt.gz", ".md.bz2", ".json.xz"),
    ".jsonl.gz",
)
MEMBERS = {"a.txt": b"The text. " * 99, "b.md": b"# One\n\nTwo.", "c.json": b'{"text": "One."}'}
WHOLE = {
    ".pdf": pdf(),
    ".docx": documents.word(),
    ".epub": documents.epub(),
    ".md": documents.markdown(),
    ".json": documents.json_list(),
    ".rss": documents.rss(),
    ".nitf": documents.nitf(),
    ".xml": documents.newsml_g2(),
    ".zip": documents.zipped(MEMBERS),
    ".tar": documents.tarred(MEMBERS),
    ".tar.gz": documents.tarred(MEMBERS, "gz"),
    ".tar.xz": documents.tarred(MEMBERS, "xz"),
}
# What may fail by design in the process apart is tried in this one, where it would be seen; the
# reader of PDF, in C, is not.
APART = (".pdf",)

small = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check(folder: Path, name: str, content: bytes, readers: ReaderPool) -> None:
    """Read a file and look at what comes out."""
    (folder / name).write_bytes(content)
    (source,) = survey(folder).sources
    here = not name.endswith((*APART, ".zip", ".tar", ".gz", ".bz2", ".xz"))
    items = list(read_here(source) if here else read_source(source, readers))
    assert items
    for item in items:
        if isinstance(item, Failure):
            assert item.reason
            assert "\n" not in item.reason
            continue
        assert isinstance(item, Article)
        assert item.text.strip()
        item.text.encode()
        spans = [*item.headings, *item.pages]
        assert all(0 <= span.start <= span.end <= len(item.text) for span in spans)
        assert all(span.of(item.text).strip() for span in item.headings)


@pytest.mark.parametrize("ending", ENDINGS)
@small
@given(
    content=st.one_of(
        st.binary(max_size=2000), any_texts.map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_arbitrary_bytes(tmp_path: Path, ending: str, content: bytes, readers: ReaderPool) -> None:
    check(tmp_path, f"a{ending}", content, readers)


@pytest.mark.parametrize("ending", WHOLE)
@small
@given(seed=st.integers(min_value=0, max_value=10_000), changes=st.integers(1, 40))
@example(seed=670, changes=5)  # a part of a Word document that ends early
def test_whole_files_with_changed_bytes(
    tmp_path: Path, ending: str, seed: int, changes: int, readers: ReaderPool
) -> None:
    chance = random.Random(seed)
    content = bytearray(WHOLE[ending])
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.randrange(256)
    check(tmp_path, f"a{ending}", bytes(content), readers)


@pytest.mark.parametrize("ending", WHOLE)
@small
@given(share=st.floats(0, 1))
def test_whole_files_cut_short(
    tmp_path: Path, ending: str, share: float, readers: ReaderPool
) -> None:
    whole = WHOLE[ending]
    check(tmp_path, f"a{ending}", whole[: int(share * len(whole))], readers)
