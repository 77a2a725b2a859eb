"""A build that is ended loses nothing that it had encoded; the next one goes on from there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retriever import BuildCancelled, BuildReport, Progress
from retriever.index import unfinished
from retriever.indexing import embedding
from retriever.indexing.doctor import examine
from tests.building import BRIDGE, HARBOUR, assert_same_as_anew, build_with, write_articles
from tests.hashing_encoder import HashingEncoder

AT_ONCE, PORTIONS = 8, 4
PASSAGES = PORTIONS * AT_ONCE + 3


@pytest.fixture(scope="module", autouse=True)
def small_portions() -> Iterator[None]:
    """Encode few passages at once, so that a build of a few is ended between them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(embedding, "ENCODED_AT_ONCE", AT_ONCE)
        yield


def write_corpus(folder: Path) -> Path:
    """Write an article a passage, some with more sentences than others."""
    texts = {f"{n}": f"Ship {n} has left. " + "It rained. " * (n % 3) for n in range(PASSAGES)}
    return write_articles(folder / "corpus" / "a.jsonl", texts).parent


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


def ended(
    encoder: HashingEncoder,
    corpus: Path,
    index: Path,
    *,
    encoded: int,
    error: type[BaseException] = BuildCancelled,
) -> None:
    """Build, and stop it when so many passages are encoded."""

    def stop(step: Progress) -> None:
        done = step.done if step.stage == "embedding" else step.encoded
        if done >= encoded:
            raise error

    with pytest.raises(error):
        build_with(encoder, corpus, index, progress=stop)


def nothing_is_left(index: Path) -> None:
    names = {path.name for path in (index / "generations").iterdir()}
    assert not any(name.startswith(unfinished.BUILDING) for name in names)
    assert not (index / unfinished.CHECKPOINTS).exists()


@pytest.mark.parametrize("error", [BuildCancelled, KeyboardInterrupt])
def test_what_was_encoded_is_not_encoded_again(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder, error: type[BaseException]
) -> None:
    ended(hashing_encoder, corpus, index, encoded=2 * AT_ONCE, error=error)
    assert hashing_encoder.read == 2 * AT_ONCE
    assert [*examine(index)] != []  # there is no index yet
    report = build_with(hashing_encoder, corpus, index)
    assert report.embedded == PASSAGES - 2 * AT_ONCE
    assert hashing_encoder.read == PASSAGES
    assert_same_as_anew(corpus, index)
    nothing_is_left(index)
    assert examine(index, lambda _: HashingEncoder()) == []


