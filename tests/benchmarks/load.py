"""Many people asking: ``python -m tests.benchmarks.load INDEX QUERIES [--people N] [--seconds N]``.

Serves the page over INDEX, which is only read, and lets so many people ask one question after the
other, each over a connection of their own: first alone, then with idle connections beside them,
opened anew where the server closes them. Prints how many questions were answered, how long they
took, errors, and the memory of the server. QUERIES is a data set's ``queries.jsonl``. Compare
figures of one machine only, with nothing else running.
"""

import argparse
import http.client
import itertools
import json
import re
import resource
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.page import memory, say, served

PEOPLE, SECONDS, IDLE = 50, 60.0, 1_000
_PATIENCE = 120.0


@dataclass(slots=True, kw_only=True)
class Asked:
    """What one person met: seconds of each question answered, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def main(index: Path, questions: Sequence[str], *, people: int, seconds: float, idle: int) -> int:
    """Measure, print a line a figure, and return how many errors there were."""
    _allow_many_sockets(idle + people)
    with served(index) as (address, process):
        port = int(re.findall(r":(\d+)", address)[0])
        _ask_until(port, questions[:5], time.monotonic() + _PATIENCE, only=5)  # everything loaded
        before = memory(process)
        alone = under_load(port, questions, people=people, seconds=seconds)
        _tell("no connection beside", alone, seconds, before, memory(process))
        with idle_connections(port, idle) as held:
            beside = under_load(port, questions, people=people, seconds=seconds)
            count = len(held)
        _tell(f"{count:,} idle connections beside", beside, seconds, before, memory(process))
    return len(alone.errors) + len(beside.errors)


def under_load(port: int, questions: Sequence[str], *, people: int, seconds: float) -> Asked:
    """Return what people met who asked for so many seconds, all of them together."""
    end = time.monotonic() + seconds
    met: list[Asked] = []

    def person(number: int) -> None:
        own = [*questions[number::people], *questions]
        met.append(_ask_until(port, own, end, source=f"127.0.9.{number + 1}"))

    threads = [threading.Thread(target=person, args=[number]) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Asked(
        seconds=[second for one in met for second in one.seconds],
        errors=[error for one in met for error in one.errors],
    )


@contextmanager
def idle_connections(port: int, count: int) -> Iterator[list[socket.socket]]:
    """Hold connections that say nothing; one that the server closes is opened again."""
    held: list[socket.socket] = []
    ended = threading.Event()

    def hold() -> None:
        while not ended.is_set():
            for one in [one for one in held if _is_closed(one)]:
                held.remove(one)
                one.close()
            while len(held) < count and not ended.is_set():
                held.append(socket.create_connection(("127.0.0.1", port)))
                held[-1].settimeout(0)
            ended.wait(1)

    thread = threading.Thread(target=hold)
    thread.start()
    while len(held) < count and thread.is_alive():
        time.sleep(0.05)
    try:
        yield held
    finally:
        ended.set()
        thread.join()
        for one in held:
            one.close()


def _ask_until(
    port: int,
    questions: Sequence[str],
    end: float,
    *,
    only: int | None = None,
    source: str = "127.0.0.1",
) -> Asked:
    """Ask questions in turn, over one connection, until a time or so many are asked."""
    met = Asked()
    place = (source if sys.platform == "linux" else "127.0.0.1", 0)
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE, source_address=place)
    kind = {"content-type": "application/json"}
    for question in itertools.islice(itertools.cycle(questions), only):
        began = time.monotonic()
        if began > end:
            break
        body = json.dumps({"data": [question, None, None, None]})
        try:
            asking.request("POST", "/gradio_api/run/ask", body, kind)
            reply = asking.getresponse()
            content = reply.read()
        except (OSError, http.client.HTTPException) as error:
            met.errors.append(f"{type(error).__name__}: {error}")
            asking.close()
            continue
        if reply.status == 200:
            met.seconds.append(time.monotonic() - began)
        else:
            met.errors.append(f"{reply.status}: {content[:200]!r}")
    asking.close()
    return met


def _is_closed(one: socket.socket) -> bool:
    try:
        return one.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _tell(when: str, met: Asked, seconds: float, before: float, after: float) -> None:
    cuts = statistics.quantiles(met.seconds, n=20, method="inclusive")
    rate = len(met.seconds) / seconds
    say(f"{when}: {len(met.seconds):,} questions, {rate:.1f} a second, {len(met.errors)} errors")
    say(f"  p50 {cuts[9]:.2f} s, p95 {cuts[18]:.2f} s, longest {max(met.seconds):.2f} s")
    say(f"  memory {before:.0f} MB before, {after:.0f} MB after")
    for error in met.errors[:5]:
        say(f"  {error}")


def _allow_many_sockets(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * count + 512
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--idle", type=int, default=IDLE)
    given = parser.parse_args()
    rows = given.queries.read_text(encoding="utf-8").splitlines()
    asked = [json.loads(row)["text"] for row in rows if row.strip()]
    sys.exit(
        main(given.index, asked, people=given.people, seconds=given.seconds, idle=given.idle) > 0
    )
