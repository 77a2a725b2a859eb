"""Removing a file of an index that no reader needs any more."""

import logging
from pathlib import Path

_log = logging.getLogger(__name__)


def unlink_or_tell(path: Path) -> None:
    """Remove a file, if it is there; where the disk refuses, it stays, and the log says so.

    For what is left over when the work itself is done, or has failed by something else.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("%s stays behind: %s", path, error)
