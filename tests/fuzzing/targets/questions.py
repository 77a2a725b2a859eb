"""Questions, conversations and filters: an answer of true quotes, or one line."""

import json
from typing import Any

from hypothesis import strategies as st

from retriever import Filters, QuestionError
from tests.building import BRIDGE, HARBOUR
from tests.fuzzing.json_values import HOSTILE_TEXTS, json_values
from tests.fuzzing.made_index import QUESTIONS, index_to_ask
from tests.fuzzing.sample import Sample, Target, require, require_one_line
from tests.strategies import any_texts

_WORDS = st.sampled_from((*f"{HARBOUR} {BRIDGE}".split(), *HOSTILE_TEXTS[:40], *QUESTIONS))
_texts = st.one_of(any_texts, st.lists(_WORDS, max_size=12).map(" ".join))
_turns = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(("user", "assistant")), "content": _texts}),
    max_size=4,
)
_filters = st.dictionaries(
    st.sampled_from(("publisher", "author", "language", "after", "before")),
    st.sampled_from(("The Example", "Jane Doe", "en", "2023", "2023-06-25")) | _texts,
    max_size=2,
)


@st.composite
def _samples(draw: st.DrawFn) -> Sample:
    asked = {
        "question": draw(_texts),
        "history": draw(st.one_of(_turns, _turns, json_values)),
        "filters": draw(_filters),
        "without": draw(st.lists(_texts, max_size=2)),
    }
    return Sample(ending=".json", content=json.dumps(asked).encode())


def _check(sample: Sample) -> None:
    asked: dict[str, Any] = json.loads(sample.content)
    index = index_to_ask()
    try:
        filters = Filters(**asked["filters"])
        answer = index.ask(
            asked["question"],
            history=asked["history"],
            filters=filters,
            without=asked["without"],
        )
        hits = index.search(asked["question"], history=asked["history"], filters=filters)
    except QuestionError as error:
        require_one_line(str(error))
        return
    json.dumps([hit.to_dict() for hit in hits])
    for quote in json.loads(json.dumps(answer.to_dict()))["quotes"]:
        stored = index.article(quote["article"]["id"]).text
        require(stored[quote["start"] : quote["end"]] == quote["text"], "a quote nobody printed")
    require(answer.withheld == 0, "a quote was withheld")


TARGET = Target(samples=_samples(), check=_check, prepare=index_to_ask)
