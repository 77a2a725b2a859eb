"""Lines that belong to a page around an article and not to the article."""

import re

_LONGEST = 240  # code points; furniture is short, and a long line is read no further

_PHRASES = frozenset(
    phrase.strip()
    for phrase in """
    accessibility links | ad | advertisement | advertisement - scroll to continue | advertising |
    all rights reserved | article continues below | article continues below advertisement |
    back to top | breaking news | click here to subscribe | close | comments | continue reading |
    continue reading the main story | copy link | copy link to clipboard | editor's picks |
    email this article | follow us | image caption | jump to content | leave a comment | loading |
    log in | main content | menu | more from this section | more stories | most popular |
    most read | most viewed | newsletter | newsletters | next article | next story |
    open navigation menu | please enable javascript | previous article | previous story |
    print this article | read more | recommended | recommended for you | recommended stories |
    related | related articles | related content | related stories | related topics |
    save article | search | see all | share | share on facebook | share on linkedin |
    share on twitter | share on whatsapp | share on x | share this | share this article |
    share this page | share this story | show comments | show more | sign in | sign up |
    skip advertisement | skip to content | skip to main content | skip to main navigation |
    skip to navigation | skip to search | sponsored | sponsored content |
    story continues below advertisement | subscribe | subscribe now |
    subscribe to our newsletter | support us | top stories | trending | trending now |
    view comments | you may also like | you might also like
    """.split("|")
)

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"sign up (?:for|to)\b.{1,80}\bnewsletters?\b.{0,120}",
        r"subscribe to (?:our|the)\b.{0,60}\b(?:newsletters?|channel|podcast)\b.{0,40}",
        r"(?:this (?:web)?site|we)(?: and our partners)? uses? cookies\b.{0,200}",
        r"by (?:continuing|using this site).{0,60}"
        r"\b(?:cookies|privacy policy|terms of (?:use|service))\b.{0,120}",
        r"(?:accept|reject|manage)(?: all)? (?:cookies|preferences|options)",
        r"follow us on (?:facebook|twitter|x|instagram|whatsapp|google news|linkedin)\b.{0,60}",
        r"(?:facebook|twitter|x|whatsapp|email|e-mail|linkedin|reddit|print|pinterest|telegram)"
        r"(?:\s*[|•·,/]?\s*(?:facebook|twitter|x|whatsapp|email|e-mail|linkedin|reddit|print"
        r"|pinterest|telegram)){1,8}",
        r"(?:©|\(c\)|copyright)\s.{0,100}\ball rights reserved\b.{0,20}",
        r"\d{1,3} (?:min|minute|minutes) read",
    )
)


def is_furniture(line: str) -> bool:
    """Return whether the whole line is a well-known phrase of navigation, sharing or notices.

    A phrase inside a longer line is never furniture: it may be what the article is about.
    """
    if len(line) > _LONGEST:
        return False
    phrase = line.casefold().replace("’", "'").strip(" \t:.…|>»→-–—")
    return phrase in _PHRASES or any(pattern.fullmatch(line.strip()) for pattern in _PATTERNS)
