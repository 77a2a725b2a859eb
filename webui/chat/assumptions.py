"""What was really searched, as chips that can be taken back one by one.

Taking one back asks the same question again: each chip holds what is then asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from retriever import Answer, Filters
from webui.chat.question import Asked
from webui.wording import AS_ASKED, FILTER_PHRASES, filter_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing that the search took for granted.

    ``value`` is what is taken back, ``used`` what a word was respelt to. ``again`` is what is
    asked when it is taken back, as :meth:`Asked.to_json` writes it.
    """

    kind: Literal["carried", "respelt", "filter", "left out"]
    label: str
    value: str
    again: str
    used: str | None = None


def make_chips(answer: Answer, asked: Asked) -> tuple[Chip, ...]:
    """Return the chips of an answer: carried words, respelt words, filters, words left out."""
    return (
        *(
            Chip(kind="carried", label="Carried over", value=phrase, again=_without(asked, phrase))
            for phrase in answer.carried
        ),
        *(
            Chip(kind="respelt", label="Read", value=word, used=used, again=_without(asked, word))
            for word, used in answer.respelt.items()
        ),
        *_filter_chips(answer, asked),
        *(
            Chip(kind="left out", label="Left out", value=word, again=_with_again(asked, word))
            for word in asked.without
        ),
    )


def _without(asked: Asked, word: str) -> str:
    return replace(asked, without=(*asked.without, word)).to_json()


def _with_again(asked: Asked, word: str) -> str:
    """Return what is asked when a word comes back which was taken back before."""
    rest = tuple(other for other in asked.without if other != word)
    return replace(asked, without=rest).to_json()


def _filter_chips(answer: Answer, asked: Asked) -> Iterator[Chip]:
    """Yield the chip of each filter; of a day that was read, one says what two would."""
    filters = answer.filters.to_dict()
    one_date = {"after", "before"} <= {*answer.read_filters}
    if one_date and filters.get("after") == filters.get("before"):
        filters["on"] = filters.pop("after")
        del filters["before"]
    for name, value in filters.items():
        read = name == "on" or name in answer.read_filters
        chip = _filter_chip(asked, name, value)
        yield replace(chip, label=AS_ASKED.format(chip.label.lower())) if read else chip


def _filter_chip(asked: Asked, name: str, value: str) -> Chip:
    """Return the chip of a filter, whether it was chosen or read from the question."""
    chosen = asked.filters.to_dict()
    if chosen.pop(name, None):
        again = replace(asked, filters=Filters(**chosen)).to_json()
    else:
        again = _without(asked, value)
    return Chip(
        kind="filter", label=FILTER_PHRASES[name], value=filter_in_words(name, value), again=again
    )
