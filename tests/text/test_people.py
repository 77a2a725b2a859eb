"""Which names in a text are people's."""

import pytest

from retriever.text.people import people_named

TEXT = (
    "ROTTERHAVEN (North Wire) — Prime Minister Ilse van der Meer met Kremlin spokesman Anton Gubin"
    " in New Rotterhaven on Monday. Public Health England said public health was safe. But Meer’s"
    " deputy, J. K. Oldring, 47, and Maria Sand, who leads the Blue Strand Group, disagreed. Sand"
    " owns the North Basin. Dr. Pavel Arno spoke. Arno left. Hurricane Ida, a hurricane, passed"
    " South Vessel. Red Castle Holdings did not answer."
)


def test_people_are_told_from_places_and_companies() -> None:
    named = {person.name for person in people_named(TEXT) if person.treated_as_one}
    assert named == {
        "Ilse van der Meer",
        "Anton Gubin",
        "J. K. Oldring",
        "Maria Sand",
        "Pavel Arno",
    }


def test_each_is_where_it_stands_first() -> None:
    for person in people_named(f"{TEXT} {TEXT}"):
        assert person.span.of(TEXT) == person.name
        assert TEXT.index(person.name) == person.span.start


@pytest.mark.parametrize("text", ["", "no capital here", "A. B.", "THE WHOLE TEXT IS SHOUTED"])
def test_a_text_without_names_has_none(text: str) -> None:
    assert people_named(text) == []
