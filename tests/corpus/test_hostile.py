"""A folder of broken and hostile files: the rest is indexed, and each bad one has its reason."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus import hostile

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, devices and /proc")

MOST_MEMORY = 1.6e9
"""Bytes of both processes at their largest, which they need not be at the same time.

The encoder in OpenVINO takes 0.2 GB of it, a third of what its library takes.
"""
_BUILD = """
import json, os, resource, sys, time
from pathlib import Path
from tests.building import articles, build_with
from retriever.encoders.registry import load_encoder
corpus = Path(sys.argv[1])
def change(progress):
    # Once the files are listed and before they are read.
    if progress.stage == "reading" and progress.done == 0 and (corpus / "vanishing.txt").exists():
        (corpus / "vanishing.txt").unlink()
        (corpus / "growing.txt").open("a").write("It grew while it was read. " * 99)
        (corpus / "shrinking.md").write_text("")
        (corpus / "turning.txt").unlink()
        os.mkfifo(corpus / "turning.txt")
started = time.monotonic()
report = build_with(load_encoder(), corpus, Path(sys.argv[2]), progress=change)
print(json.dumps({
    "failed": [(one.path, one.reason) for one in report.failed],
    "articles": {key: one.path for key, one in articles(Path(sys.argv[2])).items()},
    # Of this process itself, getrusage would tell what the one that started it had used.
    "memory": [1024 * int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]),
               1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss],
    "seconds": time.monotonic() - started,
}))
"""


@pytest.mark.model
@pytest.mark.slow
def test_hostile_folder_is_indexed_and_every_bad_file_has_its_reason(tmp_path: Path) -> None:
    expected, _ = hostile.write_all(tmp_path / "corpus")
    assert len(expected) >= 50
    ran = subprocess.run(
        [sys.executable, "-c", _BUILD, str(tmp_path / "corpus"), str(tmp_path / "index")],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    outcome = json.loads(ran.stdout)
    reasons = dict(reversed(outcome["failed"]))  # the first of each file
    read = {*outcome["articles"].values()}
    wrong = {
        path: (reasons.get(path), reason)
        for path, reason in expected.items()
        if (reason is None and path not in reasons and path.split("/")[0] not in read)
        or (reason and reason not in reasons.get(path, ""))
        or (reason == "" and path not in reasons and path not in read)
    }
    assert wrong == {}
    assert {f"sound-{mark}.txt" for mark in "amz"} <= read
    assert not any("passwd" in path or "loop" in path for path in read)
    assert sum(outcome["memory"]) < MOST_MEMORY
    assert outcome["seconds"] < 240
    assert not (tmp_path / "evil.txt").exists()
