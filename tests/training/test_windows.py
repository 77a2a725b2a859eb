"""Windows: whole sentences around the answer, and token places that point at it."""

import random

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from retriever.training.examples import Example
from retriever.training.rows import Row
from retriever.training.sources import Grain
from retriever.training.window_cutting import headed, window, with_another
from retriever.training.windows import make_windows
from tests.training.rows_by_hand import HARBOUR, row

OPENED = row("When did the harbour of Norvik open?", "1912", f"{HARBOUR} " * 4)


def small_tokeniser(*texts: str) -> Tokenizer:
    """Return a tokeniser of whole words, which knows those of ``texts``."""
    cut = pre_tokenizers.Whitespace()
    known = dict.fromkeys(word for text in texts for word, _ in cut.pre_tokenize_str(text.lower()))
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *known]
    vocabulary = {name: number for number, name in enumerate(names)}
    tokeniser = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106  # no secret
    tokeniser.normalizer = normalizers.Lowercase()
    tokeniser.pre_tokenizer = cut
    tokeniser.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokeniser


def example(one: Row, grain: Grain = Grain.WORDS) -> Example:
    return Example(row=one, grain=grain, kind="given")


@pytest.mark.parametrize("seed", range(20))
def test_a_window_is_of_whole_sentences_and_keeps_the_answer(seed: int) -> None:
    chance = random.Random(seed)
    cut = headed(with_another(window(OPENED, chance), "Rain fell on Elverum.", chance), chance)
    assert {one.of(cut.passage) for one in cut.answers} == {"1912"}
    assert "The harbour of Norvik opened in 1912." in cut.passage


@pytest.mark.parametrize("seed", range(5))
def test_offsets_point_at_the_answer(seed: int) -> None:
    cut = window(OPENED, random.Random(seed))
    tokeniser = small_tokeniser(cut.question, cut.passage)
    (made,) = make_windows([example(cut)], tokeniser)
    span = made.tokens[made.starts[0] : made.ends[0] + 1].tolist()
    assert tokeniser.decode(span) == "1912"
    assert made.passage <= made.starts[0]


def test_without_an_answer_the_first_place_is_right() -> None:
    nothing = Row(source="by hand", question="Who?", passage=HARBOUR, answers=(), answerable=False)
    (made,) = make_windows([example(nothing)], small_tokeniser(HARBOUR))
    assert made.starts.tolist() == made.ends.tolist() == [0]


def test_any_word_of_an_answering_sentence_is_right() -> None:
    sentence = row("When did it open?", "A bridge joins the two towns.")
    (made,) = make_windows([example(sentence, Grain.SENTENCE)], small_tokeniser(HARBOUR))
    assert len(made.starts) == len(made.ends) == 7
    assert not made.exact


def test_an_answer_beyond_the_end_is_left_out() -> None:
    late = row("When?", "1912", "rain " * 400 + "1912")
    assert not list(make_windows([example(late)], small_tokeniser("rain 1912 when")))
