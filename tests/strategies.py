"""Hostile texts for property tests: what real files hold sooner or later."""

from hypothesis import strategies as st

from retriever.records import Article, Footnote, Span
from tests.makers import make_article

# Each is a trap of its own: characters that change length when folded, marks without a base,
# right-to-left text, joiners, lone surrogates, NULs, every kind of line break and blank.
TRAPS = (
    "\u0130stanbul",
    "stra\u00dfe",
    "\ufb01nal",
    "e\u0301\u0327",
    "\u0301",
    "\u05e9\u05dc\u05d5\u05dd.",
    "\u202eabc\u202c",
    "\u0645\u0631\u062d\u0628\u0627\u061f",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1eb\U0001f1f7",
    "\u200b",
    "\ufeff",
    "\ud800",
    "\udcff",
    "\x00",
    "\x1f",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\t",
    "\u00a0",
    "\u2028",
    "\x85",
    "\x0b",
    "\u6771\u4eac\u3067\u4eca\u65e5\u3002",
)
NEWS = (
    "The U.S. President left at 5 p.m. Tuesday.",
    "Mr. Smith spoke to J.D. Gibbs.",
    "\u201cStop,\u201d he said.",
    '"We go. They stay," she said.',
    "It ended in time.[1]",
    "(He came.) Then he left.",
    "[2] Ibid, p. 4",
    "1. Smith",
    "Advertisement",
    "By Jane Doe",
    "June 25, 2023",
    "A short heading",
    "A sentence that is fairly long and says nothing that anyone would want to remember for long.",
    "...",
    "-",
    "no. No.",
    "a",
    " ",
)

hostile_texts = st.lists(
    st.one_of(st.sampled_from(TRAPS), st.sampled_from(NEWS), st.text(max_size=12)), max_size=30
).map(" ".join)
hostile_unspaced_texts = st.lists(st.sampled_from(TRAPS + NEWS), max_size=30).map("".join)
any_texts = st.one_of(hostile_texts, hostile_unspaced_texts, st.text())
line_texts = st.lists(st.one_of(st.sampled_from(NEWS + TRAPS), hostile_texts), max_size=12).map(
    "\n".join
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Return an article of hostile text in which some lines are headings and the last are notes."""
    text = draw(st.one_of(line_texts, any_texts))
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Span(start=start, end=start + len(line)))
        start += len(line) + 1
    body = draw(st.integers(min_value=0, max_value=len(lines)))
    headings = [line for line in lines[:body] if draw(st.booleans())]
    notes = tuple(Footnote(label="1", marks=(), entry=line, source=line) for line in lines[body:])
    return make_article(text, headings=tuple(headings), footnotes=notes)
