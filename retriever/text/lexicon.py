"""The verbs by which news tells who said something."""

_PAST = (
    "said told added warned argued noted explained stated announced claimed insisted asked replied"
    " tweeted testified recalled urged declared acknowledged suggested confirmed denied"
    " responded concluded remarked admitted emphasized emphasised lamented pledged vowed promised"
    " commented observed predicted complained joked quipped asserted maintained cautioned revealed"
    " disclosed conceded countered reiterated stressed exclaimed mused boasted contended alleged"
    " reported answered accused"
).split()
_PRESENT = (
    "says tells adds writes warns argues notes explains announces claims insists asks"
    " replies testifies recalls urges declares acknowledges suggests confirms denies responds"
    " concludes admits emphasizes emphasises predicts complains asserts maintains cautions reveals"
    " concedes stresses contends alleges"
).split()
CUES = rf"(?:{'|'.join(sorted([*_PAST, *_PRESENT, 'say', 'wrote']))}|continued(?!\s+to\b))"
"""A regular expression, without borders, for one such verb in its finite forms."""
