"""Answer files: checked, exported in every format and printed, or refused in one line."""

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from hypothesis import strategies as st

from retriever import EXPORT_FORMATS, QuestionError, export, verify_answer
from retriever.cli import main
from tests.fuzzing.json_values import changed_json
from tests.fuzzing.made_index import QUESTIONS, index_to_ask
from tests.fuzzing.mutations import mutated
from tests.fuzzing.sample import Sample, Target, require, require_one_line


@cache
def _answers() -> list[Any]:
    return [index_to_ask().ask(question).to_dict() for question in QUESTIONS]


@st.composite
def _samples(draw: st.DrawFn) -> Sample:
    answer = draw(st.sampled_from(_answers()))
    if draw(st.integers(0, 4)) == 0:
        content = draw(mutated(json.dumps(answer).encode()))
        return Sample(ending=".txt", content=content)
    changed = draw(changed_json(answer))
    saved = draw(st.sampled_from((changed, [changed], {"answers": [changed, answer]})))
    return Sample(ending=".json", content=json.dumps(saved).encode())


def _check(sample: Sample) -> None:
    if sample.ending == ".txt":
        _check_command(sample.content)
        return
    saved, index = json.loads(sample.content), index_to_ask()
    try:
        verdicts = verify_answer(saved, index.article, index.article_with_text)
        for verdict in verdicts:
            json.dumps(verdict.to_dict())
            if verdict.stands:
                there = index.article(verdict.now_in or verdict.article_id).text
                require(verdict.text in there, f"stands and is not there: {verdict.text!r:.80}")
    except QuestionError as error:
        require_one_line(str(error))
    for name in EXPORT_FORMATS:
        try:
            written = export(saved, name, article=index.article)
            require(isinstance(written, str), "no text")
        except QuestionError as error:
            require_one_line(str(error))


def _check_command(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.json"
        file.write_bytes(content)
        done = CliRunner().invoke(main, ["export", str(file), "--as", "bibtex"])
    require(done.exit_code in {0, 2}, f"exit status {done.exit_code}: {done.exception!r:.300}")
    if done.exit_code:
        require_one_line(done.stderr.removesuffix("\n"))


TARGET = Target(samples=_samples(), check=_check, prepare=_answers)
