"""Made-up news in which it is hard to tell what is one story: reprints, and stories that are none.

Each text is ours. :data:`DIFFERENT` are pairs that share a frame, a background or a part and tell
two things; :data:`SAME` are pairs of which one is the other, printed again.
"""

CRANE = (
    "The port of Ostby closed its northern basin on Thursday after a gantry crane broke from its "
    "rails in a storm and fell across two barges. Nobody was hurt, the harbour master, Liv Aasen, "
    "told reporters. The basin handles a third of the port's grain, and ships bound for it are "
    "waiting outside the mole.\n\n"
    "Aasen said divers would look at the quay wall on Friday. “We do not open before we know what "
    "is under the water,” she said. Repairs would cost at least two million crowns, by a first "
    "estimate of the port authority, and take until May.\n\n"
    "The crane, built in 1974, had passed its last inspection in October. The union of dock "
    "workers had asked for new brakes twice since 2019, its chairman, Per Holt, said. The company "
    "that runs the terminal, Norlast, did not answer questions.\n\n"
    "Shippers said grain would go by rail to Lund for now. A spokesman for the mill in Varde said "
    "its stores would last for eleven days."
)
BACKGROUND = (
    "The port authority has been under pressure since last year, when auditors found that money "
    "for "
    "the upkeep of cranes and quays had been spent on a new office building. The finance minister, "
    "Ida Krog, called the report alarming and promised a law under which ports would have to show "
    "each year what they spend on safety. Parliament has not voted on it yet. Ostby is the "
    "country's third port, with 412 workers and a turnover of ninety million crowns."
)
# One agency, one day, one paragraph of background: two stories.
FERRY = (
    "Ferry crews in Ostby voted on Thursday to walk out on the weekend of Easter unless the "
    "company "
    "drops its plan to sail with one officer fewer. Of 230 members of the seafarers' union, 198 "
    "took part in the vote and 171 were for a strike, the union said.\n\n"
    "The company, Sundline, wants to save four million crowns a year. Its director, Bo Lind, said "
    "the law allowed the smaller crew on crossings of less than two hours. The union points to the "
    "night of 9 January, when a passenger fell overboard and was found after forty minutes "
    "only.\n\n"
    "Talks go on next Tuesday. About 6,000 people cross to the islands on a usual Easter Saturday; "
    "the council of Hamn said it would ask the navy for help if nothing sails."
)
MARKETS = (
    "Shares in {city} closed {way} on {day}, with the main index {moved} {points} points, or {pct} "
    "percent, to {level}. Volume was {volume} million shares, against a daily average of {mean} "
    "million. Banks led the {side}: Nordbank was {bank} percent {way} and Sparlund {spar} percent. "
    "Of the thirty shares in the index, {count} {way2}.\n\n"
    "The crown was at {crown} to the euro. The yield on the ten-year government bond was {bond} "
    "percent. Brent crude for delivery next month cost {oil} dollars a barrel. Gold was at {gold} "
    "dollars an ounce. Traders said they were waiting for the central bank, which decides on "
    "interest rates next week.\n\n"
    "Prices are delayed by fifteen minutes. This report was made by a machine from data of the "
    "exchange and was not looked at by an editor before it was sent."
)
MONDAY = MARKETS.format(
    city="Ostby", way="higher", day="Monday", moved="up", points="31.4", pct="1.27",
    level="2,504.9",
    volume="64.1", mean="58.8", side="gains", bank="2.3", spar="1.9", count="twenty-four",
    way2="rose", crown="11.48", bond="2.91", oil="81.20", gold="1,934",
)  # fmt: skip
TUESDAY = MARKETS.format(
    city="Ostby", way="lower", day="Tuesday", moved="down", points="12.0", pct="0.48",
    level="2,492.9", volume="55.7", mean="58.9", side="losses", bank="0.8", spar="1.1",
    count="nineteen", way2="fell", crown="11.52", bond="2.95", oil="80.45", gold="1,941",
)  # fmt: skip
OBITUARY = (
    "{name}, {age}, of {town}, died on {died} at home, with {family} by {pron} side. {pron2} was "
    "born on {born} in {birthplace} to {parents}. {work} {pron2} was a member of the church of "
    "{church}, where {pron} funeral will be held on {funeral} at {hour}. Friends may call at the "
    "funeral home on {call} from four to seven. In place of flowers the family asks for gifts to "
    "{gifts}. Condolences may be left in the book that lies open at the funeral home, or sent by "
    "post to the family, who will answer each of them in time. The family thanks the nurses of the "
    "district for their care in the last months, and all who sent cards, cooked, drove or called."
)
OBITUARY_ONE = OBITUARY.format(
    name="Marta Enger", age="84", town="Varde", died="Sunday", family="her three daughters",
    pron="her", pron2="She", born="2 March 1938", birthplace="Lund", parents="Olav and Berit Moe",
    work="She taught sums and singing in Varde for forty years.", church="Saint Olaf",
    funeral="Friday", hour="eleven", call="Thursday", gifts="the lifeboat",
)  # fmt: skip
OBITUARY_TWO = OBITUARY.format(
    name="Jens Thorsen", age="71", town="Hamn", died="Monday", family="his wife, Sissel,",
    pron="his", pron2="He", born="19 August 1951", birthplace="Ostby",
    parents="Arne and Liv Thorsen",
    work="He mended engines, first at the yard and then in his own shop.", church="the Trinity",
    funeral="Saturday", hour="one", call="Friday", gifts="the hospice in Lund",
)  # fmt: skip
TABLE = (
    "Results of the {round} round of the northern league. Ostby {a} Varde {b}. Lund {c} Hamn {d}. "
    "Sunde {e} Nordvik {f}. Kvern {g} Aas {h}. Holm {i} Elv {j}. Fjell {k} Strand {l}. Standings "
    "after {round2} rounds: 1. {first} {p1} points, 2. {second} {p2}, 3. {third} {p3}, 4. {fourth} "
    "{p4}, 5. {fifth} {p5}, 6. {sixth} {p6}. The two clubs at the bottom, Holm and Elv, go down at "
    "the end of the season; the first two meet the winners of the southern league in June. Next "
    "round: all matches at three on Sunday."
)
ROUND_NINE = TABLE.format(
    round="ninth", round2="nine", a=2, b=1, c=0, d=0, e=3, f=2, g=1, h=4, i=0, j=1, k=2, l=2,
    first="Aas", p1=22, second="Ostby", p2=20, third="Sunde", p3=17, fourth="Lund", p4=15,
    fifth="Fjell", p5=13, sixth="Hamn", p6=12,
)  # fmt: skip
ROUND_TEN = TABLE.format(
    round="tenth", round2="ten", a=0, b=3, c=2, d=1, e=1, f=1, g=0, h=0, i=2, j=5, k=4, l=0,
    first="Aas", p1=23, second="Ostby", p2=20, third="Lund", p3=18, fourth="Sunde", p4=18,
    fifth="Fjell", p5=16, sixth="Varde", p6=14,
)  # fmt: skip
# A running report: the newest entry first, and two of its entries are stories of their own.
TICKER_MORNING = (
    "08:10 The council of Hamn has asked the navy for a landing craft, the mayor says. 07:40 The "
    "company Sundline says nothing will sail before noon. 07:05 About three hundred people wait at "
    "the quay in the rain; the Red Cross hands out tea. 06:30 The crews have walked out. Pickets "
    "stand at both gates and let nobody but doctors through, a reporter says. 06:00 The strike on "
    "the ferries begins today. Here you read what happens, from the quay and from the islands."
)
TICKER_NOON = (
    "12:15 Talks will begin at three in the town hall, the mediator says. 11:50 The navy has sent "
    "the landing craft Tyr with room for sixty people; patients for the clinic go first. 10:20 A "
    "lorry with milk has been turned back. 09:30 The prime minister calls on both sides to be "
    f"reasonable. {TICKER_MORNING}"
)
BRIEF = (
    "A fire in a barn near Kvern killed forty sheep in the night to Wednesday. The farmer, who "
    "tried to lead the animals out, was taken to hospital with burns on both hands. What caused "
    "the fire is not known, the police in Lund said."
)
REVIEW_OF_THE_DAY = (
    "Good morning. Here is what you need to know today, in five minutes, before the first coffee "
    "is "
    "cold. The government lost a vote on the budget of schools by two voices; the minister stays, "
    "she says, and a new draft comes on Monday, with less for buildings and more for teachers. "
    f"{BRIEF} In sports, Aas drew and stays first, and the coach of Varde has gone after two "
    "years. "
    "The weather: wind from the west, some rain on the coast, eight degrees at noon, and a dry "
    "weekend at last. And finally, a seal that had lost its way was led out of the lock in Ostby "
    "by "
    "two boys with a herring. It had been there for three days."
)
# What another house makes of the same event.
CRANE_ELSEWHERE = (
    "A crane that weighs as much as forty elephants lies in the water in Ostby. It came down in "
    "Thursday's storm, on two barges that had just been unloaded. Liv Aasen, who runs the harbour, "
    "says that nobody was hurt, and that this was luck.\n\n"
    "Grain is what the town now thinks of. A third of what the country's bakers need comes through "
    "the northern basin, which stays shut until divers have been down. That may be May. The mill "
    "at "
    "Varde has flour for eleven days. Two million crowns is the first sum that is named for "
    "repairs, and it is hardly the last.\n\n"
    "Dockers had warned of the brakes of the machine, which is from 1974. They did so twice, says "
    "Per Holt of their union. Norlast, which owns it, said nothing on Thursday night."
)
_PARAGRAPHS = CRANE.split("\n\n")
CRANE_SHORT = f"OSTBY (Nordwire) — {_PARAGRAPHS[0]}\n\n{_PARAGRAPHS[1]}"
CRANE_STYLED = (
    CRANE.replace("“", '"').replace("”", '"').replace("two million", "2 million")
    .replace("told reporters", "said to reporters").replace("at least ", "")
    .replace("eleven days", "11 days").replace("\n\n", " ")
)  # fmt: skip
CRANE_PREFACED = (
    "Editor's note: we print this report of Nordwire because so many readers have asked what the "
    f"loss of the basin means for bread. Our own reporter is on the way.\n\n{CRANE}\n\n"
    "Copyright Nordwire. All rights reserved. May not be printed again without leave."
)
CRANE_WITH_A_LOCAL_END = (
    f"{CRANE}\n\nIn Hamn the bakery of the Sund family said it had flour for a month. “People have "
    "begun to buy two loaves,” said Kari Sund, who has stood behind the counter since 1988."
)
CRANE_REVISED = CRANE.replace("Nobody was hurt", "Two dockers were hurt").replace(
    "two million crowns", "3.5 million crowns"
).replace(
    "Shippers said", "The government will send an engineer from the capital. Shippers said"
)  # fmt: skip

