"""What broke something once does not any more, and fuzzing finds what breaks."""

import random
import resource
from pathlib import Path

import pytest
from hypothesis import strategies as st

from tests.fuzzing.running import broken_by, fuzz, target_of
from tests.fuzzing.sample import Sample, Target, require
from tests.fuzzing.targets import NAMES

INPUTS = Path(__file__).with_name("inputs")
KEPT = sorted(path for path in INPUTS.rglob("*") if path.is_file())
pytestmark = [
    # Gradio's queue uses what pandas 3 deprecates, and the server runs in this process.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisDeprecationWarning"),
]


@pytest.mark.parametrize("file", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_broke_something_once_does_not_again(file: Path) -> None:
    ending = file.name[file.name.index(".") :]
    sample = Sample(ending=ending, content=file.read_bytes())
    assert broken_by(target_of(file.parent.name), sample) is None


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_target_takes_what_it_is_given(name: str, tmp_path: Path) -> None:
    """The same samples each time: others are for who fuzzes, not for whoever changes a comment."""
    told: list[str] = []
    found = fuzz(target_of(name), 1.0, tmp_path, told.append, chance=random.Random(name))
    assert found.given > 0
    assert (found.broken, told) == ({}, [])


def test_what_breaks_a_target_is_found_and_kept_with_the_reason(tmp_path: Path) -> None:
    def check(sample: Sample) -> None:
        require(b"\0" not in sample.content, "a NUL")

    samples = st.binary(max_size=9).map(lambda some: Sample(ending=".bin", content=some))
    target = Target(samples=samples, check=check)
    told: list[str] = []
    before = resource.getrlimit(resource.RLIMIT_AS)
    found = fuzz(target, 0.5, tmp_path, told.append)
    assert resource.getrlimit(resource.RLIMIT_AS) == before  # other tests run in this process
    ((where, name),) = found.broken.items()
    assert "a NUL" in where
    assert told == [f"{name}: {where}"]
    assert b"\0" in (tmp_path / name).read_bytes()
    assert "BrokenRuleError" in (tmp_path / f"{name}.why").read_text()
    assert broken_by(target, Sample(ending=".bin", content=(tmp_path / name).read_bytes()))
