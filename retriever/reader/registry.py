"""Readers by name: the bundled one, one in a folder, or one that the model hub gives."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from retriever.encoders.fingerprint import WEIGHTS_SUFFIXES
from retriever.encoders.registry import hub_folder
from retriever.errors import EncoderError
from retriever.reader.bundled import BundledReader
from retriever.reader.cross_encoder import CrossEncoderReader
from retriever.reader.protocol import Reader
from retriever.reader.question_answering import QuestionAnsweringReader
from retriever.settings import BUNDLED_READER, NO_READER

# What a model's config.json says that it is, by how the name of its architecture ends.
_BY_ARCHITECTURE: dict[str, Callable[[Path], Reader]] = {
    "ForQuestionAnswering": QuestionAnsweringReader,
    "ForSequenceClassification": CrossEncoderReader,
}


def load_reader(name: str = BUNDLED_READER) -> Reader | None:
    """Return the reader called ``name``: the bundled one, a folder, or a model on the hub.

    ``none`` gives none. Cheap: weights are read when the first question comes. The hub is asked
    only for what was not fetched before.

    :raises EncoderError: when the folder or the hub model is not there, or is no reader.
    """
    if name == NO_READER:
        return None
    if name == BUNDLED_READER:
        return _shared()
    folder = Path(name)
    if not folder.is_dir():
        folder = _fetched_before(name) or hub_folder(
            name, fetch=True, kind="reader", bundled=BUNDLED_READER
        )
    architectures = _architectures(folder)
    for ending, make in _BY_ARCHITECTURE.items():
        if any(architecture.endswith(ending) for architecture in architectures):
            return make(folder)
    raise EncoderError(
        f"{folder} holds no reader but {', '.join(architectures) or 'nothing known'}; "
        "name a question-answering model or a cross-encoder"
    )


@cache
def _shared() -> BundledReader:
    """Return the bundled reader; all indexes of a process share it, since it takes 100 MB."""
    return BundledReader()


def _fetched_before(name: str) -> Path | None:
    """Return the folder of a hub model that is here already, with all that a reader needs."""
    try:
        folder = hub_folder(name, fetch=False, kind="reader", bundled=BUNDLED_READER)
    except EncoderError:  # it has to be fetched
        return None
    names = {path.name for path in folder.iterdir()}
    weighs = any(Path(file).suffix in WEIGHTS_SUFFIXES for file in names)
    return folder if weighs and names >= {"config.json", "tokenizer.json"} else None


def _architectures(folder: Path) -> list[str]:
    path = folder / "config.json"
    try:
        return [str(name) for name in json.loads(path.read_text("utf-8"))["architectures"] or ()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"cannot read the reader's {path} ({error}); name a folder with a model"
        raise EncoderError(message) from error
