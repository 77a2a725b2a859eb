"""Guessing passwords, and passing for somebody without one."""

import base64
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from tests.attacks.attack import attack, expect
from tests.attacks.site import CURATOR, PASSWORDS, READER, Site, new_address

_FORM = {"content-type": "application/x-www-form-urlencoded"}
_LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
_ACCEPT = {"accept": "application/json, text/event-stream"}
_MUCH = 500.0  # MB; two hashes at once take 128
_LONG = "x" * 1_000_000


def _login(site: Site, password: str, source: str, **headers: str) -> int:
    form = urlencode({"username": READER, "password": password}).encode()
    return site.ask("POST", "/login", form, headers={**_FORM, **headers}, source=source).status


def _tools(site: Site, password: str, source: str, **headers: str) -> int:
    coded = base64.b64encode(f"{READER}:{password}".encode()).decode()
    known = {"authorization": f"Basic {coded}", **_ACCEPT, **headers}
    return site.ask("POST", "/mcp", _LIST, headers=known, source=source).status


@attack(2, "held back, the right one as well")
def guesses_at_the_sign_in(site: Site) -> str:
    """Try 16 wrong passwords, then the right one, from one address."""
    source = new_address()
    codes = [_login(site, f"wrong {n}", source) for n in range(16)]
    right = _login(site, PASSWORDS[READER], source)
    expect(codes.count(429) >= 2, f"only {codes.count(429)} of 16 held back")
    expect(right == 429, f"the right one told from the wrong ones: {right}")
    return f"{codes.count(429)} of 16 and the right one held back"


@attack(2, "held back, the right one as well")
def guesses_at_the_tools(site: Site) -> str:
    """Try 16 wrong passwords at the tools, then the right one."""
    source = new_address()
    codes = [_tools(site, f"wrong {n}", source) for n in range(16)]
    right = _tools(site, PASSWORDS[READER], source)
    expect(codes.count(429) >= 2, f"only {codes.count(429)} of 16 held back")
    expect(right == 429, f"the right one told from the wrong ones: {right}")
    return f"{codes.count(429)} of 16 and the right one held back"


@attack(
    2,
    "held back all the same",
    each={
        name: name
        for name in (
            "x-forwarded-for",
            "forwarded",
            "x-real-ip",
            "x-client-ip",
            "via",
            "cf-connecting-ip",
        )
    },
    is_long=True,
)
def guesses_of_many_addresses_by_their_own_word(site: Site, header: str) -> str:
    """Claim another address with each guess."""
    source = new_address()
    claimed = "for=192.0.2.{}" if header == "forwarded" else "192.0.2.{}"
    codes = [_login(site, f"w {n}", source, **{header: claimed.format(n)}) for n in range(20)]
    expect(429 in codes, "twenty guesses, none held back")
    return f"{codes.count(429)} of 20 held back"


@attack(2, "the page answers, memory stays")
def guesses_by_eighty_at_once(site: Site) -> str:
    """Try a password from each of eighty addresses at the same time, at the tools."""
    before = site.megabytes()
    sources = [new_address() for _ in range(80)]
    with ThreadPoolExecutor(81) as pool:
        guesses = [pool.submit(_tools, site, f"wrong {one}", one) for one in sources]
        time.sleep(0.2)
        reply = site.ask("GET", "/")
        codes = [guess.result() for guess in guesses]
    grown = site.megabytes() - before
    expect(reply.status == 200, f"the page: {reply.status}")
    expect(reply.seconds < 45, f"the page after {reply.seconds:.0f} s")
    expect(200 not in codes, "a wrong password was let in")
    expect(grown < _MUCH, f"{grown:.0f} MB more")
    return f"the page in {reply.seconds:.1f} s, {grown:.0f} MB more"


@attack(
    2,
    "401 or refused",
    each={
        "nothing": "",
        "a scheme alone": "Basic",
        "no base64": "Basic !!!",
        "no colon": "Basic " + base64.b64encode(b"rita").decode(),
        "no user": "Basic " + base64.b64encode(b":").decode(),
        "a NUL": "Basic " + base64.b64encode(b"rita\0:x").decode(),
        "no UTF-8": "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode(),
        "a bearer": "Bearer " + "x" * 40,
        "two schemes": "Basic Basic eA==",
        "a hash for a password": "Basic " + base64.b64encode(b"rita:$argon2id$v=19").decode(),
        "fifty thousand letters": "Basic " + "A" * 50_000,
    },
)
def credentials_that_are_none(site: Site, given: str) -> str:
    """Call the tools with an Authorization that says nobody known."""
    headers = {"authorization": given, **_ACCEPT}
    reply = site.ask("POST", "/mcp", _LIST, headers=headers)
    expect(reply.status in {0, 400, 401, 413, 431}, f"{reply.status}: {reply.text[:80]}")
    return f"{reply.status} {reply.said}"


@attack(
    2,
    "not let in",
    each={
        "JSON": b'{"username": "rita", "password": "x"}',
        "no password": urlencode({"username": READER}).encode(),
        "nobody": urlencode({"username": "", "password": ""}).encode(),
        "two users": b"username=rita&username=cora&password=x",
        "an array": b"username[]=rita&password[]=x",
        "a password of a megabyte": urlencode({"username": READER, "password": _LONG}).encode(),
        "a user of a megabyte": urlencode({"username": _LONG, "password": "x"}).encode(),
        "SQL": urlencode({"username": "rita' --", "password": "' OR 1=1 --"}).encode(),
        "a curator's mark": urlencode({"username": "rita:curator", "password": "x"}).encode(),
        "half a character": b"username=rita&password=%ED%A0%80",
        "another's password": urlencode(
            {"username": READER, "password": PASSWORDS[CURATOR]}
        ).encode(),
    },
)
def sign_ins_that_are_none(site: Site, form: bytes) -> str:
    """Sign in with what is no user and password."""
    reply = site.ask("POST", "/login", form, headers=_FORM)
    expect(reply.status not in {200, 500}, f"{reply.status}: {reply.text[:80]}")
    expect("access-token" not in reply.headers.get("set-cookie", ""), "a cookie was given")
    expect(reply.seconds < 10, f"after {reply.seconds:.0f} s")
    return f"{reply.status}"


@attack(
    2,
    "401",
    each={
        "a made-up token": "access-token=abcdef; access-token-unsecure=abcdef",
        "an empty token": "access-token=; access-token-unsecure=",
        "a user for a token": "access-token=cora; username=cora",
        "a path for a token": "access-token=../../cora",
        "a thousand cookies": "; ".join(f"access-token-{n}=x" for n in range(1_000)),
    },
)
def cookies_that_are_none(site: Site, cookie: str) -> str:
    """Ask for what is behind the sign-in with a cookie that nobody was given."""
    reply = site.ask("GET", "/config", headers={"cookie": cookie})
    expect(reply.status in {401, 400, 431}, f"{reply.status}: {reply.text[:80]}")
    return str(reply.status)


@attack(2, "the same words for both")
def who_is_known_is_not_told(site: Site) -> str:
    """Compare what is said of a wrong password to somebody known and to somebody unknown."""
    told = []
    for name in (READER, "nobody here"):
        form = urlencode({"username": name, "password": "wrong"}).encode()
        reply = site.ask("POST", "/login", form, headers=_FORM)
        told.append((reply.status, reply.said))
    expect(told[0] == told[1], f"{told}")
    return f"{told[0][0]} {told[0][1]}"
