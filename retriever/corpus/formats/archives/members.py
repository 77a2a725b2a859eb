"""What archives of every kind have in common: members with names, sizes and bytes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

MOST_MEMBERS = 65_535
"""Members of one archive; newsrooms' daily exports have hundreds to thousands."""


class Stream(Protocol):
    """What a member is read from."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file inside an archive.

    ``packed`` is how many bytes it takes up there, ``None`` where members are not compressed one
    by one. ``problem`` says why it is not to be opened.
    """

    name: str
    packed: int | None
    open: Callable[[], AbstractContextManager[Stream]]
    problem: str | None = None
