"""Archives: their members are files of the corpus, and none does harm."""

import errno
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest

from retriever.corpus.formats.archives import expanding, reader, zips
from retriever.corpus.formats.archives.member_names import decoded_names
from retriever.records import Article, Failure
from tests.corpus.conftest import Read
from tests.corpus.documents import tarred, zipped

STORY = b"The harbour was closed. Nobody was hurt."


def told(items: list[Article | Failure]) -> dict[str, str]:
    """Return what came of each part: the article's text or the reason."""
    return {
        item.id if isinstance(item, Article) else item.path: item.text
        if isinstance(item, Article)
        else item.reason
        for item in items
    }


def test_members_have_the_archive_in_their_names(read: Read) -> None:
    items = read({"sub/all.zip": zipped({"b/two.txt": b"Two.", "a.txt": b"One."})})
    assert told(items) == {"sub/all.zip/a.txt": "One.", "sub/all.zip/b/two.txt": "Two."}
    assert {item.path for item in items} == {"sub/all.zip"}


def test_what_is_no_article_is_passed_over(read: Read) -> None:
    members = {
        "__MACOSX/._a.txt": b"x",
        ".hidden/b.txt": b"x",
        ".DS_Store": b"x",
        "folder/": b"",
        "README.txt": b"Read me.",
        "a.txt": STORY,
    }
    assert [*told(read({"all.zip": zipped(members)}))] == ["all.zip/a.txt"]


def test_a_member_without_a_name_is_told_and_costs_no_other(read: Read) -> None:
    nameless = zipped({"a.txt": STORY, "Z.txt": STORY}).replace(b"Z.txt", bytes(5))
    items = told(read({"a.zip": nameless, "b.tar": tarred({"": STORY, "a.txt": STORY})}))
    assert [*items] == ["a.zip", "a.zip/a.txt", "b.tar", "b.tar/a.txt"]
    assert items["a.zip"] == items["b.tar"] == "holds a file without a name; pack it anew"


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_an_archive_of_nothing_gives_a_reason(read: Read, name: str) -> None:
    empty = zipped({}) if name == "a.zip" else tarred({}, name.partition(".tar")[2][1:])
    assert told([*read({name: empty})]) == {name: "holds no file that is read"}


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_parts_of_a_saved_page_are_passed_over(read: Read, pack: object) -> None:
    assert callable(pack)
    members = {
        "in/a.txt": STORY,
        "in/b.htm": b"<p>" + STORY * 3,
        "in/b_files/ad.html": b"<p>" + STORY * 3,
        "in/b_files/x/ad.txt": STORY,
        "in/c-Dateien/c.txt": STORY,
        "b_files/d.txt": STORY,
    }
    name = "all.zip" if pack is zipped else "all.tar"
    kept = ["b_files/d.txt", "in/a.txt", "in/b.htm", "in/c-Dateien/c.txt"]
    assert sorted(told(read({name: pack(members)}))) == [f"{name}/{one}" for one in kept]


def test_other_formats_are_named(read: Read) -> None:
    items = read({"all.zip": zipped({"photo.jpg": b"x", "a.txt": STORY})})
    assert told(items)["all.zip/photo.jpg"] == ".jpg is not a format that is read yet"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_sidecar_of_a_member_and_of_the_archive(read: Read, pack: object) -> None:
    assert callable(pack)
    members = {"a.txt": STORY, "a.txt.meta.toml": b'title = "Storm"\nauthor = "Jane Doe"'}
    name = "all.zip" if pack is zipped else "all.tar"
    (article,) = read({name: pack(members), f"{name}.meta.toml": 'publisher = "The Example"'})
    assert isinstance(article, Article)
    assert (article.title, article.author, article.publisher) == (
        "Storm",
        "Jane Doe",
        "The Example",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt.gz", gzip.compress(STORY)),
        ("a.txt.xz", lzma.compress(STORY)),
        ("a.json.gz", gzip.compress(b'{"text": "The harbour was closed. Nobody was hurt."}')),
    ],
    ids=["gz", "xz", "json.gz"],  # of the bytes they would tell the time
)
def test_single_compressed_files(read: Read, name: str, content: bytes) -> None:
    ((path, text),) = told(read({name: content})).items()
    assert text.encode() == STORY
    assert path == f"{name}/{name.rpartition('.')[0]}"


