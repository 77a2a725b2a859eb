"""Whose verb it is: the subject of a verb of saying, before it, behind it or in another clause.

All functions take the tokens of a sentence and the place of the verb, and return the phrase of its
subject, or ``None`` where it has none that is sure.
"""

from collections.abc import Sequence

from retriever.answer.noun_phrases import NounPhrase, phrase_at, phrase_filling
from retriever.answer.sentence_tokens import SentenceToken, is_adverb, is_of_time, is_verb, word_at
from retriever.text.lexicon import MODALS, PREPOSITIONS, QUOTING_VERBS, SPEAKING_NOUNS

HAVE = frozenset("has have had".split())
BE = frozenset("am is are was were be been being".split())
# Behind these a clause begins.
_OPENS_CLAUSE = frozenset("and but or yet".split())
_OPENS_ASIDE = frozenset("who whom whose if until unless whether once how why than".split())
# What is said in such a clause counts only for words that are quoted right in it: "While Reyes
# said no, Okafor responded".
OPENS_BESIDE = frozenset(
    "while though although as that which what when where because after before since".split()
)
_OTHER_SUBJECT = frozenset("while whereas when where because although though ;".split())
_TO_LISTENERS = frozenset("told tells asked reminded thanked".split())
_BORDERS = frozenset(";:–—-.?!…")
_ARTICLES = frozenset("the a an".split())
_LONGEST_LIST = 20  # tokens
_MOST_SEGMENTS = 7  # between commas, looked at for the name before an aside


def subject_behind(tokens: Sequence[SentenceToken], place: int) -> NounPhrase | None:
    """Return the subject behind its verb: ”, said Reyes"."""
    before = place - 1
    while before >= 0 and is_adverb(tokens[before]):
        before -= 1
    if before < 0 or not (tokens[before].is_quotation or tokens[before].text in ",”\"’'?!–—"):
        return None
    quoted = tokens[before].is_quotation
    listener = tokens[place].lower in _TO_LISTENERS and not (
        quoted and tokens[place].lower == "asked"
    )
    found = None if listener else phrase_at(tokens, place + 1)
    if not found:
        return None
    following = tokens[found.end] if found.end < len(tokens) else None
    if following and (
        is_verb(following) or following.lower in HAVE | BE | MODALS or following.is_quotation
    ):
        return None  # said Carson had been led astray; said Carson’s remarks “led astray”
    if not quoted and not _is_someone(tokens, found):
        return None  # Reyes, the mayor, tweeted a warning
    return found


def _is_someone(tokens: Sequence[SentenceToken], phrase: NounPhrase) -> bool:
    """Tell whether a phrase holds a name or a word for people."""
    words = tokens[phrase.start : phrase.end]
    return any(word.is_name or SPEAKING_NOUNS.fullmatch(word.lower) for word in words)


def subject_before(tokens: Sequence[SentenceToken], place: int) -> NounPhrase | None:
    """Return the subject of the verb at ``place`` that stands before it."""
    if word_at(tokens, place - 1) == "," and _reports_clause(tokens, place + 1):
        return None  # The council, said Okafor had left
    end = place
    while end > 0 and (
        is_adverb(tokens[end - 1])
        or tokens[end - 1].lower in HAVE
        or (is_of_time(tokens[end - 1]) and end > 1 and tokens[end - 2].is_word)
        or (tokens[end - 1].lower == "on" and end < place and is_of_time(tokens[end]))
    ):
        end -= 1
    if end > 0 and tokens[end - 1].text == ",":
        return _subject_before_aside(tokens, end - 1)
    start = clause_start(tokens, end)
    opener = word_at(tokens, start - 1)
    if opener == "who":
        return _whose_clause(tokens, start - 1)
    if opener in _OPENS_ASIDE:
        return None
    both = _joined_before(tokens, start, end) if opener == "and" else None
    found = both or phrase_filling(tokens, start, end)
    return _with_adjective(tokens, found) if found and opener == "," else found


def _joined_before(tokens: Sequence[SentenceToken], start: int, end: int) -> NounPhrase | None:
    """Return two who speak together, where "and" stands before ``start``."""
    joined = clause_start(tokens, start - 1)
    if joined == start - 1 or word_at(tokens, joined - 1) in _OPENS_ASIDE:
        return None
    both = phrase_filling(tokens, joined, end)
    return both if both and both.end > start else None


