"""The attacks are run in their short form, are as many as promised, and can fail."""

import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, cast

import pytest

from tests.attacks.__main__ import made
from tests.attacks.attack import Attack, Broken, all_attacks
from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.attacks.site import Site

KINDS = range(1, 19)


def test_there_are_attacks_of_every_kind_and_each_says_what_it_does() -> None:
    attacks = all_attacks()
    assert len(attacks) >= 120
    assert {one.kind for one in attacks} == {0, *KINDS}
    names = Counter(f"{one.family} {one.name}" for one in attacks)
    assert names.most_common(1)[0][1] == 1
    assert all(one.does and one.expected for one in attacks)


def test_what_succeeds_is_told_and_what_breaks_the_page_as_well() -> None:
    class Page:
        well = True

        def is_well(self) -> bool:
            return self.well

        def serve(self) -> None:
            self.well = True

    def break_it(page: object) -> str:
        cast("Page", page).well = False
        return "ended"

    def succeed(_: object) -> str:
        raise Broken("a secret")

    def fail(_: object) -> str:
        return "refused"

    about = {"name": "x", "family": "y", "kind": 1, "expected": "z", "does": "w"}
    attacks = [Attack(make=make, **about) for make in (fail, succeed, break_it, fail)]  # type: ignore[arg-type]
    outcomes = [*made(attacks, cast("Site", Page()))]
    assert [one.held for one in outcomes] == [True, False, False, True]
    assert outcomes[1].came == "a secret"
    assert "answers nobody" in outcomes[2].came


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nothing_is_broken_by_the_short_run() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks", "--short", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    outcomes = json.loads(done.stdout)
    assert len(outcomes) >= 120
    broken = [
        f"{one['family']} {one['attack']}: {one['came']}"
        for one in outcomes
        if one["held"] is False
    ]
    assert broken == []
    assert done.returncode == 0, done.stderr[-2000:]
