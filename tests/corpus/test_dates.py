"""Dates: read where their meaning is beyond doubt, warned of where they cannot be true."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.corpus.article.dates import check_published, parse_published
from retriever.corpus.article.head import take_metadata

TODAY = date(2023, 6, 25)


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("2023", "2023"),
        ("2023-06", "2023-06"),
        ("2023-06-25T23:30:00-05:00", "2023-06-25"),
        ("2023-06-25T00:10:00Z", "2023-06-25"),
        ("2023-06-25 10:00", "2023-06-25"),
        ("2023/06/25", "2023-06-25"),
        ("20230625", "2023-06-25"),
        ("20230625T101500Z", "2023-06-25"),
        ("25/6/2023", "2023-06-25"),
        ("6/25/2023 5:19 PM", "2023-06-25"),
        ("3.4.2023", "2023-04-03"),
        ("4/4/2023", "2023-04-04"),
        ("June 25, 2023", "2023-06-25"),
        ("Sunday, 25 June 2023, 10:30 a.m. EST", "2023-06-25"),
        ("Tue, 03 Jun 2008 11:05:30 GMT", "2008-06-03"),
        ("Tue Feb 20 2018 01:00:00 GMT+0100 (Central European Standard Time)", "2018-02-20"),
        ("June 2023", "2023-06"),
        ("Sunday, Jun. 2023", "2023-06"),
        ("Thurs. Sep 8 1999 10:30", "1999-09-08"),
    ],
)
def test_dates_that_are_beyond_doubt(stated: str, value: str) -> None:
    published = parse_published(stated, source="a field")
    assert published
    assert (published.value, published.source) == (value, "a field")


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("3. Oktober 2023", "2023-10-03"),
        ("Dienstag, 3. Okt. 2023, 14:30 Uhr", "2023-10-03"),
        ("Veröffentlicht am 1. März 2024", "2024-03-01"),
        ("5. Jänner 2024", "2024-01-05"),
        ("3 octobre 2023", "2023-10-03"),
        ("mardi 1er août 2023 à 10h30", "2023-08-01"),
        ("Publié le 14 févr. 2024", "2024-02-14"),
        ("3 de octubre de 2023", "2023-10-03"),
        ("martes, 3 de enero de 2023", "2023-01-03"),
        ("3 ottobre 2023", "2023-10-03"),
        ("Pubblicato il 1° gennaio 2024", "2024-01-01"),
        ("3 de março de 2023", "2023-03-03"),
        ("terça-feira, 3 de outubro de 2023", "2023-10-03"),
        ("3 oktober 2023 om 10:15", "2023-10-03"),
        ("3 mei 2023", "2023-05-03"),
        ("3 października 2023 r.", "2023-10-03"),
        ("3 października 2023", "2023-10-03"),
        ("3 октября 2023 г.", "2023-10-03"),
        ("вторник, 3 октября 2023 года", "2023-10-03"),
        ("październik 2023", "2023-10"),
        ("octubre de 2023", "2023-10"),
        ("Oktober 2023", "2023-10"),
    ],
)
def test_months_in_other_languages(stated: str, value: str) -> None:
    published = parse_published(stated, source="a field")
    assert published
    assert published.value == value


@pytest.mark.parametrize(
    "stated",
    [
        "31. Februar 2023",
        "3. Foobar 2023",
        "Kapitel 3 März 2023",
        "3 octobre",
        "Oktober",
        "Im Oktober 2023 war Wahl",
        "3 octobre 2023 4 octobre 2023",
        "heute, 3. Oktober 2023",
    ],
)
def test_what_is_no_date_in_other_languages(stated: str) -> None:
    assert parse_published(stated, source="a field") is None


@pytest.mark.parametrize(
    ("head", "value", "source"),
    [
        ("Hafen nach Sturm geschlossen\n\n3. Oktober 2023", "2023-10-03", "text: date line"),
        ("Le port est fermé\n\nPublié le 3 octobre 2023", "2023-10-03", "text: date line"),
        ("Порт закрыт\n\n3 октября 2023 г., 10:15", "2023-10-03", "text: date line"),
        (
            "Port zamknięty\n\nOSTBY, 3 maja 2023 (PAP) – Statek zatonął.",
            "2023-05-03",
            "text: dateline",
        ),
        (
            "Hafen zu\n\nBerlin, 3. Mai 2023 (dpa) - Das Schiff sank.",
            "2023-05-03",
            "text: dateline",
        ),
    ],
)
def test_heads_in_other_languages(head: str, value: str, source: str) -> None:
    body = "Le bateau a coulé près de la côte pendant la nuit, et personne n'a été blessé à bord."
    stated = take_metadata(f"{head}\n\n{body}")
    assert stated.published
    assert (stated.published.value, stated.published.source) == (value, source)


def test_a_day_in_a_sentence_is_no_date_of_an_article() -> None:
    body = "Im Jahr danach, am 3. Oktober 2023, war die Wahl, von der alle im Hafen sprachen."
    assert take_metadata(f"Wahl im Hafen\n\n{body}\n\n{body}").published is None


@pytest.mark.parametrize(
    "stated",
    [
        "3/4/2023",
        "3-4-2023",
        "13/13/2023",
        "2023-02-30",
        "2023-13",
        "soon",
        "",
        "12",
        "1:30",
        "June 5, 0000",
    ],
)
def test_dates_that_are_not(stated: str) -> None:
    assert parse_published(stated, source="a field") is None


@pytest.mark.parametrize(
    ("stated", "warning"),
    [
        ("2099-01-01", "a field lies in the future: 2099-01-01"),
        ("2023-06-27T00:00:00Z", "a field lies in the future: 2023-06-27"),
        ("2024", "a field lies in the future: 2024"),
        ("1970-01-01T00:00:00+00:00", "a field is a placeholder, not a date: 1970-01-01"),
        ("2023-02-30", "a field states a day that is in no calendar: 2023-02-30"),
        ("0000-00-00 00:00:00", "a field states a day that is in no calendar: 0000-00-00 00:00:00"),
        ("3/4/2023", "a field states a day that can be read in two ways: 3/4/2023"),
    ],
)
def test_dates_that_cannot_be_true_are_warned_of(stated: str, warning: str) -> None:
    assert check_published(stated, source="a field", today=TODAY) == (None, warning)


def test_tomorrow_is_a_date_somewhere_already() -> None:
    published, warning = check_published("2023-06-26", source="a field", today=TODAY)
    assert published
    assert warning is None


@given(st.text(max_size=60) | st.from_regex(r"[0-9T:/.\- ]{4,30}", fullmatch=True))
def test_any_text_is_a_date_or_none(stated: str) -> None:
    published, warning = check_published(stated, source="a field", today=TODAY)
    assert published is None or warning is None
    if published:
        date.fromisoformat((published.value + "-01-01")[:10])
        assert published.value <= "2023-06-26"
