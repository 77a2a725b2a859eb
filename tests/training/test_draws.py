"""Draws: each made once by a process of its own, and other near misses in each."""

import gzip
import json
from pathlib import Path

import numpy as np

from retriever.training.draws import drawn_windows


def test_each_seed_is_drawn_once_and_differently(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "onestopqa.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(20):
            passage = f"The harbour of Norvik opened in {1900 + number}. Rain fell on Sandby."
            record = {
                "source": "onestopqa",
                "question": "When did the harbour of Norvik open?",
                "passage": passage,
                "answers": [{"text": str(1900 + number), "start": passage.index("19")}],
                "answerable": True,
            }
            file.write(f"{json.dumps(record)}\n")
    both = drawn_windows(tmp_path, tmp_path, [0, 1], workers=2)
    alone = drawn_windows(tmp_path, tmp_path, [0])
    files = sorted(path.name for path in tmp_path.glob("*.npz"))
    assert files == ["windows-0.npz", "windows-1.npz"]
    assert len(alone) < len(both)
    assert all(
        np.array_equal(one.tokens, other.tokens)
        for one, other in zip(alone, both[: len(alone)], strict=True)
    )
    later = [one.tokens.tolist() for one in both[len(alone) :]]
    assert later != [one.tokens.tolist() for one in alone]
