"""The queue before the encoder gives the same portions whenever it is asked."""

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.indexing.encoding_queue import EncodingQueue, QueuedPassage
from retriever.records import Span

PORTION = 4


def queued(number: int, text: str = "text") -> QueuedPassage:
    spans = [Span(start=n, end=n + 1) for n in range(number % 3)]
    return QueuedPassage(row=number, key=bytes([number]), text=text, sentences=spans)


@given(count=st.integers(0, 30), data=st.data())
def test_portions_do_not_depend_on_when_they_are_taken(
    tmp_path_factory: pytest.TempPathFactory, count: int, data: st.DataObject
) -> None:
    found = []
    folder = tmp_path_factory.mktemp("queue")
    with closing(EncodingQueue(folder, portion=PORTION)) as queue:
        for number in range(count):
            queue.put(queued(number))
            while queue.has_portion and data.draw(st.booleans()):
                found.append(queue.take())
        while portion := queue.take():
            found.append(portion)
    everything = [queued(number) for number in range(count)]
    assert found == [everything[at : at + PORTION] for at in range(0, count, PORTION)]


@given(text=st.text())
def test_a_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    queue = EncodingQueue(tmp_path_factory.mktemp("queue"), portion=1)
    queue.put(queued(1, f"{text}\ud800\n\u2028\0"))
    assert queue.take() == [queued(1, f"{text}\ud800\n\u2028\0")]
    queue.close()


def test_it_leaves_no_file(tmp_path: Path) -> None:
    queue = EncodingQueue(tmp_path, portion=1)
    queue.put(queued(1))
    queue.close()
    assert [*tmp_path.iterdir()] == []
