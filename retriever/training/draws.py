"""Draws: what is learned from, made of the same rows again and again with other near misses."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import torch
from transformers.utils import logging

from retriever.training.examples import make_examples
from retriever.training.network import bundled_kinds, bundled_tokeniser
from retriever.training.progress import say
from retriever.training.sources import SOURCES, Source
from retriever.training.windows import Window, make_windows, store, stored


def drawn_windows(
    data: Path, output: Path, seeds: Sequence[int], *, workers: int = 1
) -> list[Window]:
    """Return the windows of one draw a seed: made by so many processes, or stored by the run."""
    kept = {seed: output / f"windows-{seed}.npz" for seed in seeds}
    missing = [seed for seed, path in kept.items() if not path.exists()]
    # Not forked: this process may hold a GPU and threads.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for seed in pool.map(partial(_store_draw, data, output), missing):
            say(f"draw {seed} of the rows is made")
    return [window for path in kept.values() for window in stored(path)]


def present_sources(data: Path) -> list[Source]:
    """Return the sources whose files lie in ``data``, and those made of others."""
    return [one for one in SOURCES if one.made or (data / f"{one.name}.jsonl.gz").exists()]


def _store_draw(data: Path, output: Path, seed: int) -> int:
    """Make and keep the windows of one draw, in a process of its own, and return its seed."""
    torch.set_num_threads(1)
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    examples = make_examples(data, present_sources(data), bundled_kinds(), seed=seed)
    store(list(make_windows(examples, bundled_tokeniser())), output / f"windows-{seed}.npz")
    return seed
