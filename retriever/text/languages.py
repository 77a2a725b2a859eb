"""Which language a short text is in, told only where its own words leave no doubt.

Libraries for this count letters: over whole articles they are nearly always right, and "What did
Le Monde say?" is French to them. A question has closed-class words of its language, and its names,
which may be of any language, are left out of account. So it is read by those words, and by its
script. Another language is another entry of the tables; one that has none is not told.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from retriever.text.content_words import words_of
from retriever.text.terms import fold_word

LEAST_LETTERS = 5  # of a script that parts no words: "习近平" is a name
LEAST_WORDS = 2  # of any other script: "Путин" is a name, too
LEAST_LATIN = 3  # of this script: "Der Spiegel"

# Folded, as `fold_word` leaves them. Question words are few and stand at the beginning; beside one
# stands another word of the same language.
_QUESTION_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "what which who whom whose when where why how",
        "de": "wer wen wem wessen was wann wo wohin woher warum wieso weshalb wie wieviel wieviele"
        " welche welcher welches welchen welchem",
        "fr": "qui que quoi quand ou comment pourquoi combien quel quelle quels quelles est-ce qu",
        "es": "quien quienes que cuando donde adonde como cuanto cuanta cuantos cuantas cual"
        " cuales",
        "it": "chi che cosa quando dove come perche quanto quanta quanti quante quale quali dov"
        " cos",
        "pt": "quem que quando onde como quanto quanta quantos quantas qual quais porque",
        "nl": "wie wat wanneer waar waarom hoe hoeveel welke welk waarheen waarvoor",
        "sv": "vem vad nar var varfor hur vilken vilket vilka vems",
        "da": "hvem hvad hvornar hvor hvorfor hvordan hvilken hvilket hvilke",
        "no": "hvem hva nar hvor hvorfor hvordan hvilken hvilket hvilke",
        "pl": "kto kogo komu co kiedy gdzie dlaczego jak ile jaki jaka jakie ktory ktora ktore czy",
    }.items()
}
_OTHER_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "in on at an or if and us did does do is are was were the of to with from about that"
        " this these those it can could would should has have had been not by for she they we you"
        " he his their its",
        "de": "der die das den dem des ein eine einen einem einer ist sind war waren hat haben"
        " hatte wird werden wurde wurden kann sagte sagt und oder nicht von vom zu zum zur mit bei"
        " nach uber fur auf aus im am es er sie viele viel alt lange kostet heißt heisst",
        "fr": "le la les l un une des du de est sont etait a ont avait sera et ou ne pas dans sur"
        " pour par avec sans il elle ils elles on se son sa ses au aux ce cette c'est ete fait dit",
        "es": "el la los las un una de del es son era fue fueron esta estan ha han hay y o no en"
        " por para con sin sobre se su sus al lo dijo murieron tiene",
        "it": "il lo la i gli le un una di del della dei delle e sono era ha hanno stato stata"
        " stati in nel nella per con su da al alla si non ci anni",
        "pt": "o a os as um uma de do da dos das e sao era foi foram esta estao tem em no na nos"
        " nas por para com sem sobre se seu sua ao nao disse morreram",
        "nl": "de het een is zijn was waren heeft hebben had wordt werd kan en of niet van voor met"
        " op in uit naar bij over er hij zij deze dit veel mensen oud zei",
        "sv": "den det en ett ar var har hade blev kan och eller inte av for med pa i till fran om"
        " han hon de som manga gammal sade sa",
        "da": "den det en et er var har havde blev kan og eller ikke af for med pa i til fra om han"
        " hun de som mange gammel sagde",
        "no": "den det en et er var har hadde ble kan og eller ikke av for med pa i til fra om han"
        " hun de som mange gammel sa",
        "pl": "jest sa byl byla bylo byli i lub nie w we na do z ze od dla przez o sie ten ta to"
        " lat ma maja zostal powiedzial",
    }.items()
}
# By their blocks in Unicode. One language stands for its script, or another that a letter tells.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("fa", re.compile(r"[پچژگ]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
# Question words that are no words of English, and no names.
_UNMISTAKEN = frozenset(
    "wessen woher wohin warum wieso weshalb wieviel welche welcher welches pourquoi combien quels"
    " quelles quien quienes cuando donde cuanto cuantos cuantas quanti quante perche quem quantos"
    " quantas quais hoeveel wanneer waarom welk varfor vilken vilket hvem hvad hvornar hvor hvorfor"
    " hvordan hvilken hvilket kto kiedy gdzie dlaczego".split()
)
_ENGLISH_OPENINGS = _QUESTION_WORDS["en"] | _OTHER_WORDS["en"] - {"was"}
_UNPARTED = {"ja", "zh", "th"}


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a question; ``None`` where it is in doubt."""
    letters = "".join(filter(str.isalpha, text))
    latin = sum(letter < "\u0250" for letter in letters)
    if letters and not latin:
        return _by_script(text, letters)
    words = [part for match in words_of(text) for part in _parts(match.group())]
    if latin < len(letters) or len(words) < LEAST_LATIN:
        return None
    scores = {code: _score(words, code) for code in _QUESTION_WORDS}
    best = max(scores, key=scores.__getitem__)
    certain = scores[best] > max(0, scores["en"]) or (best == "en" and scores["en"] > 1)
    return best if certain else None


def _parts(word: str) -> list[str]:
    """Return a word, its case kept, without accents; what is elided stands by itself."""
    folded = fold_word(word)
    kept = folded.capitalize() if word[0].isupper() else folded
    return kept.replace("’", "'").split("'")


def _score(words: Sequence[str], code: str) -> int:
    """Return how many closed-class words of a language there are; 0 unless it asks in them.

    Beside the question word stands another one, or any small word where no other language, and no
    name, is written like it. English counts without a question word.
    """
    plain = [word.lower() for word in words]
    asking = next((n for n, word in enumerate(plain[:2]) if word in _QUESTION_WORDS[code]), None)
    small = [word for n, word in enumerate(words) if n != asking and word[0].islower()]
    if code == "en":
        return sum(word in _OTHER_WORDS[code] for word in small) + (plain[0] in _ENGLISH_OPENINGS)
    if asking is None:
        return 0
    beside = sum(word in _OTHER_WORDS[code] - _OTHER_WORDS["en"] for word in small)
    alone = plain[asking] in _UNMISTAKEN and any(len(word) > 2 for word in small)
    return 1 + beside if beside or alone else 0


def other_language(text: str, spoken: Collection[str]) -> str | None:
    """Return the language of a question if it is surely none of the ``spoken`` ones, as codes."""
    found = language_of(text)
    return found if found and found not in {_main(code) for code in spoken} else None


def share_a_script(text: str, other: str) -> bool:
    """Tell whether both texts have letters of one script other than Latin."""
    return any(script.search(text) and script.search(other) for _, script in _SCRIPTS)


def _main(code: str) -> str:
    return code.lower().partition("-")[0].partition("_")[0]


def _by_script(text: str, letters: str) -> str | None:
    found = next((code for code, script in _SCRIPTS if script.search(text)), None)
    if found in _UNPARTED:
        return found if len(letters) >= LEAST_LETTERS else None
    return found if len(text.split()) >= LEAST_WORDS else None
