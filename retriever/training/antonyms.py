"""Words of opposite meaning, as the public recipes for unanswerable questions use them."""

_PAIRS = """first last|before after|north south|east west|northern southern|eastern western
|largest smallest|biggest smallest|highest lowest|larger smaller|higher lower|more fewer
|most least|increase decrease|increased decreased|increasing decreasing|rise fall|rose fell
|win lose|won lost|winner loser|winning losing|begin end|began ended|start finish|started finished
|open close|opened closed|opening closing|buy sell|bought sold|support oppose
|supported opposed|supporters opponents|accept reject|accepted rejected|agree disagree
|agreed disagreed|allow forbid|allowed forbidden|arrive leave|arrived left|enter leave|male female
|man woman|men women|boy girl|boys girls|mother father|son daughter|brother sister|husband wife
|king queen|young old|younger older|youngest oldest|early late|earlier later|earliest latest
|long short|longer shorter|longest shortest|hot cold|warm cool|strong weak|stronger weaker
|strongest weakest|rich poor|richest poorest|fast slow|faster slower|fastest slowest|major minor
|majority minority|maximum minimum|public private|native foreign|domestic foreign|internal external
|positive negative|advantage disadvantage|advantages disadvantages|success failure
|successful unsuccessful|succeeded failed|possible impossible|likely unlikely|common rare
|legal illegal|guilty innocent|born died|birth death|alive dead|friend enemy|friends enemies
|attack defend|attacked defended|attacked rescued|create destroy|created destroyed|built demolished
|appointed dismissed|hired fired|arrested released|join leave|joined quit|gain lose|gained lost
|add remove|added removed|include exclude|included excluded|inside outside|above below|upper lower
|modern ancient|urban rural|war peace|victory defeat|praised criticised|praised criticized
|popular unpopular|happy sad|good bad|better worse|best worst|easy difficult|easier harder
|rural urban|teacher student|cause prevent|caused prevented|causes prevents|help harm|helped harmed
|benefit harm|raise lower|raised lowered|borrowed lent|confirmed denied|confirm deny|admitted denied
|remember forget|love hate|liked disliked|wet dry|day night|summer winter|left right|north west
|import export|imports exports|imported exported|offense defense|liberal conservative
|democrat republican|democratic republican|expand shrink|expanded shrank|former current
|previous next|same different|similar different|known unknown|visible hidden|safe dangerous
|increase reduce|increased reduced|banned permitted|employer employee|buyer seller
|heaviest lightest|thick thin|deep shallow|wide narrow|few many|always never|often rarely"""


def _both_ways() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pair in _PAIRS.replace("\n", "").split("|"):
        one, other = pair.split()
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


_OPPOSITES = _both_ways()


def opposites(word: str) -> tuple[str, ...]:
    """Return the words of opposite meaning; none where none is known."""
    return _OPPOSITES.get(word.lower(), ())
