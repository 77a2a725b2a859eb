"""Reprints, revisions and hard neighbours made of the articles of a corpus, with what each is.

A share of the articles is printed again: to the letter, in another house's typography and style,
with the agency's credit or an editor's note, cut to a fifth and more, edited in every third
sentence, with a local end, and in several of these ways at once. Some are revised, with another
figure and two more sentences. Some share a paragraph of background with another story, and some
begin with the beginning of another.
"""

import gzip
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from retriever.records import Article, Published
from retriever.text.sentences import sentence_spans
from retriever.text.shingles import shingled

SEED = 16
NATURALLY_ALIKE = 0.3
REPRINTED = 0.35  # of the originals
MOST_COPIES = 6
PUBLISHERS = [f"The {town} {kind}" for town in "Ostby Varde Lund Hamn Sunde Kvern".split()
              for kind in "Times Post News Herald".split()]  # fmt: skip
SYNONYMS = {
    "said": "told reporters", "percent": "%", "pct": "percent", "about": "around", "big": "large",
    "but": "however", "also": "as well", "since": "after", "people": "persons", "more than": "over",
    "told": "said to", "after": "following", "because": "as", "many": "lots of", "began": "started",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An article with what it is made of: its story, and the publisher whose version it is."""

    article: Article
    story: str
    house: str


def originals_of(corpus: Path) -> list[Article]:
    """Return the articles of a JSON Lines file, but those of less than 40 words."""
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        _article(str(one["id"]), one["text"], one.get("title"))
        for one in records
        if len(one["text"].split()) >= 40
    ]


def without_alike(articles: list[Article]) -> list[Article]:
    """Leave out every article that shares much with one before it: every pair is looked at."""
    texts = [shingled(article.text).distinct.tolist() for article in articles]
    holding: dict[int, list[int]] = defaultdict(list)
    kept = []
    for row, text in enumerate(texts):
        shared = Counter(other for code in text for other in holding[code])
        if all(
            count < NATURALLY_ALIKE * min(len(text), len(texts[other]))
            for other, count in shared.items()
        ):
            kept.append(articles[row])
            for code in text:
                holding[code].append(row)
    return kept


def with_reprints(
    originals: Sequence[Article], wanted: int, chance: random.Random
) -> Iterator[Made]:
    """Yield so many articles, as far as the originals reach."""
    given = 0
    for number, original in enumerate(originals):
        day = date(2022, 1, 1) + timedelta(days=number % 300)
        houses = chance.sample(PUBLISHERS, 1 + MOST_COPIES)
        text = original.text
        if len(text) > 1_000 and chance.random() < 0.3:  # a background of two stories
            text = f"{text}\n\n{_part_of(originals[number - number % 7].text, chance)}"
        if chance.random() < 0.03:  # a review of the day that begins with another story
            text = f"{_review(originals, chance)}\n\n{text}"
        group = [_printed(original, text, houses[0], day)]
        if chance.random() < REPRINTED:
            for copy in range(chance.randint(1, MOST_COPIES)):
                later = day + timedelta(days=chance.choice((0, 0, 1, 2)))
                again = _reprinted(text, originals, chance)
                group.append(_printed(original, again, houses[copy + 1], later))
        if chance.random() < 0.15:
            group.append(_with_revision(group[-1], day, originals, chance))
        yield from (_named(one, f"{original.id}/{place}") for place, one in enumerate(group))
        given += len(group)
        if given >= wanted:
            return


def _named(made: Made, name: str) -> Made:
    digest = hashlib.sha256(made.article.text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(made, article=replace(made.article, id=name, sha256=digest))


def _printed(original: Article, text: str, house: str, day: date) -> Made:
    published = Published(value=str(day), precision="day", source="made")
    # Every other house has an address for an article.
    host = house.replace(" ", "-").lower()
    url = f"https://{host}.example/{original.id}" if len(house) % 2 else None
    article = replace(original, text=text, publisher=house, published=published, url=url)
    return Made(article=article, story=original.id, house=house)


def _reprinted(text: str, originals: Sequence[Article], chance: random.Random) -> str:
    """Return a text as another house prints it, by one way or by several at once."""
    ways: tuple[Callable[[str], str], ...] = (
        _typeset,
        lambda told: _cut(told, chance),
        lambda told: _edited(told, chance),
        lambda told: (
            f"LONDON, {chance.choice(('March', 'May'))} 3 (Agency) - {told}\n\n© Agency 2022"
        ),
        lambda told: f"Editor's note: this report is by our partners at the agency.\n\n{told}",
        lambda told: f"{told}\n\n{_part_of(chance.choice(originals).text, chance)[:300]}",
    )
    for way in chance.sample(ways, chance.choice((0, 1, 1, 2, 3))):
        text = way(text)
    return text


def _typeset(text: str) -> str:
    plain = text.translate(str.maketrans("“”‘’–—", "\"\"''--"))
    return " ".join(plain.split())


def _cut(text: str, chance: random.Random) -> str:
    """Return the beginning of a text in whole sentences: a fifth and more, 40 words at least."""
    spans = sentence_spans(text)
    end = next((span.end for span in spans if len(text[: span.end].split()) >= 40), len(text))
    least = int(len(text) * chance.uniform(0.2, 0.9))
    return text[: max(end, next((span.end for span in spans if span.end >= least), len(text)))]


def _edited(text: str, chance: random.Random) -> str:
    """Return a text in which every third sentence or so has a word put in, out, or otherwise."""
    parts, reached = [], 0
    for span in sentence_spans(text):
        sentence = span.of(text)
        if chance.random() < 0.35:
            sentence = _with_an_edit(sentence, chance)
        parts.append(text[reached : span.start] + sentence)
        reached = span.end
    return "".join(parts)


def _with_an_edit(sentence: str, chance: random.Random) -> str:
    for old, new in SYNONYMS.items():
        if re.search(rf"\b{old}\b", sentence):
            return re.sub(rf"\b{old}\b", new, sentence, count=1)
    words = sentence.split(" ")
    place = chance.randrange(len(words))
    if words[place].islower():
        words[place] = chance.choice(("", f"{words[place]} then", "the"))
    return " ".join(words)


def _with_revision(
    last: Made, day: date, originals: Sequence[Article], chance: random.Random
) -> Made:
    """Return the next version of an article, four days after the first."""
    text = _revised(last.article.text, originals, chance)
    edited = Published(value=str(day + timedelta(days=4)), precision="day", source="made")
    return replace(last, article=replace(last.article, text=text, updated=edited))


def _revised(text: str, originals: Sequence[Article], chance: random.Random) -> str:
    """Return a text in which one figure is another and two sentences stand more."""
    figures = [*re.finditer(r"\b\d{1,3}\b", text)]
    if figures:
        one = chance.choice(figures)
        text = f"{text[: one.start()]}{int(one.group()) + 3}{text[one.end() :]}"
    spans = sentence_spans(text)
    place = spans[len(spans) // 2].end
    other = chance.choice(originals).text
    more = " ".join(span.of(other) for span in sentence_spans(other)[2:4])
    return f"{text[:place]} {more}{text[place:]}"


def _part_of(text: str, chance: random.Random) -> str:
    """Return some 90 words of a text, from a sentence on."""
    words = text.split()
    start = chance.randrange(max(1, len(words) - 90))
    return " ".join(words[start : start + 90])


def _review(originals: Sequence[Article], chance: random.Random) -> str:
    return " ".join(chance.choice(originals).text.split()[:60])


def _article(name: str, text: str, title: str | None) -> Article:
    return Article(id=name, path="made", text=text, sha256="", title=title)
