"""A small proxy in front of a page, as nginx or Caddy stands there, for tests."""

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

_OWN = {"connection", "transfer-encoding", "content-length"}


@contextmanager
def proxied(address: str, *, path: str = "", keeps_host: bool) -> Iterator[str]:
    """Show the page at ``address`` under a path, and give where.

    The path is taken off before the page is asked. With ``keeps_host`` the page is told the name
    that the browser used (Caddy's way), else its own (nginx's).
    """
    port = urlsplit(address).port
    assert port is not None

    class Passing(BaseHTTPRequestHandler):
        def _pass_on(self) -> None:
            if not self.path.startswith(f"{path}/"):
                self.send_error(404)
                return
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            known = {name: text for name, text in self.headers.items() if name.lower() not in _OWN}
            known |= {"X-Forwarded-Host": self.headers["Host"], "X-Forwarded-Proto": "http"}
            known |= {"X-Forwarded-For": self.client_address[0]}
            known |= {} if keeps_host else {"Host": f"127.0.0.1:{port}"}
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as asking:
                asking.request(self.command, self.path[len(path) :], body, known)
                with suppress(BrokenPipeError, ConnectionResetError):  # the browser went away
                    self._give(asking.getresponse())

        def _give(self, reply: http.client.HTTPResponse) -> None:
            self.send_response(reply.status)
            for name, text in reply.getheaders():
                if name.lower() not in _OWN:
                    self.send_header(name, text)
            self.end_headers()
            while part := reply.read1(65_536):
                self.wfile.write(part)
                self.wfile.flush()

        do_GET = do_POST = do_HEAD = _pass_on  # noqa: N815 - named by http.server

        def log_message(self, format: str, *given: object) -> None:  # noqa: A002 - its signature
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Passing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}{path}/"
        server.shutdown()
