"""The language of a question is told only where its own words leave no doubt."""

import pytest

from retriever import Index
from retriever.text.languages import language_of, other_language


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Wer hat die Wahl gewonnen?", "de"),
        ("Was passierte mit der Fähre?", "de"),
        ("Was ist Benikoji, und wie gefährlich ist es?", "de"),
        ("¿Quién ganó las elecciones?", "es"),
        ("¿Cuántos trabajadores perdieron su empleo?", "es"),
        ("Où se trouve le barrage d'Irren?", "fr"),
        ("Qui a volé le tableau?", "fr"),
        ("Qu’a dit la Chine sur la mutinerie?", "fr"),
        ("Quanti morti ci sono stati nell'incendio?", "it"),
        ("Quem ganhou as eleições?", "pt"),
        ("Hoeveel mensen zijn er omgekomen?", "nl"),
        ("Wie is de burgemeester van Keldmoor?", "nl"),
        ("Vad hände med satelliten?", "sv"),
        ("Kto wygrał wybory?", "pl"),
        ("Кто выиграл выборы?", "ru"),
        ("Хто переміг на виборах?", "uk"),
        ("谁赢得了选举？", "zh"),
        ("誰が選挙に勝ちましたか", "ja"),
        ("누가 선거에서 이겼습니까?", "ko"),
        ("من فاز في الانتخابات؟", "ar"),
        ("Ποιος κέρδισε τις εκλογές;", "el"),
    ],
)
def test_a_question_in_another_language_is_told(question: str, code: str) -> None:
    assert language_of(question) == code
    assert other_language(question, ["en-GB"]) == code
    assert other_language(question, ["en", f"{code}-XX"]) is None


@pytest.mark.parametrize(
    "question",
    [
        "Who is Ursula von der Leyen?",
        "What did the Frankfurter Allgemeine Zeitung say about Die Linke?",
        "Where is El Salvador?",
        "Why did La Repubblica report on Cosa Nostra?",
        "Who is Luiz Inácio Lula da Silva?",
        "Was Der Spiegel fined?",
        "Was la Repubblica sold?",
        "Was Die Zeit wrong about the war?",
        "Was Putin in Berlin?",
        "Médecins Sans Frontières Gaza",
        "Rio de Janeiro carnival",
        "Who wrote Les Misérables?",
        "Kim Jong Un visit",
        "Che Guevara death",
        "Wie Michelle golf",
        "Que Sera Sera song",
        "Come to an agreement",
        "hoe sales in Kenya",
        "dove hunting in the season",
        "Is Путин ill?",
        "Путин",
        "习近平",
        "benikoji deaths",
        "42?",
        "",
    ],
)
def test_foreign_names_make_no_other_language(question: str) -> None:
    assert other_language(question, ["en"]) is None


def test_an_english_question_is_told_where_no_article_is_english() -> None:
    assert other_language("Who won the election in the city?", ["de"]) == "en"
    assert other_language("Merkel Berlin Bundestag", ["de"]) is None


@pytest.mark.model
def test_an_answer_says_that_its_question_is_in_another_language(seeds_index: Index) -> None:
    told = seeds_index.ask("Wer ist der Chef von Wagner?")
    assert told.to_dict()["question_language"] == told.question_language == "de"
    assert seeds_index.ask("Who is the chief of Wagner?").question_language is None
