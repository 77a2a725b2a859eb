"""Which files of a folder are articles."""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

from retriever.corpus import ReaderPool, SourceFile, digest, read_source, survey
from retriever.corpus.formats.endings import BY_ENDING, FORMATS, Format
from retriever.errors import CorpusError
from retriever.records import Article, Failure
from tests.makers import make_article


def make(folder: Path, *names: str) -> None:
    """Write a small file of each name."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("The text.")


def test_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.txt", "a/b/c.text", "c.jsonl", "B.TXT")
    paths = [source.path for source in survey(tmp_path).sources]
    assert paths == sorted(["B.TXT", "a/b/c.text", "a/z.txt", "b.txt", "c.jsonl"])


def test_hidden_and_accompanying_files_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", ".hidden.txt", ".git/b.txt", "README.md", "LICENSE", "Readme.txt")
    make(tmp_path, "a.txt.meta.toml")
    assert [source.path for source in survey(tmp_path).sources] == ["a.txt"]


def test_what_is_skipped_is_listed_with_the_reason(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "a.txt.meta.toml", ".hidden.txt", ".git/b.txt", "LICENSE")
    make(tmp_path, "set/corpus.jsonl", "set/queries.jsonl", "kept/index/CURRENT")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "elsewhere").symlink_to(tmp_path / "kept")
    found = survey(tmp_path, apart=tmp_path / "elsewhere" / "index")
    assert [source.path for source in found.sources] == ["a.txt", "set/corpus.jsonl"]
    assert {entry.path: entry.reason for entry in found.skipped} == {
        ".git/": "is hidden",
        ".hidden.txt": "is hidden",
        "LICENSE": "accompanies articles and is none",
        "a.txt.meta.toml": "describes a.txt",
        "elsewhere": "is a link, and links are not followed",
        "kept/index/": "is the index",
        "link.txt": "is a link, and links are not followed",
        "set/queries.jsonl": "belongs to the data set whose articles are corpus.jsonl",
    }


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ("Storm.html", "Storm_files"),
        ("Storm.htm", "Storm.files"),
        ("Sturm.html", "Sturm-Dateien"),
        ("Orage.xhtml", "Orage_fichiers"),
        ("Tormenta.htm", "Tormenta_archivos"),
        ("Myrsky.html", "Myrsky_tiedostot"),
        ("a_files.html", "a_files_files"),
    ],
)
def test_folder_of_the_parts_of_a_saved_page_is_skipped(
    tmp_path: Path, page: str, parts: str
) -> None:
    make(tmp_path, f"news/{page}", f"news/{parts}/ad.html", f"news/{parts}/deep/frame.html")
    found = survey(tmp_path)
    assert [source.path for source in found.sources] == [f"news/{page}"]
    assert [(entry.path, entry.reason) for entry in found.skipped] == [
        (f"news/{parts}/", f"holds the parts of {page}")
    ]


def test_folder_with_such_a_name_and_no_page_beside_it_is_read(tmp_path: Path) -> None:
    names = ["case_files/a.txt", "x/b_files/b.html", "files/c.txt", "d-Dateien/d.txt", "d.txt"]
    make(tmp_path, "b.html", *names)
    found = survey(tmp_path)
    assert [source.path for source in found.sources] == sorted(["b.html", *names])
    assert not found.skipped


def test_data_set_folder_gives_its_corpus_only(tmp_path: Path) -> None:
    make(tmp_path, "corpus.jsonl", "queries.jsonl", "evidence.jsonl", "qrels.tsv", "x/more.jsonl")
    assert [source.path for source in survey(tmp_path).sources] == ["corpus.jsonl", "x/more.jsonl"]


def test_corpus_without_questions_is_a_folder_like_any_other(tmp_path: Path) -> None:
    make(tmp_path, "corpus.jsonl", "evidence.jsonl")
    assert len(survey(tmp_path).sources) == 2


def test_other_formats_are_listed_with_what_is_read(tmp_path: Path, readers: ReaderPool) -> None:
    make(tmp_path, "a.txt", "b.odt")
    _, other = survey(tmp_path).sources
    assert list(read_source(other, readers)) == [
        Failure(
            path="b.odt",
            reason=f".odt is not a format that is read yet; read are {FORMATS}",
        )
    ]
    assert digest(other) == ""


def test_links_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "outside/secret.txt", "corpus/a.txt")
    (tmp_path / "corpus" / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (tmp_path / "corpus" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "corpus" / "loop").symlink_to(tmp_path / "corpus")
    assert [source.path for source in survey(tmp_path / "corpus").sources] == ["a.txt"]


def test_corpus_itself_may_be_a_link(tmp_path: Path) -> None:
    make(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert [source.path for source in survey(tmp_path / "link").sources] == ["a.txt"]


def test_single_file_is_a_corpus(tmp_path: Path) -> None:
    make(tmp_path, "deep/a.txt", "deep/b.txt")
    assert [source.path for source in survey(tmp_path / "deep" / "a.txt").sources] == ["a.txt"]


def test_pipes_are_listed_and_never_opened(tmp_path: Path, readers: ReaderPool) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    _, pipe = survey(tmp_path).sources
    assert [item.reason for item in read_source(pipe, readers) if isinstance(item, Failure)] == [
        "is a pipe, socket or device, not a file"
    ]
    assert digest(pipe) == ""


def test_name_that_is_no_utf8_can_be_written_and_opened(
    tmp_path: Path, readers: ReaderPool
) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("The text.")
    (source,) = survey(tmp_path).sources
    assert source.path == "caf\\xe9.txt"
    (article,) = read_source(source, readers)
    assert article.path == source.path.encode().decode()
    assert not isinstance(article, Failure)


def test_stamp_changes_with_file_and_sidecar(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    stamps = {survey(tmp_path).sources[0].stamp}
    sidecar = tmp_path / "a.txt.meta.toml"
    for content in ('title = "A"', 'title = "Another"'):
        sidecar.write_text(content)
        stamps.add(survey(tmp_path).sources[0].stamp)
    (tmp_path / "a.txt").write_text("Another text.")
    stamps.add(survey(tmp_path).sources[0].stamp)
    assert len(stamps) == 4


def test_digest_changes_with_file_and_sidecar(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    before = digest(survey(tmp_path).sources[0])
    (tmp_path / "a.txt.meta.toml").write_text('title = "A"')
    assert before != digest(survey(tmp_path).sources[0]) != ""


@pytest.mark.parametrize("name", ["nothing", "nul\0in.txt", "long" * 2000])
def test_unusable_path_is_one_clear_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError) as raised:
        survey(tmp_path / name)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 1000


def test_empty_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no article files in .*; put files ending in .txt"):
        survey(tmp_path)


def test_folder_of_other_formats_is_an_error_that_names_one(tmp_path: Path) -> None:
    make(tmp_path, "a.odt")
    with pytest.raises(CorpusError, match=r"a\.odt: \.odt is not a format"):
        survey(tmp_path)


def test_device_is_no_corpus() -> None:
    with pytest.raises(CorpusError, match="neither a folder nor a file"):
        survey(Path("/dev/null"))


def test_socket_is_no_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.txt")
        with pytest.raises(CorpusError, match="neither a folder nor a file"):
            survey(Path("s.txt"))


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """Yield an open folder to a user who is not root: nothing is forbidden to root."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield folder
    if user == 0:
        os.seteuid(0)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o777)
    shutil.rmtree(folder)


