"""Connections that say nothing, or too slowly, take no place from those that ask."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from webui.security import connections
from webui.security.connections import BoundedProtocol, most_connections

_ASK = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def _echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"heard {len(await request.body())}")


@contextmanager
def _served() -> Iterator[tuple[str, int]]:
    app = Starlette(routes=[Route("/", _echo, methods=["GET", "POST"])])
    config = uvicorn.Config(app, http=BoundedProtocol, ws="none", log_level="critical")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield listener.getsockname()[:2]
        server.should_exit = True
        thread.join(timeout=10)


def _ask(address: tuple[str, int]) -> bytes:
    with socket.create_connection(address, timeout=10) as asking:
        asking.sendall(_ASK)
        return _reply(asking)


def _reply(asking: socket.socket) -> bytes:
    reply = b""
    while b"heard" not in reply and (more := asking.recv(4096)):
        reply += more
    return reply


def _is_closed(held: socket.socket) -> bool:
    try:
        return held.recv(1) == b""
    except ConnectionError:
        return True


def _soon(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_half_open_connections_make_room_for_those_that_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The longest waiting goes first, and one that is in the middle of its head goes as well."""
    monkeypatch.setattr(connections, "most_connections", lambda: 5)
    with _served() as address:
        held = [socket.create_connection(address, timeout=10) for _ in range(20)]
        for one in held:
            one.sendall(b"GET / HTTP/1.1\r\n")
        assert b"200 OK" in _ask(address)
        assert all(_soon(lambda one=one: _is_closed(one)) for one in held[:14])  # type: ignore[misc]
        held[-1].sendall(b"Host: x\r\n\r\n")
        assert b"200 OK" in _reply(held[-1])
        for one in held:
            one.close()


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_head_that_never_ends_is_not_waited_for(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    with _served() as address, socket.create_connection(address, timeout=10) as held:
        held.sendall(said)
        assert _is_closed(held)


def test_a_head_that_drips_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.5)
    with _served() as address, socket.create_connection(address, timeout=0.1) as held:
        held.sendall(b"GET / HTTP/1.1\r\n")

        def closed() -> bool:
            try:
                held.sendall(b"a: b\r\n")
                return held.recv(1) == b""
            except TimeoutError:
                return False
            except ConnectionError:
                return True

        assert _soon(closed)


def test_the_next_request_on_a_connection_is_waited_for_as_the_first_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.5)
    with _served() as address, socket.create_connection(address, timeout=10) as held:
        held.sendall(_ASK)
        assert b"heard 0" in _reply(held)
        held.sendall(b"GET / HTTP")
        assert _is_closed(held)


def test_a_body_may_take_its_time_as_long_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    monkeypatch.setattr(connections, "BODY_SECONDS", 1.0)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"
    with _served() as address:
        with socket.create_connection(address, timeout=10) as held:
            held.sendall(head)
            for _ in range(4):
                time.sleep(0.3)
                held.sendall(b"x")
            assert b"heard 4" in _reply(held)
        with socket.create_connection(address, timeout=10) as held:
            held.sendall(head)
            assert _is_closed(held)


def test_there_is_always_room_for_some_connections_and_descriptors_are_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for limit, most in ((256, 64), (1024, 768), (10**6, 4096)):
        monkeypatch.setattr(connections, "_open_files", lambda limit=limit: limit)
        assert most_connections() == most
