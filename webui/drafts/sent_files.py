"""A file that the browser sends with an event: read, and nothing of it kept."""

import base64
import binascii
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from retriever import QuestionError
from webui.wording import NO_FILE_SENT

_T = TypeVar("_T")


def read_sent(sent: object, read: Callable[[Path, str], _T]) -> _T:
    """Return what ``read`` makes of a sent file, given where it is for that long, and its name.

    It comes as ``{"name", "base64"}``: within the size of a request, so that nothing is uploaded
    that would have to be found again and removed.

    :raises QuestionError: if it is no such file.
    """
    if not isinstance(sent, Mapping):
        raise QuestionError(NO_FILE_SENT)
    try:
        data = base64.b64decode(str(sent.get("base64", "")), validate=True)
    except (binascii.Error, ValueError) as error:
        raise QuestionError(NO_FILE_SENT) from error
    with tempfile.TemporaryDirectory(prefix="quotidian-sent-") as folder:
        file = Path(folder, "sent")
        file.write_bytes(data)
        return read(file, str(sent.get("name", "")))
