"""Who may upload, and how much in a day."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from retriever import Index, Settings, SettingsError
from tests.webui.applications import served
from webui.corpus.curator import Curator
from webui.security import upload_guard
from webui.security.accounts import Account, Accounts, hashed
from webui.security.guard import UPLOADS
from webui.security.upload_guard import UploadGuard

PASSWORD = hashed("secret")
PEOPLE = {
    "ann": Account(hashed=PASSWORD, curator=True),
    "ben": Account(hashed=PASSWORD, curator=True),
    "rita": Account(hashed=PASSWORD),
}


def upload(client: TestClient, size: int) -> Any:
    """Upload a file of so many bytes."""
    return client.post(UPLOADS, files={"files": ("a.txt", b"x" * size)})


def test_only_curators_upload_and_each_so_much_in_a_day(
    library: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_guard, "MOST_A_DAY", 1_000)
    app = served(library, host="0.0.0.0", accounts=Accounts(PEOPLE))
    with TestClient(app, base_url="http://example.org") as client:

        def sign_in(name: str) -> None:
            client.get("/logout")
            form = {"username": name, "password": "secret"}
            assert client.post("/login", data=form).status_code == 200

        assert upload(client, 10).status_code == 401
        sign_in("rita")
        assert upload(client, 10).status_code == 403
        sign_in("ann")
        assert [upload(client, 300).status_code for _ in range(3)] == [200, 200, 429]
        said = upload(client, 300).json()["detail"]
        assert said == "No more than 0 MB are taken from one sender in a day; go on tomorrow."
        sign_in("ben")
        assert upload(client, 300).status_code == 200
        sign_in("ann")
        assert upload(client, 300).status_code == 429


def test_on_the_next_day_as_much_is_taken_again(
    library: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_guard, "MOST_A_DAY", 1_000)
    now = [0.0]
    guard = UploadGuard(served(library), clock=lambda: now[0])
    assert [guard._take("ann", 400) for _ in range(3)] == [True, True, False]
    now[0] = 90_000.0
    assert guard._take("ann", 400)


def test_an_upload_says_how_long_it_is(library: Index) -> None:
    with TestClient(served(library), base_url="http://127.0.0.1") as client:
        kind = {"content-type": "multipart/form-data; boundary=x"}
        refused = client.post(UPLOADS, content=iter([b"--x--"]), headers=kind)
        assert refused.status_code == 411


def test_an_index_that_names_a_corpus_by_itself_is_only_read(tmp_path: Path) -> None:
    upload_of = tmp_path / "upload"
    upload_of.write_text("A file.")
    (tmp_path / "corpus").mkdir()
    curator = Curator(tmp_path / "index", tmp_path / "corpus", read_only=True)
    for change in (curator.rebuild, lambda: curator.add([("a.txt", upload_of)])):
        with pytest.raises(SettingsError, match="Serve it with --corpus") as caught:
            change()
        assert "\n" not in str(caught.value)
    assert [*(tmp_path / "corpus").iterdir()] == []
    assert upload_of.exists()


def test_the_corpus_of_an_index_is_known_by_who_built_it_or_by_who_serves_it(
    library: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert library.is_corpus_known(Settings().corpus)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))  # as another account
    assert not library.is_corpus_known(Settings().corpus)
    assert not library.is_corpus_known(str(tmp_path))
    assert library.is_corpus_known(str(library.corpus))
