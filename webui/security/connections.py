"""Connections: how many are held, and how long one may take to say what it wants.

A server that waits for whoever connects and says nothing (Slowloris, CWE-400) runs out of file
descriptors, and then nobody is served.
"""

import asyncio
import sys
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

# Seconds in which a request's head must have come, and in which more of its body must come.
HEAD_SECONDS, BODY_SECONDS = 20.0, 60.0
# Descriptors left for the index, uploads, answers on their way and what libraries open.
_RESERVED = 256
_FEWEST, _MOST = 64, 4_096


class BoundedProtocol(H11Protocol):
    """HTTP as uvicorn speaks it, on a connection that is closed where it has waited too long.

    When there are too many, the connection goes that has been waiting for its request for longest:
    one that is being answered never does.
    """

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - as uvicorn gives it
        """Begin to wait for a request."""
        super().__init__(**given)
        self._opened = self.loop.time()
        self._deadline: asyncio.TimerHandle | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it still has to hear all of a request."""
        request = self._request
        return request is None or request.response_complete or request.more_body

    @property
    def _request(self) -> RequestResponseCycle | None:
        return self.cycle  # None before the first, which uvicorn's annotation does not say

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, in the place of another connection if there are too many."""
        super().connection_made(transport)
        self._wait(HEAD_SECONDS)
        if len(self.connections) > most_connections():
            self._close_the_longest_waiting()

    def data_received(self, data: bytes) -> None:
        """Take what came, and wait for more unless a request is whole."""
        before = self._request
        super().data_received(data)
        if not self.is_waiting:
            self._stop_waiting()
        elif (request := self._request) is not None and not request.response_complete:
            self._wait(BODY_SECONDS)
        elif self._deadline is None or request is not before:
            # Not at every byte: a head that drips comes to its end, too.
            self._wait(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(seconds, self._close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close(self) -> None:
        self._deadline = None
        self.transport.close()

    def _close_the_longest_waiting(self) -> None:
        held = [one for one in self.connections if isinstance(one, BoundedProtocol)]
        waiting = [one for one in held if one.is_waiting and not one.transport.is_closing()]
        if waiting:
            min(waiting, key=lambda one: one._opened).transport.abort()  # noqa: SLF001 - ours


def most_connections() -> int:
    """Return how many connections may be held, by the descriptors that this process may open."""
    return max(_FEWEST, min(_MOST, _open_files() - _RESERVED))


def _open_files() -> int:
    if sys.platform == "win32":  # which counts no descriptors
        return _MOST + _RESERVED
    import resource  # noqa: PLC0415 - is not there on Windows

    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
