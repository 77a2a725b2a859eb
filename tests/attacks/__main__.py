"""Attack the program: ``python -m tests.attacks [--short] [--json] [--only NAME]``.

Serves the page over a corpus of hostile articles, with accounts, by a process that may open 1,024
files, and attacks it and everything else that takes the work of others. Prints a table, each attack
with what was to come of it and what came; the exit status is 1 if anything broke. ``--short``
leaves out what takes long.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.attacks.attack import Attack, Broken, Unable, all_attacks
from tests.attacks.builder import Builder
from tests.attacks.site import Site, serving

_SOCKETS = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of an attack; ``held`` is ``None`` where it could not be made here."""

    family: str
    attack: str
    kind: int
    expected: str
    came: str
    held: bool | None
    seconds: float


def main(attacks: Sequence[Attack], *, as_json: bool) -> int:
    """Make the attacks, print what came of each, and return how many broke something."""
    _allow_many_sockets()
    builder = Builder()
    with tempfile.TemporaryDirectory(prefix="quotidian-attacks-") as folder:
        with serving(Path(folder), builder) as site:
            outcomes = [*_print_each(made(attacks, site), as_json=as_json)]
        builder.close()
    broken = [one for one in outcomes if one.held is False]
    unable = sum(one.held is None for one in outcomes)
    if as_json:
        say(json.dumps([asdict(one) for one in outcomes], indent=1, ensure_ascii=True))
        return len(broken)
    for one in broken:
        say(f"BROKEN {one.family}: {one.attack}: expected {one.expected}; came {one.came}")
    say(f"{len(outcomes)} attacks, {len(broken)} broken, {unable} could not be made here")
    return len(broken)


def made(attacks: Sequence[Attack], site: Site) -> Iterator[Outcome]:
    """Yield what came of each attack; after each the page has to answer."""
    for one in attacks:
        started, held = time.monotonic(), True
        try:
            came: str = one.make(site)
            if not site.is_well():
                held, came = False, f"{came}, and the page answers nobody any more"
        except Broken as error:
            held, came = False, str(error)
        except Unable as error:
            yield _outcome(one, str(error), held=None, seconds=time.monotonic() - started)
            continue
        except Exception as error:  # noqa: BLE001 - whatever an attack comes to is told
            held, came = False, f"{type(error).__name__}: {error}"[:300]
        if not held and not site.is_well():
            site.serve()
        yield _outcome(one, came, held=held, seconds=time.monotonic() - started)


def _outcome(one: Attack, came: str, *, held: bool | None, seconds: float) -> Outcome:
    return Outcome(
        family=one.family,
        attack=one.name,
        kind=one.kind,
        expected=one.expected,
        came=ascii(came)[1:-1],
        held=held,
        seconds=round(seconds, 2),
    )


def _print_each(outcomes: Iterator[Outcome], *, as_json: bool) -> Iterator[Outcome]:
    words = {True: "held", False: "BROKEN", None: "-"}
    for one in outcomes:
        if not as_json:
            attack = ascii(one.attack)[1:-1]
            say(
                f"{words[one.held]:6} {one.kind:>2} {one.family:15} {attack[:58]:58} "
                f"{one.expected[:44]:44} {one.came[:60]:60} {one.seconds:6.1f} s"
            )
        yield one


def _allow_many_sockets() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _SOCKETS if hard == resource.RLIM_INFINITY else min(_SOCKETS, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="leave out what takes long")
    parser.add_argument("--json", action="store_true", help="print JSON at the end, no table")
    parser.add_argument("--only", default="", help="families or attacks with this in their names")
    given = parser.parse_args()
    chosen = [
        one
        for one in all_attacks()
        if not (given.short and one.is_long) and given.only in f"{one.family} {one.name}"
    ]
    sys.exit(main(chosen, as_json=given.json) > 0)
