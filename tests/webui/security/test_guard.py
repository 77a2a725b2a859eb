"""How often an address may ask, and whose requests are our own page's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from webui.security.allowance import RateLimit, network_of
from webui.security.guard import basic, same_site


@given(st.lists(st.floats(min_value=0, max_value=5), max_size=60))
def test_no_more_is_allowed_than_the_burst_and_what_flows_in(waits: list[float]) -> None:
    now = [0.0]
    allowance = RateLimit(5, 2, lambda: now[0])
    taken = 0
    for wait in waits:
        now[0] += wait
        taken += allowance.take("a")
    assert taken <= 5 + 2 * now[0] + 1e-6
    now[0] += 10
    assert allowance.take("a")


def test_addresses_do_not_share_an_allowance() -> None:
    allowance = RateLimit(1, 1, lambda: 0.0)
    assert allowance.take("a")
    assert not allowance.take("a")
    assert allowance.take("b")


def test_looking_at_an_allowance_takes_nothing_of_it_and_trying_in_vain_does_not_either() -> None:
    now = [0.0]
    allowance = RateLimit(1, 1, lambda: now[0])
    assert allowance.has("a")
    assert allowance.take("a")
    assert not allowance.has("a")
    for _ in range(9):
        assert not allowance.take("a")
        now[0] += 0.1
    now[0] += 0.2
    assert allowance.take("a")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_addresses_of_one_owner_share_an_allowance(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"host": "127.0.0.1:7860"}, True),
        ({"host": "127.0.0.1:7860", "origin": "http://127.0.0.1:7860"}, True),
        ({"host": "Example.org", "origin": "https://example.ORG"}, True),
        ({"host": "127.0.0.1:7860", "origin": "http://127.0.0.1:7861"}, False),
        ({"host": "127.0.0.1", "origin": "null"}, False),
        ({"host": "a", "sec-fetch-site": "same-origin"}, True),
        ({"host": "a", "sec-fetch-site": "cross-site"}, False),
    ],
)
def test_the_origin_of_a_request_is_the_page_itself(
    headers: dict[str, str],
    ours: bool,  # noqa: FBT001
) -> None:
    assert same_site(Headers(headers)) is ours


@given(st.text())
def test_any_authorization_is_read_without_an_error(text: str) -> None:
    user, password = basic(text)
    assert isinstance(user + password, str)
