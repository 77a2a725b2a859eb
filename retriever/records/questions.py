"""What comes with a question: the conversation so far, and filters."""

from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles may answer; ``None`` lets all through.

    ``after`` and ``before`` are inclusive ISO dates, ``language`` is a code such as ``en``. An
    article without a publication date never passes a date filter: it cannot be shown to lie in
    the window; and so with the others.
    """

    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    after: str | None = None
    before: str | None = None

    def to_dict(self) -> dict[str, str]:
        """Return the filters that are set, by name."""
        return {name: value for name, value in asdict(self).items() if value}
