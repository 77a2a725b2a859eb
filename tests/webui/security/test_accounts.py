"""Passwords are kept hashed, checked in the same time for everybody, and read from a file."""

from pathlib import Path

import pytest

from retriever import SettingsError
from webui.security.accounts import Account, Accounts, accounts_from, hashed, is_hash, matches


def test_a_hash_tells_the_password_from_every_other_and_never_repeats() -> None:
    one, other = hashed("pässword"), hashed("pässword")
    assert one != other
    assert "pässword" not in one
    assert matches("pässword", one)
    assert not matches("pässword ", one)
    assert is_hash(one)
    for text in ("", "secret", "scrypt$", one[:-1], one.replace("scrypt", "md5"), f"{one}$"):
        assert not is_hash(text)


def test_the_environment_may_hold_a_password_or_its_hash() -> None:
    for kept in ("secret", hashed("secret")):
        accounts = accounts_from({"QUOTIDIAN_USER": "ann", "QUOTIDIAN_PASSWORD": kept})
        assert accounts is not None
        assert accounts.check("ann", "secret")
        assert accounts.check("ann", "secret")
        assert not accounts.check("ann", kept if kept != "secret" else "wrong")
        assert not accounts.check("bob", "secret")
        assert accounts.may_curate("ann")
        assert not accounts.may_curate("bob")
        assert not accounts.may_curate(None)


def test_a_file_names_readers_and_curators(tmp_path: Path) -> None:
    file = tmp_path / "users"
    one = hashed("one")
    file.write_text(f"# who may read\nann:{one}\n\nbob:{hashed('two')}:curator\n")
    accounts = accounts_from({"QUOTIDIAN_USERS": str(file)})
    assert accounts is not None
    assert accounts.people["ann"] == Account(hashed=one)
    assert accounts.check("bob", "two")
    assert [accounts.may_curate(name) for name in ("ann", "bob")] == [False, True]


@pytest.mark.parametrize("line", ["ann", "ann:secret", ":x", "ann:{hash}:boss", "ann:{hash}:"[:9]])
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "users"
    file.write_text("# first\n" + line.replace("{hash}", hashed("x")))
    with pytest.raises(SettingsError, match=r"line 2: not a name:hash"):
        accounts_from({"QUOTIDIAN_USERS": str(file)})


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read the users"):
        accounts_from({"QUOTIDIAN_USERS": str(tmp_path)})


def test_nobody_set_means_no_accounts() -> None:
    assert accounts_from({}) is None
    assert not Accounts({}).check("", "")
