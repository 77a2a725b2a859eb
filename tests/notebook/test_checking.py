"""What becomes of a pinned quote when its article stays, changes or goes."""

import msgspec
import pytest

from retriever.notebook.changes import moment_now
from retriever.notebook.checking import CheckedQuote, PinState, check_quote, closest_sentences
from retriever.notebook.entries import PinnedArticle, PinnedQuote
from retriever.records import Article
from tests.notebook.stored import TEXT, TREATY, Shelf, revised

RENEWED = TEXT.index("It was renewed")


def quote(start: int = 0, end: int = 30, **changes: object) -> PinnedQuote:
    """Return a pinned quote of the treaty's article."""
    known: dict[str, object] = {
        "id": "0123456789ab",
        "article": PinnedArticle(id=TREATY.id, path=TREATY.path, sha256=TREATY.sha256),
        "start": start,
        "end": end,
        "text": TEXT[start:end],
        "pinned": moment_now(),
        "verified": moment_now(),
    }
    return PinnedQuote(**(known | changes))  # type: ignore[arg-type]  # by their names


def checked(pinned: PinnedQuote, *articles: Article) -> CheckedQuote:
    """Return what became of a quote where these are the articles."""
    return check_quote(pinned, Shelf(*articles))


def test_an_untouched_quote_is_the_same() -> None:
    found = checked(quote(), TREATY)
    assert found.state is PinState.SAME
    assert found.article
    assert found.span
    assert found.span.of(found.article.text) == TEXT[:30]


def test_a_quote_below_a_new_line_has_moved_and_says_where_to() -> None:
    found = checked(quote(), revised(f"Corrected.\n\n{TEXT}"))
    assert found.state is PinState.MOVED
    assert found.span
    assert found.span.start == len("Corrected.\n\n")


def test_a_quote_of_a_renamed_file_has_moved() -> None:
    found = checked(quote(), revised(TEXT, id="new.txt", path="new.txt"))
    assert found.state is PinState.MOVED
    assert found.article
    assert found.article.id == "new.txt"


def test_a_quote_that_another_article_of_its_file_holds_has_moved() -> None:
    """As where the records of a file are numbered anew."""
    others = (revised("It stands elsewhere.", id="one"), revised(f"New. {TEXT}", id="two"))
    found = checked(quote(), *others)
    assert (found.state, found.article) == (PinState.MOVED, others[1])


def test_the_words_that_stand_in_place_of_a_revised_sentence_are_shown() -> None:
    found = checked(quote(), revised(TEXT.replace("2001", "2002")))
    assert found.state is PinState.REVISED
    assert found.new_words == "The treaty was signed in 2002."
    assert found.to_dict()["new_words"] == found.new_words


def test_nothing_stands_in_place_of_a_sentence_that_was_taken_out() -> None:
    found = checked(quote(), revised("Ships lay in the harbour. Nobody knew of it."))
    assert (found.state, found.new_words) == (PinState.REVISED, None)


def test_a_sentence_that_now_goes_on_was_revised_though_its_words_stand_there() -> None:
    found = checked(quote(), revised(TEXT.replace("2001.", "2001.5 or so.")))
    assert found.state is PinState.REVISED
    assert found.new_words == "The treaty was signed in 2001.5 or so."


def test_a_quote_whose_article_is_gone_is_gone() -> None:
    assert checked(quote()).state is PinState.GONE


@pytest.mark.parametrize(
    ("changes", "articles"),
    [
        ({"text": "The treaty was broken in 2001."}, (TREATY,)),
        ({"verified": None}, ()),
        ({"verified": None}, (revised("Ships lay there."),)),
        # Half a sentence, word for word, is no quote.
        ({"start": 4, "text": TEXT[4:30], "verified": None}, (TREATY,)),
    ],
)
def test_what_was_never_found_is_not_verified(
    changes: dict[str, object], articles: tuple[Article, ...]
) -> None:
    found = checked(msgspec.structs.replace(quote(), **changes), *articles)
    assert found.state is PinState.UNVERIFIED
    assert not found.stands


def test_the_closest_sentences_are_as_many_as_were_pinned_or_one_more_or_less() -> None:
    both = TEXT[: RENEWED + len("It was renewed in 2021.")]
    changed = revised(TEXT.replace("signed", "signed and sealed").replace("2021", "2022"))
    span = closest_sentences(both, changed)
    assert span
    assert (
        span.of(changed.text) == "The treaty was signed and sealed in 2001. It was renewed in 2022."
    )


def test_a_path_that_no_store_can_hold_is_looked_for_in_vain() -> None:
    source = PinnedArticle(id="\ud800", path="\ud800", sha256="0" * 64)
    assert checked(quote(article=source), TREATY).state is PinState.GONE
