"""Passwords are kept hashed, checked in the same time for everybody, and read from a file."""

import asyncio
import logging
import time
from pathlib import Path
from threading import Lock, current_thread, main_thread

import pytest
from argon2 import PasswordHasher, Type
from hypothesis import given
from hypothesis import strategies as st

from retriever import SettingsError
from tests.loops import in_a_loop
from webui.security import accounts as module
from webui.security.accounts import (
    Account,
    Accounts,
    accounts_from,
    hashed,
    is_hash,
    matches,
    needs_rehash,
)

# Made by the release before Argon2, of "pässword".
OLD = "scrypt$32768,8,3$Ch_jMNwt09Gj1ewRovYvFw$HhxW38ojztqYmvs2SX9YvtPYr0XKbfYpYkWj5wHdqmk"
WEAK = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("pässword")
OTHER_KIND = PasswordHasher(time_cost=1, memory_cost=1024, type=Type.I).hash("pässword")


def test_a_hash_tells_the_password_from_every_other_and_never_repeats() -> None:
    one, other = hashed("pässword"), hashed("pässword")
    assert one != other
    assert one.startswith("$argon2id$")
    assert ":" not in one  # which parts the fields of a file
    assert "pässword" not in one
    assert matches("pässword", one)
    assert not matches("pässword ", one)
    assert is_hash(one)
    assert not needs_rehash(one)
    assert matches("\ud800", hashed("\ud800"))


@pytest.mark.parametrize("known", [OLD, WEAK], ids=["scrypt", "weak"])
def test_a_hash_of_an_older_kind_lets_its_owner_in_and_is_to_be_made_anew(known: str) -> None:
    assert is_hash(known)
    assert matches("pässword", known)
    assert not matches("passwort", known)
    assert needs_rehash(known)


@pytest.mark.parametrize("known", [OLD, WEAK], ids=["scrypt", "weak"])
def test_a_damaged_hash_is_none_and_lets_nobody_in(known: str) -> None:
    """Too short, too long, of other figures, and with what another reader would skip."""
    for text in (
        *(known[:place] for place in range(len(known))),
        *(f"{known}{more}" for more in ("$", "=", "\n", "A")),
        known.replace("scrypt", "md5").replace("argon2id", "argon2"),
        known.upper(),
        known.replace("8,3", "8,1").replace("v=19", "v=16"),
        known.replace("$", "$$"),
        known.replace("$", ""),
        f"{known[:-3]}\u0661\u0662\u0663",
        "secret",
        OTHER_KIND,
    ):
        assert not is_hash(text)
        assert not matches("pässword", text)
        assert not matches(text, text)


@given(st.text(), st.text())
def test_any_text_is_compared_without_an_error(password: str, known: str) -> None:
    assert not matches(password, known)
    assert not matches(password, WEAK.replace("m=1024", "m=1"))  # less than Argon2 can do with


@pytest.mark.parametrize(
    "broken",
    [WEAK[:-1], OLD[:-1], "=19=65536,t=3,p=4/3c5", "scrypt2768,8,3-w", "$argon2id$"],
    ids=["weak", "scrypt", "argon2 in a shell", "scrypt in a shell", "nothing but its name"],
)
def test_a_broken_hash_in_the_environment_is_not_taken_for_a_password(broken: str) -> None:
    """A shell that replaces what looks like a variable leaves such things."""
    with pytest.raises(SettingsError, match="broken hash") as caught:
        accounts_from({"QUOTIDIAN_USER": "ann", "QUOTIDIAN_PASSWORD": broken})
    assert broken not in str(caught.value)


def test_whose_hash_is_old_is_told_in_a_line_each(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "users"
    file.write_text(f"ann:{OLD}\nbob:{hashed('two')}\ncid:{WEAK}:curator\n")
    with caplog.at_level(logging.WARNING):
        people = accounts_from({"QUOTIDIAN_USERS": str(file)})
    assert people is not None
    assert people.check("ann", "pässword")
    assert people.check("cid", "pässword")
    assert caplog.messages == [
        f"the hash for {name!r} is of an old kind; make one with: quotidian hash-password"
        for name in ("ann", "cid")
    ]


def test_somebody_unknown_costs_one_comparison_as_somebody_known_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a hash of the file, the same for the same name: its kind tells nothing of the name."""
    compared: list[str] = []

    def counted(password: str, known: str) -> bool:
        compared.append(known)
        return matches(password, known)

    monkeypatch.setattr(module, "matches", counted)
    people = Accounts({"ann": Account(hashed=OLD), "bob": Account(hashed=WEAK)})
    assert not people.check("ann", "wrong")
    assert compared == [OLD]
    for name in ("zoe", "zoe"):
        assert not people.check(name, "pässword")
    assert compared[1] == compared[2]
    for number in range(20):
        assert not people.check(f"nobody {number}", "pässword")
    assert {*compared} == {OLD, WEAK}
    assert len(compared) == 23


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


def test_few_passwords_are_checked_at_once_and_not_by_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A hundred at once would take 6 GB, and a page that checks them itself answers nobody."""
    at_once, most = 0, 0
    counting = Lock()

    def counted(password: str, known: str) -> bool:
        nonlocal at_once, most
        assert current_thread() is not main_thread()
        with counting:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.01)
        with counting:
            at_once -= 1
        return password == known

    monkeypatch.setattr(module, "matches", counted)
    people = Accounts({"ann": Account(hashed="right")})

    async def many() -> list[bool]:
        tried = [f"wrong {number}" for number in range(200)]
        return await asyncio.gather(*(people.admit("ann", password) for password in tried))

    async def then_the_right_one() -> bool:
        assert not any(await many())
        return await people.admit("ann", "right")

    assert in_a_loop(then_the_right_one)
    assert most == 2
    assert people.remembers("ann", "right")
    assert not people.remembers("ann", "wrong 1")
