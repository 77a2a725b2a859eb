"""From a draft to a verdict on each of its quotations."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from retriever.drafts.candidates import QuotationSources
from retriever.drafts.placing import Placement, place
from retriever.drafts.quotations import DraftQuotation, draft_quotations
from retriever.drafts.speakers import DraftSpeakers, named_speaker
from retriever.drafts.verdicts import Accuracy, CheckedQuotation, DraftCheck, SourcePlace
from retriever.errors import DraftError
from retriever.index.generation import Generation
from retriever.records import Article, Span

LONGEST_DRAFT = 1_000_000
"""Code points of a draft; a long book has as many."""
MOST_QUOTATIONS = 1_000
# Of one quotation. Beyond these it takes seconds to compare, and more the longer it is.
MOST_WORDS, MOST_PARTS = 1_500, 20
# Each quotation is told, compared or not: of more the reply would be tens of megabytes.
MOST_MARKS = 10_000
_MAY_OPEN = re.compile(r"(?<!\w)[\"'“”„«»‘‚]")
MOST_PLACES = 20  # that have a quotation exactly and are told
_MOST_COMPARED = 5  # of them whose speakers are compared with the draft's

# What is nearly the same shares more than this of its words, and of their rarity; set on sentences
# of the seeds and of made-up news, of which a word was changed. Fewer words are too few to tell.
_WORDS_SHARED, _RARITY_SHARED = 0.6, 0.4
_FEWEST_SHARED = 3


def check_draft(text: str, generation: Generation) -> DraftCheck:
    """Return what the articles of a generation say of every quotation in ``text``.

    :raises DraftError: when it is longer than :data:`LONGEST_DRAFT`, or full of opened quotations.
    """
    if len(text) > LONGEST_DRAFT:
        raise DraftError(
            f"the draft has {len(text):,} characters; check at most {LONGEST_DRAFT:,} at a time"
        )
    if len(_MAY_OPEN.findall(text)) > MOST_MARKS:
        raise DraftError(
            f"the draft has more than {MOST_MARKS:,} quotation marks; check it in parts"
        )
    draft = Article(id="draft", path="draft", text=text, sha256="")
    sources = QuotationSources(generation)
    found = [*draft_quotations(text)]
    speakers = DraftSpeakers(draft)
    checked = [_checked(one, draft, sources, speakers) for one in found[:MOST_QUOTATIONS]]
    checked += [
        CheckedQuotation(span=one.span, accuracy=Accuracy.UNCHECKED)
        for one in found[MOST_QUOTATIONS:]
    ]
    return DraftCheck(text=text, quotations=tuple(checked))


def _checked(
    quotation: DraftQuotation, draft: Article, sources: QuotationSources, speakers: DraftSpeakers
) -> CheckedQuotation:
    words = " ".join(draft.text[part[0].start : part[-1].end] for part in quotation.parts)
    speaker = named_speaker(draft, quotation.span)
    checked = partial(CheckedQuotation, span=quotation.span, speaker=speaker)
    too_large = quotation.words > MOST_WORDS or len(quotation.parts) > MOST_PARTS
    if too_large or not sources.can_look_for(words):
        return checked(accuracy=Accuracy.UNCHECKED)
    exact, nearest = _placements(quotation, words, sources)
    places = exact or ([nearest] if nearest and _is_near(nearest, quotation, sources) else [])
    if not places:
        return checked(accuracy=Accuracy.NOWHERE)
    found = [_source_place(one) for one in places[:_MOST_COMPARED]]
    own = places[0].article.id
    return checked(
        accuracy=Accuracy.EXACT if exact else Accuracy.NEARLY,
        place=found[0],
        differences=places[0].differences,
        also_in=tuple(dict.fromkeys(one.article.id for one in places if one.article.id != own)),
        other_speaker=speaker is not None and _name_another(speakers, speaker, found),
    )


def _name_another(speakers: DraftSpeakers, speaker: Span, places: Sequence[SourcePlace]) -> bool:
    """Tell whether every place that names a speaker surely names another, and one does."""
    named = [(place.article, place.speaker) for place in places if place.speaker]
    return bool(named) and all(
        speakers.is_another(speaker, article, other) for article, other in named
    )


def _placements(
    quotation: DraftQuotation, words: str, sources: QuotationSources
) -> tuple[list[Placement], Placement | None]:
    """Return where a quotation stands exactly, the best place first, and what is nearest else."""
    exact: list[Placement] = []
    nearest: Placement | None = None
    for found in _compared(quotation, words, sources):
        if not found.differences:
            exact.append(found)
            if len(exact) == MOST_PLACES:
                break
        elif nearest is None or _rank(found) > _rank(nearest):
            nearest = found
    return sorted(exact, key=_order), nearest


def _compared(
    quotation: DraftQuotation, words: str, sources: QuotationSources
) -> Iterator[Placement]:
    beside = 1 if len(quotation.parts) == 1 else 3
    seen: set[tuple[str, tuple[Span, ...]]] = set()
    for window in sources.windows(words, beside=beside):
        found = place(quotation, window)
        if found and (found.article.id, found.spans) not in seen:
            seen.add((found.article.id, found.spans))
            yield found


def _rank(found: Placement) -> tuple[float, int]:
    return found.share, -found.apart


def _order(found: Placement) -> tuple[bool, bool, str]:
    """Order exact places: those where it is quoted first, then by the date of publication."""
    published = found.article.published
    return not found.is_quoted, published is None, published.value if published else ""


def _is_near(found: Placement, quotation: DraftQuotation, sources: QuotationSources) -> bool:
    """Tell whether so much agrees that the words of the article may be meant."""
    if len(found.agreeing) < _FEWEST_SHARED or found.share < _WORDS_SHARED:
        return False
    quoted = [token.exact for part in quotation.parts for token in part if token.is_word]
    in_all = sum(map(sources.rarity, quoted))
    return sum(map(sources.rarity, found.agreeing)) >= _RARITY_SHARED * in_all


def _source_place(found: Placement) -> SourcePlace:
    whole = Span(start=found.spans[0].start, end=found.spans[-1].end)
    return SourcePlace(
        article=found.article, spans=found.spans, speaker=named_speaker(found.article, whole)
    )
