"""Learning from windows: it lowers the loss, it can be repeated, and it can be interrupted."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from retriever.training.hyperparameters import Hyperparameters
from retriever.training.loop import (
    Training,
    _tiny_numbers_as_zero,
    begin,
    collate,
    learn,
    loss_of,
    resume,
    save,
)
from retriever.training.network import ReaderNetwork, small_reader
from retriever.training.windows import Window, store, stored

SETTINGS = Hyperparameters(total=160, batch=8, warmed=0.1, rate=3e-3)
VOCABULARY = 40


def windows(count: int = 40) -> list[Window]:
    """Return windows whose answer is the token that the question names, if it is there at all."""
    chance = np.random.default_rng(0)
    made = []
    for number in range(count):
        asked, answerable = 10 + number % 20, number % 2 == 0
        passage = [token for token in chance.permutation(range(10, 30)) if token != asked][:8]
        place = 3 + int(chance.integers(0, len(passage)))
        if answerable:
            passage[place - 3] = asked
        spot = np.array([place if answerable else 0], dtype=np.int32)
        tokens = np.array([2, asked, 3, *passage, 3], dtype=np.int32)
        made.append(
            Window(
                tokens=tokens, passage=3, starts=spot, ends=spot, exact=True, answerable=answerable
            )
        )
    return made


def trained(until: int | None = None) -> Training:
    training = begin(small_reader(vocabulary=VOCABULARY), SETTINGS)
    learn(training, windows(), until=until)
    return training


def same(one: ReaderNetwork, other: ReaderNetwork) -> bool:
    pairs = zip(one.parameters(), other.parameters(), strict=True)
    return all(torch.equal(left, right) for left, right in pairs)


def test_learning_lowers_the_loss() -> None:
    before = begin(small_reader(vocabulary=VOCABULARY), SETTINGS)
    batch = collate(windows())
    losses = [
        loss_of(one.reader(batch.tokens, batch.kinds, batch.present), batch, SETTINGS).item()
        for one in (before, trained())
    ]
    assert losses[1] < losses[0]


def test_the_same_seed_gives_the_same_weights() -> None:
    assert same(trained().reader, trained().reader)


@pytest.mark.parametrize("stopped", [1, 7, 19])
def test_a_resumed_run_ends_as_one_never_stopped(tmp_path: Path, stopped: int) -> None:
    save(trained(until=stopped), tmp_path / "checkpoint.pt")
    later = begin(small_reader(vocabulary=VOCABULARY, seed=1), SETTINGS)
    later.reader.load_state_dict(small_reader(vocabulary=VOCABULARY).state_dict())
    resume(later, tmp_path / "checkpoint.pt")
    learn(later, windows())
    whole = trained()
    assert later.step == whole.step == SETTINGS.steps
    assert same(later.reader, whole.reader)
    assert all(torch.equal(later.average[name], value) for name, value in whole.average.items())


def test_stored_windows_come_back_as_they_were(tmp_path: Path) -> None:
    made = windows()
    store(made, tmp_path / "windows.npz")
    again = stored(tmp_path / "windows.npz")
    assert [_shown(one) for one in again] == [_shown(one) for one in made]


def _shown(window: Window) -> Sequence[object]:
    arrays = [one.tolist() for one in (window.tokens, window.starts, window.ends)]
    return [*arrays, window.passage, window.exact, window.answerable]


def test_places_of_the_question_are_never_pointed_at() -> None:
    batch = collate(windows(8))
    reading = small_reader(vocabulary=VOCABULARY)(batch.tokens, batch.kinds, batch.present)
    assert torch.isinf(reading.starts[:, 1:3]).all()
    assert torch.isfinite(reading.starts[:, 0]).all()


def test_learning_leaves_the_arithmetic_of_the_process_as_it_was() -> None:
    with _tiny_numbers_as_zero():
        assert torch.tensor(1e-40) * 1.0 == 0
    assert torch.tensor(1e-40) * 1.0 > 0
