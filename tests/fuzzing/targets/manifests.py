"""Manifests of somebody else's making, sealed as ours are: opened and asked, or refused."""

import json

from hypothesis import strategies as st

from retriever import QuotidianError, open_index
from retriever.index.manifest import MANIFEST, _rendered_manifest, read_manifest
from retriever.index.publishing import current_generation
from tests.fuzzing.json_values import changed_json
from tests.fuzzing.made_index import QUESTIONS, made_index, opened_index
from tests.fuzzing.mutations import mutated
from tests.fuzzing.sample import Sample, Target, require_one_line


@st.composite
def _samples(draw: st.DrawFn) -> Sample:
    folder = current_generation(made_index())
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    if draw(st.integers(0, 3)) == 0:
        return Sample(ending=".txt", content=draw(mutated(text.encode())))
    record = json.loads(text)
    del record["sha256"]
    changed = draw(changed_json(record))
    return Sample(ending=".json", content=json.dumps(changed).encode())


def _check(sample: Sample) -> None:
    manifest = current_generation(made_index()) / MANIFEST
    kept = manifest.read_bytes()
    try:
        if sample.ending == ".json":
            manifest.write_bytes(_sealed(json.loads(sample.content)))
        else:
            manifest.write_bytes(sample.content)
        _open_and_ask()
    finally:
        manifest.write_bytes(kept)


def _sealed(record: object) -> bytes:
    """Return a record as a manifest with the checksum that belongs to it, if any can."""
    try:
        sealed = _rendered_manifest(record) if isinstance(record, dict) else json.dumps(record)
    except UnicodeEncodeError:  # a lone surrogate, which no checksum is of
        sealed = json.dumps(record)
    return sealed.encode("utf-8")


def _open_and_ask() -> None:
    try:
        made = read_manifest(current_generation(made_index()))
        open_index(made_index(), reader="none")  # which looks for the encoder that is named
        opened = opened_index(made_index())
        for question in QUESTIONS:
            json.dumps(opened.ask(question).to_dict())
        str(made)
    except QuotidianError as error:
        require_one_line(str(error))


TARGET = Target(samples=_samples(), check=_check, prepare=made_index)