def test_each_of_several_builds_that_are_ended_adds_to_what_there_is(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    for portions in range(1, PORTIONS + 1):
        ended(hashing_encoder, corpus, index, encoded=AT_ONCE)
        assert hashing_encoder.read == portions * AT_ONCE
        assert len(unfinished.left_builds(index)) <= 2  # what a newer one holds whole is removed
    assert build_with(hashing_encoder, corpus, index).embedded == PASSAGES % AT_ONCE
    assert_same_as_anew(corpus, index)
    nothing_is_left(index)


def test_what_changed_meanwhile_is_encoded(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    ended(hashing_encoder, corpus, index, encoded=2 * AT_ONCE)
    write_articles(corpus / "0.jsonl", {"harbour": HARBOUR, "bridge": BRIDGE})
    path = corpus / "a.jsonl"
    path.write_text(path.read_text().replace("Ship 7 ", "Boat 7 "))
    report = build_with(hashing_encoder, corpus, index)
    assert report.reused == 2 * AT_ONCE - 1
    assert_same_as_anew(corpus, index)


def test_an_update_that_is_ended_goes_on_as_well(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    write_articles(corpus / "0.jsonl", {"harbour": HARBOUR})
    before = build_with(hashing_encoder, corpus, index)
    path = corpus / "a.jsonl"
    path.write_text(path.read_text().replace("Ship", "Boat"))
    ended(hashing_encoder, corpus, index, encoded=AT_ONCE)
    assert examine(index, lambda _: HashingEncoder()) == []  # what is kept is no fault
    report = build_with(hashing_encoder, corpus, index)
    assert (report.generation, report.passages) == (2, before.passages)
    assert report.embedded == PASSAGES - AT_ONCE
    assert_same_as_anew(corpus, index)
    nothing_is_left(index)


def test_what_is_left_goes_when_the_corpus_is_as_it_was(
    corpus: Path, index: Path, hashing_encoder: HashingEncoder
) -> None:
    build_with(hashing_encoder, corpus, index)
    path = corpus / "a.jsonl"
    before = path.read_text()
    path.write_text(before.replace("Ship", "Boat"))
    ended(hashing_encoder, corpus, index, encoded=AT_ONCE)
    path.write_text(before)
    assert build_with(hashing_encoder, corpus, index).generation == 1
    nothing_is_left(index)


def test_nothing_of_another_encoder_is_taken(corpus: Path, index: Path) -> None:
    ended(HashingEncoder(name="other"), corpus, index, encoded=2 * AT_ONCE)
    assert build_with(HashingEncoder(), corpus, index).embedded == PASSAGES
    assert_same_as_anew(corpus, index)
    nothing_is_left(index)


def test_a_build_that_fails_gives_its_space_back(corpus: Path, index: Path) -> None:
    """What a disk lacks must not be taken by what no build may ever finish."""
    ended(HashingEncoder(), corpus, index, encoded=2 * AT_ONCE, error=RuntimeError)
    nothing_is_left_but_an_empty_folder = [*(index / unfinished.CHECKPOINTS).iterdir()]
    assert nothing_is_left_but_an_empty_folder == []
    assert [*(index / "generations").iterdir()] == []


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, small_portions: None) -> Path:
    """Return a folder with a corpus and what a build of it left."""
    del small_portions  # it only has to be there
    folder = tmp_path_factory.mktemp("left")
    ended(HashingEncoder(), write_corpus(folder), folder / "index", encoded=2 * AT_ONCE)
    return folder


def cut(content: bytes, place: int) -> bytes:
    return content[:place]


def turn(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]


def widen(content: bytes, place: int) -> bytes:
    return content[:place] + b"9" + content[place:]


@settings(max_examples=40)
@given(
    name=st.sampled_from(["vectors.npy", "sentence-vectors.npy", "checkpoint"]),
    damage=st.sampled_from([cut, turn, widen]),
    share=st.floats(0, 1, exclude_max=True),
)
def test_whatever_happens_to_what_is_left_the_next_build_is_right(
    left: Path, name: str, damage: Callable[[bytes, int], bytes], share: float
) -> None:
    """Cut short, with a byte changed or one too many: what is no longer whole is encoded anew."""
    corpus, index = left / "corpus", left / "index"
    (folder,) = unfinished.left_builds(index)
    path = unfinished.checkpoint_of(folder) if name == "checkpoint" else folder / name
    kept = {one: one.read_bytes() for one in (*folder.iterdir(), unfinished.checkpoint_of(folder))}
    path.write_bytes(damage(kept[path], int(share * len(kept[path]))))
    report = build_with(HashingEncoder(), corpus, index)
    assert PASSAGES - 2 * AT_ONCE <= report.embedded <= PASSAGES
    check_same(report, corpus, index)
    for one, content in kept.items():
        one.parent.mkdir(parents=True, exist_ok=True)
        one.write_bytes(content)
    (index / "CURRENT").unlink()


def check_same(report: BuildReport, corpus: Path, index: Path) -> None:
    """Check that an index is the one that a first build would make."""
    assert report.passages == PASSAGES
    assert_same_as_anew(corpus, index)
    nothing_is_left(index)


def test_a_checkpoint_that_cannot_be_removed_ends_no_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is published by then: a failing disk was told as "cannot write the index"."""
    folder = tmp_path / "generations" / "building-1-1"
    folder.mkdir(parents=True)
    unfinished.checkpoint_of(folder).mkdir(parents=True)  # is not unlinked even for root
    unfinished.remove(folder)
    assert not folder.exists()
    assert "building-1-1.jsonl stays behind: " in caplog.text