def _with_adjective(tokens: Sequence[SentenceToken], found: NounPhrase) -> NounPhrase:
    """Return a phrase with the adjective before its comma: "The young, two-time champion"."""
    if tokens[found.start].is_name or tokens[found.start].lower in _ARTICLES:
        return found
    start = _segment_start(tokens, found.start - 1)
    adjective = tokens[start : found.start - 1]
    if len(adjective) != 2 or adjective[0].lower not in _ARTICLES or adjective[1].is_name:
        return found
    return NounPhrase(start=start, end=found.end)


def _reports_clause(tokens: Sequence[SentenceToken], start: int) -> bool:
    """Tell whether a name with its verb stands at ``start``."""
    found = phrase_at(tokens, start) if start < len(tokens) and tokens[start].is_name else None
    return found is not None and found.end < len(tokens) and is_verb(tokens[found.end])


def _whose_clause(tokens: Sequence[SentenceToken], who: int) -> NounPhrase | None:
    """Return of whom "who said" tells: the name before its comma."""
    if who < 2 or tokens[who - 1].text != ",":
        return None
    found = phrase_filling(tokens, clause_start(tokens, who - 1), who - 1)
    return found if found and found.end == who - 1 else name_before(tokens, who - 1)


def clause_start(tokens: Sequence[SentenceToken], end: int) -> int:
    """Return where the clause begins that goes on to ``end``."""
    start = end
    while start > 0:
        token = tokens[start - 1]
        if not token.is_word and token.text != "&":
            return start
        if token.lower in _OPENS_CLAUSE | _OPENS_ASIDE | OPENS_BESIDE:
            return start
        start -= 1
    return start


def _subject_before_aside(tokens: Sequence[SentenceToken], comma: int) -> NounPhrase | None:
    """Return the name before asides: "Reyes, 29, of Huntsville, Ala., said"."""
    alone = _listed_before(tokens, comma) or _alone_before(tokens, comma)
    if alone:
        return alone
    described, start = None, _segment_start(tokens, comma)
    is_aside = _is_aside(tokens, start, comma)
    for _ in range(_MOST_SEGMENTS):
        if not is_aside or start == 0 or tokens[start - 1].text != ",":
            break
        end, start = start - 1, _segment_start(tokens, start - 1)
        found = _phrase_before(tokens, start, end)
        if found and tokens[found.start].is_name:
            return _whole_name_before(tokens, found) or found
        described = described or found
        is_aside = found is not None or _is_aside(tokens, start, end)
    return described or _name_between(tokens, comma)


def _whole_name_before(tokens: Sequence[SentenceToken], found: NounPhrase) -> NounPhrase | None:
    """Return the name that opens the sentence and that ``found`` describes: "Jo Reyes, Mayor"."""
    start, comma = 0, found.start - 1
    while start < comma and tokens[start].is_name:
        start += 1
    return NounPhrase(start=0, end=comma) if start == comma > 1 else None


def _name_between(tokens: Sequence[SentenceToken], comma: int) -> NounPhrase | None:
    """Return a name that nothing but a description comes before: "The one on …, Jo Reyes, said"."""
    start = _segment_start(tokens, comma)
    named = all(token.is_name for token in tokens[start:comma]) and comma - start > 1
    return phrase_filling(tokens, start, comma) if named and start > 0 else None


def _phrase_before(tokens: Sequence[SentenceToken], start: int, end: int) -> NounPhrase | None:
    """Return the phrase that ends at ``end``, behind a comma or where its clause begins."""
    clause = clause_start(tokens, end)
    if word_at(tokens, clause - 1) in _OPENS_ASIDE or _is_of_a_list(tokens, clause):
        return None
    if word_at(tokens, clause - 1) == "and" and tokens[clause - 2].is_name:
        clause = clause_start(tokens, clause - 1)  # the Party and Press Committee
    found = phrase_filling(tokens, max(start, clause), end)
    return found if found and found.end == end else None


def _is_of_a_list(tokens: Sequence[SentenceToken], start: int) -> bool:
    """Tell whether the last of "…, including Reyes, and Okafor" begins at ``start``."""
    if word_at(tokens, start - 1) != "and" or word_at(tokens, start - 2) != ",":
        return False
    before = [token.lower for token in tokens[max(0, start - _LONGEST_LIST) : start]]
    return bool({"including", "like"} & set(before))


