"""A page of five paragraphs, as the tests of reading pages need it."""

PARAGRAPHS = (
    "The harbour was closed on Monday after the worst storm that anyone remembers, and ships wait.",
    "Nobody was hurt, said the mayor, but the north pier is broken in two places, perhaps three.",
    "Eleven ships wait in the roads, two of them with live cattle aboard, and the wind rises.",
    "The town hall put the damage at four million crowns, three more than after the last storm.",
    "The wind is to turn on Tuesday night, according to the weather service of the province.",
)
PAIRS = [*enumerate(PARAGRAPHS, start=10)]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
