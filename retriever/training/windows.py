"""Windows as the network reads them: token numbers, and the places where an answer may be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from retriever.training.examples import Example
from retriever.training.rows import Range, Row
from retriever.training.sources import Grain

Numbers = NDArray[np.int32]
LONGEST = 208  # tokens; what is beyond is cut from the passage's end
_BLOCK = 2000
_RAGGED = ("tokens", "starts", "ends")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Tokens of ``[CLS] question [SEP] passage [SEP]``; the passage begins at place ``passage``.

    An answer starts at one of ``starts`` and ends at one of ``ends``; place 0 stands for none.
    ``exact`` tells that the words themselves are known, and not only the sentence or passage.
    """

    tokens: Numbers
    passage: int
    starts: Numbers
    ends: Numbers
    exact: bool
    answerable: bool


def make_windows(examples: Iterable[Example], tokeniser: Tokenizer) -> Iterator[Window]:
    """Yield the window of each example; one whose answer stands beyond the end is left out."""
    tokeniser.enable_truncation(LONGEST, strategy="only_second")
    tokeniser.no_padding()
    for block in _blocks(examples):
        pairs = [(one.row.question, one.row.passage) for one in block]
        for example, encoding in zip(block, tokeniser.encode_batch(pairs), strict=True):
            if found := _window(example, encoding):
                yield found


def _blocks(examples: Iterable[Example]) -> Iterator[list[Example]]:
    block: list[Example] = []
    for example in examples:
        if len(example.row.question) < 300:
            block.append(example)
        if len(block) == _BLOCK:
            yield block
            block = []
    yield block


def _window(example: Example, encoding: Encoding) -> Window | None:
    passage = encoding.sequence_ids.index(1)
    starts, ends = _places(example.row, example.grain, encoding, passage)
    if not starts or not ends:
        return None
    return Window(
        tokens=np.array(encoding.ids, dtype=np.int32),
        passage=passage,
        starts=np.unique(np.array(starts, dtype=np.int32)),
        ends=np.unique(np.array(ends, dtype=np.int32)),
        exact=example.grain is Grain.WORDS or not example.row.answerable,
        answerable=example.row.answerable,
    )


def _places(
    row: Row, grain: Grain, encoding: Encoding, passage: int
) -> tuple[list[int], list[int]]:
    """Return where an answer may start and end; both are empty where it was cut off."""
    if not row.answerable:
        return [0], [0]
    last = len(encoding.ids) - 1
    if not row.answers:
        anywhere = list(range(passage, last)) if grain is not Grain.WORDS else []
        return anywhere, anywhere
    starts, ends = [], []
    for answer in row.answers:
        touched = tokens_of(answer, encoding.offsets[passage:last])
        if not touched or encoding.offsets[last - 1][1] < answer.end:
            continue
        places = [passage + token for token in touched]
        starts += places if grain is Grain.SENTENCE else places[:1]
        ends += places if grain is Grain.SENTENCE else places[-1:]
    return starts, ends


def tokens_of(answer: Range, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """Return the numbers of the tokens that stand within ``answer``."""
    return [
        token
        for token, (start, end) in enumerate(offsets)
        if start < answer.end and answer.start < end
    ]


def store(windows: Sequence[Window], path: Path) -> None:
    """Write windows, so that a run that goes on need not make them again."""
    columns: dict[str, NDArray[np.generic]] = {
        "passage": np.array([one.passage for one in windows], dtype=np.int32),
        "exact": np.array([one.exact for one in windows]),
        "answerable": np.array([one.answerable for one in windows]),
    }
    for name in _RAGGED:
        parts = [getattr(one, name) for one in windows]
        columns[name] = np.concatenate(parts)
        columns[f"{name}_lengths"] = np.array([len(part) for part in parts])
    columns["tokens"] = columns["tokens"].astype(np.uint16)
    with NamedTemporaryFile(dir=path.parent, delete=False) as partial:
        np.savez(partial, **columns)  # type: ignore[arg-type]
    Path(partial.name).replace(path)


def stored(path: Path) -> list[Window]:
    """Return the windows that :func:`store` wrote."""
    with np.load(path) as columns:
        ragged = [_split(columns, name) for name in _RAGGED]
        flat = (columns[name].tolist() for name in ("passage", "exact", "answerable"))
        return [
            Window(
                tokens=tokens,
                starts=starts,
                ends=ends,
                passage=passage,
                exact=exact,
                answerable=answerable,
            )
            for tokens, starts, ends, passage, exact, answerable in zip(*ragged, *flat, strict=True)
        ]


def _split(columns: Mapping[str, NDArray[np.int32]], name: str) -> list[Numbers]:
    ends = np.cumsum(columns[f"{name}_lengths"])[:-1]
    return np.split(columns[name].astype(np.int32), ends)
