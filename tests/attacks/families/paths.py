"""Paths that lead out of what is served."""

from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.site import CURATOR, Site

_OUT = "../../../../../../etc/passwd"
_PATHS = {
    "dots": f"/{_OUT}",
    "dots in percents": "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "percents twice": "/%252e%252e/%252e%252e/etc/passwd",
    "backslashes": "/..\\..\\..\\etc\\passwd",
    "backslashes in percents": "/..%5c..%5c..%5cetc%5cpasswd",
    "a NUL": "/static/%00/etc/passwd",
    "overlong dots": "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
    "under static": f"/static/{_OUT}",
    "under assets": f"/assets/{_OUT}",
    "under svelte": f"/svelte/{_OUT}",
    "under assets in percents": "/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "a file": "/gradio_api/file=/etc/passwd",
    "a file by a relative path": f"/gradio_api/file={_OUT}",
    "a file of the proc system": "/gradio_api/file=/proc/self/environ",
    "a file of old": "/file=/etc/passwd",
    "a file of another address": "/gradio_api/proxy=https://evil.example/x",
    "a stream": "/gradio_api/stream/x/y/1/playlist.m3u8",
    "a component": "/custom_component/x/client/component/" + _OUT,
    "a component of static": "/static/../../../../etc/passwd",
    "the users": "/users",
    "the schema": "/openapi.json",
    "the docs": "/docs",
    "the monitor": "/monitoring/summary",
    "a program that edits": "/gradio_api/vibe-code",
    "two slashes": "//etc/passwd",
    "an address": "/http://evil.example/",
    "a dot": "/./config/../config",
}


@attack(0, "404, nothing read", each=_PATHS)
def a_path_that_leads_out(site: Site, path: str) -> str:
    """Ask for a file outside, as a curator."""
    reply = site.ask("GET", path, who=CURATOR)
    expect("root:" not in reply.text, "a file of the system")
    expect("PATH=" not in reply.text, "the environment")
    expect("argon2" not in reply.text, "the users")
    expect(reply.status in {0, 400, 401, 403, 404, 405}, f"{reply.status}: {reply.text[:60]}")
    return str(reply.status)


@attack(
    0,
    "no such article, in one line",
    each={
        name: name
        for name in (_OUT, "/etc/passwd", "..", "", "\0", "x" * 100_000, "%2e%2e/", "\ud800")
    },
)
def an_article_that_is_a_path(site: Site, name: str) -> str:
    """Ask for an article by a path."""
    reply = site.call("article", name)
    expect(reply.status != 200, f"given: {reply.text[:80]}")
    return expect_one_line(reply.said)


@attack(
    0,
    "was not uploaded, in one line",
    each={
        "a file of the system": "/etc/passwd",
        "a relative path": _OUT,
        "a folder": "/tmp",  # noqa: S108
        "nothing": "",
        "a NUL": "\0",
        "an address": "https://evil.example/x.txt",
        "a device": "/dev/zero",
        "the process itself": "/proc/self/environ",
        "a list": ["/etc/passwd"],
        "none": None,
    },
)
def a_file_to_add_that_was_not_uploaded(site: Site, path: object) -> str:
    """Add a file of the server to the corpus, to read it there."""
    held = sorted(site.corpus.iterdir())
    reply = site.call("add", [{"name": "x.txt", "path": path}])
    expect(reply.status != 200, f"added: {reply.text[:80]}")
    expect(sorted(site.corpus.iterdir()) == held, "the corpus has another file")
    return expect_one_line(reply.said)
