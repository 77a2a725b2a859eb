"""Pages of other sites, names that lead here, and what replies tell browsers."""

from tests.attacks.attack import attack, expect
from tests.attacks.site import CURATOR, Site

_FROM_ELSEWHERE = {
    "another site": {"origin": "https://evil.example"},
    "no origin to be told": {"origin": "null"},
    "another port of this machine": {"origin": "http://127.0.0.1:9"},
    "a name that begins like ours": {"origin": "http://127.0.0.1.evil.example"},
    "a user like us": {"origin": "http://127.0.0.1@evil.example"},
    "an address that is none": {"origin": "http://["},
    "an empty origin": {"origin": ""},
    "a file": {"origin": "file://"},
    "two origins": {"origin": "http://127.0.0.1 https://evil.example"},
    "a link from another site": {"sec-fetch-site": "cross-site"},
    "a neighbour": {"sec-fetch-site": "same-site"},
}
_POSTED = ("/login", "/mcp", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/run/ask")
_NAMES = {
    "another name": "evil.example",
    "a name that ends like ours": "evil127.0.0.1",
    "a name with our port": "evil.example:7860",
    "a name with a user": "127.0.0.1@evil.example",
    "a name with a path": "127.0.0.1/evil",
    "an empty name": "",
    "a name of 10,000 letters": "a" * 10_000,
    "ours with a tab": "127.0.0.1\t.evil.example",
}
_WANTED = {
    "content-security-policy": "default-src 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
_REPLIES = {
    "the page": "/",
    "what is not there": "/nothing",
    "what is behind the sign-in": "/config",
    "a script": "/assets/none.js",
    "the tools": "/mcp",
    "an action that is not there": "/gradio_api/info/x",
}


@attack(0, "403 at every path", each=_FROM_ELSEWHERE)
def a_request_of_another_site(site: Site, headers: dict[str, str]) -> str:
    """Send something as a page of another site would, with the cookie of somebody known."""
    for path in _POSTED:
        reply = site.ask("POST", path, {"data": ["harbour"]}, who=CURATOR, headers=headers)
        expect(reply.status in {400, 403}, f"{path}: {reply.status}")
        shared = [name for name in reply.headers if name.startswith("access-control-")]
        expect(not shared, f"{path} shares with others: {shared}")
    return f"refused at {len(_POSTED)} paths"


@attack(0, "400, nothing told", each=_NAMES)
def another_name_for_this_machine(site: Site, name: str) -> str:
    """Ask by a name that somebody else may point here (DNS rebinding)."""
    for method in ("GET", "POST"):
        reply = site.ask(method, "/", who=None, headers={"host": name})
        expect(reply.status in {0, 400, 403, 404, 431}, f"{method}: {reply.status}")
        expect("Sign in" not in reply.text, f"{method}: the page")
    return "refused"


@attack(
    0,
    "the page never names them",
    each={
        "x-forwarded-host": "x-forwarded-host",
        "x-forwarded-proto": "x-forwarded-proto",
        "x-original-url": "x-original-url",
        "x-forwarded-prefix": "x-forwarded-prefix",
        "referer": "referer",
    },
)
def addresses_that_a_proxy_would_state(site: Site, header: str) -> str:
    """State where the page is shown without being a proxy that is believed."""
    for path in ("/", "/config"):
        reply = site.ask("GET", path, who=CURATOR, headers={header: "https://evil.example/x"})
        expect("evil.example" not in reply.text, f"{path} names it")
        expect("evil.example" not in str(reply.headers), f"{path} names it in a header")
    return "not named"


@attack(0, "every header that protects", each=_REPLIES)
def a_reply_without_its_headers(site: Site, path: str) -> str:
    """Look for a reply that lets itself be framed, sniffed or read by others."""
    reply = site.ask("GET", path)
    for name, wanted in _WANTED.items():
        expect(wanted in reply.headers.get(name, ""), f"{path}: {name} is missing")
    expect("frame-ancestors 'self'" in reply.headers["content-security-policy"], "may be framed")
    return f"{len(_WANTED)} headers"


@attack(0, "HttpOnly and SameSite=Strict")
def a_cookie_that_others_use(site: Site) -> str:
    """Look whether a script or another site could use the cookie of somebody who signs in."""
    form = b"username=rita&password=a+reader%27s+secret"
    kind = {"content-type": "application/x-www-form-urlencoded"}
    reply = site.ask("POST", "/login", form, headers=kind)
    cookies = reply.headers.get("set-cookie", "")
    expect(reply.status == 200, f"{reply.status}")
    expect("httponly" in cookies.lower(), cookies)
    expect("samesite=strict" in cookies.lower(), cookies)
    expect("samesite=none" not in cookies.lower(), cookies)
    return "HttpOnly, SameSite=Strict"


@attack(0, "no second header")
def a_header_put_into_a_reply(site: Site) -> str:
    """Ask for paths that would end a header and begin another if they were repeated."""
    for path in ("/%0d%0aSet-Cookie:%20a=b", "/login?x=%0d%0aa:b", "/?__theme=%0d%0aa:b"):
        reply = site.ask("GET", path)
        expect("a=b" not in reply.headers.get("set-cookie", ""), path)
        expect("a" not in reply.headers, path)
    return "none"
