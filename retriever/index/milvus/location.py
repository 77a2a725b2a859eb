"""An index whose vectors a Milvus server searches: its folder, and an alias that switches both.

    alias NAME ─▶ collection NAME_3f2a9c1d_000007     the vectors of generation 7
    FOLDER/generations/000007/                        its articles, words, sentences, and vectors
    FOLDER/identity                                   3f2a9c1d: tells it from other folders
    FOLDER/KEPT                                       a generation that was built, not in use yet

The alias alone says which generation is in use, so that every asker changes over at one moment. A
collection that was lost is made anew from the folder: Milvus holds nothing that is not there.
"""

import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from retriever.errors import (
    IndexMissingError,
    IndexUnreachableError,
    IndexUnusableError,
)
from retriever.index import publishing, unfinished
from retriever.index.generation import Generation
from retriever.index.manifest import Manifest, read_manifest
from retriever.index.memory_maps import mapped
from retriever.index.milvus.address import MilvusAddress
from retriever.index.milvus.connection import connection_to
from retriever.index.milvus.vectors import MilvusVectors, collection_problem, upload
from retriever.index.vectors import VECTORS, VectorIndex
from retriever.records.arrays import FloatMatrix

IDENTITY = "identity"
KEPT = "KEPT"
_COLLECTION = re.compile(r"(?P<name>\w+)_(?P<identity>[0-9a-f]{8})_(?P<number>\d{6,18})")


