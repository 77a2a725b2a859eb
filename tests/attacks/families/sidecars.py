"""Sidecars: none costs more than itself, and none ends a build."""

import zipfile

from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.site import Site

_STORY = "The lighthouse was lit again on Friday. Nobody had slept."
_SIDECARS = {
    "a number of 5,000 digits": b"title = " + b"9" * 5_000,
    "a date of 5,000 digits": b"published = " + b"9" * 5_000,
    "a hexadecimal number of 5,000 digits": b"title = 0x" + b"f" * 5_000,
    "a list of such": b"author = [0x" + b"f" * 5_000 + b"]",
    "nests 50,000 deep": b"title = " + b"[" * 50_000,
    "keys 20,000 deep": b"a" + b".a" * 20_000 + b" = 1",
    "65,537 bytes": b'title = "' + b"x" * 65_600 + b'"',
    "noise": bytes(range(256)) * 20,
    "a date that cannot be": b"published = 2023-02-30",
    "a date of the year 9999": b"published = 9999-12-31T23:59:59+14:00",
    "a time alone": b"published = 23:59:60",
    "not a number": b"title = nan",
    "half a character": b'title = "\\uD800"',
    "another key": b'sha256 = "x"',
    "another key of control characters": b'"\\u001b]52;c;x\\u0007\\n" = "x"',
    "nothing": b"",
    "blanks for a title": b'title = "   "',
    "the same key twice": b'title = "a"\ntitle = "b"',
}


def _told(site: Site, name: str) -> tuple[int, dict[str, str]]:
    built = site.builder.build(site.folder / name, site.scratch("sidecar-index"))
    expect(not built.traceback, built.traceback)
    expect(not built.problem, built.problem)
    for reason in built.failed.values():
        expect_one_line(reason)
    return built.articles, built.failed


@attack(3, "the article is read without it", each=_SIDECARS)
def a_sidecar_that_cannot_be_read(site: Site, content: bytes) -> str:
    """Put it beside an article, and build."""
    folder = site.scratch("sidecar")
    (folder / "a.txt").write_text(_STORY)
    (folder / "a.txt.meta.toml").write_bytes(content)
    articles, failed = _told(site, folder.name)
    expect(articles == 1, f"{articles} articles: {failed}")
    expect(set(failed) <= {"a.txt.meta.toml"}, str(failed)[:120])
    return next(iter(failed.values()), "read")


@attack(3, "each article is read without its own", is_long=True)
def sidecars_in_an_archive(site: Site) -> str:
    """Put all of them into a zip file, each beside an article."""
    folder = site.scratch("sidecars")
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for number, content in enumerate(_SIDECARS.values()):
            archive.writestr(f"{number}.txt", f"{_STORY} It was ship {number}.")
            archive.writestr(f"{number}.txt.meta.toml", content)
    articles, failed = _told(site, folder.name)
    expect(articles == len(_SIDECARS), f"{articles} articles: {str(failed)[:100]}")
    return f"{articles} articles, {len(failed)} sidecars named"


@attack(15, "not followed")
def a_sidecar_that_is_a_link(site: Site) -> str:
    """Let a sidecar be a link to a file outside the corpus."""
    outside = site.folder / "outside.toml"
    outside.write_text('author = "The users file"')
    folder = site.scratch("linked")
    (folder / "a.txt").write_text(_STORY)
    (folder / "a.txt.meta.toml").symlink_to(outside)
    articles, failed = _told(site, folder.name)
    expect(articles == 1, str(failed))
    expect("The users file" not in str(failed), "its content is told")
    return "not followed"
