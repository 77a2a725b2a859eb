"""Sidecars: what they state, or one reason why they cannot."""

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from retriever.corpus import survey
from retriever.corpus.sidecar import apply, read_sidecar
from retriever.corpus.source import SIDECAR
from retriever.records import Failure, describe
from tests.fuzzing.mutations import mutated
from tests.fuzzing.sample import Sample, Target, require, require_one_line
from tests.makers import make_article
from tests.strategies import any_texts

_KEYS = ("title", "author", "publisher", "published", "url", "language", "a.b", '"x y"', "other")
_VALUES = st.one_of(
    st.sampled_from(
        (
            *("9" * 5_000, "-9" * 5_000, "0x" + "f" * 5_000, "1e400", "nan", "inf", "true", "[]"),
            *("2023-06-25", "0001-01-01", "9999-12-31T23:59:59.999999999+23:59", "23:59:60"),
            *("2023-06-25 10:00:00", "1979-05-27T07:32:00Z", "{}", "{a = 1, b = {c = 2}}", "''"),
            *('""', '"""\n"""', "[" * 900 + "]" * 900, "{a=" * 900, '"\\uD800"', '"\\U0010FFFF"'),
            *(
                '"2023"',
                '"2023-06"',
                '"2023-13-45"',
                '"25 June 2023"',
                '"٢٠٢٣-٠٦-٢٥"',
                '"javascript:1"',
            ),
        )
    ),
    st.integers().map(str),
    st.floats().map(repr),
    any_texts.map(lambda text: f'"{text}"'),
    any_texts.map(lambda text: f"'''{text}'''"),
)
_LINES = st.tuples(st.sampled_from(_KEYS), _VALUES).map(" = ".join) | any_texts
_WHOLE = (
    b'title = "Storm closes the harbour"\nauthor = "Jane Doe"\npublished = 2023-06-25\n'
    b'publisher = "The Example"\nurl = "https://news.example/storm"\nlanguage = "en"\n'
)
_TOML = st.lists(_LINES, max_size=6).map(lambda lines: "\n".join(lines).encode("utf-8", "replace"))


def _check(sample: Sample) -> None:
    article = make_article("The harbour is closed. Nobody was hurt.")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text(article.text)
        (Path(folder) / f"a.txt{SIDECAR}").write_bytes(sample.content)
        (source,) = survey(Path(folder)).sources
        for one_article in (True, False):
            stated = read_sidecar(source, one_article=one_article)
            if isinstance(stated, Failure):
                require(stated.path == f"a.txt{SIDECAR}", "a failure of another file")
                require_one_line(" ".join(stated.reason.split("\n")))
                continue
            known = describe(apply(stated, article))
            require(known["sha256"] == article.sha256, "a sidecar that changes the text")
            require(all(value != "" for value in known.values()), f"an empty field: {known}")


TARGET = Target(
    samples=(_TOML | mutated(_WHOLE)).map(lambda content: Sample(ending=".toml", content=content)),
    check=_check,
)
