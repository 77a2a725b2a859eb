"""Serves the page and notes which names it looks up; run as a script by :mod:`tests.attacks.site`.

    python -m tests.attacks.served FILE [options of quotidian serve]

An audit hook (PEP 578) sees every look-up and every connection of the process, also those of
libraries; what would leave this machine is written to FILE, a line each, and refused.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.guarded import is_here


def noting(file: Path) -> Callable[[str, Sequence[object]], None]:
    """Return the hook that writes to a file, and refuses, what would leave this machine."""

    def look(event: str, arguments: Sequence[object]) -> None:
        if event == "socket.connect":
            address = arguments[1]
            host = str(address[0]) if isinstance(address, tuple) else "localhost"
        elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
            host = str(arguments[0] or "localhost")
        else:
            return
        if not is_here(host):
            with file.open("a", encoding="utf-8", errors="replace") as out:
                out.write(f"{host}\n")
            raise OSError(f"{host} is not of this machine")

    return look


def main(file: Path, options: Sequence[str]) -> None:
    """Serve until ended."""
    from retriever.cli import main as quotidian

    sys.addaudithook(noting(file))
    quotidian(["serve", *options])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
