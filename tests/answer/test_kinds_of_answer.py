"""Ten questions of each kind over the made-up news: what holds the kind is quoted, or nothing is.

The questions were written for this, beside those that tests/quality measures. ``None`` says that
the articles have no such date, sum, place or words.
"""

from datetime import date
from pathlib import Path

import pytest

from retriever import Index, Outcome, build, open_index

pytestmark = pytest.mark.model
NEWS = Path(__file__).parents[1] / "quality" / "news" / "corpus.jsonl"
# What the first quote holds.
DATES = {
    "When did the Astrid Wren hit the breakwater?": "6:40 a.m.",
    "On what day did the government approve the Irren High Dam?": "Tuesday",
    "When was Petrel-1 lost?": "Friday",
    "When was the herring agreement signed?": "Friday",
    "When did Pat Rourke retire?": "December",
    "When was Tom Quill's boat built?": "1968",
    "When was Dame Helen Orrow born?": "1951",
    "When did Harriet Gault buy the club?": "2017",
    "When was Amara Desh born?": None,
    "When did Inspector Rhona Pyke retire?": None,
    "When did Viggo Harnes meet Vladimir Putin?": None,
}
NUMBERS = {
    "How many passengers were on the Astrid Wren?": "212",
    "How many boats blocked the harbour?": "Sixty-two",
    "How many workers died in the Sorrel Tunnel?": "Fourteen",
    "How many recommendations did the inquiry make?": "19",
    "How many members does the Inshore Fishermen's Union have?": "340",
    "How tall is the dam?": "138 metres",
    "How old is Tom Quill?": "61",
    "How long did the tunnel take to dig?": "nine years",
    "How old was the Astrid Wren?": None,
    "How many visitors does the Corbel Museum have each year?": None,
}
SUMS = {
    "How much will the Irren High Dam cost?": "billion crowns",
    "How much is the reward for the painting?": "250,000 crowns",
    "How much did Petrel-1 cost?": "31 million crowns",
    "What does a standing ticket cost?": "19 crowns",
    "How much did the inquiry cost?": "2.7 million crowns",
    "How much money do the hackers want?": "5 million",
    "How much was Blue Strand Lines fined?": "4.2 million crowns",
    "How much did Keldmoor Rovers borrow?": "28 million crowns",
    "What is the salary of the mayor?": None,
    "How much compensation did the ferry passengers receive?": None,
}
PLACES = {
    "Where is the Corbel Museum?": "Tamsin",
    "Where was Woskel arrested?": "Port Halden",
    "Where was Dame Helen Orrow born?": "Arden Cross",
    "Where is Grauwerk based?": "Marlstone",
    "Where was the herring agreement signed?": "Meridian",
    "Where did the rocket with Petrel-1 lift off?": "Florida",
    "Where was the white van used in the museum theft discovered?": "Dunfirth",
    "Where did Davi Morro go?": "Port Halden United",
    "Where was Magnus Eide born?": None,
    "Where did Elon Musk launch Petrel-1?": None,
}
PERSONS = {
    "Who is the chief executive of Halloran Steel?": "Ingrid Sallow",
    "Who painted The Salt Gatherers?": "Ewa Lindqvar",
    "Who was the captain of the Astrid Wren?": "Ruben Stael",
    "Who leads the Irren Valley League?": "Bettan Orsk",
    "Who owns 64 per cent of the club?": "Harriet Gault",
    "Who is the auditor general?": "Clea Monteith",
    "Who directs the space office?": "Freya Lindahl",
    "Who led the inquiry into the collision?": "Helen Orrow",
    "Who is Viktor Orban?": None,
    "Who is the president of Calderra?": None,
}
REASONS = {
    "Why were the fishing boats blocking the harbour?": "protest",
    "Why was Dimitar Woskel sentenced?": "theft",
    "Why did the court stop the Irren High Dam?": "sturgeon",
    "Why did Rovers supporters get angry?": "one corner",
    "Why did the drivers stop work?": "pay",
    "Why has the Sorrel Tunnel been closed?": "water",
    "Why was the bridge crew arriving by eye?": "headaches",
    "Why was the cost of the dam higher?": "billion",
    "Why did Angela Merkel leave Calderra?": None,
    "Why was the wedding held in the sports hall?": None,
}
STATEMENTS = {
    "What did Greta Holm say about Dunfirth?": "Greta Holm, said four of every ten",
    "What did Hilde Varga say about the second driver?": "Hilde Varga",
    "What did Freya Lindahl say about the second camera?": "Freya Lindahl",
    "What did Dame Helen Orrow say about the broken fog signal?": "Dame Helen",
    "What did Bryn Toller say about Davi Morro?": "Bryn Toller",
    "What did finance minister Oskar Wendt say about paying?": "Oskar Wendt, said",
    "What did Petra Ains say about the findings?": "Petra Ains",
    "What did the prime minister of Ostrey say about the herring treaty?": None,
    "What did Donald Trump say about the herring treaty?": None,
    "What did the Pope tell the fishermen?": None,
}
MISSING_NAMES = dict.fromkeys(
    (
        "What did Angela Merkel say about the dam?",
        "When did Emmanuel Macron visit the Corbel Museum?",
        "How many goals did Lionel Messi score for Keldmoor Rovers?",
        "How much did Elon Musk pay for the satellite?",
        "Who met Vladimir Putin in Tamsin?",
        "Why did Greta Thunberg march against the dam?",
        "Did the ferry sail to Helsinki?",
        "Where is the Rijksmuseum?",
        "Who won the Super Bowl?",
        "How long is the Gotthard?",
    )
)
KINDS = {
    "date": DATES,
    "number": NUMBERS,
    "sum": SUMS,
    "place": PLACES,
    "person": PERSONS,
    "reason": REASONS,
    "statement": STATEMENTS,
    "missing name": MISSING_NAMES,
}
QUESTIONS = [(question, held) for kind in KINDS.values() for question, held in kind.items()]
# The day that the first quote's weekday means, by the article's day of publication.
WEEKDAYS = {
    "On what day did the government approve the Irren High Dam?": date(2022, 2, 8),
    "When was the herring agreement signed?": date(2023, 11, 17),
    "When did the first train go through the Sorrel Tunnel?": date(2021, 6, 21),
    "When did water break into the tunnel?": date(2024, 11, 17),
    "When was the Grey Lantern hacker sentenced?": date(2024, 10, 8),
    "When did the court rule that the dam must stop?": date(2024, 9, 12),
    "When was Petrel-1 lost?": date(2022, 12, 2),
    "When do the talks with the train drivers resume?": date(2022, 12, 21),
    "When will the players ride through the city?": date(2024, 5, 21),
}


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of the made-up news."""
    folder = tmp_path_factory.mktemp("news-index")
    build(NEWS, index=folder)
    return open_index(folder)


@pytest.mark.parametrize(("question", "held"), QUESTIONS)
def test_what_is_sought_is_quoted_or_nothing_is(
    news: Index, question: str, held: str | None
) -> None:
    found = news.ask(question)
    assert (found.outcome is Outcome.ANSWERED) is (held is not None)
    if held is not None:
        assert held in found.quotes[0].text


@pytest.mark.parametrize("question", WEEKDAYS)
def test_the_day_of_a_weekday_is_told(news: Index, question: str) -> None:
    (first, *_) = news.ask(question).quotes
    assert WEEKDAYS[question] in [one.day for one in first.when]
