"""Try every fault as often as the project promises to survive: ``python -m tests.faults``.

Builds killed at random moments and before every operation, full disks (index, folder for temporary
files, judgements), bits turned over in every file of an index, generations that are swapped while
others ask. Prints how often each was tried and what came of it; the exit status is not 0 if
anything was lost.
"""

import os
import subprocess
import sys

from tests.conftest import ROOT

if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "tests/faults", *sys.argv[1:]]
    environment = {**os.environ, "QUOTIDIAN_FAULTS": "full"}
    sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
