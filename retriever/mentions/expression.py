"""What an expression looks for, as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from retriever.text.terms import bare_word
from retriever.text.word_forms import AS_WRITTEN, IN_TITLE


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtWord:
    """A word, or a character of a script without blanks.

    ``form`` is folded, unless the word ``is_written`` so, with its case and accents. A ``prefix``
    stands for every word that begins with it. What is ``joined`` follows the one before with
    nothing between.
    """

    form: str
    is_written: bool = False
    prefix: bool = False
    joined: bool = False

    @property
    def folded(self) -> str:
        """The form without case and accents."""
        return bare_word(self.form) if self.is_written else self.form

    @property
    def is_looked_for(self) -> bool:
        """Whether texts have to tell it from others: the index counts "us" with "US" in it."""
        return self.is_written and self.form == self.folded

    @property
    def indexed(self) -> str:
        """The form that is counted in the index, of this word or of more than it."""
        return AS_WRITTEN + self.form if self.is_written and not self.is_looked_for else self.folded


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtPhrase:
    """Words in a row, one or more, whatever stands between them that is no word."""

    words: tuple[SoughtWord, ...]
    in_title: bool = False

    def indexed(self, word: SoughtWord) -> str:
        """Return the form of a word of it that is counted in the index."""
        return IN_TITLE + word.folded if self.in_title else word.indexed


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtNear:
    """Two things near each other, in either order: at most ``most`` words between them.

    Without ``most`` both stand in one sentence.
    """

    one: "Operand"
    other: "Operand"
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtSource:
    """Articles of a publisher, or of an author."""

    field: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Articles that hold every part."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Articles that hold one part or several."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf:
    """Articles that do not hold the part."""

    part: "Expression"


Operand = SoughtPhrase | AnyOf
Place = SoughtPhrase | SoughtNear
Expression = SoughtPhrase | SoughtNear | SoughtSource | AllOf | AnyOf | NoneOf


def places_sought(expression: Expression) -> Iterator[Place]:
    """Yield what of an expression is looked for in texts, and is not excluded."""
    match expression:
        case SoughtPhrase():
            if not expression.in_title:
                yield expression
        case SoughtNear():
            yield expression
        case AllOf() | AnyOf():
            for part in expression.parts:
                yield from places_sought(part)
        case SoughtSource() | NoneOf():
            return
