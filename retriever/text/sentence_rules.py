"""What news needs beyond the sentence library, one named rule each.

Each rule is general: none knows an article, a name or a data set. Measured on the gold sentences
of the data sets (see ``tests/text/test_sentences.py`` for an example of each).
"""

import re
from collections.abc import Iterator

from retriever.records.dates import MONTHS

_Bounds = tuple[int, int]

_ZONE = r"(?:[ECMP][SD]?T|GMT|BST|UTC|CET|CEST|IST|JST|AEST|AEDT)"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = rf"(?:{'|'.join(MONTHS)}|Jun|Jul|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)"
_OPENERS = (
    "A An And Although Another As At Because Before But By Even For From He Her His However I If In"
    " It Its Many Meanwhile More Most My No Not On One Our She Since So Some That The Their Then"
    " There These They This Those Thus To Under Unlike Until We What When Where While Who Why With"
    " You Your"
).split()
"""Words that open English sentences and are no one's name."""

_OPENER = rf"(?:{'|'.join(_OPENERS)})(?=[\s,’'])"

_HOUR = re.compile(r"\b[ap]\.\s?m\.$")
_AFTER_HOUR = re.compile(rf"(?:{_ZONE}|{_DAY}s?|{_MONTH}|\d)(?![\w-])|\(")
_TITLES = frozenset(
    "Mr Mrs Ms Mx Dr Prof Sen Rep Gov Gen Col Lt Sgt Capt Cpl Maj Adm Rev Hon Pres Supt Messrs St"
    " Ft Mt Sens Reps Drs".split()
)
_INITIALS = re.compile(
    r"(?<![\w.])(?!(?:U\.[SKN]|D\.C|B\.C|A\.D|E\.U|L\.A|N\.[YJCHDM]|S\.[CD]|[ap]\.m)\.)"
    r"(?:[A-Z]\.){2,3}$"
)
_NAME = re.compile(rf"(?!{_OPENER})[A-Z][a-z]")
# No sentence ends in these before a figure, nor in those of the second list before a name.
_OF_A_NUMBER = frozenset(
    "approx Approx appx ca est max avg vol Vol vols Vols nos Nos p pp ch Ch chap Chap fig Fig figs"
    " Figs sec Sec secs Secs Art Arts arts para Para paras Paras pars cl ed eds tel Tel ext Ext vs"
    " bk bks pt Pt pts nr Nr fol fols incl excl".split()
)
_NUMBER = re.compile(r"[§$€£#]?\s?\d|[IVXLC]{2,}\b")
_OF_A_NAME = frozenset(
    "Natl Intl Int Assn Assoc Dept Depts Dist Div Univ Inst Govt Pt Pk Cmdr Cdr Comdr Brig Insp Det"
    " Atty Pvt Spc Fr Br Bros Com Comm Adj Asst Assist Dir Gens Cols Lts Profs Revs Mme Mmes Mlle"
    " Amb Chanc Sec Treas Chmn".split()
)
# "Yum! Foods", "Wham! UK": a mark that belongs to a name, known or told by the word before it.
_MARKED_NAME = re.compile(
    r"\b(?:Yahoo|Yum|Wham|Jeopardy|Joomla|Panic|Airplane|Kazaam|Mamma Mia|Oklahoma|Chips Ahoy"
    r"|(?:for|of|by|with|and|at|to|its) [A-Z]\w{1,20})!$"
)
_IN_A_NAME = re.compile(rf"(?!{_OPENER}|(?:I|We|They)\b)[A-Z][\w’']+(?:\s|[,.;]|$)")
_BEHIND_MARKS = re.compile(r".*[^\w.](?=[\w.])")  # what of a word stands before marks inside it
_QUESTION_OR_ANSWER = re.compile(r"[QA][.:]$")
_NEGATION = re.compile(r"(?<=[\s”\"’,])no\.\s+(?=[A-Z])")
_OPENER_AFTER_INITIAL = re.compile(rf"(?<=\s)[A-Z]\.\s+(?={_OPENER})")

_WORD = re.compile(r"[^\W\d_]+(?=[\s,’'])")
_ADDRESS = re.compile(r"\S*(?:://|\w\.\w)")
_CONTINUATION = re.compile(r"[;,:)\]](?!\w)|[–—-]\s*[A-Z“\"(]")
_BROKEN_OFF = re.compile(r"(?:[A-Z]\w{1,4}|[A-Z]\.[A-Z])\.$")
_NOTE_MARK = r"(?:\[\d{1,3}\]|\[[a-z][a-z ]{2,30}\]|[¹²³⁴-⁹⁰]{1,3})"
_TAIL = re.compile(rf"\s*(?:[”’»)\]]|{_NOTE_MARK}){{1,12}}(?=\s|$)")
_OPENING = re.compile(r"[“‘«„(\[]|(?<=\s)[\"']")
_AFTER_NOTE_MARK = re.compile(rf"[.!?…][\"'”’]*{_NOTE_MARK}+\s+(?=[A-Z“‘\"'(\[])")
_BRACKETED_SENTENCE = re.compile(r"[.!?…][\"'”’]?[)\]]\s+(?=[A-Z“‘\"'(\[])")
_LIST_NUMBER = re.compile(r"\(?\d{1,3}[.)]")
_FULL_STOP_OF_CHINESE = re.compile(r"[。！？｡]+(?![。！？｡」』”’）)\]])(?=\S)")  # noqa: RUF001
_MARKS_OF_CHINESE = "。！？｡"  # noqa: RUF001
_OPENED, _CLOSED = re.compile("[「『“（]"), re.compile("[」』”）]")  # noqa: RUF001
_LONGEST_BRACKET = 1000
_MOST_OPENING_MARKS = 12


