"""How fast the program is beside txtai, on the same passages with the same model.

    python -m tests.benchmarks.against_txtai PYTHON [CORPUS] --questions FILE [--articles N]
        [--asked Q] [--rounds R] [--json]

PYTHON is that of an environment with txtai, which is no dependency of this project::

    python -m venv DIR && DIR/bin/pip install txtai torch==2.13.0

N articles (200) of CORPUS (a JSON Lines file; left out, texts are made up) are written as files. By
turns, R times (3), each in processes of their own, start included: both build an index of them,
bring it up to date after one article changed, and answer one question; then, started and warmed up,
each searches Q questions (30) of FILE, the ``queries.jsonl`` of a data set. txtai gets the passages
that the program cut, as documents, and does what is nearest to its work: vectors and BM25
(``hybrid``), texts kept (``content``), the changed passages put in the place of the old ones, 10
hits a question. For ``ask`` txtai searches and reads the best three passages with its extractive
pipeline and the weights of our reader, as a folder of transformers; quotes are neither cut nor
checked, and nothing is refused, there. Figures are seconds by the clock and of the CPU, medians of
rounds, and how many times as long txtai takes.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from retriever.encoders.registry import bundled_folder
from retriever.index.publishing import current_generation
from retriever.index.store import Store
from retriever.reader.weights import bundled_model
from tests.benchmarks.growth import questions_of
from tests.benchmarks.rebuilding import articles, revise, say, write

TXTAI = """
import json, sys, time
given = json.load(sys.stdin)
from txtai import Embeddings
if given["work"] == "build":
    made = Embeddings(path=given["model"], hybrid=True, content=True)
    made.index(list(enumerate(given["texts"])))
    made.save(given["index"])
else:
    made = Embeddings()
    made.load(given["index"])
    if given["work"] == "rebuild":
        made.delete(given["gone"])
        made.upsert([tuple(one) for one in given["new"]])
        made.save(given["index"])
    else:
        if given["reader"]:
            from txtai.pipeline import Questions
            read = Questions(given["reader"], gpu=False)
        taken = []
        for question in given["questions"]:
            began, used = time.perf_counter(), time.process_time()
            hits = made.search(question, 10)
            assert hits
            for hit in hits[:3] if given["reader"] else ():
                try:
                    read([question], [hit["text"]])
                except TypeError:
                    pass  # the network has run: it points at none of the words, which txtai slices
            taken.append([time.perf_counter() - began, time.process_time() - used])
        print(json.dumps(taken[given["warm"]:]))
"""
OWN = """
import json, sys, time
given = json.load(sys.stdin)
from retriever import open_index
opened = open_index(given["index"], reader=given["reader"])
work = getattr(opened, given["work"])
taken = []
for question in given["questions"]:
    began, used = time.perf_counter(), time.process_time()
    work(question)
    taken.append([time.perf_counter() - began, time.process_time() - used])
print(json.dumps(taken[given["warm"]:]))
"""
WARM = 3  # questions before it is measured
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What something took: seconds by the clock, and of the CPU."""

    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """The runs of one kind of work, ours and txtai's, round by round."""

    ours: list[Taken] = field(default_factory=list)
    theirs: list[Taken] = field(default_factory=list)

    def to_dict(self) -> dict[str, float]:
        """Return medians, and those of how many times as long txtai took in the same round."""
        pairs = [*zip(self.ours, self.theirs, strict=True)]
        return {
            "seconds": round(statistics.median(one.seconds for one in self.ours), 4),
            "cpu": round(statistics.median(one.cpu for one in self.ours), 4),
            "txtai_seconds": round(statistics.median(one.seconds for one in self.theirs), 4),
            "txtai_cpu": round(statistics.median(one.cpu for one in self.theirs), 4),
            "times": round(statistics.median(b.seconds / a.seconds for a, b in pairs), 2),
            "times_cpu": round(statistics.median(b.cpu / a.cpu for a, b in pairs), 2),
        }


