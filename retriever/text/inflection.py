"""Forms of English verbs that no stemmer brings together: "begin", "began" and "begun"."""

_VERBS = """arise arose arisen|awake awoke awoken|bear bore born borne|beat beaten|become became
|begin began begun|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken
|breed bred|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen
|cling clung|come came|creep crept|deal dealt|dig dug|draw drew drawn|drink drank drunk
|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found
|flee fled|fly flew flown|forbid forbade forbidden|foresee foresaw foreseen|forget forgot forgotten
|freeze froze frozen|get got gotten|give gave given|go went gone|grow grew grown|hang hung
|hear heard|hide hid hidden|hold held|keep kept|kneel knelt|know knew known|lay laid|lead led
|leap leapt|learn learnt|leave left|lend lent|lose lost|make made|mean meant|meet met
|mistake mistook mistaken|overcome overcame|overtake overtook overtaken
|overthrow overthrew overthrown|pay paid|rebuild rebuilt|ride rode ridden|ring rang rung
|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|shake shook shaken
|shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat
|slay slew slain|sleep slept|slide slid|speak spoke spoken|spend spent|spring sprang sprung
|stand stood|steal stole stolen|stick stuck|sting stung|strike struck stricken
|strive strove striven|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken
|teach taught|tear tore torn|tell told|think thought|throw threw thrown|tread trod trodden
|undergo underwent undergone|understand understood|undertake undertook undertaken|uphold upheld
|wake woke woken|wear wore worn|weave wove woven|weep wept|win won|withdraw withdrew withdrawn
|withhold withheld|withstand withstood|write wrote written"""
_FORMS = {form: verb.split() for verb in _VERBS.split("|") for form in verb.split()}


def irregular_forms(word: str) -> tuple[str, ...]:
    """Return all forms of the irregular verb that a folded word is one of, the base form first.

    Nothing for any other word. Forms that end regularly ("begins", "beginning") are the stemmer's.
    """
    return tuple(_FORMS.get(word, ()))
