"""Whether an answer for a time tells of the event that was asked about."""

import pytest

from retriever.answer.asked_event import asked_event, tells_event


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("When did Marit Okafor retire?", "retire"),
        ("In what year did Okafor join the Basin Institute?", "join"),
        ("When did she resign?", "resign"),
        ("When did the old quarry close?", "close"),
        ("When was the Harrow Bridge built?", "built"),
        ("When was the first treaty signed by Ostrey?", "signed"),
        ("On what date will the Meridian arrive in Tamsin?", "arrive"),
        ("When did the war in Ostrey start?", "start"),
        ("When did the mayor of Keldmoor resign?", "resign"),
        ("When did the strike happen?", None),  # of any event
        ("When is the vote?", None),
        ("When did Okafor's career begin?", None),  # her career, not she
        ("When was the deportation of the settlers?", None),
        ("When did it take place?", None),
        ("When was the bridge complete?", None),
    ],
)
def test_names_the_event_only_where_its_verb_is_sure(question: str, verb: str | None) -> None:
    assert asked_event(question) == verb


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "When was the kingdom of Ostrey founded?",
            "In 1604 the four islands were unified under one crown and one law.",
        ),
        (
            "When did Marit Okafor retire?",
            "Okafor stepped down in March after nineteen years on the court of appeal.",
        ),
        (
            "When did Marit Okafor retire?",
            "Her retirement in March left the court with only four judges.",
        ),
        (
            "When was the Harrow Bridge built?",
            "The Harrow Bridge, completed in 1931, is to be painted green again.",
        ),
        (
            "When was Ivo Harle born?",
            "Ivo Harle (21 July 1807 – 28 September 1857) was a painter of ships.",
        ),
        (
            "When did the ticket shop open?",
            "Since April 2016 the shop has had a counter for tickets near the door.",
        ),
        (
            "When was the Harbour Act passed?",
            "The Harbour Act 1870 gave the port authority the right to close the quay.",
        ),
        (
            "When did Okafor join?",
            "late 1980s, Okafor and Reyes put out a paper of their own.",
        ),
        (
            "When did Okafor join?",
            "In 1952,",
        ),
    ],
)
def test_knows_the_event_in_other_words(question: str, text: str) -> None:
    verb = asked_event(question)
    assert verb is not None
    assert tells_event(text, verb, question)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "When did Marit Okafor retire?",
            "Marit Okafor, a retired judge, told the Observer on Sunday that the law was old.",
        ),
        (
            "When was the Harrow Bridge built?",
            "Drivers crossed the Harrow Bridge slowly on Monday because of the ice.",
        ),
    ],
)
def test_a_name_and_a_day_do_not_tell_of_the_event(question: str, text: str) -> None:
    verb = asked_event(question)
    assert verb is not None
    assert not tells_event(text, verb, question)