DIFFERENT: dict[str, tuple[str, str]] = {
    "one background": (f"{CRANE}\n\n{BACKGROUND}", f"{FERRY}\n\n{BACKGROUND}"),
    "one background, first": (f"{BACKGROUND}\n\n{CRANE}", f"{BACKGROUND}\n\n{FERRY}"),
    "market reports": (MONDAY, TUESDAY),
    "obituaries": (OBITUARY_ONE, OBITUARY_TWO),
    "tables": (ROUND_NINE, ROUND_TEN),
    "a brief in a review of the day": (BRIEF, REVIEW_OF_THE_DAY),
    "one event told twice": (CRANE, CRANE_ELSEWHERE),
    "what stands for many": ("Subscribe to read this article.", "Subscribe to read this article."),
}
SAME: dict[str, tuple[str, str]] = {
    "to the letter": (CRANE, CRANE),
    "cut": (CRANE, CRANE_SHORT),
    "in another house's style": (CRANE, CRANE_STYLED),
    "with a note": (CRANE, CRANE_PREFACED),
    "with a local end": (CRANE, CRANE_WITH_A_LOCAL_END),
    "cut and in another style": (
        CRANE_STYLED,
        CRANE_SHORT.replace("Nobody was hurt", "No one was hurt"),
    ),
    "a revised one": (CRANE_SHORT, CRANE_REVISED),
    "a brief": (BRIEF, f"KVERN (Nordwire) — {BRIEF}"),
}
