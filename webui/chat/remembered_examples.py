"""Example questions of the index in use: looked for once, beside everything else."""

import logging
import time
from concurrent.futures import Future
from threading import Lock, Thread

from retriever import Index, QuotidianError
from webui.chat.examples import example_questions

_log = logging.getLogger(__name__)
# Seconds at most between two questions, so that whoever asks meanwhile has the processor.
_LONGEST_PAUSE = 1.0

Examples = tuple[str, ...]


class RememberedExamples:
    """The example questions of each generation; the page is shown before they are there."""

    def __init__(self, index: Index) -> None:
        """Look for those of this index, once somebody wants them."""
        self._index = index
        self._beginning = Lock()
        self._generation: int | None = None
        self._found: Future[Examples] = Future()

    def begin(self) -> Future[Examples]:
        """Return what is found for the generation in use; the first call begins to look for it."""
        generation = self._index.coverage.generation
        with self._beginning:
            if generation != self._generation:
                self._generation, self._found = generation, Future()
                self._found.set_running_or_notify_cancel()  # one who goes away does not stop it
                Thread(target=self._look, args=[self._found], daemon=True).start()
            return self._found

    def ready(self) -> Examples | None:
        """Return what was found, ``None`` as long as it is being looked for."""
        found = self.begin()
        return found.result() if found.done() else None

    def _look(self, found: "Future[Examples]") -> None:
        try:
            found.set_result(example_questions(self._index, pause=_leave_room))
        except QuotidianError as error:  # the page says itself why an index cannot be asked
            _log.warning("no example questions: %s", error)
            found.set_result(())
        except BaseException as error:
            found.set_exception(error)  # whoever waits for it gets it
            raise


def _leave_room(took: float) -> None:
    time.sleep(min(took, _LONGEST_PAUSE))
