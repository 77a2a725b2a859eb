"""The loop that learns, with checkpoints from which it goes on as if never stopped."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from retriever.training.hyperparameters import Hyperparameters
from retriever.training.network import ReaderLogits, ReaderNetwork
from retriever.training.windows import Window

_SORTED = 50  # batches whose windows are sorted by length together


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Windows padded to one length; ``starts`` and ``ends`` are true where an answer may be."""

    tokens: Tensor
    kinds: Tensor
    present: Tensor
    starts: Tensor
    ends: Tensor
    exact: Tensor
    answerable: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return the batch with its tensors on ``device``."""
        moved = {one.name: getattr(self, one.name).to(device) for one in fields(self)}
        return Batch(**moved)


@dataclass(slots=True, kw_only=True)
class Training:
    """A run as it stands after ``step`` batches; ``average`` are the averaged weights."""

    reader: ReaderNetwork
    optimiser: torch.optim.AdamW
    average: dict[str, Tensor]
    settings: Hyperparameters
    step: int = 0


def collate(windows: Sequence[Window]) -> Batch:
    """Return the windows as one batch."""
    longest = max(len(window.tokens) for window in windows)
    tokens, kinds, present, starts, ends = (
        np.zeros((len(windows), longest), dtype=np.int64) for _ in range(5)
    )
    for row, window in enumerate(windows):
        tokens[row, : len(window.tokens)] = window.tokens
        kinds[row, window.passage : len(window.tokens)] = 1
        present[row, : len(window.tokens)] = 1
        starts[row, window.starts] = 1
        ends[row, window.ends] = 1
    return Batch(
        tokens=torch.from_numpy(tokens),
        kinds=torch.from_numpy(kinds),
        present=torch.from_numpy(present),
        starts=torch.from_numpy(starts).bool(),
        ends=torch.from_numpy(ends).bool(),
        exact=torch.tensor([window.exact for window in windows]),
        answerable=torch.tensor([float(window.answerable) for window in windows]),
    )


def order(lengths: Sequence[int], settings: Hyperparameters) -> Iterator[list[int]]:
    """Yield the numbers of the windows of each batch, those of like length together.

    Windows are drawn anew in every pass over them; batches depend on the seed alone.
    """
    chance = np.random.default_rng(settings.seed)
    sizes = np.asarray(lengths)
    block = _SORTED * settings.batch
    while True:
        shuffled = chance.permutation(len(sizes))
        for start in range(0, len(shuffled), block):
            part = shuffled[start : start + block]
            part = part[np.argsort(sizes[part], kind="stable")]
            batches = [part[at : at + settings.batch] for at in range(0, len(part), settings.batch)]
            for number in chance.permutation(len(batches)):
                if len(batches[number]) == min(settings.batch, len(sizes)):
                    yield batches[number].tolist()


def loss_of(reading: ReaderLogits, batch: Batch, settings: Hyperparameters) -> Tensor:
    """Return how far a reading is from the truth.

    For start and end: the negative logarithm of the probability that falls on any place allowed;
    for relevance: binary cross-entropy.
    """
    spans = (_missed(reading.starts, batch.starts) + _missed(reading.ends, batch.ends)) / 2
    weights = torch.where(batch.exact, 1.0, settings.inexact)
    relevance = nn.functional.binary_cross_entropy_with_logits(reading.relevance, batch.answerable)
    return (spans * weights).mean() + settings.relevance * relevance


def _missed(logits: Tensor, allowed: Tensor) -> Tensor:
    right = logits.masked_fill(~allowed, float("-inf")).logsumexp(dim=-1)
    return logits.logsumexp(dim=-1) - right


def begin(reader: ReaderNetwork, settings: Hyperparameters, *, device: str = "cpu") -> Training:
    """Return a run on ``device`` that has not learned yet."""
    reader = reader.to(device)
    learning = [value for value in reader.parameters() if value.requires_grad]
    return Training(
        reader=reader,
        optimiser=torch.optim.AdamW(
            learning, lr=settings.rate, weight_decay=settings.decay, fused=True
        ),
        average=taken_weights(reader),
        settings=settings,
    )


def _learning(reader: ReaderNetwork) -> Iterator[tuple[str, nn.Parameter]]:
    return ((name, value) for name, value in reader.named_parameters() if value.requires_grad)


def learn(
    training: Training,
    windows: Sequence[Window],
    *,
    until: int | None = None,
    watch: Callable[[Training, Tensor], None] = lambda _training, _loss: None,
) -> None:
    """Learn from batch ``training.step`` on up to ``until``; ``watch`` is told after each."""
    settings = training.settings
    last = min(until or settings.steps, settings.steps)
    numbers = order([len(window.tokens) for window in windows], settings)
    batches: DataLoader[Batch] = DataLoader(
        windows,  # type: ignore[arg-type]  # a sequence is enough for it
        batch_sampler=[*islice(numbers, training.step, last)],
        collate_fn=collate,
        num_workers=settings.loading,
    )
    training.reader.train()
    with _tiny_numbers_as_zero():
        for batch in batches:
            watch(training, _one_step(training, batch))


@contextmanager
def _tiny_numbers_as_zero() -> Iterator[None]:
    """Let gradients too small to hold be 0: else they slow the processor down fivefold.

    It holds for the whole process, so it ends with the block.
    """
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


def _one_step(training: Training, batch: Batch) -> Tensor:
    settings, reader = training.settings, training.reader
    for group in training.optimiser.param_groups:
        group["lr"] = settings.rate_at(training.step)
    device = reader.span.weight.device
    batch = batch.to(device)
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=settings.lowered):
        reading = reader(batch.tokens, batch.kinds, batch.present)
    loss = loss_of(reading, batch, settings)
    training.optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(reader.parameters(), settings.clip)
    training.optimiser.step()
    training.step += 1
    _follow(training)
    return loss.detach()  # asked for its value, a GPU would be waited for


def _follow(training: Training) -> None:
    """Move the average towards the weights, fast at first."""
    kept = min(training.settings.averaging, (1 + training.step) / (10 + training.step))
    learned = [value.detach() for _, value in _learning(training.reader)]
    torch._foreach_lerp_([*training.average.values()], learned, 1 - kept)


def save(training: Training, path: Path) -> None:
    """Write the run as it stands; a crash in between leaves the file before it whole."""
    state = {
        "step": training.step,
        "weights": taken_weights(training.reader),
        "average": training.average,
        "optimiser": training.optimiser.state_dict(),
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def resume(training: Training, path: Path) -> None:
    """Take the run up where :func:`save` left it."""
    device = training.reader.span.weight.device
    state = torch.load(path, weights_only=True, map_location=device)
    training.step = state["step"]
    training.average = state["average"]
    training.optimiser.load_state_dict(state["optimiser"])
    take_weights(training.reader, state["weights"])


def taken_weights(reader: ReaderNetwork) -> dict[str, Tensor]:
    """Return a copy of the weights that are learned, by name."""
    return {name: value.detach().clone() for name, value in _learning(reader)}


def take_weights(reader: ReaderNetwork, weights: dict[str, Tensor]) -> None:
    """Put learned weights in their places; the others stay as they are."""
    with torch.no_grad():
        for name, value in _learning(reader):
            value.copy_(weights[name])