def extra_cuts(text: str, start: int, end: int, code: str) -> Iterator[int]:
    """Yield the places in ``text[start:end]`` where a sentence begins that the library misses."""
    for match in _AFTER_NOTE_MARK.finditer(text, start, end):
        yield match.end()
    for match in _BRACKETED_SENTENCE.finditer(text, start, end):
        if _opens_as_sentence(text, start, match.start()):
            yield match.end()
    yield from _cuts_of_chinese(text, start, end)
    if code == "en":
        for pattern in (_NEGATION, _OPENER_AFTER_INITIAL):
            for match in pattern.finditer(text, start, end):
                yield match.end()


def _cuts_of_chinese(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the places behind full stops of Chinese and Japanese, which no blank follows.

    The sentences of a quotation and those in brackets stay together.
    """
    if all(text.find(mark, start, end) < 0 for mark in _MARKS_OF_CHINESE):  # told at once
        return
    for match in _FULL_STOP_OF_CHINESE.finditer(text, start, end):
        before = text[max(start, match.end() - _LONGEST_BRACKET) : match.end()]
        if len(_OPENED.findall(before)) <= len(_CLOSED.findall(before)):
            yield match.end()


def settled(text: str, cut: int, start: int, end: int) -> int:
    """Return the cut with closing marks and note marks left of it, opening marks right of it."""
    if start < cut < end:
        tail = _TAIL.match(text, cut, end)
        if tail:
            return tail.end()
        place = cut
        while place > max(start, cut - _MOST_OPENING_MARKS) and (
            text[place - 1].isspace() or _OPENING.match(text, place - 1)
        ):
            place -= 1
        return place if _OPENING.search(text, place, cut) else cut
    return cut


def goes_on(text: str, left: _Bounds, right: _Bounds, code: str) -> bool:
    """Return whether the sentence does not end between the two neighbouring pieces."""
    before = text[max(left[0], left[1] - 40) : left[1]].rstrip()
    after = text[right[0] : min(right[1], right[0] + 40)].lstrip()
    if not has_word(text, right) and not _LIST_NUMBER.fullmatch(after.rstrip()):
        return True
    if _CONTINUATION.match(after) and (after[0] in ";,:)]" or _BROKEN_OFF.search(before)):
        return True
    if after[:1] == "と" and before[-1:] in "」』":  # "…", somebody said
        return True
    if after[:1].islower() and _WORD.match(after) and not _ADDRESS.match(after):
        return True
    return code == "en" and _goes_on_in_english(before, after, left[1] - left[0])


def _goes_on_in_english(before: str, after: str, length: int) -> bool:
    """Return whether an abbreviation, not a sentence, ends here."""
    if _AFTER_HOUR.match(after) and _HOUR.search(before):
        return True
    if _QUESTION_OR_ANSWER.match(before) and length < 5:
        return True
    return after.startswith("& ") or _is_abbreviated(before, after)


def _is_abbreviated(before: str, after: str) -> bool:
    """Return whether a mark is that of an abbreviation or a name, told by what follows."""
    last = _BEHIND_MARKS.sub("", before.rpartition(" ")[2])
    if last.endswith("!"):
        return bool(_IN_A_NAME.match(after) and _MARKED_NAME.search(before))
    word = last.removesuffix(".")
    if word == last:
        return False
    if _NAME.match(after) and (word in _OF_A_NAME or _INITIALS.search(before)):
        return True
    return word in _TITLES or bool(word in _OF_A_NUMBER and _NUMBER.match(after))


def has_word(text: str, piece: _Bounds) -> bool:
    """Return whether the piece has a letter; a list number, a dash or a lone mark has none."""
    return any(character.isalpha() for character in text[piece[0] : piece[1]])


def _opens_as_sentence(text: str, start: int, closing: int) -> bool:
    """Return whether the bracket that ends at ``closing`` began after a full stop or at the start.

    This tells "(He came.) Then" from "Adam Schiff (D-Calif.) Monday".
    """
    floor = max(start, closing - _LONGEST_BRACKET)
    opening = max(text.rfind("(", floor, closing), text.rfind("[", floor, closing))
    if opening < 0:
        return False
    before = text[max(start, opening - 5) : opening].rstrip()
    return not before or before[-1] in '.!?…”"])'
