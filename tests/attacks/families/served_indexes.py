"""The files of the index that is being served: cut short, emptied, gone; and whose it is."""

import shutil
from pathlib import Path

from retriever.index.publishing import current_generation
from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.sealing import seal
from tests.attacks.site import READER, Site

_QUESTIONS = ("Which storm closed the harbour?", "When did the bridge open?", "ship 7 council")


def _files(site: Site) -> list[Path]:
    folder = current_generation(site.index)
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _asked(site: Site) -> tuple[int, int]:
    """Ask; return how often an answer came, and how often one clear line."""
    answered = refused = 0
    for question in _QUESTIONS:
        reply = site.call("ask", question, who=READER)
        expect(reply.status != 0, "the page is gone")
        if reply.status == 200:
            answered += 1
        else:
            expect_one_line(reply.said)
            expect(reply.said != "None", "an error without a word")
            refused += 1
    return answered, refused


@attack(
    12,
    "the page lives, one line at worst",
    each={"to half": 2, "to nothing": 0, "to a page": 1},
    is_long=True,
)
def a_file_cut_short_while_it_is_served(site: Site, part: int) -> str:
    """Cut each file of the generation in use short in its place, and ask; then put it back."""
    answered = refused = 0
    for path in _files(site):
        content = path.read_bytes()
        short = {2: len(content) // 2, 0: 0, 1: 4_096}[part]
        with path.open("r+b") as file:
            file.truncate(min(short, len(content)))
        try:
            now = _asked(site)
        finally:
            with path.open("r+b") as file:
                file.write(content)
        answered, refused = answered + now[0], refused + now[1]
    again = _asked(site)
    expect(again[0] == len(_QUESTIONS), "does not answer when the files are whole again")
    return f"{answered} answers, {refused} refused in one line"


@attack(12, "answers as before")
def files_that_are_removed_while_they_are_served(site: Site) -> str:
    """Remove each file of the generation in use, and ask; then put it back."""
    answered = refused = 0
    for path in _files(site):
        kept = path.with_name(f".{path.name}.kept")
        path.rename(kept)
        try:
            now = _asked(site)
        finally:
            kept.rename(path)
        answered, refused = answered + now[0], refused + now[1]
    expect(answered > 0, "no answer at all")
    return f"{answered} answers, {refused} refused in one line"


@attack(17, "read-only, until its owner says otherwise")
def a_foreign_index_that_names_its_corpus(site: Site) -> str:
    """Serve an index whose manifest names a folder of ours, and add a file as a curator."""
    ours = site.scratch("keys")
    (ours / "authorized_keys").write_text("ours")
    index = Path(shutil.copytree(site.index, site.scratch("foreign") / "index"))

    def name_another(record: dict[str, object]) -> None:
        record["corpus"] = str(ours)

    seal(index, name_another)
    with site.serving_another(index) as other:
        added = other.add("authorized_keys.txt", b"theirs")
        rebuilt = other.call("rebuild")
        asked = other.call("ask", _QUESTIONS[0], who=READER)
    expect([path.name for path in ours.iterdir()] == ["authorized_keys"], "a file was written")
    expect(added.status != 200, f"added: {added.text[:80]}")
    expect(rebuilt.status != 200, "read into the index")
    expect(asked.status == 200, "it does not answer")
    expect_one_line(rebuilt.said)
    return expect_one_line(added.said)
