"""Builds, asks and serves with every way to another machine blocked; run by test_offline.py.

    python -m tests.guarded CORPUS INDEX

A Python audit hook (PEP 578) sees every connection and every name look-up of the process, also
those of libraries; one that does not stay on this machine ends the program with exit status 3.
"""

import os
import sys
import threading
import urllib.request
from collections.abc import Sequence
from ipaddress import ip_address

LEAK = 3


def guard(event: str, arguments: Sequence[object]) -> None:
    """End the process when it tries to reach another machine."""
    if event == "socket.connect":
        address = arguments[1]
        host = str(address[0]) if isinstance(address, tuple) else "localhost"  # a Unix socket
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = str(arguments[0] or "localhost")
    else:
        return
    if not is_here(host):
        sys.stderr.write(f"tried to reach {host} ({event})\n")
        sys.stderr.flush()
        os._exit(LEAK)


def is_here(host: str) -> bool:
    """Tell whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return False


def main(corpus: str, index: str) -> None:
    """Do everything that a reader does, and print what came of it."""
    from retriever import build, open_index

    build(corpus, index=index)
    answer = open_index(index).ask("Who did Andrey Rudenko meet in Beijing?")
    sys.stdout.write(f"{answer.outcome}\n")
    sys.stdout.write(f"{_served(index)}\n")


def _served(index: str) -> int:
    """Serve the page in a thread and return how many bytes it has."""
    import socket

    import uvicorn

    from retriever import open_index
    from webui.serving import application
    from webui.site import Site

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(application(Site(index=open_index(index))), log_level="error")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        port = listener.getsockname()[1]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
            size = len(page.read())
        server.should_exit = True
        thread.join()
    return size


if __name__ == "__main__":
    sys.addaudithook(guard)
    main(*sys.argv[1:])
