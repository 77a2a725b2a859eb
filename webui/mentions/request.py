"""What a browser asks of the mentions view."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from retriever import Filters, QuestionError
from webui.chat.question import read_filters

PER_PAGE = 20
_LONGEST = 1_100  # characters; the library refuses an expression of more than 1,000 with a line


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionsRequest:
    """An expression, which articles count, and a page from 1."""

    expression: str = ""
    filters: Filters = field(default_factory=Filters)
    page: int = 1

    @property
    def offset(self) -> int:
        """The number of the first mention of the page, from 0."""
        return (self.page - 1) * PER_PAGE


def read_mentions_request(value: object) -> MentionsRequest:
    """Return what a browser asks for; what makes no sense is left at its default."""
    given = value if isinstance(value, Mapping) else {}
    expression, page = given.get("expression"), given.get("page")
    try:
        filters = read_filters(given.get("filters"))
    except QuestionError:
        filters = Filters()
    return MentionsRequest(
        expression=expression[:_LONGEST].strip() if isinstance(expression, str) else "",
        filters=filters,
        page=page if isinstance(page, int) and 0 < page < 1_000_000 else 1,
    )
