"""Kinds of events, by the verbs and nouns that tell of them: "retire", "stepped down", "resigned".

A closed list, by hand, of what news tells most: beginnings and ends, births and deaths, offices,
works, sales, attacks. A word may tell of several kinds. Forms that no ending makes ("built") stand
beside their verbs; those that one does ("opened", "appointment") are led back to them.
"""

from collections.abc import Mapping

from retriever.text.derivation import bases_of

SHORTEST = 4  # letters of a participle: "used", but not "bed"

# Each kind with every word that may tell of it. It is named by one of them.
_KINDS: Mapping[str, frozenset[str]] = {
    kind: frozenset(words.split())
    for kind, words in {
        "begin": "begin began begun beginning start launch open commence underway outbreak origin"
        " emerge erupt broke break first introduce inaugurate establish set found enter effect"
        " introduction invade invasion",
        "end": "end finish conclude conclusion close stop cease over expire last until halt"
        " terminate collapse dissolve abolish fall fell final finally shut withdraw revoke",
        "build": "build built construct construction complete erect finish develop made make",
        "born": "born birth native bear bore",
        "die": "die died dies dying death dead deadly kill pass passed murder assassinate obituary"
        " late perish slain execute fatal suicide",
        "write": "write wrote written author compose pen draft publish publication manuscript",
        "release": "release publish publication premiere air debut launch issue out hit available"
        " open opening drop come came theaters theatres cinemas",
        "buy": "buy bought purchase acquire acquisition sell sold sale takeover deal pay paid",
        "leave": "leave left leaves leaving quit resign resignation depart departure step stepped"
        " exit retire retirement withdraw withdrew withdrawal withdrawn flee fled oust fire sack"
        " dismiss remove go went gone replace fly flew last former",
        "retire": "retire retirement retiree quit step stepped leave left pension career last",
        "arrive": "arrive arrival come came land reach get got enter dock return",
        "win": "win won victory beat beaten defeat triumph champion championship clinch award"
        " receive title earn",
        "lose": "lose lost loss defeat beat beaten drop",
        "appoint": "appoint appointment name elect election become became take took hire choose"
        " chose chosen pick select nominate nomination promote join succeed successor inaugurate"
        " inauguration swear swore sworn appointed since crown throne ascend turn",
        "join": "join sign hire come came enter enlist trade arrive member acquire become became"
        " move",
        "marry": "marry married marriage wed wedding wife husband spouse honeymoon",
        "divorce": "divorce separate separation split",
        "found": "found foundation founder establish establishment create creation start form"
        " formation set began begin begun launch origin incorporate inception"
        " unite unify unification union proclaim",
        "create": "create creation invent invention develop design make made introduce form"
        " establish patent produce originate",
        "find": "find found discover discovery detect identify spot uncover unearth locate recover",
        "hold": "hold held host happen occur take took place stage gather meet meeting met convene",
        "sign": "sign signature agree agreement treaty conclude deal ratify ratification ink seal",
        "pass": "pass approve approval adopt adoption enact law vote clear sign ratify legislation"
        " come came became force accept back",
        "ban": "ban prohibit prohibition forbid forbade forbidden bar outlaw block",
        "arrest": "arrest detain detention custody catch caught seize charge capture jail",
        "attack": "attack strike struck hit bomb raid assault invade invasion war shell shoot shot"
        " fire launch march",
        "conquer": "conquer conquest invade invasion defeat seize take took taken capture occupy"
        " occupation fall fell annex siege besiege",
        "visit": "visit travel trip go went tour arrive come came meet met meeting fly flew flown"
        " journey return",
        "meet": "meet met meeting talk summit visit encounter see saw",
        "return": "return came come back go went resume arrive",
        "move": "move relocate leave left transfer settle migrate emigrate immigrate go went came"
        " come",
        "study": "study studied student attend school graduate learn learnt educate education"
        " university college degree enroll enrol",
        "teach": "teach taught teacher professor lecture lecturer",
        "record": "record tape song album track session",
        "film": "film shoot shot movie camera",
        "play": "play perform performance game match appear star role debut",
        "announce": "announce announcement say said tell told unveil reveal statement report"
        " declare declaration disclose publish publication release confirm news",
        "rise": "rise rose risen increase climb grow grew grown growth jump gain surge soar double"
        " high",
        "fall": "fall fell fallen drop decline decrease slip plunge lose lost loss down collapse"
        " low tumble",
        "crash": "crash collide collision hit wreck accident derail strike struck",
        "close": "close closure shut end stop cease shutdown",
        "rename": "rename name call known become became change",
        "destroy": "destroy destruction burn burnt raze ruin demolish demolition wreck",
        "send": "send sent dispatch deploy deployment deliver ship",
        "give": "give gave given award grant donate donation present receive",
        "erupt": "erupt eruption explode explosion",
        "steal": "steal stole stolen theft thief thieves rob robbery took taken take",
        "convict": "convict conviction guilty sentence verdict plead pled plea jury",
        "sue": "sue lawsuit suit court complaint file",
    }.items()
}
# Participles that do not end in -ed.
_IRREGULAR_PARTICIPLES = frozenset(
    "born built written sold bought held made taken given found won lost met sent shot struck"
    " stolen sworn taught thrown begun broken chosen drawn driven flown known led lit paid"
    " seen shown shut sunk spoken cut beaten overthrown hit laid hung caught burnt slain torn"
    " put set forbidden withdrawn told left grown worn sung".split()
)
_OF_WORD: dict[str, set[str]] = {}
for _kind, _words in _KINDS.items():
    for _word in _words:
        _OF_WORD.setdefault(_word, set()).add(_kind)


def kinds_of_event(word: str) -> frozenset[str]:
    """Return the kinds of event that a folded word may tell of; none for most words."""
    return frozenset(kind for one in (word, *bases_of(word)) for kind in _OF_WORD.get(one, ()))


def is_event(word: str) -> bool:
    """Tell whether a folded word tells of an event of a known kind."""
    return bool(kinds_of_event(word))


def is_participle(word: str) -> bool:
    """Tell whether a folded word looks like the participle of a verb: "opened", "built"."""
    return word in _IRREGULAR_PARTICIPLES or (word.endswith("ed") and len(word) >= SHORTEST)
