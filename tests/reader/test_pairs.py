"""Question and window as tokens: as in training, and what is cut where they are long."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.encoders.registry import bundled_folder
from retriever.reader.bundled import LONGEST
from retriever.reader.pairs import PairTokenizer
from retriever.reader.protocol import ReadingWindow
from retriever.training.examples import Example
from retriever.training.network import bundled_tokeniser
from retriever.training.sources import Grain
from retriever.training.windows import make_windows
from tests.training.rows_by_hand import HARBOUR, row

pytestmark = pytest.mark.model

TOKENIZER = PairTokenizer(bundled_folder(), longest=LONGEST)
NARROW = PairTokenizer(bundled_folder(), longest=40)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=300)


@pytest.mark.parametrize("times", [1, 3, 30])
@pytest.mark.parametrize("heading", ["", "Norvik"])
def test_a_pair_is_what_training_read(times: int, heading: str) -> None:
    passage = f"{HARBOUR} " * times
    trained = row("When did it open?", "1912", f"{heading}\n{passage}" if heading else passage)
    example = Example(row=trained, grain=Grain.WORDS, kind="given")
    (right,) = make_windows([example], bundled_tokeniser())
    window = ReadingWindow(heading=heading, passage=passage)
    (made,) = TOKENIZER.pairs("When did it open?", [window])
    assert made.ids.tolist() == right.tokens.tolist()
    assert made.kinds.tolist() == [int(n >= right.passage) for n in range(len(made.ids))]
    start, end = (
        made.offsets[right.starts[0] - made.first][0],
        made.offsets[right.ends[0] - made.first][1],
    )
    assert passage[start:end] == "1912"


@given(question=TEXTS, heading=TEXTS, passage=TEXTS)
def test_every_token_stands_in_the_passage(question: str, heading: str, passage: str) -> None:
    (made,) = TOKENIZER.pairs(question, [ReadingWindow(heading=heading, passage=passage)])
    assert len(made.ids) == len(made.kinds) <= LONGEST
    assert made.first + len(made.offsets) <= len(made.ids)
    assert ((made.offsets >= 0) & (made.offsets <= len(passage))).all()
    assert (made.offsets[:, 0] <= made.offsets[:, 1]).all()
    assert (np.diff(made.offsets[:, 0]) >= 0).all()


@given(question=TEXTS, heading=TEXTS)
def test_there_is_always_room(question: str, heading: str) -> None:
    assert NARROW.room(question, heading) >= 1


def test_what_has_room_is_read_whole_and_what_has_not_is_cut() -> None:
    question, heading = "Who closed the harbour?", "A storm over Ostby"
    room = TOKENIZER.room(question, heading)
    for count, read in ((room, room), (room + 1, room)):
        passage = "ship " * count
        (made,) = TOKENIZER.pairs(question, [ReadingWindow(heading=heading, passage=passage)])
        assert (len(made.ids), len(made.offsets)) == (LONGEST, read)


def test_a_long_question_and_a_long_heading_leave_half_to_the_passage() -> None:
    question, heading = "why " * 4000 + "not?", "ship " * 4000
    assert TOKENIZER.room(question, heading) >= LONGEST // 2 - 3
    (made,) = TOKENIZER.pairs(question, [ReadingWindow(heading=heading, passage="crane " * 400)])
    asked = bundled_tokeniser().decode(made.ids[made.kinds == 0].tolist())
    assert asked.endswith("why not?")
    assert len(made.offsets) == TOKENIZER.room(question, heading)
