"""What the reader learns from: about as many windows without an answer as with one."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retriever.training.altered_questions import exchanged, negated
from retriever.training.entities import Kinds
from retriever.training.joining import joined
from retriever.training.near_misses import (
    NearMisses,
    holds_answer,
    other_both,
    other_passage,
    other_question,
    without_answer,
)
from retriever.training.passages import Passages
from retriever.training.relation_questions import NAME as RELATIONS
from retriever.training.relation_questions import TEMPLATES, relation_rows
from retriever.training.role_questions import role_rows
from retriever.training.rows import Row, distinct_passages, held_out, read_rows
from retriever.training.sources import CASED, POOL, Grain, PassageContext, Source
from retriever.training.transplanted import OtherQuestions
from retriever.training.truecasing import Truecaser, truecased
from retriever.training.window_cutting import headed, spelt, window, with_another

HELD_OUT = 0.02
_CHANGED_ALIKE = 0.25  # of the answerable windows whose row can be changed
_WITHOUT = 0.9  # windows without an answer for one with; the hardneg files add theirs
_HEADED = 0.25
_TWO_PASSAGES = 0.15
_SHORT = 500  # code points: a window with room for another passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One window to learn from, how exact its answers are, and the ``kind`` it was made as."""

    row: Row
    grain: Grain
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Workshop:
    """What examples of one source are made with."""

    source: Source
    passages: Passages
    near_misses: NearMisses
    others: OtherQuestions
    chance: random.Random


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """One way to a window that does not answer."""

    kind: str
    weight: float
    make: Callable[[Row, _Workshop], Row | None]


def make_examples(
    folder: Path, sources: Sequence[Source], kinds: Kinds, *, seed: int, kept: bool = False
) -> Iterator[Example]:
    """Yield the examples of ``sources``; with ``kept``, of the held-out passages instead.

    The same seed always gives the same examples, whatever other sources are read beside one.
    """
    pool = Passages([text for one in POOL for text in _texts(folder, one)])
    for source in sources:
        chance = random.Random(f"{seed}:{source.name}:{kept}")  # noqa: S311  # to be repeated
        rows = _rows(folder, source, pool, kinds, seed)
        flags = held_out(rows, part=HELD_OUT)
        rows = [row for row, flag in zip(rows, flags, strict=True) if flag == kept]
        around = (
            pool if source.context is PassageContext.NEWS else Passages(distinct_passages(rows))
        )
        chosen = [row for row in rows for _ in range(_copies(source.share, chance))]
        if source.context is not PassageContext.PASSAGE:
            chosen = [joined(row, source, around, chance) for row in chosen]
        passages = Passages([row.passage for row in chosen])
        near_misses = NearMisses(passages, kinds, chance)
        shop = _Workshop(
            source=source,
            passages=passages,
            near_misses=near_misses,
            others=OtherQuestions(chosen, kinds, chance),
            chance=chance,
        )
        for row in chosen:
            yield from _of_row(row, shop)


def _rows(folder: Path, source: Source, pool: Passages, kinds: Kinds, seed: int) -> list[Row]:
    """Return the rows of one source, as its file has them or made from others."""
    if source.lower_cased:
        truecaser = Truecaser(text for one in CASED for text in _texts(folder, one))
        return truecased(read_rows(folder, source.name), truecaser)
    if not source.made:
        return read_rows(folder, source.name)
    if source.name == RELATIONS:
        present = (one for one in TEMPLATES if (folder / f"{one}.jsonl.gz").exists())
        asked = [row for one in present for row in read_rows(folder, one)]
        return relation_rows(asked, kinds, seed=seed)
    return role_rows(pool.texts, seed=seed)


def _texts(folder: Path, name: str) -> list[str]:
    if not (folder / f"{name}.jsonl.gz").exists():
        return []
    return distinct_passages(read_rows(folder, name))


def _copies(share: float, chance: random.Random) -> int:
    return int(share) + (chance.random() < share % 1)


