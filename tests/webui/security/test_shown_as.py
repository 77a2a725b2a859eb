"""Under which path and by which names a proxy shows the page."""

import pytest
from starlette.datastructures import Headers

from retriever import Settings, SettingsError
from webui.security.guard import same_site
from webui.security.shown_as import AS_IT_IS, shown_as_of


def test_a_page_without_a_proxy_is_shown_as_it_is() -> None:
    assert shown_as_of(Settings()) == AS_IT_IS


@pytest.mark.parametrize("path", ["/quotes", "/quotes/", "/a/b_c-d.e~1"])
def test_a_path_is_kept_without_its_last_slash(path: str) -> None:
    assert shown_as_of(Settings(root_path=path)).path == path.rstrip("/")


@pytest.mark.parametrize(
    "path", ["quotes", "//x", "/a b", "/<x>", "https://news.example", "/a/../b?"]
)
def test_what_is_no_path_is_named(path: str) -> None:
    with pytest.raises(SettingsError, match="root_path must be a path") as caught:
        shown_as_of(Settings(root_path=path))
    assert repr(path) in str(caught.value)


def test_names_have_commas_or_spaces_between_them() -> None:
    found = shown_as_of(Settings(allowed_hosts="News.example:8443, [::1]:80  localhost"))
    assert found.hosts == ("news.example:8443", "[::1]:80", "localhost")
    assert found.bare_hosts == ("news.example", "[::1]", "localhost")


@pytest.mark.parametrize("name", ["*", "https://news.example", "a/b", "a:b"])
def test_what_is_no_name_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match="allowed_hosts must be names"):
        shown_as_of(Settings(allowed_hosts=name))


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        ("https://news.example", True),
        ("https://NEWS.example", True),
        ("http://127.0.0.1:7860", True),
        ("https://other.example", False),
        ("https://news.example:1", False),
        ("http://[", False),
        ("null", False),
        ("", False),
    ],
)
def test_the_page_is_asked_by_its_own_names(origin: str, *, ours: bool) -> None:
    headers = Headers({"host": "127.0.0.1:7860", "origin": origin})
    assert same_site(headers, {"news.example"}) is ours
