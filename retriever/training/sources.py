"""The public question sets that the reader learns from: how each is used, and its licence.

Named by repository and commit so that anyone can fetch them again; the rows themselves stay out of
the project.
"""

from dataclasses import dataclass
from enum import StrEnum


class Grain(StrEnum):
    """How exactly a source says where the answer is."""

    WORDS = "words"
    SENTENCE = "sentence"
    PASSAGE = "passage"


class PassageContext(StrEnum):
    """What a window is cut from."""

    PASSAGE = "passage"  # the row's own passage
    NEWS = "news"  # one sentence, joined with others of the news and encyclopedia pool
    NEIGHBOURS = "neighbours"  # one sentence, joined with those that stand beside it in its file


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of rows; ``share`` is how many windows are made of an answerable row, on average."""

    name: str
    share: float
    repository: str
    licence: str
    grain: Grain = Grain.WORDS
    context: PassageContext = PassageContext.PASSAGE
    edited: bool = True  # are near misses made of its rows?
    made: bool = False  # are its rows made from the sentences of the pool?
    twinned: bool = False  # do its rows come with like ones that are not answered?
    retrieved: bool = True  # are wrong passages of the same source paired with its questions?
    lower_cased: bool = False  # were its rows published without capitals?


def _source(name: str, share: float, repository: str, licence: str, **how: object) -> Source:
    return Source(name=name, share=share, repository=repository, licence=licence, **how)  # type: ignore[arg-type]


_NEW_WIKI = ("modestyachts/squadshifts-website @ b7cc4d50af79", "CC BY 4.0 (dataset card)")
_ONESTOP = ("berzak/onestop-qa @ 7a058755e1ff", "CC BY-SA 4.0")
_TALES = ("uci-soe/FairytaleQAData @ a24ddc173646", "Apache-2.0")

SOURCES = (
    _source(
        "roles",
        1.5,
        "made from the pool's sentences",
        "as the pool's",
        context=PassageContext.NEWS,
        made=True,
        edited=False,
        retrieved=False,
    ),
    _source(
        "relations",
        1.4,
        "made from kleinay/QANom @ 2bce70e8a39b and plroit/qasrl-gs @ f7c64ae9b6fe",
        "MIT",
        context=PassageContext.NEWS,
        made=True,
        twinned=True,
        retrieved=False,
    ),
    _source("onestopqa", 3, *_ONESTOP),
    _source("onestopqa_hardneg", 1, *_ONESTOP),
    _source("squadshifts_new_wiki", 2, *_NEW_WIKI),
    _source("squadshifts_new_wiki_hardneg", 0.5, *_NEW_WIKI),
    _source("qamr", 0.33, "uwnlp/qamr @ 956b0eb2d585", "MIT", context=PassageContext.NEWS),
    _source(
        "qadiscourse",
        0.8,
        "ValentinaPy/QADiscourse @ e5dfb57e4783",
        "CC BY 4.0",
        context=PassageContext.NEWS,
    ),
    _source(
        "squad_nqg_test_sentences",
        1,
        "xinyadu/nqg @ 8211129a3e97",
        "CC BY-SA 4.0",
        grain=Grain.SENTENCE,
        context=PassageContext.NEIGHBOURS,
        lower_cased=True,
    ),
    _source("fairytaleqa", 0.4, *_TALES),
    _source("fairytaleqa_hardneg", 0.25, *_TALES),
    _source("selqa", 1, "emorynlp/selqa", "Apache-2.0", grain=Grain.SENTENCE),
    _source(
        "condaqa",
        0.35,
        "AbhilashaRavichander/CondaQA",
        "Apache-2.0",
        grain=Grain.SENTENCE,
        edited=False,
        retrieved=False,
    ),
    _source("timeqa_human", 0.6, "wenhuchen/Time-Sensitive-QA", "BSD-3-Clause"),
    _source("tatqa_text", 0.5, "NExTplusplus/TAT-QA", "CC BY 4.0"),
    _source("quotesum_dev", 1, "google-research-datasets/QuoteSum", "CC BY-SA 4.0"),
    _source("covidqa", 0.3, "deepset-ai/COVID-QA", "Apache-2.0", edited=False),
    _source("policyqa", 0.1, "wasiahmad/PolicyQA", "MIT", edited=False, retrieved=False),
    _source(
        "medquad",
        0.12,
        "abachaa/MedQuAD",
        "CC BY 4.0",
        grain=Grain.PASSAGE,
        edited=False,
        retrieved=False,
    ),
    _source(
        "fm2_claims",
        0.2,
        "google-research/fool-me-twice",
        "Apache-2.0",
        grain=Grain.SENTENCE,
        edited=False,
    ),
    _source(
        "wice_claims",
        0.25,
        "ryokamoi/wice",
        "ODC-BY (annotations)",
        grain=Grain.SENTENCE,
        edited=False,
    ),
)

CASED = ("squadshifts_new_wiki", "selqa", "qamr", "qadiscourse", "wice_claims")
"""Whose passages show which words are written with capitals."""

POOL = ("qamr", "qadiscourse", "qanom", "qasrl_gs")
"""Whose sentences may stand beside those of a :attr:`PassageContext.NEWS` source."""