def main(
    python: Path, texts: Sequence[str], questions: Sequence[str], *, rounds: int, as_json: bool
) -> None:
    """Let both do all the work by turns and print what it took."""
    found = {name: Both() for name in ("build", "rebuild", "cold", "search", "ask")}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as temporary:
            one_round(found, python, texts, questions, Path(temporary))
    measured = {name: both.to_dict() for name, both in found.items()}
    if as_json:
        say(json.dumps({"articles": len(texts), "rounds": rounds, **measured}))
        return
    for name, figures in measured.items():
        say(f"{name}: " + ", ".join(f"{what} {value}" for what, value in figures.items()))


def one_round(
    found: Mapping[str, Both],
    python: Path,
    texts: Sequence[str],
    questions: Sequence[str],
    folder: Path,
) -> None:
    """Let both do all the work once."""
    corpus, index, theirs = (folder / name for name in ("corpus", "index", "txtai"))
    files = write(texts, corpus)

    def txtai(work: str, **given: object) -> tuple[Taken, str]:
        return run([str(python), "-c", TXTAI], {"work": work, "index": str(theirs), **given})

    build = [sys.executable, "-m", "retriever.cli", "build", str(corpus), "--index", str(index)]
    found["build"].ours.append(run(build)[0])
    before = passages_of(index)
    model = str(bundled_folder())
    found["build"].theirs.append(txtai("build", texts=before, model=model)[0])
    revise(files[len(files) // 2 :][:1])
    found["rebuild"].ours.append(run(build)[0])
    after = passages_of(index)
    gone = [n for n, text in enumerate(before) if text not in {*after}]
    new = [[len(before) + n, text] for n, text in enumerate(after) if text not in {*before}]
    found["rebuild"].theirs.append(txtai("rebuild", gone=gone, new=new)[0])
    one = questions[:1]
    ask = [sys.executable, "-m", "retriever.cli", "search", *one, "--index", str(index), "--json"]
    found["cold"].ours.append(run(ask)[0])
    found["cold"].theirs.append(txtai("search", questions=one, warm=0, reader="")[0])
    asked = {"questions": [*questions[:WARM], *questions], "warm": WARM}
    reading = str(write_reader(folder / "reader"))
    for work, reader, theirs_reads in (("search", "none", ""), ("ask", "bundled", reading)):
        given = {"index": str(index), "work": work, "reader": reader, **asked}
        found[work].ours.append(median(run([sys.executable, "-c", OWN], given)[1]))
        found[work].theirs.append(median(txtai("search", reader=theirs_reads, **asked)[1]))


def write_reader(folder: Path) -> Path:
    """Write the bundled reader as transformers keeps a question-answering model; return ``folder``.

    Its relevance has no place there; the tokenizer is the encoder's.
    """
    folder.mkdir()
    for path in bundled_folder().glob("*.*"):
        if path.suffix in {".json", ".txt"}:
            shutil.copy(path, folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["architectures"] = ["BertForQuestionAnswering"]
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    named = {
        name.replace("span.", "qa_outputs.") if name.startswith("span.") else f"bert.{name}": value
        for name, value in bundled_model().weights.items()
        if not name.startswith(("relevance.", "pooler."))
    }
    save_file(
        {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in named.items()},
        folder / "model.safetensors",
        metadata={"format": "pt"},
    )
    return folder


def run(command: Sequence[str], given: object = None) -> tuple[Taken, str]:
    """Run a command to its end; return what it took and what it printed."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command,
        input=json.dumps(given),
        text=True,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_OFFLINE},
    )
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(seconds=seconds, cpu=cpu), done.stdout


def median(printed: str) -> Taken:
    """Return the medians of what a child printed of each question."""
    seconds, cpu = zip(*json.loads(printed.splitlines()[-1]), strict=True)
    return Taken(seconds=statistics.median(seconds), cpu=statistics.median(cpu))


def passages_of(index: Path) -> list[str]:
    """Return the texts of all passages of an index."""
    store = Store(current_generation(index))
    try:
        return [passage.text for passage in store.passages()]
    finally:
        store.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure how fast the program is beside txtai.")
    parser.add_argument("python", type=Path)
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--asked", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    main(
        asked.python,
        [*articles(asked.corpus, asked.articles)],
        questions_of(asked.questions, asked.asked),
        rounds=asked.rounds,
        as_json=asked.json,
    )
