"""Who is speaking: only where the article says so, and only as a span of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.answer.speakers import speaker_of
from tests.makers import make_quote

NAMED = {
    "“This won’t be the last time,” Ding said.": "Ding",
    "“The stakes will be higher,” said Su.": "Su",
    "Command is flawed, said Tzu-yun Su, a research fellow in Taipei.": "Tzu-yun Su",
    "Ding also said that “the price will be too dear to pay.”": "Ding",
    "“It is an internal affair,” said a spokesperson for the Chinese Foreign Ministry.": (
        "a spokesperson for the Chinese Foreign Ministry"
    ),
    "The visit was planned, according to a statement from China’s Foreign Ministry.": (
        "China’s Foreign Ministry"
    ),
    "“China supports Russia,” the statement added.": "the statement",
    "Jane Doe, the mayor, said the bridge was safe.": "Jane Doe",
    "Ostrey announced that it had taken the bridge.": "Ostrey",
    "Ostrey announced the bridge would be shut.": "Ostrey",
    "The bridge will be shut, Ellery announced.": "Ellery",
    "Ellery said it had lost two ships.": "Ellery",
    "The Associated Press said Rudenko’s visit had not been announced.": "The Associated Press",
    "“Never,” responded Okafor.": "Okafor",
    "Sen. Ada M. Reyes (D-Nev.) has repeatedly warned of it.": "Sen. Ada M. Reyes",
    "Ada Reyes, 29, of Port Ellery, Ala., says it is too late.": "Ada Reyes",
    "When the mayor said no, Reyes responded “never.”": "Reyes",
    "It is late, warned campaign chairman Jo Reyes, adding numbers.": "campaign chairman Jo Reyes",
    "But Reyes conceded that it was late.": "Reyes",
    "Republican voters stayed at home, according to Reyes.": "Reyes",
    "By the FDA, the vaccine may be there in May, said Dr. Ada Reyes, its maker.": "Dr. Ada Reyes",
    "Ada Reyes, 54, a folk singer from Ellery near Hamn, said she fled.": "Ada Reyes",
    "“It ends in May,” R&D told the paper.": "R&D",
    "The suspect has admitted to shooting him, according to Ellery police.": "Ellery police",
    "Three people familiar with the matter told the paper.": "Three people",
    "Officials with the state of Ellery told a reporter on Tuesday.": "Officials",
    "“It is over,” the minister told the AP on Sunday.": "the minister",
    "Reyes, who leads the doctors’ union, told Reuters that it was over.": "Reyes",
    "“Never,” said a doctors’ group on Sunday.": "a doctors’ group",
    "Reyes on Friday declared that the bridge was safe.": "Reyes",
    "Ellery rules say that a team must lose.": "Ellery rules",
    "Ellery, Hamn and Port Reyes, have told schools to wait.": "Ellery, Hamn and Port Reyes",
    "“Never,” said their teacher, Ada Reyes.": "their teacher, Ada Reyes",
    "The finance minister, Ada Reyes, said she would not pay.": "The finance minister, Ada Reyes",
    "In a statement, Reyes said it was late.": "Reyes",
    "In a statement Reyes said it was late.": "Reyes",
    "Reyes’s lawyer said it was late.": "Reyes’s lawyer",
    "“It is late,” as Reyes put it.": "Reyes",
    "Reyes called the plan “a blow to everyone.”": "Reyes",
    "Reyes thanked the crew, saying: “You came in time.”": "Reyes",
    "Okafor quoted Reyes as saying “it is late.”": "Reyes",
    "Reyes left the hall on Friday and said that “it was late.”": "Reyes",
    "The Senate Democratic leader warned of it.": "The Senate Democratic leader",
    "On the news, Ada Reyes: “It is late.”": "Ada Reyes",
    "It rains, according to a long-range monitoring plan.": "a long-range monitoring plan",
    "A spokesman for the ministry said it was late.": "A spokesman for the ministry",
    "“No,” said the port’s founder, Ada Reyes.": "the port’s founder, Ada Reyes",
    "The top Democrat on the House Water and Works Committee, Mayor Ada Reyes, said no.": (
        "Mayor Ada Reyes"
    ),
    "Ada Reyes, Deputy Leader of the Port Party and Warden of the Ports, said no.": "Ada Reyes",
    "The port had 87 ships, according to a Trade Commission filing.": "a Trade Commission filing",
    "It is 21 degrees, according to the most recent reading of the port.": (
        "the most recent reading of the port"
    ),
    "The 40-year-old, 23-time Port champion said no.": "The 40-year-old, 23-time Port champion",
    "Republican lawmakers, including Rep. Ada Reyes, R-Ga., and Rep. Jo Okafor, R-Ky., said no.": (
        "Republican lawmakers"
    ),
    "He left what the mayor called “a hole.”": "the mayor",
    "While Okafor said nothing, Reyes promised “a bridge.”": "Reyes",
    "The council, Reyes said, is late.": "Reyes",
    "Asked about Okafor, Reyes, a lawyer from Hamn, who is 50, said no.": "Reyes",
    "New Partygate claims being examined are “a blow,” said grandee Ada Reyes.": (
        "grandee Ada Reyes"
    ),
}


@pytest.mark.parametrize("text", NAMED)
def test_the_speaker_is_found(text: str) -> None:
    speaker = speaker_of(make_quote(text))
    assert speaker is not None
    assert speaker.of(text) == NAMED[text]


@pytest.mark.parametrize(
    "text",
    [
        "“I will go,” he said.",
        "But she added that it was late.",
        "China and Russia signed the treaty in 2001.",
        "He recalled “a man who said no” to them.",
        "Under a deal announced Saturday by the Kremlin, he will move.",
        "A brief uprising that analysts say poses a challenge.",
        "Experts have long discounted Ellery’s claims.",
        "To believe that the government must ensure states are fair, wait.",
        "The council, said Okafor had left.",
        "The agency did not say whether anybody was hurt.",
        "He left as a free agent in a deal they announced on Monday.",
        "Sunday said nothing of it.",
        "“It is over,” told the AP.",
        "“It is over,” told Reuters on Monday.",
        "“It is over,” said a doctors",
        "The fire has now claimed four lives.",
        "The makers last week recalled thousands of cars.",
        "A service called “Tide” opens on Monday.",
        "It sells its films as one service called “Tide.”",
        "Port Ellery reported 7.1 inches of snow.",
        "The year before, Reyes added a new definition to the word.",
        "The decision, announced in early March, comes late.",
        "The plan, dubbed “a green revolution” by ministers, is late.",
        "Rising numbers of cases have added concerns about growth.",
        "Reyes’s news comes the same day Ellery announced a merger.",
        "Ostrey announces a new offensive.",
        "Plus, Ostrey announces the date of the vote and more.",
        "Ellery announced new duties on wine.",
        "The shop, said to be empty, burned down.",
        "Okafor, the mayor, called early on Monday.",
        "“Bread,” the film by Okafor, opens on Friday.",
        "Reyes called it “late” and Okafor called it “early.”",
        "If the House concludes that she is not fit, it can remove her.",
    ],
)
def test_nobody_is_named_where_nobody_is(text: str) -> None:
    assert speaker_of(make_quote(text)) is None


@pytest.mark.parametrize(
    ("before", "quote", "name"),
    [
        ("Ada Reyes said it was late.", "“It will not last,” she said.", "Ada Reyes"),
        ("Reyes said no. It was late in the year.", "He also warned of storms.", "Reyes"),
        ("“No,” he said.\n\nReyes added that it was late.", "“Never,” said he.", "Reyes"),
        ("Reyes said no. Okafor stood by.", "“It will not last,” he said.", None),
        ("Reyes stood by.", "“It will not last,” he said.", None),
        ("The mayor said no.", "“It will not last,” he said.", "The mayor"),
        ("Reyes said no.", "He will move to Belarus.", None),
        ("“Okafor said no.”", "“It will not last,” he said.", None),
    ],
)
def test_he_said_is_followed_back_to_the_last_name(
    before: str, quote: str, name: str | None
) -> None:
    text = f"{before} {quote}"
    speaker = speaker_of(make_quote(text, start=len(before) + 1))
    assert (speaker.of(text) if speaker else None) == name


def test_quoted_words_never_name_the_speaker() -> None:
    text = "“Smith said no,” Jones said."
    speaker = speaker_of(make_quote(text))
    assert speaker is not None
    assert speaker.of(text) == "Jones"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("‘Okafor said the cables were sound,’ Reyes told the inquiry.", "Reyes"),
        ("‘Okafor said it’s the miners’ dam,’ said Reyes.", "Reyes"),
        ("'Okafor said the boys' school was shut,' Reyes told the BBC.", "Reyes"),
        ("„Okafor said no to the reform“, Reyes told the paper.", "Reyes"),
        ("„Okafor said no“, according to Reyes.", "Reyes"),
        ("„Okafor said no“, said Reyes.", "Reyes"),
        ("«Okafor said no», Reyes told the paper.", "Reyes"),
        ("»Okafor said no«, Reyes told the paper.", "Reyes"),
        ("« Okafor said no », said Reyes.", "Reyes"),
        ("”Okafor said no,” said Reyes.", "Reyes"),
        ("“Okafor said no“, Reyes added.", "Reyes"),
    ],
)
def test_quotations_in_any_marks_name_nobody(text: str, name: str) -> None:
    speaker = speaker_of(make_quote(text))
    assert speaker is not None
    assert speaker.of(text) == name


OVER_PARAGRAPHS = """The council met.