def _listed_before(tokens: Sequence[SentenceToken], comma: int) -> NounPhrase | None:
    """Return the names of a list before a verb: "Ellery, Hamn and Port Reyes, have told"."""
    start = _segment_start(tokens, comma)
    last = tokens[start:comma]
    named = all(word.is_name or word.lower in ("and", "the") for word in last)
    if not named or "and" not in [word.lower for word in last]:
        return None
    while start > 0 and tokens[start - 1].text == ",":
        before = _segment_start(tokens, start - 1)
        if not all(word.is_name for word in tokens[before : start - 1]):
            break
        start = before
    return NounPhrase(start=start, end=comma) if start < comma else None


def _alone_before(tokens: Sequence[SentenceToken], comma: int) -> NounPhrase | None:
    """Return the name before a lone comma: "After the vote, Jo Reyes (D-Nev.), said"."""
    start = _segment_start(tokens, comma)
    found = phrase_filling(tokens, start, comma)
    if not found or found.end != comma or found.end - found.start < 2:
        return None
    if not all(token.is_name for token in tokens[found.start + 1 : comma]):
        return None
    if tokens[found.start].lower in _ARTICLES:
        return None  # The decision, announced in March, …
    if start == 0 or tokens[start - 1].is_quotation:
        return found
    earlier = tokens[_segment_start(tokens, start - 1) : start - 1]
    led = bool(earlier) and earlier[0].lower in PREPOSITIONS | OPENS_BESIDE
    return found if led and not earlier[-1].is_name else None


def _segment_start(tokens: Sequence[SentenceToken], end: int) -> int:
    start = end
    while start > 0 and tokens[start - 1].text != "," and not tokens[start - 1].is_quotation:
        if tokens[start - 1].text in _BORDERS:
            break
        start -= 1
    return start


def _is_aside(tokens: Sequence[SentenceToken], start: int, end: int) -> bool:
    """Tell whether what stands between commas describes someone, rather than being a clause."""
    words = tokens[start:end]
    if not words:
        return False
    if words[0].lower in ("who", "whose", "which"):
        return True
    return not any(word.lower in MODALS for word in words)


def main_subject(tokens: Sequence[SentenceToken], place: int) -> NounPhrase | None:
    """Return the subject of the sentence as far as it is that of the verb at ``place``."""
    start = 0
    for _ in range(_MOST_SEGMENTS):
        end = next((n for n in range(start, place) if tokens[n].text == ","), place)
        found = _subject_at(tokens, start, place)
        if found:
            between = tokens[found.end : place]
            others = {word.lower for word in between} & _OTHER_SUBJECT
            return None if others or _starts_anew(tokens, found.end, place) else found
        if end == place:
            return None
        start = end + 1
    return None


def _subject_at(tokens: Sequence[SentenceToken], start: int, place: int) -> NounPhrase | None:
    """Return the phrase at ``start`` if a verb follows, perhaps after an aside."""
    while start < place and (
        word_at(tokens, start) in ("but", "and", "so") or is_adverb(tokens[start])
    ):
        start += 1
    if start >= place or word_at(tokens, start) in PREPOSITIONS | _OPENS_ASIDE | OPENS_BESIDE:
        return None
    found = phrase_at(tokens, start, place)
    if not found:
        return None
    after = found.end
    if tokens[after].text == ",":
        after = next((n + 1 for n in range(after + 1, place) if tokens[n].text == ","), place)
    while after < place and (is_adverb(tokens[after]) or is_of_time(tokens[after])):
        after += 1
    if after < place and (is_verb(tokens[after]) or tokens[after].lower in HAVE | QUOTING_VERBS):
        return found
    return found if after == place else None


def _starts_anew(tokens: Sequence[SentenceToken], start: int, place: int) -> bool:
    """Tell whether another clause with a subject of its own stands before the verb."""
    for number in range(start + 1, place - 1):
        if word_at(tokens, number) in ("and", "but") and tokens[number - 1].text == ",":
            after = number + 1
            while after < place and is_adverb(tokens[after]):
                after += 1
            if after < place and not is_verb(tokens[after]):
                return True
    return False


def name_before(tokens: Sequence[SentenceToken], end: int) -> NounPhrase | None:
    """Return the name that stands directly before ``end``."""
    start = end
    while start > 0 and tokens[start - 1].is_name and not is_of_time(tokens[start - 1]):
        start -= 1
    if start == end:
        return None
    if start > 0 and word_at(tokens, start - 1) == "the":
        start -= 1
    return phrase_filling(tokens, start, end)
