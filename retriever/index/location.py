"""Where an index is, and what switches its generations: a folder, or a folder and a server."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from retriever.index import publishing
from retriever.index.generation import Generation
from retriever.index.manifest import Manifest
from retriever.index.milvus.address import is_milvus, parse_address


class Location(Protocol):
    """An index: the folder that holds its generations, and which of them is in use.

    ``str()`` is how a person names it. Every method raises :class:`IndexUnusableError` when the
    index, or a server that belongs to it, cannot be used.
    """

    @property
    def folder(self) -> Path:
        """Where the generations are, and the right to write them."""
        ...

    def require(self) -> None:
        """Make sure, before a long build, that what is built can be put into use."""
        ...

    def current(self) -> Path:
        """Return the folder of the generation in use.

        :raises IndexMissingError: when nothing was built yet.
        """
        ...

    def newest(self) -> Path:
        """Return the generation that a build takes from: in use, or built since but not put so.

        :raises IndexMissingError: when nothing was built yet.
        """
        ...

    def serves(self, generation: Path) -> bool:
        """Tell whether a generation is in use, and what searches its vectors is whole."""
        ...

    def open(self, generation: Path, *, thorough: bool = False) -> Generation:
        """Open a generation for questions; what is large is checked whole only if ``thorough``."""
        ...

    def open_stored(self, generation: Path) -> Generation:
        """Open a generation for what it holds, checked whole, as a build needs it."""
        ...

    def prepare(self, generation: Path, made: Manifest, step: Callable[[int, int], None]) -> None:
        """Make ready what searches the vectors of a generation, if it is not.

        ``step`` is told how many of how many vectors it has.
        """
        ...

    def keeping(self, generation: Path, number: int) -> AbstractContextManager[None]:
        """Keep what was built in the folder ``generation`` if a server is lost inside the block."""
        ...

    def publish(self, folder: Path, number: int) -> Path:
        """Put the generation built in ``folder`` into use and return its final folder."""
        ...

    def roll_back(self) -> Path:
        """Put the generation before the current one into use again, and return its folder.

        :raises IndexMissingError: when none was kept.
        :raises IndexBusyError: while a build is under way.
        """
        ...


class FolderLocation:
    """An index in a folder of this machine, searched in this process."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        self.folder = folder

    def __str__(self) -> str:
        """Return the folder's name."""
        return str(self.folder)

    def require(self) -> None:
        """Need nothing: what a folder cannot take is told when it is written."""

    def current(self) -> Path:
        """Return the generation that ``CURRENT`` names."""
        return publishing.current_generation(self.folder)

    def newest(self) -> Path:
        """Return the same."""
        return self.current()

    def serves(self, generation: Path) -> bool:
        """Tell whether ``CURRENT`` names it."""
        return publishing.current_generation(self.folder) == generation

    def open(self, generation: Path, *, thorough: bool = False) -> Generation:
        """Open a generation."""
        return Generation(generation, thorough=thorough)

    def open_stored(self, generation: Path) -> Generation:
        """Open a generation."""
        return Generation(generation, thorough=True)

    def prepare(self, generation: Path, made: Manifest, step: Callable[[int, int], None]) -> None:
        """Do nothing: its files are all there is."""

    def keeping(self, generation: Path, number: int) -> AbstractContextManager[None]:  # noqa: ARG002
        """Keep nothing: there is no server that could be lost."""
        return nullcontext()

    def publish(self, folder: Path, number: int) -> Path:
        """Publish by one atomic rename."""
        return publishing.publish(self.folder, folder, number)

    def roll_back(self) -> Path:
        """Go back to the generation before."""
        return publishing.roll_back(self.folder)


def locate(index: str | Path) -> Location:
    """Return where the index is that a person names: a folder, or ``milvus://HOST:PORT/NAME``.

    :raises SettingsError: for an address that cannot be used.
    """
    if not is_milvus(index):
        return FolderLocation(Path(index))
    from retriever.index.milvus.location import MilvusLocation  # noqa: PLC0415  # few need it

    return MilvusLocation(parse_address(index))
