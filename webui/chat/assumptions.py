"""What was really searched, as chips that can be taken back one by one.

Taking one back asks the same question again: each chip holds what is then asked.
"""

from dataclasses import dataclass, replace
from typing import Literal

from retriever import Answer, Filters
from webui.chat.question import Asked
from webui.wording import FILTER_PHRASES, date_in_words, language_name


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
        *(_without(asked, "carried", "Carried over", phrase) for phrase in answer.carried),
        *(
            _without(asked, "respelt", "Read", word, used=used)
            for word, used in answer.respelt.items()
        ),
        *_filters(answer, asked),
        *(_left_out(asked, word) for word in asked.without),
    )


def _without(
    asked: Asked,
    kind: Literal["carried", "respelt"],
    label: str,
    value: str,
    *,
    used: str | None = None,
) -> Chip:
    again = replace(asked, without=(*asked.without, value))
    return Chip(kind=kind, label=label, value=value, used=used, again=again.to_json())


def _filters(answer: Answer, asked: Asked) -> list[Chip]:
    """Return a chip for each filter, whether it was chosen or read from the question."""
    chosen = asked.filters.to_dict()
    chips = []
    for name, value in answer.filters.to_dict().items():
        if name in chosen:
            rest = {other: kept for other, kept in chosen.items() if other != name}
            again = replace(asked, filters=Filters(**rest))
        else:
            again = replace(asked, without=(*asked.without, value))
        chips.append(
            Chip(
                kind="filter",
                label=FILTER_PHRASES[name],
                value=_in_words(name, value),
                again=again.to_json(),
            )
        )
    return chips


def _left_out(asked: Asked, word: str) -> Chip:
    """Return the chip that brings a word back which was taken back before."""
    rest = tuple(other for other in asked.without if other != word)
    again = replace(asked, without=rest)
    return Chip(kind="left out", label="Left out", value=word, again=again.to_json())


def _in_words(name: str, value: str) -> str:
    if name in {"after", "before"}:
        return date_in_words(value)
    return language_name(value) if name == "language" else value
