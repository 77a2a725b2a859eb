"""Forms of irregular verbs."""

import pytest

from retriever.text.inflection import irregular_forms
from retriever.text.terms import terms


@pytest.mark.parametrize("form", ["fly", "flew", "flown"])
def test_each_form_leads_to_all(form: str) -> None:
    assert irregular_forms(form) == ("fly", "flew", "flown")


def test_any_other_word_has_none() -> None:
    assert irregular_forms("harbour") == ()
    assert irregular_forms("") == ()


def test_no_stemmer_brings_them_together() -> None:
    """Else the table would be longer than it has to be."""
    forms = irregular_forms("begin")
    assert len({term for form in forms for term in terms(form)}) == len(forms) == 3
