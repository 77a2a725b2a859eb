"""Lists of questions that are being answered: one for each tab, in threads of their own.

However many run, one question of theirs is answered at a time, so that whoever asks a single
question waits for no more than that. A list that nobody looks at any more is stopped.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock, Thread

from retriever import (
    AnsweredRow,
    Index,
    QuestionError,
    QuestionTable,
    QuotidianError,
    answer_questions,
)
from webui.wording import NOT_STARTED, TOO_MANY_LISTS, TOO_MANY_QUESTIONS

MOST_QUESTIONS = 1_000
MOST_RUNNING = 8  # lists at a time
MOST_KEPT = 32  # with those that are done; the oldest goes first
NOT_LOOKED_AT = 300.0  # seconds: a browser asks once a minute for a tab behind others
# Seconds that the processor is left to others between two questions of lists.
_PAUSE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProgress:
    """How far a list is. ``seconds_left`` is ``None`` until it can be told."""

    name: str = ""
    total: int = 0
    rows: tuple[AnsweredRow, ...] = field(default=(), repr=False)
    columns: tuple[str, ...] = ()
    running: bool = False
    cancelled: bool = False
    per_second: float | None = None
    problem: str = ""

    @property
    def answered(self) -> int:
        """How many questions have a quote."""
        return sum(bool(row.quote) for row in self.rows)

    @property
    def seconds_left(self) -> float | None:
        """How long the others take at this pace."""
        left = self.total - len(self.rows)
        return left / self.per_second if self.running and self.per_second else None


class _ListRun:
    """One list; its thread and those that ask after it share it."""

    def __init__(self, name: str, table: QuestionTable, clock: Callable[[], float]) -> None:
        self.name, self.table, self.clock = name, table, clock
        self.rows: list[AnsweredRow] = []
        self.running, self.cancelled, self.problem = True, False, ""
        self.started = self.looked_at = clock()

    def progress(self) -> ListProgress:
        self.looked_at = self.clock()
        rows, seconds = tuple(self.rows), self.clock() - self.started
        return ListProgress(
            name=self.name,
            total=len(self.table.rows),
            rows=rows,
            columns=self.table.columns,
            running=self.running,
            cancelled=self.cancelled,
            per_second=len(rows) / seconds if rows and seconds else None,
            problem=self.problem,
        )

    @property
    def is_wanted(self) -> bool:
        return not self.cancelled and self.clock() - self.looked_at < NOT_LOOKED_AT


class QuestionRuns:
    """The lists of all tabs, by the name of the tab; threads may share it."""

    def __init__(self, index: Index, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask ``index``."""
        self._index = index
        self._clock = clock
        self._runs: dict[str, _ListRun] = {}
        self._changing, self._asking = Lock(), Lock()

    def start(self, tab: str, name: str, table: QuestionTable) -> ListProgress:
        """Begin to answer a list, unless one of this tab is running, and return at once.

        :raises QuestionError: when it is too long, or too many are running.
        """
        if len(table.rows) > MOST_QUESTIONS:
            raise QuestionError(
                TOO_MANY_QUESTIONS.format(count=len(table.rows), most=MOST_QUESTIONS)
            )
        with self._changing:
            before = self._runs.get(tab)
            if before and before.running:
                return before.progress()
            if sum(run.running for run in self._runs.values()) >= MOST_RUNNING:
                raise QuestionError(TOO_MANY_LISTS)
            self._runs.pop(tab, None)
            self._make_room()
            run = self._runs[tab] = _ListRun(name, table, self._clock)
        Thread(target=self._answer, args=[run], daemon=True).start()
        return run.progress()

    def progress(self, tab: str) -> ListProgress:
        """Return how far the list of a tab is; of none nothing."""
        run = self._runs.get(tab)
        return run.progress() if run else ListProgress()

    def cancel(self, tab: str) -> ListProgress:
        """Stop the list of a tab; what is answered stays."""
        run = self._runs.get(tab)
        if run is None:
            return ListProgress()
        if run.running:
            run.cancelled = True
        return replace(run.progress(), running=False)

    def _make_room(self) -> None:
        done = [tab for tab, run in self._runs.items() if not run.running]
        for tab in done[: max(0, len(self._runs) + 1 - MOST_KEPT)]:
            del self._runs[tab]

    def _answer(self, run: _ListRun) -> None:
        rows = answer_questions(self._index, run.table)
        try:
            while run.is_wanted:
                with self._asking:
                    row = next(rows, None)
                if row is None:
                    break
                run.rows.append(row)
                time.sleep(_PAUSE)
        except QuotidianError as error:
            run.problem = str(error)
        except Exception:
            run.problem = NOT_STARTED
            raise
        finally:
            run.cancelled = len(run.rows) < len(run.table.rows) and not run.problem
            run.running = False