def test_file_without_permission_is_a_failure(as_nobody: Path, readers: ReaderPool) -> None:
    make(as_nobody, "a.txt", "b.txt")
    (as_nobody / "b.txt").chmod(0)
    readable, forbidden = survey(as_nobody).sources
    assert not any(isinstance(item, Failure) for item in read_source(readable, readers))
    assert list(read_source(forbidden, readers)) == [
        Failure(path="b.txt", reason="no permission to read it")
    ]
    assert digest(forbidden) == ""


def test_folder_without_permission_is_a_failure_or_as_corpus_an_error(
    as_nobody: Path, readers: ReaderPool
) -> None:
    make(as_nobody, "a.txt", "closed/b.txt")
    (as_nobody / "closed").chmod(0)
    _, closed = survey(as_nobody).sources
    assert list(read_source(closed, readers)) == [
        Failure(path="closed", reason="no permission to read it")
    ]
    with pytest.raises(CorpusError, match="no permission to read"):
        survey(as_nobody / "closed")


def test_single_file_without_permission_is_an_error(as_nobody: Path) -> None:
    make(as_nobody, "a.txt")
    (as_nobody / "a.txt").chmod(0)
    with pytest.raises(CorpusError, match="no permission to read"):
        survey(as_nobody / "a.txt")


def test_file_that_vanishes_is_a_failure(tmp_path: Path, readers: ReaderPool) -> None:
    make(tmp_path, "a.txt")
    (source,) = survey(tmp_path).sources
    (tmp_path / "a.txt").unlink()
    assert list(read_source(source, readers)) == [
        Failure(path="a.txt", reason="was removed while the corpus was read")
    ]


def test_a_new_format_needs_its_reader_and_its_endings_only(
    tmp_path: Path, readers: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_log(source: SourceFile) -> Iterator[Article | Failure]:
        text = source.location.read_text()
        yield make_article(text, id=source.path, path=source.path)

    module = ModuleType("retriever.corpus.formats.log")
    module.__dict__["read_log"] = read_log
    monkeypatch.setitem(sys.modules, module.__name__, module)
    log = Format(reader="log.read_log", endings=(".log",), apart=False, one_article=True)
    monkeypatch.setitem(BY_ENDING, ".log", log)
    (tmp_path / "a.log").write_text("The harbour is closed.")
    (tmp_path / "a.log.meta.toml").write_text('title = "Storm"')
    with ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("c.log", "It is open again.")
    items = [item for one in survey(tmp_path).sources for item in read_source(one, readers)]
    found = {item.id: (item.text, item.title) for item in items if isinstance(item, Article)}
    assert found["a.log"] == ("The harbour is closed.", "Storm")
    assert found["b.zip/c.log"][0] == "It is open again."