class MilvusLocation:
    """A :class:`~retriever.index.location.Location` of that kind."""

    def __init__(self, address: MilvusAddress) -> None:
        """Name it; nothing is connected to yet."""
        self.folder = address.folder
        self._address = address
        self._connection = connection_to(address)

    def __str__(self) -> str:
        """Return its address."""
        return self._address.written

    def require(self) -> None:
        """Make sure that the server answers, and that what it has is of this folder."""
        self._connection.require()
        self._have_identity()
        if self._connection.aliased(self._address.name):
            current = self.current()
            if self._kept() == current:  # its server was lost just after it was put into use
                (self.folder / KEPT).unlink()

    def current(self) -> Path:
        """Return the generation whose collection the alias stands for."""
        collection = self._connection.aliased(self._address.name)
        if collection is None:
            raise IndexMissingError(
                f"no index in {self}; build one with: quotidian build CORPUS --index '{self}'"
            )
        found = _COLLECTION.fullmatch(collection)
        if not found or found["name"] != self._address.name:
            raise IndexUnusableError(
                f"{self} stands for the collection {collection[:120]!r}, which is no index of this "
                "program; use another name"
            )
        if found["identity"] != self._identity():
            raise IndexUnusableError(
                f"the articles of {self} are not in {self.folder}; share or copy the folder of the "
                "machine that built it and name it with ?folder=, or use another name"
            )
        folder = publishing.generation_folder(self.folder, int(found["number"]))
        if not folder.is_dir():
            raise IndexMissingError(
                f"generation {int(found['number'])} of {self} is not in {self.folder} yet; copy it "
                "there from the machine that built it"
            )
        return folder

    def newest(self) -> Path:
        """Return a generation that was kept, else the one in use, or the last if none is."""
        if kept := self._kept():
            return kept
        try:
            return self.current()
        except IndexMissingError:
            if last := publishing.last_generation(self.folder):
                return last
            raise

    def serves(self, generation: Path) -> bool:
        """Tell whether the alias stands for its collection, and that holds its vectors."""
        if generation != self._in_use():
            return False
        name = self._collection(int(generation.name))
        return collection_problem(self._connection, name, _stored_matrix(generation)) is None

    def open(self, generation: Path, *, thorough: bool = False) -> Generation:
        """Open a generation, and make sure that its collection is whole."""
        made = read_manifest(generation)
        opened = Generation(generation, self._vectors, thorough=thorough)
        try:
            self._require_collection(self._collection(made.generation), opened.vectors.matrix())
        except BaseException:
            opened.close()
            raise
        return opened

    def open_stored(self, generation: Path) -> Generation:
        """Open a generation without asking the server."""
        return Generation(generation, self._vectors, thorough=True)

    def prepare(self, generation: Path, made: Manifest, step: Callable[[int, int], None]) -> None:
        """Make the collection of a generation, unless it is there and whole."""
        name, matrix = self._collection(made.generation), _stored_matrix(generation)
        if collection_problem(self._connection, name, matrix):
            upload(self._connection, name, matrix, step)

    @contextmanager
    def keeping(self, generation: Path, number: int) -> Iterator[None]:
        """Keep a whole generation for the next build, which then encodes nothing of it again."""
        try:
            yield
        except IndexUnreachableError:
            if generation.is_dir():  # it has its number already if it was being put into use
                publishing.give_number(self.folder, generation, number)
            before = self._kept()
            self._keep(number)
            if before and before.name != f"{number:06d}":
                shutil.rmtree(before, ignore_errors=True)
            raise

    def publish(self, folder: Path, number: int) -> Path:
        """Let the alias stand for the new collection; all askers change over with that."""
        replaced = self._in_use()
        final = publishing.give_number(self.folder, folder, number)
        self._connection.point(self._address.name, self._collection(number))
        (self.folder / KEPT).unlink(missing_ok=True)
        publishing.prune(self.folder, keep={final, replaced})
        unfinished.remove_all(self.folder)
        self._drop_others({final, replaced})
        return final

    def roll_back(self) -> Path:
        """Let the alias stand for the collection before."""
        with publishing.writing(self.folder):
            folder = publishing.previous_generation(self.folder, self.current())
            self.prepare(folder, read_manifest(folder), lambda _done, _total: None)
            self._connection.point(self._address.name, self._collection(int(folder.name)))
            return folder

    def _require_collection(self, name: str, matrix: FloatMatrix) -> None:
        if problem := collection_problem(self._connection, name, matrix):
            raise IndexUnusableError(
                f"the collection {name} of {self} {problem}; put it right, without encoding "
                f"anything again, with: quotidian build CORPUS --index '{self}'"
            )

    def _vectors(self, generation: Path, made: Manifest) -> VectorIndex:
        name = self._collection(made.generation)
        return MilvusVectors(self._connection, name, _stored_matrix(generation))

    def _collection(self, number: int) -> str:
        return f"{self._address.name}_{self._identity()}_{number:06d}"

    def _identity(self) -> str:
        """Return what tells this folder from others; nothing of one that was never built in."""
        try:
            return (self.folder / IDENTITY).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            message = f"{self.folder / IDENTITY} cannot be read ({error}); see what is there"
            raise IndexUnusableError(message) from error

    def _have_identity(self) -> None:
        if not self._identity():
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                (self.folder / IDENTITY).write_text(f"{uuid.uuid4().hex[:8]}\n", encoding="ascii")
            except OSError as error:
                message = f"cannot write {self.folder} ({error}); name another with ?folder="
                raise IndexUnusableError(message) from error

    def _in_use(self) -> Path | None:
        try:
            return self.current()
        except IndexMissingError:
            return None

    def _kept(self) -> Path | None:
        """Return the generation that was built but not put into use, if there is one."""
        try:
            number = int((self.folder / KEPT).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
        folder = publishing.generation_folder(self.folder, number)
        return folder if folder.is_dir() else None

    def _keep(self, number: int) -> None:
        (self.folder / KEPT).write_text(f"{number}\n", encoding="ascii")

    def _drop_others(self, keep: set[Path | None]) -> None:
        """Throw away the collections of this folder that no generation is of."""
        kept = {self._collection(int(folder.name)) for folder in keep if folder}
        for name in self._connection.names():
            found = _COLLECTION.fullmatch(name)
            own = found and (found["name"], found["identity"]) == (
                self._address.name,
                self._identity(),
            )
            if own and name not in kept:
                self._connection.drop(name)


def _stored_matrix(generation: Path) -> FloatMatrix:
    matrix: FloatMatrix = mapped(generation / VECTORS, kind=np.float32, shape=(None, None))
    return matrix
