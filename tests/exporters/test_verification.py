"""What becomes of a saved quote when its article stays, changes or goes."""

import pytest

from retriever.errors import QuestionError
from retriever.exporters.saved import answers_in
from retriever.exporters.verification import Standing, verify_answer
from retriever.records import Article
from tests.makers import make_article

TEXT = "The treaty was signed in 2001. It was renewed in 2021."
ARTICLE = make_article(TEXT)


def _saved(**changes: object) -> dict[str, object]:
    quote: dict[str, object] = {
        "article": {"id": ARTICLE.id, "sha256": ARTICLE.sha256},
        "start": 0,
        "end": 30,
        "text": TEXT[:30],
    }
    return {"quotes": [quote | changes], "closest": []}


def _standing(answer: object, *articles: Article) -> Standing:
    stored = {article.id: article for article in articles}

    def find(article_id: str) -> Article:
        if article_id not in stored:
            raise QuestionError(article_id)
        return stored[article_id]

    return verify_answer(answer, find)[0].standing


def test_an_untouched_quote_is_the_same() -> None:
    assert _standing(_saved(), ARTICLE) is Standing.SAME


def test_a_quote_whose_article_gained_a_line_has_moved() -> None:
    assert _standing(_saved(), make_article(f"Corrected.\n{TEXT}")) is Standing.MOVED


def test_a_quote_that_moved_says_where_to() -> None:
    longer = make_article(f"Corrected.\n{TEXT}")
    (verdict,) = verify_answer(_saved(), lambda _: longer)
    assert (verdict.now_in, verdict.now_at) == (ARTICLE.id, 11)
    assert longer.text[11:41] == verdict.text
    assert verdict.to_dict()["now_at"] == 11


@pytest.mark.parametrize(
    "text",
    ["He denies that The treaty was signed in 2001.", "The treaty was signed in 2001.5 or so."],
)
def test_words_that_became_part_of_another_sentence_were_revised(text: str) -> None:
    assert _standing(_saved(), make_article(f"It stands. {text}")) is Standing.REVISED


def test_a_whole_sentence_is_found_behind_part_of_another() -> None:
    text = f"He denies that {TEXT} Yet: it stands. {TEXT}"
    (verdict,) = verify_answer(_saved(), lambda _: make_article(text))
    assert (verdict.standing, verdict.now_at) == (Standing.MOVED, text.rindex("The treaty"))


def test_a_quote_of_an_article_that_was_renamed_has_moved() -> None:
    renamed = make_article(TEXT, id="new.txt", path="new.txt")

    def find(article_id: str) -> Article:
        raise QuestionError(article_id)

    (verdict,) = verify_answer(_saved(), find, {ARTICLE.sha256: renamed}.get)
    assert (verdict.standing, verdict.now_in, verdict.now_at) == (Standing.MOVED, "new.txt", 0)
    (altered,) = verify_answer(_saved(text="It was."), find, {ARTICLE.sha256: renamed}.get)
    assert altered.standing is Standing.REMOVED


def test_a_quote_whose_sentence_is_gone_was_revised() -> None:
    assert _standing(_saved(), make_article("It was renewed in 2021.")) is Standing.REVISED


def test_a_quote_whose_article_is_gone_was_removed() -> None:
    assert _standing(_saved()) is Standing.REMOVED


@pytest.mark.parametrize("change", [{"text": "The treaty was broken."}, {"start": 1}, {"end": 29}])
def test_a_quote_that_was_tampered_with_is_altered(change: dict[str, object]) -> None:
    assert _standing(_saved(**change), ARTICLE) is Standing.ALTERED


def test_an_answer_saved_with_or_without_answering_words_stands() -> None:
    assert "answering" not in _saved()["quotes"][0]  # type: ignore[index]
    for words in (None, {"start": 25, "end": 29}):
        assert _standing(_saved(answering=words), ARTICLE) is Standing.SAME


@pytest.mark.parametrize("place", [(0, 31), (-1, 4), (4, 4), (9, 2), (30, 34), (3, 4)])
def test_answering_words_outside_their_quote_are_dropped(place: tuple[int, int]) -> None:
    words = {"start": place[0], "end": place[1]}
    (read,) = answers_in(_saved(answering=words))
    assert read.quotes[0].answering is None
    assert _standing(_saved(answering=words), ARTICLE) is Standing.SAME


def test_negative_offsets_never_stand() -> None:
    changed = _saved(start=-len(TEXT), end=30 - len(TEXT))
    assert _standing(changed, ARTICLE) is Standing.ALTERED


def test_only_same_and_moved_stand() -> None:
    verdicts = verify_answer(_saved(), lambda _: ARTICLE)
    assert verdicts[0].stands
    assert verdicts[0].to_dict()["standing"] == "same"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"quotes": "none"},
        {"quotes": [None]},
        {"quotes": [{"article": "a"}]},
        _saved(start="0"),
        _saved(text=""),
        _saved(article={}),
        _saved(answering="2001"),
        _saved(answering={"start": 0}),
    ],
)
def test_what_is_no_answer_is_refused(answer: object) -> None:
    with pytest.raises(QuestionError, match="quotidian ask"):
        verify_answer(answer, lambda _: ARTICLE)


def test_closest_passages_that_are_no_list_are_refused_in_a_line() -> None:
    wrong: list[object] = [5, "text", {"quotes": []}]
    for closest in wrong:
        with pytest.raises(QuestionError, match="not a list of quotes"):
            answers_in({"quotes": [], "closest": closest})
