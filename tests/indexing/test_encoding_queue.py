"""The queue before the encoder gives the same portions whenever it is asked."""

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.indexing.encoding_queue import Waiting, Wanted
from retriever.records import Span

PORTION = 4


def wanted(number: int, text: str = "text") -> Wanted:
    spans = [Span(start=n, end=n + 1) for n in range(number % 3)]
    return Wanted(row=number, text=text, sentences=spans)


@given(count=st.integers(0, 30), data=st.data())
def test_portions_do_not_depend_on_when_they_are_taken(
    tmp_path_factory: pytest.TempPathFactory, count: int, data: st.DataObject
) -> None:
    found = []
    folder = tmp_path_factory.mktemp("waiting")
    with closing(Waiting(folder, portion=PORTION)) as waiting:
        for number in range(count):
            waiting.put(wanted(number))
            while waiting.has_portion and data.draw(st.booleans()):
                found.append(waiting.take())
        while portion := waiting.take():
            found.append(portion)
    everything = [wanted(number) for number in range(count)]
    assert found == [everything[at : at + PORTION] for at in range(0, count, PORTION)]


@given(text=st.text())
def test_a_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    waiting = Waiting(tmp_path_factory.mktemp("waiting"), portion=1)
    waiting.put(wanted(1, f"{text}\ud800\n\u2028\0"))
    assert waiting.take() == [wanted(1, f"{text}\ud800\n\u2028\0")]
    waiting.close()


def test_it_leaves_no_file(tmp_path: Path) -> None:
    waiting = Waiting(tmp_path, portion=1)
    waiting.put(wanted(1))
    waiting.close()
    assert [*tmp_path.iterdir()] == []
