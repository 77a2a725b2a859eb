"""Files as they arrive: Gradio has put them into its folder, and says where by a path."""

from collections.abc import Mapping
from pathlib import Path

from gradio.utils import get_upload_folder

from retriever import QuestionError
from webui.wording import NO_FILES, NOT_UPLOADED

# More come in a zip or tar archive.
_MOST = 500


def read_files(value: object) -> list[tuple[str, Path]]:
    """Return the name and the place of each file of a list of ``{"name" or "orig_name", "path"}``.

    :raises QuestionError: if it is no such list, or a file of it was not uploaded to this server.
    """
    files = value if isinstance(value, list) else []
    if not 0 < len(files) <= _MOST or not all(isinstance(file, Mapping) for file in files):
        raise QuestionError(NO_FILES.format(most=_MOST))
    return [(_sent_name(file), uploaded(file.get("path"))) for file in files]


def uploaded(path: object) -> Path:
    """Return a file that was uploaded to this server; only such a one can be added.

    :raises QuestionError: for any other path.
    """
    folder = Path(get_upload_folder()).resolve()
    try:
        file = Path(str(path)).resolve()
        known = file.is_relative_to(folder) and file.is_file()
    except (OSError, ValueError) as error:  # no path at all, such as one with a NUL in it
        raise QuestionError(NOT_UPLOADED) from error
    if not known:
        raise QuestionError(NOT_UPLOADED)
    return file


def _sent_name(file: Mapping[str, object]) -> str:
    """Return the name that the sender gave; clients of Gradio call it ``orig_name``."""
    name = file.get("name") or file.get("orig_name") or Path(str(file.get("path"))).name
    return str(name)
