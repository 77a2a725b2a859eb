"""What belongs to the page rather than to the news, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.text.furniture import is_furniture


@pytest.mark.parametrize(
    "sentence",
    [
        "For the latest news, click here.",
        "To see where the new ferries will land, please click here.",
        "Read more: What the harbour pays for its light",
        "MORE:Port Ellery votes on its tram",
        "Sign up for our newsletter and get the tides in your inbox.",
        "HARBOUR NEWS: Subscribe to the Ellery Lookout today.",
        "(Reporting by Ada Reyes in Port Ellery; Editing by Jo Okafor and Al Brandt)",
        "Additional reporting by Ada Reyes.",
        "Jo Okafor and Al Brandt contributed to this report.",
        "Image: Getty",
        "Photo credit: Ada Reyes",
        "Photographs by Ada Reyes",
        "Ada Reyes/Getty Images",
        "Al Brandt/Harbour Pictures/AP Fishermen mend nets on the quay in Hamn on Monday.",
        "via Reuters",
        "Hide Caption 3 of 12 Photos: The quay after the storm.",
        "Follow us on Facebook",
        "Follow Ada Reyes on Twitter: @adareyes",
        "You can also follow her on Instagram.",
        "Listen to the whole interview below.",
        "Download our free app for news of the storm.",
        "© 2026 The Ellery Lookout. All rights reserved.",
        "This story has been updated.",
        "Editor’s note: This page recaps the news of Tuesday.",
        "Follow here for the latest updates.",
        "Advertisement",
        "TIDES NEWSLETTER: What the moon does to your quay.",
        "Save on bait: hints and advice delivered right to your inbox.",
        "Ada Reyes covers boats, sign up for the letter here.",
        "Support strong local journalism by subscribing today.",
        "Editor’s Note: Al Brandt teaches history at Port Ellery.",
        "A version of this story first appeared in the paper of the harbour.",
    ],
)
def test_links_credits_captions_and_forms_are_furniture(sentence: str) -> None:
    assert is_furniture(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "“Click here to vote,” the page told them.",
        "Click here to vote, officials said in an e-mail to all households.",
        "Read said on Tuesday that the bridge was safe.",
        "Read more than one report and you will doubt all of them.",
        "Voters who click here lose their vote, Reyes warned.",
        "She told the crowd to sign up for the newsletter.",
        "Sign up today or lose your place, the council urged parents.",
        "A version of this song was sung in Hamn for two hundred years.",
        "Parents may sign up for the swimming course until Friday.",
        "Subscribers left after the price rose by a third.",
        "Follow the coast for two miles to reach the mine.",
        "More: that was what Reyes and the strikers wanted, and they got it, he wrote in a letter.",
        "Getty sold the house in 1974 for two million crowns.",
        "Reuters reported on Friday that the mine would close.",
        "Getty Images sued the company for copying twelve million pictures.",
        "A Reuters/Ipsos poll found that 46 per cent were against the tram.",
        "Reporting by Ada Reyes showed that the mayor had known of the leak.",
        "Editing by hand takes a day, and the machine needs a minute.",
        "The photo: a woman on the quay, her back to the storm.",
        "Watch out for the new ferry, which is here.",
        "The newsletter told its readers to stay at home.",
        "All rights to the mine go to the town.",
        "Advertisements for gambling are forbidden from May.",
        "Share prices fell by four per cent after the fire.",
        "Contact between the two ships was lost at nine.",
        "This story is about a ferry that nobody wanted.",
        "Image is everything to the new mayor.",
        "The app follows its users on Facebook and sells what it learns.",
    ],
)
def test_what_only_looks_like_it_is_none(sentence: str) -> None:
    assert not is_furniture(sentence)


@pytest.mark.timeout(5)
@given(st.text(alphabet="AbR /:;,.(“”here", max_size=400))
def test_any_text_is_judged_at_once(text: str) -> None:
    assert is_furniture(text) in (True, False)