“We will not go. Okafor said the dam was safe.

“And nobody told us,” Mayor Reyes said. “No one.”

“It was a lie, Brandt said so.

It still is one,” Ada Okafor, the engineer, told Reuters.

Brandt told the AP: “We stay.

“Okafor said we always stay.”

"The plan is dead," Keller said. "Brandt said it lived. He was wrong."

Then Reyes spoke. “Nobody said why.”"""


@pytest.mark.parametrize(
    ("quoted", "name"),
    [
        ("“We will not go. Okafor said the dam was safe.", "Mayor Reyes"),
        ("“And nobody told us,” Mayor Reyes said.", "Mayor Reyes"),
        ("“No one.”", "Mayor Reyes"),
        ("“It was a lie, Brandt said so.", "Ada Okafor"),
        ("It still is one,” Ada Okafor, the engineer, told Reuters.", "Ada Okafor"),
        ("Brandt told the AP: “We stay.", "Brandt"),
        ("“Okafor said we always stay.”", "Brandt"),
        ('"Brandt said it lived. He was wrong."', "Keller"),
        ("“Nobody said why.”", None),
    ],
)
def test_a_quotation_over_paragraphs_has_the_speaker_that_it_is_given(
    quoted: str, name: str | None
) -> None:
    start = OVER_PARAGRAPHS.index(quoted)
    whole = make_quote(OVER_PARAGRAPHS)
    speaker = speaker_of(replace(whole, start=start, end=start + len(quoted)))
    assert (speaker.of(OVER_PARAGRAPHS) if speaker else None) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Parallels in the Taiwan Strait\n\nSu said that it was over.", None),
        ("“It is the last time,” Ding said.\n\nHe will move to Belarus.", None),
        ("“It is the last time,” Ding said.\n\n“Never,” said Su.", None),
        ("“It is the last time,” Ding said.\n\nDing also said “never.”", "Ding"),
    ],
)
def test_several_paragraphs_need_one_speaker(text: str, name: str | None) -> None:
    speaker = speaker_of(make_quote(text))
    assert (speaker.of(text) if speaker else None) == name


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "unit",
    ["A ", "A a ", "the a ", "said ", "A, ", "“a” ", "A of the ", "J. ", "A'", "“", "A\n", " "],
)
def test_long_hostile_sentences_take_no_time(unit: str) -> None:
    """Ten times as long as a quote can be: what takes the square of its length takes minutes."""
    assert speaker_of(make_quote(unit * (30_000 // len(unit)))) is None


@given(st.text(max_size=300))
def test_a_speaker_lies_in_the_quote(text: str) -> None:
    speaker = speaker_of(make_quote(text))
    assert speaker is None or 0 <= speaker.start < speaker.end <= len(text)
