"""Giving a target one sample after another for a while, and keeping what breaks it."""

import faulthandler
import hashlib
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzzing.sample import BrokenRuleError, Sample, Target

# CPU seconds that one sample may take; the largest has 200 kB. And seconds of any kind, after which
# the process ends: what runs in C is not interrupted.
SLOWEST, LONGEST = 30.0, 300.0
_AT_ONCE = 200
_OURS = ("retriever", "webui")
# Bytes of address space: an input of 200 kB that needs more is one to be looked at.
_MEMORY = 6 << 30


@dataclass(slots=True, kw_only=True)
class Found:
    """What fuzzing came to: samples given, CPU seconds, and each way to break by where it is."""

    given: int = 0
    seconds: float = 0.0
    broken: dict[str, str] = field(default_factory=dict)


def target_of(name: str) -> Target:
    """Return the target of a name, prepared."""
    target: Target = import_module(f"tests.fuzzing.targets.{name}").TARGET
    target.prepare()
    return target


def fuzz(
    target: Target,
    seconds: float,
    keep: Path,
    tell: Callable[[str], None],
    *,
    chance: random.Random | None = None,
) -> Found:
    """Give samples until so many seconds of CPU are over; keep those that break the target.

    ``tell`` is told of each new way to break. Before it is given, each sample is in ``keep`` under
    the name "current": what ends the process is there. ``chance`` chooses the samples.
    """
    chance = chance or random.Random()
    found, started = Found(), _cpu()
    keep.mkdir(parents=True, exist_ok=True)

    def give(sample: Sample) -> None:
        if _cpu() - started > seconds:
            return
        current = keep / f"current{sample.ending}"
        current.write_bytes(sample.content)
        found.given += 1
        if (why := broken_by(target, sample)) is not None:
            where, told = why
            if where not in found.broken:
                name = f"{hashlib.sha256(sample.content).hexdigest()[:12]}{sample.ending}"
                (keep / name).write_bytes(sample.content)
                (keep / f"{name}.why").write_text(told, encoding="utf-8", errors="replace")
                found.broken[where] = name
                tell(f"{name}: {where}")
        current.unlink()

    while _cpu() - started < seconds:
        _portion(target, give, chance.getrandbits(64))
    found.seconds = _cpu() - started
    return found


def broken_by(target: Target, sample: Sample) -> tuple[str, str] | None:
    """Return where a sample breaks a target, and all that is known of it, if it does."""
    faulthandler.dump_traceback_later(LONGEST, exit=True)
    before = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, SLOWEST)
    try:
        target.check(sample)
    except Exception as error:  # noqa: BLE001 - whatever it is, that is what is looked for
        return _where(error), "".join(traceback.format_exception(error))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        faulthandler.cancel_dump_traceback_later()
    return None


def _portion(target: Target, give: Callable[[Sample], None], first: int) -> None:
    seed(first)(
        settings(
            max_examples=_AT_ONCE,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=[*HealthCheck],
        )(given(target.samples)(give))
    )()


def _where(error: BaseException) -> str:
    """Return the kind of an error, and the last line of ours that it went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if any(f"/{name}/" in one.filename for name in _OURS)]
    last = (ours or frames)[-1]
    what = f": {error}"[:100] if isinstance(error, BrokenRuleError) else ""
    return f"{type(error).__name__}{what} at {Path(last.filename).name}:{last.lineno}"


def _too_slow(*_: object) -> None:
    raise BrokenRuleError(f"takes more than {SLOWEST:.0f} s")


def _cpu() -> float:
    """Return the CPU seconds of this process and of those it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def limit_memory() -> None:
    """Let this process, and no other that a test runs in, have so much memory and no more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > _MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
