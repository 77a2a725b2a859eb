"""Connections that say nothing, too slowly, too much, or what no client says."""

import socket
import time

from tests.attacks.attack import attack, expect
from tests.attacks.site import Site, new_address

_MANY = 1_100
_SOON = 45.0
_GET = b"GET /login_check HTTP/1.1\r\nHost: 127.0.0.1\r\n"
_POST = b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\n"
_MALFORMED = {
    "no method": b"/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a NUL in the path": b"GET /\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a version that is none": b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    "another host in the address": b"GET http://evil.example/ HTTP/1.1\r\n"
    b"Host: evil.example\r\n\r\n",
    "a length below nothing": _POST + b"Content-Length: -1\r\n\r\n",
    "a length that is none": _POST + b"Content-Length: ten\r\n\r\n",
    "a length of 5,000 digits": _POST + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n",
    "two lengths": _POST + b"Content-Length: 4\r\nContent-Length: 40\r\n\r\nabcd",
    "a length and chunks": _POST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    "a chunk that is none": _POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n",
    "an endless chunk": _POST + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc",
    "a coding that is none": _POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "a header over two lines": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nA: b\r\n c\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n: b\r\n\r\n",
    "a blank before the colon": b"GET / HTTP/1.1\r\nHost : evil.example\r\n\r\n",
    "a greeting of TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    "a greeting of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    "noise": bytes(range(256)) * 8,
}


def _connect(site: Site, *, patience: float = 10.0) -> socket.socket:
    return socket.create_connection(
        ("127.0.0.1", site.port), timeout=patience, source_address=(new_address(), 0)
    )


def _until_closed(held: socket.socket) -> bytes:
    came = b""
    try:
        while more := held.recv(65_536):
            came += more
    except OSError:
        return came
    return came


def _hold(site: Site, said: bytes) -> str:
    """Hold many connections that say so much; return how long somebody else waits meanwhile."""
    held = []
    try:
        for _ in range(_MANY):
            try:
                held.append(_connect(site))
                held[-1].sendall(said)
            except OSError:  # refused, which is an answer too
                continue
        reply = site.ask("GET", "/")
        expect(reply.status == 200, f"{reply.status} while {len(held)} were held")
        expect(reply.seconds < _SOON, f"answered after {reply.seconds:.0f} s")
        return f"answered in {reply.seconds:.1f} s"
    finally:
        for one in held:
            one.close()


@attack(1, "the page answers others")
def half_open_connections(site: Site) -> str:
    """Hold 1,100 connections in the middle of a request's head, more than files may be open."""
    return _hold(site, b"GET / HTTP/1.1\r\n")


@attack(1, "the page answers others")
def silent_connections(site: Site) -> str:
    """Hold 1,100 connections that say nothing."""
    return _hold(site, b"")


@attack(1, "the page answers others")
def bodies_that_do_not_come(site: Site) -> str:
    """Hold 1,100 connections that promise a body and send none of it."""
    return _hold(site, _POST + b"Content-Length: 4000\r\n\r\n")


@attack(1, "closed within half a minute", is_long=True)
def a_head_that_drips(site: Site) -> str:
    """Send a head a byte at a time, and never end it."""
    started = time.monotonic()
    with _connect(site, patience=1.0) as held:
        held.sendall(b"GET / HTTP/1.1\r\n")
        while time.monotonic() < started + 40:
            try:
                held.sendall(b"a: b\r\n")
                if held.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    seconds = time.monotonic() - started
    expect(seconds < 35, f"held for {seconds:.0f} s")
    return f"closed after {seconds:.0f} s"


@attack(1, "refused or closed")
def a_head_of_megabytes(site: Site) -> str:
    """Send a header of four megabytes."""
    with _connect(site) as held:
        try:
            held.sendall(_GET + b"a: " + b"b" * 4_000_000 + b"\r\n\r\n")
        except OSError:
            return "closed"
        first = _until_closed(held).split(b"\r\n")[0]
    expect(b" 200 " not in first, f"answered: {first!r}")
    return first.decode("latin-1") or "closed"


@attack(1, "refused or closed")
def ten_thousand_headers(site: Site) -> str:
    """Send ten thousand short headers."""
    with _connect(site) as held:
        try:
            held.sendall(_GET + b"a: b\r\n" * 10_000 + b"\r\n")
        except OSError:
            return "closed"
        first = _until_closed(held).split(b"\r\n")[0]
    expect(b" 200 " not in first, f"answered: {first!r}")
    return first.decode("latin-1") or "closed"


@attack(1, "refused or closed, nothing answered twice", each=_MALFORMED)
def a_request_that_is_none(site: Site, said: bytes) -> str:
    """Send what no client sends, and what proxies and servers read in two ways."""
    with _connect(site, patience=3.0) as held:
        held.sendall(said)
        held.shutdown(socket.SHUT_WR)
        came = _until_closed(held)
    replies = came.count(b"HTTP/1.1 ")
    refused = came.count(b"HTTP/1.1 400 ")
    expect(replies <= 1 or refused == replies, f"{replies} replies to one request")
    first = came.split(b"\r\n")[0].decode("latin-1")
    expect(" 500 " not in first, first)
    expect("evil.example" not in came.decode("latin-1"), "the page repeats a foreign host")
    return first or "closed"


@attack(1, "each answered once, in order, or closed")
def a_hundred_requests_at_once(site: Site) -> str:
    """Send a hundred requests without waiting for a reply."""
    with _connect(site) as held:
        held.sendall((_GET + b"\r\n") * 99 + _GET + b"Connection: close\r\n\r\n")
        came = _until_closed(held)
    replies = came.count(b"HTTP/1.1 ")
    expect(0 < replies <= 100, f"{replies} replies")
    return f"{replies} replies"


@attack(1, "the page answers others")
def readers_that_do_not_read(site: Site) -> str:
    """Ask for the page a hundred times and take nothing of it."""
    held = []
    try:
        for _ in range(100):
            held.append(_connect(site))
            held[-1].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
            held[-1].sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        reply = site.ask("GET", "/")
        expect(reply.status == 200, str(reply.status))
        expect(reply.seconds < _SOON, f"after {reply.seconds:.0f} s")
        return f"answered in {reply.seconds:.1f} s"
    finally:
        for one in held:
            one.close()
