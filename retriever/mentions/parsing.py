r"""Reading an expression: words, phrases and the operators between them.

The operators are those of Lucene and of SQLite's FTS5, in capitals, and NEAR as news databases have
it. Words side by side are a phrase, as in Factiva and LexisNexis: who types a name wants that name.
Lark parses: luqum, which reads Lucene's language, knows no NEAR, and FTS5 would want a second copy
of all texts, cut into words by rules that are not those of this index.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from retriever.errors import QuestionError
from retriever.mentions.expression import (
    AllOf,
    AnyOf,
    Expression,
    NoneOf,
    SoughtNear,
    SoughtPhrase,
    SoughtSource,
    SoughtWord,
)
from retriever.text.terms import words
from retriever.text.word_forms import as_written, word_forms

SYNTAX = (
    "Exact words, several are a phrase · report* any ending · AND OR NOT ( )"
    " · NEAR one sentence, NEAR/5 five words · =US as written · title: publisher: author:"
)
"""How expressions are written, in one line of help."""

FIELDS = ("title:", "publisher:", "author:")
MOST_CHARACTERS = 1_000
MOST_PARTS = 100  # words and operators

_GRAMMAR = r"""
start: _any
_any: any_of | _all
any_of: _all (_OR _all)+
_all: all_of | _one
all_of: _one (_AND? _one)+
_one: none_of | near | _operand
none_of: _NOT _one
near: (near | _operand) NEAR _operand
_operand: phrase | "(" _any ")"
phrase: FIELD? (QUOTED | WORD+)

