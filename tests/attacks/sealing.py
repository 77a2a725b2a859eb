"""Sealing an index as somebody would who made it: its checksums are his own."""

import json
from collections.abc import Callable
from pathlib import Path

from retriever.index.manifest import MANIFEST, _rendered_manifest, checksums
from retriever.index.publishing import current_generation


def seal(index: Path, change: Callable[[dict[str, object]], object] = lambda _: None) -> None:
    """Give the manifest of an index other entries, and every checksum that belongs to them."""
    folder = current_generation(index)
    record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del record["sha256"]
    record["files"] = checksums(folder)
    change(record)
    (folder / MANIFEST).write_text(_rendered_manifest(record), encoding="utf-8")