EVIL = ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_never_lead_out(read: Read, tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    name = "all.zip" if pack is zipped else "all.tar"
    packed = pack(dict.fromkeys(EVIL, STORY) | {"ok.txt": STORY, "new\nline\u202e.txt": STORY})
    outcome = told(read({f"deep/corpus/{name}": packed}))
    assert [reason for reason in outcome.values() if "leads out" in reason] == [
        "has a name that leads out of the archive"
    ] * len(EVIL)
    assert [path for path, text in outcome.items() if text.encode() == STORY] == [
        f"deep/corpus/{name}/{inner}"
        for inner in (
            ["new\nline\u202e.txt", "ok.txt"]
            if pack is zipped
            else ["ok.txt", "new\nline\u202e.txt"]
        )
    ]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]


def test_encrypted_member_fails_alone(read: Read) -> None:
    packed = bytearray(zipped({"a.txt": STORY, "b.txt": STORY}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the first member's flags
        packed[packed.index(mark) + place] |= 1
    outcome = told(read({"all.zip": bytes(packed)}))
    assert outcome["all.zip/a.txt"].startswith("is encrypted")
    assert outcome["all.zip/b.txt"].encode() == STORY


def test_damaged_member_fails_alone(read: Read) -> None:
    packed = bytearray(zipped({"a.txt": STORY * 100, "b.txt": STORY}))
    packed[60] ^= 0xFF
    outcome = told(read({"all.zip": bytes(packed)}))
    assert outcome["all.zip/a.txt"].startswith("is damaged")
    assert outcome["all.zip/b.txt"].encode() == STORY


def test_truncated_tar_gives_what_is_left_and_one_failure(read: Read) -> None:
    packed = tarred({f"{n}.txt": STORY * 50 for n in range(4)})
    outcome = told(read({"all.tar": packed[:7000]}))
    assert len(outcome["all.tar/0.txt"]) > 0
    assert any("damaged" in reason for reason in outcome.values())


def nested(depth: int) -> bytes:
    """Return an archive of an archive, ``depth`` times."""
    packed = zipped({"a.txt": STORY})
    for _ in range(depth):
        packed = zipped({"inner.zip": packed})
    return packed


def test_archives_inside_archives_up_to_a_depth(read: Read) -> None:
    assert told(read({"all.zip": nested(2)})) == {
        "all.zip/inner.zip/inner.zip/a.txt": STORY.decode()
    }
    ((path, reason),) = told(read({"all.zip": nested(3)})).items()
    assert path == "all.zip/inner.zip/inner.zip/inner.zip"
    assert reason.startswith("is an archive inside more than 2 others")


def test_links_and_devices_in_a_tar_are_passed_over(read: Read) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("c.txt")
        info.size = len(STORY)
        archive.addfile(info, io.BytesIO(STORY))
    assert [*told(read({"all.tar": stream.getvalue()}))] == ["all.tar/c.txt"]


def test_link_in_a_zip_is_passed_over(read: Read) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", STORY)
    assert [*told(read({"all.zip": stream.getvalue()}))] == ["all.zip/b.txt"]


def test_member_that_unfolds_without_end_fails_alone(read: Read) -> None:
    outcome = told(read({"all.zip": zipped({"a.txt": bytes(30_000_000), "b.txt": STORY})}))
    assert outcome["all.zip/a.txt"].startswith("unfolds to more than")
    assert outcome["all.zip/b.txt"].encode() == STORY


def test_all_members_together_have_a_limit(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expanding, "MOST", len(STORY) * 2)
    items = read({"all.zip": zipped({f"{n}.txt": STORY for n in range(4)})})
    assert [*told(items)] == ["all.zip/0.txt", "all.zip/1.txt", "all.zip"]


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_compressed_bombs_stop_early(read: Read, ending: str) -> None:
    zeros = tarred({"a.txt": bytes(200_000_000), "b.txt": STORY}, ending)
    assert len(zeros) < 1_000_000
    outcome = told(read({f"all.tar.{ending}": zeros}))
    assert "unfolds to more than" in outcome[f"all.tar.{ending}"]
    assert f"all.tar.{ending}/b.txt" not in outcome


def test_jsonl_bomb_stops_early(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expanding, "HONEST", 1_000_000)
    items = read({"a.jsonl.gz": gzip.compress(bytes(50_000_000))})
    assert "unfolds to more than" in told(items)["a.jsonl.gz"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.zip", b"", "is not a whole zip archive"),
        ("a.zip", b"PK\x03\x04 no more", "is not a whole zip archive"),
        ("a.zip", zipped({"a.txt": STORY})[:-30], "is not a whole zip archive"),
        ("a.tar", b"x" * 2000, "is not a whole tar archive"),
        ("a.tgz", b"x" * 2000, "is "),
        ("a.tar.xz", b"\xfd7zXZ\x00" + b"x" * 200, "is "),
        ("a.txt.bz2", b"BZh9" + b"x" * 200, "is damaged in the archive"),
    ],
)
def test_broken_archives_are_failures(read: Read, name: str, content: bytes, reason: str) -> None:
    ((_, told_reason),) = told(read({name: content})).items()
    assert told_reason.startswith(reason)


NAMES = {
    "cp932": ["報告書.txt", "大阪港の事故.txt", "議事録２.txt"],
    "gb18030": ["会议记录.txt", "上海天气.txt", "新闻.txt"],
    "cp949": ["보고서.txt", "서울 날씨.txt", "기사.txt"],
    "big5hkscs": ["會議記錄.txt", "市長講話.txt", "報告.txt"],
    "cp866": ["Отчет.txt", "Погода в порту.txt", "МЭР.txt"],
    "cp1251": ["Отчет.txt", "погода.txt", "Новости порта.txt"],
    "cp437": ["Café.txt", "Häfen.txt", "niño.txt"],
    "cp850": ["Größe.txt", "Übung.txt", "DÉJÀ.txt"],
    "cp852": ["Łódź.txt", "Plzeň.txt", "zpráva.txt"],
    "utf-8": ["港湾.txt", "Größe.txt", "Отчет.txt"],
}


def zipped_long_ago(names: list[str], encoding: str) -> bytes:
    """Return an archive whose names are in a code page, as they were before UTF-8."""
    stand_ins = {
        name.encode(encoding): bytes([65 + n]) * len(name.encode(encoding))
        for n, name in enumerate(names)
    }
    packed = zipped({stand_in.decode(): STORY for stand_in in stand_ins.values()})
    for name, stand_in in stand_ins.items():
        packed = packed.replace(stand_in, name)
    return packed


@pytest.mark.parametrize("encoding", NAMES)
def test_names_in_a_code_page_are_read_as_they_were_written(read: Read, encoding: str) -> None:
    names = NAMES[encoding]
    files = {f"{n}.zip": zipped_long_ago([name], encoding) for n, name in enumerate(names)}
    items = read({**files, "all.zip": zipped_long_ago(names, encoding)})
    alone = {f"{n}.zip/{name}" for n, name in enumerate(names)}
    assert {*told(items)} == alone | {f"all.zip/{name}" for name in names}


def test_names_that_say_what_they_are_are_believed() -> None:
    names = ["a.txt", "港湾.txt", "ì`ÿ.txt"]
    assert decoded_names(names[:2]) == names[:2]
    assert decoded_names(names)[:2] == names[:2]


def test_a_directory_of_too_many_entries_is_not_read_whatever_number_it_states(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zipfile goes by the length of the directory; every entry becomes an object of 600 bytes."""
    monkeypatch.setattr(zips, "MOST_MEMBERS", 20)
    packed = bytearray(zipped({f"{number}.txt": b"" for number in range(21)}))
    end = packed.rindex(b"PK\x05\x06")
    packed[end + 8 : end + 12] = b"\1\0\1\0"  # one entry, it says
    opened: list[object] = []
    monkeypatch.setattr(zipfile, "ZipFile", opened.append)
    outcome = told(read({"all.zip": bytes(packed)}))
    assert outcome == {"all.zip": "lists more than 20 files; make several archives of them"}
    assert not opened


def test_what_describes_the_members_does_not_fill_memory(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifteen thousand sidecars of 65 kB, in an archive of 3 MB, took a gigabyte."""
    monkeypatch.setattr("retriever.corpus.formats.archives.reader.MOST_SIDECARS", 250)
    about = b'title = "The title"\n'.ljust(100, b"#")
    files = {f"{number}.txt.meta.toml": about for number in range(4)}
    items = read({"all.zip": zipped({**files, "0.txt": STORY, "3.txt": STORY})})
    assert [item.path for item in items if isinstance(item, Failure)] == ["all.zip"]
    assert "describes its members in more than 250 bytes" in told(items)["all.zip"]
    titles = {item.id: item.title for item in items if isinstance(item, Article)}
    assert titles == {"all.zip/0.txt": "The title", "all.zip/3.txt": None}


def test_a_full_folder_for_temporary_files_is_no_damage_of_the_archive(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    files = {"all.zip": zipped({"a.txt": STORY, "b.txt": STORY})}
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "TemporaryDirectory", full)
        (failure,) = read(files)
        assert isinstance(failure, Failure)
        assert failure.passing
        assert "No space left" in failure.reason
    with monkeypatch.context() as patched:
        patched.setattr(reader._Unfolding, "_unfold", full)
        (failure,) = read(files)
        assert isinstance(failure, Failure)
        assert failure.passing
    assert len(read(files)) == 2
