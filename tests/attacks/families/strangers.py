"""Whoever has not signed in, and readers who try what only curators may."""

from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.site import READER, Site

_BEHIND = (
    *("/config", "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/app_id"),
    "/gradio_api/queue/data?session_hash=x",
    *("/gradio_api/call/ask/x", "/gradio_api/upload_progress?upload_id=x", "/gradio_api/user"),
)
_POSTED = (
    *("/gradio_api/queue/join", "/gradio_api/component_server", "/gradio_api/upload", "/mcp"),
    *("/gradio_api/cancel", "/gradio_api/reset", "/gradio_api/call/v2/ask"),
)
_WORDS = ("harbour", "Ostby", "gradio_config", "story.txt")
_OF_CURATORS = ("add", "rebuild", "cancel", "work", "examine")


def _tells_nothing(site: Site, method: str, path: str) -> int:
    reply = site.ask(method, path, {"data": ["harbour"]})
    told = [word for word in _WORDS if word in reply.text]
    expect(not told, f"{path} tells of {told}")
    return reply.status


@attack(0, "401, nothing told", each={path.partition("?")[0]: path for path in _BEHIND})
def what_is_behind_the_sign_in(site: Site, path: str) -> str:
    """Ask for it without an account."""
    status = _tells_nothing(site, "GET", path)
    expect(status >= 400 or path.endswith(("app_id", "user")), f"{path}: {status}")
    return str(status)


@attack(0, "401 or refused", each={path: path for path in _POSTED})
def what_is_sent_without_an_account(site: Site, path: str) -> str:
    """Send something to it without an account."""
    status = _tells_nothing(site, "POST", path)
    expect(status >= 400 or status == 0, f"{path}: {status}")
    return str(status)


@attack(0, "each 401", each={way: way for way in ("run", "api", "call")})
def actions_without_an_account(site: Site, way: str) -> str:
    """Call every action that the page tells of, whoever added it."""
    for name in site.actions:
        status = _tells_nothing(site, "POST", f"/gradio_api/{way}/{name}")
        expect(status in {401, 403}, f"{name}: {status}")
    return f"{len(site.actions)} actions"


@attack(0, "refused in one line", each={name: name for name in _OF_CURATORS})
def a_reader_who_curates(site: Site, name: str) -> str:
    """Call what only curators may as somebody who only reads."""
    values = [[{"name": "x.txt", "path": "/tmp/x"}]] if name == "add" else []  # noqa: S108
    reply = site.call(name, *values, who=READER)
    expect(reply.status != 200, f"done: {reply.text[:100]}")
    return expect_one_line(reply.said)


@attack(0, "forgotten: 401")
def a_cookie_after_signing_out(site: Site) -> str:
    """Use a cookie again after its owner has left."""
    cookie = site.cookie(READER)
    first = site.ask("GET", "/config", headers={"cookie": cookie})
    site.ask("GET", "/logout", headers={"cookie": cookie})
    reply = site.ask("GET", "/config", headers={"cookie": cookie})
    site._cookies.clear()
    expect(first.status == 200, f"the cookie was never good: {first.status}")
    expect(reply.status == 401, f"still good: {reply.status}")
    return "401"
