"""Sentences that lean on the one before them, and such that do not."""

import pytest

from retriever.answer.anaphora import has_name, is_unattributed, lacks_name, needs, refers_back


@pytest.mark.parametrize(
    ("sentence", "refers"),
    [
        ("He will move there.", True),
        ("But she denied it.", True),
        ("In Bergen, she met the owners.", True),
        ("On Monday, they left.", True),
        ("“I am tired,” he said.", True),
        ("When asked, he declined.", True),
        ("That, they add, may not last.", True),
        ("Its army withdrew.", True),
        ("It took over the mill.", True),
        ("This made the dam dearer.", True),
        ("That's untrue.", True),
        ("The company denied it.", True),
        ("Both denied it.", True),
        ("The company denied it to Reuters.", False),
        ("Both Reyes and Vik denied it.", False),
        ("Hers was late.", False),
        ("Italy withdrew.", False),
        ("It is likely that the dam will hold.", False),
        ("This week, Marit Vik met the owners.", False),
        ("Marit Vik said she had left.", False),
        ("The doctor said in Bergen that he had left.", False),
        ("Two men from Sund said they saw it.", False),
        ("However, experts say their figures differ.", False),
        ("“He was late, and this is why,” said Vik.", False),
    ],
)
def test_referring_back_is_read_from_the_sentence_alone(sentence: str, *, refers: bool) -> None:
    assert refers_back(sentence) is refers


@pytest.mark.parametrize(
    ("before", "sentence", "leans"),
    [
        ("Amara Desh has won the race.", "Ms. Desh, 44, had 30,118 votes.", True),
        ("Amara Desh has won the race.", "Desh, a former driver, had 30,118 votes.", True),
        ("A mayor has won the race.", "Desh, a former driver, had 30,118 votes.", False),
        ("Divers found an old coin.", "The coin bears the head of Haakon.", True),
        ("The club borrowed 28 million.", "The money comes from Harker at 7 per cent.", True),
        ("A fever spread in Tamsin.", "Three of the patients in Tamsin have died.", True),
        ("A fever spread in Tamsin.", "The Kremlin sent doctors to Tamsin.", False),
        ("Ada Reyes founded the mill.", "The first school in Ellery opened later.", False),
        ("Ada Reyes founded the mill.", "Jonas Vik sailed to Bergen.", False),
        ("Ada Reyes founded the mill.", "Growers in Ellery blame a warm spring.", False),
    ],
)
def test_leaning_on_a_sentence_is_read_from_both(
    before: str, sentence: str, *, leans: bool
) -> None:
    assert needs(sentence, before=before) is leans


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [
        ("Then his brother died in Rome.", True),
        ("As he spoke, Vik coughed.", True),
        ("Police said their dogs found it.", False),
        ("A man told his wife.", False),
        ("Nothing was found.", False),
    ],
)
def test_a_pronoun_lacks_its_name_where_nobody_stands_before_it(
    sentence: str, *, lacks: bool
) -> None:
    assert lacks_name(sentence) is lacks


@pytest.mark.parametrize(
    ("sentence", "nobodys"),
    [
        ("“We will not yield.”", True),
        ('"We will not yield."', True),
        ("«We will not yield.»", True),
        ("''We will not yield.''", True),
        ("'We will not yield.'", True),
        ("“We will not yield. We never", True),  # cut off
        ("“We will not yield,” said Vik.", False),
        ('"We will not yield,” Jonas Vik, the captain, said.', False),
        ("According to Vik, “never.”", False),
        ("The ship is called “Marit.”", False),
        ("We will not yield.", False),
    ],
)
def test_a_quotation_is_nobodys_without_a_word_of_speech(sentence: str, *, nobodys: bool) -> None:
    assert is_unattributed(sentence) is nobodys


def test_days_and_months_are_no_names() -> None:
    assert not has_name("On a Tuesday in March nobody came.")
    assert has_name("On a Tuesday in March Vik came.")
