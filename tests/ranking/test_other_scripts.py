"""Questions in scripts that part no words, and words with characters that have no width."""

from collections.abc import Callable

import pytest

from retriever import Answer, Outcome, open_index
from tests.building import build_with
from tests.hashing_encoder import HashingEncoder

ARTICLES = {
    "ja.txt": "港の橋が閉鎖された。市長は、国際標準化に関する会議で決めたと述べた。",
    "zh.txt": "港口因风暴关闭。市长雷耶斯表示，航道将关闭到周五。",
    "ko.txt": "태풍으로 항구가 닫혔다. 시장은 금요일까지 닫는다고 말했다.",
    "th.txt": "เมื่อวานนี้พายุปิดท่าเรือแล้ว นายกเทศมนตรีกล่าวว่าจะเปิดวันศุกร์",
    "hi.txt": "तूफान ने बन्दरगाह बन्द किया। मेयर ने कहा कि शुक्रवार को खुलेगा।",
    "de.txt": "Der Wert\xadpapier\xadindex fiel am Montag. Nie\u200bmand verkaufte.",
    "en.jsonl": '{"text": "The share\u00adholders of Ostby met. No\u200bbody sold."}',
}
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("scripts")
    (folder / "corpus").mkdir()
    for name, text in ARTICLES.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    build_with(HashingEncoder(), folder / "corpus", folder / "index")
    index = open_index(folder / "index", load=lambda _: HashingEncoder())
    return index.ask


@pytest.mark.parametrize(
    ("question", "article", "holds"),
    [
        ('"国際標準化"', "ja.txt", "国際標準化"),
        ("「閉鎖された」", "ja.txt", "閉鎖された"),
        ('"雷耶斯"', "zh.txt", "雷耶斯"),
        ('"항구"', "ko.txt", "항구"),
        ('"ท่าเรือ"', "th.txt", "ท่าเรือ"),
        ('"बन्दरगाह"', "hi.txt", "बन्दरगाह"),
        ('"Wertpapierindex"', "de.txt", "Wertpapierindex"),
        ('"Wert\xadpapierindex"', "de.txt", "Wertpapierindex"),
        ('"shareholders of Ostby"', "en.jsonl", "holders of Ostby"),
    ],
)
def test_words_in_quotation_marks_are_found(
    ask: Ask, question: str, article: str, holds: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.quotes[0].article.id.startswith(article)
    assert holds in answer.quotes[0].text
    assert answer.question_language is None


@pytest.mark.parametrize(
    "question",
    [
        "市長は何と述べた？",
        "港口为什么关闭？",
        "시장은 언제 말했다?",
        "ท่าเรือ",
        "港",
        "मेयर ने क्या कहा?",
    ],
)
def test_no_word_that_stands_there_is_said_to_be_missing(ask: Ask, question: str) -> None:
    unknown = ask(question).unknown
    assert not [word for word in unknown if any(word in text for text in ARTICLES.values())]
    assert len(unknown) <= 1  # the question word


@pytest.mark.parametrize("question", ['"航空母艦"', '"공항"', '"ขนมปัง"', '"Aktienindex"'])
def test_what_stands_nowhere_is_said_to_be_missing(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NOT_FOUND
    assert question.strip('"') in answer.unknown
