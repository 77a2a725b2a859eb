"""The quotations of a draft: exact, nearly so, or nowhere."""

from pathlib import Path

import pytest

from retriever import Index, QuotidianError
from retriever.drafts import checking
from retriever.drafts.checking import LONGEST_DRAFT
from retriever.drafts.verdicts import CheckedQuotation
from tests.building import build_with, write_articles
from tests.growth import growth_of_time
from tests.hashing_encoder import HashingEncoder

STORM = (
    "The harbour of Ostby was closed on Monday after a storm. “Nobody was hurt,” said Ada Reyes, "
    "the harbour master. “The old crane was torn from its rails – all 40 tonnes of it.”\n\n"
    "“The plan,” Reyes said on Tuesday, “is good … and it will cost us nothing.” Reyes called the "
    "repairs “a well-known difficulty.”\n\n"
    "“Will the ferries sail again before winter?” asked Jo Lindqvist, who owns two of them. "
    "Lindqvist said the efficient ofﬁce had not answered.[3] It never did."
)
COUNCIL = (
    "The council met on Wednesday. “The old crane was torn from its rails – all 40 tonnes of it,” "
    "the minutes say. A new crane will stand on the eastern quay by the end of next summer."
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("drafts")
    records = [
        {"id": "storm", "text": STORM, "published": "2023-06-02"},
        {"id": "council", "text": COUNCIL, "published": "2023-06-01"},
    ]
    build_with(HashingEncoder(), write_articles(folder / "a.jsonl", records), folder / "index")
    return Index(folder / "index", load=lambda _: HashingEncoder())


def only(draft: str, index: Index) -> CheckedQuotation:
    """Check a draft with one quotation."""
    (found,) = index.check_draft(draft).quotations
    assert found.place is None or all(
        0 <= span.start < span.end <= len(found.place.article.text) for span in found.place.spans
    )
    return found


def parts(found: CheckedQuotation) -> list[str]:
    assert found.place
    return [span.of(found.place.article.text) for span in found.place.spans]


def differing(found: CheckedQuotation, draft: str) -> list[tuple[str, str]]:
    assert found.place
    text = found.place.article.text
    return [(one.here.of(draft), one.there.of(text)) for one in found.differences]


@pytest.mark.parametrize(
    "draft",
    [
        "“Nobody was hurt,” she said.",
        '"nobody was hurt."',
        "«Nobody was hurt»",
        "„Nobody was hurt“",
        "‘Nobody was hurt’",
        "“the old crane was torn from its rails - all 40 tonnes of it”",
        "“The old crane was torn from its rails -- all 40\xa0tonnes\nof it.”",
        "“[T]he old crane was torn from its rails”",
        "“a well\u2011known difficulty”",
        "“The efficient office had not answered. It never did”",
        "“Will the ferries sail again before winter?”",
        "> Nobody was hurt\n> — Ada Reyes\n",
        "“Nobody [sic] was hurt”",
        "“Nobody was hurt,¹²” she said.",
    ],
)
def test_only_typography_differs(draft: str, index: Index) -> None:
    found = only(draft, index)
    assert found.accuracy == "exact"
    assert not found.differences


@pytest.mark.parametrize(
    ("draft", "differences"),
    [
        ("“The old crane was blown from its rails”", [("blown", "torn")]),
        ("“The crane was torn from its rails”", [("", "old")]),
        ("“The very old crane was torn from its rails”", [("very", "")]),
        ("“The old crane torn was from its rails”", [("torn was", "was torn")]),
        ("“The old Crane was torn from its rails”", [("Crane", "crane")]),
        (
            "“The harbour of Ostby was closed after a storm and Nobody was hurt”",
            [("", "on Monday"), ("and", ".")],
        ),
        ("“A new crane will stand by the end of next summer”", [("", "on the eastern quay")]),
        ("“A new crane will stand, on the eastern quay”", [(",", "")]),
        ("“A new crane will stand on the eastern quay?”", [("?", "")]),
        (
            "“THE OLD CRANE WAS TORN FROM ITS RAILS”",
            [("THE OLD CRANE WAS TORN FROM ITS RAILS", "The old crane was torn from its rails")],
        ),
    ],
)
def test_a_changed_word_is_shown_beside_the_sources(
    draft: str, differences: list[tuple[str, str]], index: Index
) -> None:
    found = only(draft, index)
    assert found.accuracy == "nearly"
    assert differing(found, draft) == differences


@pytest.mark.parametrize("draft", ["“We shall overcome all of this together”", "“Ostby forever”"])
def test_what_no_article_has_is_nowhere(draft: str, index: Index) -> None:
    found = only(draft, index)
    assert found.accuracy == "nowhere"
    assert found.place is None


def test_what_is_quoted_with_she_said_between_is_quoted_without_it(index: Index) -> None:
    found = only("“The plan is good … and it will cost us nothing”", index)
    assert found.accuracy == "exact"
    assert parts(found) == ["The plan", "is good", "and it will cost us nothing"]
    found = only("“Nobody was hurt. The old crane was torn from its rails.”", index)
    assert found.accuracy == "exact"
    assert parts(found) == ["Nobody was hurt", "The old crane was torn from its rails"]


@pytest.mark.parametrize("mark", ["…", "...", "[…]", "(...)", ". . .", "[which is green]"])
def test_an_omission_parts_a_quotation(mark: str, index: Index) -> None:
    found = only(f"“A new crane {mark} by the end of next summer”", index)
    assert found.accuracy == "exact"
    assert parts(found) == ["A new crane", "by the end of next summer"]


def test_parts_in_another_order_are_not_exact(index: Index) -> None:
    found = only("“by the end of next summer … A new crane will stand”", index)
    assert found.accuracy != "exact"


def test_of_several_articles_the_first_published_comes_first(index: Index) -> None:
    found = only("“all 40 tonnes of it”", index)
    assert found.place
    assert found.place.article.id == "council"
    assert found.also_in == ("storm",)


def test_another_speaker_is_told_and_a_description_is_not(index: Index) -> None:
    assert only("“Nobody was hurt,” said Jo Lindqvist, 40.", index).other_speaker
    assert not only("“Nobody was hurt,” Reyes said.", index).other_speaker
    assert not only("“Nobody was hurt,” the mayor said.", index).other_speaker
    assert not only("“Nobody was hurt.”", index).other_speaker


def test_who_speaks_is_compared_in_the_time_that_reading_the_draft_takes(index: Index) -> None:
    told = "“Nobody was hurt,” said Jo Lindqvist, 40. " + "Then Cy Doe met Mr Marr there. " * 100
    assert growth_of_time(index.check_draft, lambda count: f"{told}\n\n" * count, 12) < 3


def test_words_that_stand_everywhere_are_not_looked_for(index: Index) -> None:
    assert only("“it is”", index).accuracy == "unchecked"


def test_a_check_holds_only_if_all_of_it_is_exact(index: Index) -> None:
    assert index.check_draft("Nothing is quoted here.").holds
    assert index.check_draft("“Nobody was hurt.” “It will cost us nothing”").holds
    mixed = index.check_draft("“Nobody was hurt.” “Everybody was happy”")
    assert not mixed.holds
    assert mixed.counts == {"exact": 1, "nearly": 0, "nowhere": 1, "unchecked": 0}


def test_places_are_where_the_words_are(index: Index) -> None:
    draft = "He: “Nobody was hurt” and “the crane was torn from its rails”."
    told = index.check_draft(draft).to_dict()
    quotations = told["quotations"]
    assert isinstance(quotations, list)
    for one in quotations:
        assert draft[one["start"] : one["end"]] == one["text"]
        article = index.article(one["place"]["article"]["id"])
        for part in one["place"]["parts"]:
            assert article.text[part["start"] : part["end"]] == part["text"]


@pytest.mark.parametrize(
    "draft", ["", "“”", "“", "“…”", "“[…]”", "“\ud800”", "> \n>\n", "“" * 5_000, "“a” " * 3_000]
)
def test_no_draft_breaks_it(draft: str, index: Index) -> None:
    index.check_draft(draft)


def test_a_draft_that_is_too_long_is_refused_in_one_line(index: Index) -> None:
    with pytest.raises(QuotidianError, match="at most"):
        index.check_draft("x" * (LONGEST_DRAFT + 1))


@pytest.mark.parametrize(
    "draft",
    [
        f"> {'the old crane was torn ' * 600}",
        f"“{' … '.join(['the old crane'] * 30)}”",
    ],
)
def test_what_would_take_too_long_is_not_compared(draft: str, index: Index) -> None:
    assert only(draft, index).accuracy == "unchecked"


def test_a_draft_full_of_opened_quotations_is_refused(index: Index) -> None:
    with pytest.raises(QuotidianError, match="quotation marks"):
        index.check_draft("“a " * 20_000)


def test_only_so_many_quotations_are_looked_for(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_QUOTATIONS", 2)
    told = index.check_draft("“Nobody was hurt” " * 3)
    assert told.counts == {"exact": 2, "nearly": 0, "nowhere": 0, "unchecked": 1}
    assert not told.holds


def test_an_article_shorter_than_the_quotation(tmp_path: Path) -> None:
    texts = {"a": "“…” “!” said Ada. Ferry.", "b": "“Ferry,” she said. “Ferry.”", "c": "Ferry."}
    corpus = write_articles(tmp_path / "a.jsonl", texts)
    build_with(HashingEncoder(), corpus, tmp_path / "index")
    index = Index(tmp_path / "index", load=lambda _: HashingEncoder())
    assert only("“The old ferry and the ferry of the new harbour master”", index).place is None
    assert only("“Ferry. Ferry.”", index).accuracy == "exact"


def test_nothing_is_found_in_an_index_without_it(tmp_path: Path) -> None:
    corpus = write_articles(tmp_path / "a.jsonl", {"a": "One sentence stands here, and no other."})
    build_with(HashingEncoder(), corpus, tmp_path / "index")
    index = Index(tmp_path / "index", load=lambda _: HashingEncoder())
    assert only("“Nobody was hurt”", index).accuracy == "nowhere"
