"""Checks a saved answer against the index: whether every quote still stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from retriever.errors import QuestionError
from retriever.records import Article


class Standing(StrEnum):
    """What became of a quote since it was given.

    ``same``: the article holds the words at the stated place. ``moved``: the article was revised
    and holds them elsewhere. ``revised``: it was revised and they are gone. ``removed``: the
    article is gone. ``altered``: the article is as it was, the quote is not.
    """

    SAME = "same"
    MOVED = "moved"
    REVISED = "revised"
    REMOVED = "removed"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One quote of a saved answer and its standing; only ``same`` and ``moved`` stand."""

    article_id: str
    text: str
    standing: Standing

    @property
    def stands(self) -> bool:
        """Whether the article holds these words today."""
        return self.standing in {Standing.SAME, Standing.MOVED}

    def to_dict(self) -> dict[str, object]:
        """Return the verdict as ``verify --json`` prints it."""
        return {
            "article": self.article_id,
            "text": self.text,
            "standing": str(self.standing),
            "stands": self.stands,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """What a saved answer says of one quote."""

    article_id: str
    sha256: str
    start: int
    end: int
    text: str


def verify_answer(answer: object, article: Callable[[str], Article]) -> list[Verdict]:
    """Return a verdict on every quote of an answer as ``ask --json`` printed it.

    ``article`` gives the article of an id today, and raises QuestionError when there is none.
    Passages shown as closest are checked like quotes.

    :raises QuestionError: when ``answer`` is not an answer.
    """
    if not isinstance(answer, Mapping) or not isinstance(answer.get("quotes"), list):
        message = "this is not an answer as `quotidian ask --json` prints it: it has no quotes list"
        raise QuestionError(message)
    entries = [*answer["quotes"], *(answer.get("closest") or [])]
    return [_verdict(entry, article) for entry in entries]


def _verdict(entry: object, article: Callable[[str], Article]) -> Verdict:
    claim = _claim(entry)
    try:
        stored = article(claim.article_id)
    except QuestionError:
        standing = Standing.REMOVED
    else:
        standing = _standing(claim, stored)
    return Verdict(article_id=claim.article_id, text=claim.text, standing=standing)


def _standing(claim: _Claim, stored: Article) -> Standing:
    if claim.start >= 0 and stored.text[claim.start : claim.end] == claim.text:
        return Standing.SAME
    if stored.sha256 == claim.sha256:
        return Standing.ALTERED
    return Standing.MOVED if claim.text in stored.text else Standing.REVISED


def _claim(entry: object) -> _Claim:
    described = entry.get("article") if isinstance(entry, Mapping) else None
    if not isinstance(entry, Mapping) or not isinstance(described, Mapping):
        raise _not_a_quote(entry)
    match described.get("id"), entry.get("start"), entry.get("end"), entry.get("text"):
        case str(article_id), int(start), int(end), str(text) if text:
            sha256 = str(described.get("sha256"))
            return _Claim(article_id=article_id, sha256=sha256, start=start, end=end, text=text)
    raise _not_a_quote(entry)


def _not_a_quote(entry: object) -> QuestionError:
    return QuestionError(
        f"not a quote with an article, start, end and text: {str(entry)[:80]!r}; "
        "verify what `quotidian ask --json` printed"
    )