FIELD.3: /(?:title|publisher|author):(?=\S)/i
NEAR.2: /NEAR(?:\/\d{1,3})?(?![^\s()"])/
_AND.2: /AND(?![^\s()"])/
_OR.2: /OR(?![^\s()"])/
_NOT.2: /NOT(?![^\s()"])/
QUOTED: /"[^"]*"/
WORD: /[^\s()"]+/
%ignore /\s+/
"""
# With those of full width, as Chinese and Japanese keyboards give them.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»\uff02", '"') | {"\uff08": "(", "\uff09": ")"})
_FIELD_LIKE = re.compile(r"[^\W\d_]{2,20}:(?=\w|$)")
_EXCLUDED = re.compile(r"-[^\W\d_]")  # as search engines have it; of -5 the sign is no word
_STAR_INSIDE = re.compile(r"\*(?=.)", re.DOTALL)


def parse_expression(text: str) -> Expression:
    """Return what an expression looks for.

    :raises QuestionError: when it is empty, too long or malformed; the line says where.
    """
    if not text.strip():
        raise QuestionError(f"there is nothing to look for; give words: {SYNTAX}")
    if len(text) > MOST_CHARACTERS:
        message = f"the expression has {len(text):,} characters; {MOST_CHARACTERS:,} are the most"
        raise QuestionError(message)
    plain = text.translate(_QUOTES)
    try:
        _require_few(plain)
        return _parser().parse(plain)  # type: ignore[return-value]  # what _Reading.start gives
    except VisitError as error:
        if isinstance(error.orig_exc, QuestionError):
            raise error.orig_exc from error
        raise
    except UnexpectedInput as error:
        raise QuestionError(_where(error, plain)) from error


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", transformer=_Reading())


def _require_few(text: str) -> None:
    parts = sum(1 for _ in _parser().lex(text))
    if parts > MOST_PARTS:
        message = f"the expression has {parts} words and operators; {MOST_PARTS} are the most"
        raise QuestionError(message)


def _where(error: UnexpectedInput, text: str) -> str:
    """Return in one line at which character an expression is malformed, and what stands there."""
    at: int = getattr(error, "pos_in_stream", None) or 0
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return "the expression ends too early: a word or a closing parenthesis is missing"
    if isinstance(error, UnexpectedCharacters) and text[at] == '"':
        return f"the quotation mark at character {at + 1} is not closed"
    found = text[at : at + 20].split(maxsplit=1)[0]
    return f"“{found}” at character {at + 1} of the expression is not expected there"


class _Reading(Transformer[Token, Expression]):
    """Makes the tree, from the words upwards."""

    def start(self, found: list[Any]) -> Expression:
        expression: Expression = found[0]
        return expression

    def any_of(self, parts: list[Any]) -> AnyOf:
        return AnyOf(parts=tuple(parts))

    def all_of(self, parts: list[Any]) -> AllOf:
        return AllOf(parts=tuple(parts))

    def none_of(self, found: list[Any]) -> NoneOf:
        return NoneOf(part=found[0])

    def near(self, found: list[Any]) -> Expression:
        one, operator, other = found
        number = operator.partition("/")[2]
        most = int(number) if number else None
        if chain := _chain(one):  # a NEAR b NEAR c: b is near both
            further = SoughtNear(one=chain[-1].other, other=_operand(other, operator), most=most)
            return AllOf(parts=(*chain, further))
        one, other = _operand(one, operator), _operand(other, operator)
        return SoughtNear(one=one, other=other, most=most)

    def phrase(self, tokens: list[Token]) -> Expression:
        field, at = "", (tokens[0].start_pos or 0) + 1
        if tokens[0].type == "FIELD":
            field, tokens = str(tokens[0]).rstrip(":").lower(), tokens[1:]
        typed = " ".join(tokens).strip('" ')
        if field in {"publisher", "author"}:
            if not words(typed):
                raise QuestionError(_nothing_behind(f"{field}:", at))
            return SoughtSource(field=field, name=typed)
        sought = tuple(word for piece in _pieces(tokens) for word in _words(piece))
        if not sought:
            at = (tokens[0].start_pos or 0) + 1
            raise QuestionError(f"there is no word in “{typed[:20]}” at character {at}")
        return SoughtPhrase(words=sought, in_title=bool(field))


def _nothing_behind(field: str, at: int) -> str:
    return f"nothing stands behind “{field}” at character {at}"


def _chain(found: Expression) -> tuple[SoughtNear, ...]:
    """Return the links of ``a NEAR b NEAR c``, as read so far; nothing for what is none."""
    parts = found.parts if isinstance(found, AllOf) else (found,)
    links = tuple(part for part in parts if isinstance(part, SoughtNear))
    joined = all(one.other is next_one.one for one, next_one in pairwise(links))
    return links if joined and len(links) == len(parts) else ()


def _operand(found: Expression, operator: str) -> SoughtPhrase | AnyOf:
    """Return one side of NEAR: a phrase, or a choice of phrases.

    :raises QuestionError: when it is something else.
    """
    match found:
        case SoughtPhrase(in_title=False):
            return found
        case AnyOf(parts=parts):
            return AnyOf(parts=tuple(_operand(part, operator) for part in parts))
    message = f"{operator} stands between words, phrases or choices such as (report* OR article)"
    raise QuestionError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """What was typed between two blanks, at which place, and whether in quotation marks."""

    typed: str
    at: int
    quoted: bool


def _pieces(tokens: Iterable[Token]) -> Iterator[_Piece]:
    for token in tokens:
        for part in re.finditer(r"[^\s\"]+", token):
            at = (token.start_pos or 0) + part.start()
            yield _Piece(typed=part.group(), at=at, quoted=token.type == "QUOTED")


def _words(piece: _Piece) -> Iterator[SoughtWord]:
    """Yield the words of a piece: several in "Franco-German", and in a script without blanks."""
    _require_sound(piece)
    body = piece.typed.strip("=*")
    found = word_forms(body)
    for place, one in enumerate(found):
        before = found[place - 1] if place else None
        is_written = piece.typed.startswith("=") and not one.single
        yield SoughtWord(
            form=as_written(body[one.start : one.end]) if is_written else one.form,
            is_written=is_written,
            prefix=piece.typed.endswith("*") and one is found[-1] and not one.single,
            joined=before is not None and before.end == one.start,
        )


def _require_sound(piece: _Piece) -> None:
    """Refuse a field that there is not, and signs in places where they mean nothing.

    :raises QuestionError: which says where.
    """
    typed, at = piece.typed, piece.at + 1
    field = None if piece.quoted else _FIELD_LIKE.match(typed)
    if field and field.group().lower() in FIELDS:
        raise QuestionError(_nothing_behind(field.group(), at))
    if field and field.end() < len(typed):
        message = f"there is no field “{field.group()}” (at character {at})"
        raise QuestionError(f"{message}; there are {', '.join(FIELDS)}")
    if not piece.quoted and typed.startswith("NEAR/"):
        message = f"“{typed[:20]}” at character {at} is no NEAR: NEAR/0 to NEAR/999 are"
        raise QuestionError(message)
    if not piece.quoted and _EXCLUDED.match(typed):
        raise QuestionError(
            f"“{typed[:20]}” at character {at} excludes nothing: write NOT before a word, or put "
            "it in quotation marks"
        )
    if inside := _STAR_INSIDE.search(typed):
        place = piece.at + inside.start() + 1
        raise QuestionError(f"the asterisk at character {place} has to stand at the end of a word")
    if typed.startswith("=") and typed.endswith("*"):
        raise QuestionError(f"“{typed[:20]}” at character {at} has both = and *; one can be done")