def _of_row(row: Row, shop: _Workshop) -> Iterator[Example]:
    """Yield the windows made of one row: its own, and perhaps one that does not answer."""
    if not row.answerable or not row.answers:
        yield _dressed(window(row, shop.chance), "given", row, shop)
        return
    yield _answerable(row, shop)
    if shop.source.twinned:
        return
    if shop.chance.random() < _WITHOUT and (found := _unanswerable(row, shop)):
        yield found


def _answerable(row: Row, shop: _Workshop) -> Example:
    cut = window(row, shop.chance)
    if shop.source.edited and shop.chance.random() < _CHANGED_ALIKE:
        change = shop.near_misses.change(row)
        if change and (changed := other_both(cut, change)):
            return _dressed(changed, "changed alike", row, shop)
    return _dressed(cut, "given", row, shop)


def _unanswerable(row: Row, shop: _Workshop) -> Example | None:
    """Return a window that does not answer, of a kind drawn by weight among those possible."""
    makers = [_Maker(kind="cut", weight=0.8, make=_cut)]
    if shop.source.retrieved:
        makers.append(_Maker(kind="retrieved", weight=0.8, make=_retrieved))
    if shop.source.edited:
        makers += [
            _Maker(kind="question changed", weight=2.2, make=_question_changed),
            _Maker(kind="passage changed", weight=1.3, make=_passage_changed),
            _Maker(kind="names exchanged", weight=0.6, make=_exchanged),
            _Maker(kind="negated", weight=0.3, make=_negated),
            _Maker(kind="other question", weight=1.2, make=_other_question),
        ]
    while makers:
        weights = [maker.weight for maker in makers]
        picked = makers.pop(shop.chance.choices(range(len(makers)), weights)[0])
        if found := picked.make(row, shop):
            return _dressed(found, picked.kind, row, shop)
    return None


def _cut(row: Row, shop: _Workshop) -> Row | None:
    found = without_answer(row)
    return window(found, shop.chance) if found else None


def _question_changed(row: Row, shop: _Workshop) -> Row | None:
    change = shop.near_misses.change(row)
    return other_question(window(row, shop.chance), change) if change else None


def _passage_changed(row: Row, shop: _Workshop) -> Row | None:
    change = shop.near_misses.change(row)
    return other_passage(window(row, shop.chance), change) if change else None


def _other_question(row: Row, shop: _Workshop) -> Row | None:
    return shop.others.put_to(window(row, shop.chance))


def _negated(row: Row, shop: _Workshop) -> Row | None:
    return negated(window(row, shop.chance), shop.chance)


def _exchanged(row: Row, shop: _Workshop) -> Row | None:
    return exchanged(window(row, shop.chance))


def _retrieved(row: Row, shop: _Workshop) -> Row | None:
    """Return the question with one of the wrong passages that a search ranks first."""
    wrong = _wrong_passages(row, shop, 12)
    if not wrong:
        return None
    passage = shop.chance.choice(wrong[:4])
    found = replace(row, passage=passage, answers=(), answerable=False)
    return window(found, shop.chance)


def _wrong_passages(row: Row, shop: _Workshop, count: int) -> list[str]:
    spoken = [answer.of(row.passage) for answer in row.answers]
    return [
        text
        for text in shop.passages.best(row.question, count)
        if text != row.passage
        and not holds_answer(row, text)
        and not any(answer in text for answer in spoken)
        and not _same_sentence(row, text)
    ]


def _same_sentence(row: Row, text: str) -> bool:
    """Tell whether a joined passage holds the sentence that answers."""
    return any(row.passage[max(one.start - 15, 0) : one.end + 15] in text for one in row.answers)


def _dressed(cut: Row, kind: str, row: Row, shop: _Workshop) -> Example:
    """Return the example of a window of ``row``, dressed alike whether it answers or not."""
    chance = shop.chance
    short = shop.source.retrieved and len(cut.passage) < _SHORT
    wrong = _wrong_passages(row, shop, 6) if short and chance.random() < _TWO_PASSAGES else []
    if wrong:
        cut = with_another(cut, wrong[-1], chance)
    if chance.random() < _HEADED:
        cut = headed(cut, chance)
    return Example(row=spelt(cut, chance), grain=shop.source.grain, kind=kind)
