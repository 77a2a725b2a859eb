"""What stands among the paragraphs of a web page and is not the article, told by its words."""

import re

from lxml.html import HtmlElement

from retriever.corpus.cleaning import is_furniture

_LONGEST = 400  # code points; an appeal is short, and a long paragraph that begins so is text
_LONGEST_LABEL = 60
_SHORTEST_PART = 3  # letters of a name's part, as in "adSlot"
_NAME = re.compile(r"[A-Za-z0-9]+")
_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_UNWANTED_NAMES = frozenset(
    """
    ad ads advert advertisement advertising advertorial breadcrumb breadcrumbs byline comment
    comments consent cookie cookies copyright credit credits cta disclaimer disclosure disqus
    donate donation feedback follow footer login masthead menu modal nav navigation newsletter
    newsletters outbrain pagination paywall popular popup promo promos promoted promotion rail
    readnext readtime recirc recirculation recommendation recommendations recommended related
    relatedarticles relatedlinks share shares sharing sidebar signup social sponsor sponsored
    subscribe subscription survey syndication taboola tags teaser teasers timestamp toc toolbar
    tooltip trending
    """.split()
)
PICTURES = frozenset(
    "caption captions figure gallery image images lightbox photo photos slideshow video".split()
)
"""Names of a part that shows pictures: what is short there is a caption, what is long is text."""
_UNWANTED_TAGS = frozenset({"aside", "figcaption", "figure"})
_BESIDE = frozenset(
    "footer nav navigation popular promo promos rail recirc sidebar teaser teasers trending".split()
)
_OF_OTHERS = re.compile(
    r"comment|kommentar|comentario|reactie|disqus|feedback|respon[ds]|repl(?:y|ies)\b|discussion|related"
    r"|recommend",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\W*(?:(?:additional |with )?(?:reporting|writing|editing|compiled|translated)(?: and \w+)?"
    r" by\b.{3,300}"
    r"|.{3,250}\bcontributed (?:to this (?:report|story|article|piece)|reporting)\b.{0,60})",
    re.IGNORECASE,
)
_NETWORKS = r"(?:facebook|twitter|instagram|youtube|linkedin|whatsapp|telegram|tiktok|x|threads)"
_OTHERS = re.compile(
    r"\W*(?:you (?:may|might)(?: also)? (?:like|enjoy|be interested)\b.{0,20}|don'?t miss"
    r"|explore further|read (?:more|next|also|this next)|see (?:also|more)|related(?: \w+){0,2}"
    r"|more (?:stories|news|articles|on this|like this|from)\b.{0,30}|recommended(?: \w+){0,2}"
    r"|something to consider|what to read next|up next|editor'?s (?:picks|choice)"
    r"|in case you missed it|most (?:read|popular|viewed|shared|commented|recent)\b.{0,30}"
    r"|trending(?: \w+){0,2}|latest (?:news|stories)|sponsored (?:links|content|stories)"
    r"|(?:\d+ )?(?:comments?|responses?|replies|kommentare?|commentaires?|comentarios?)"
    r"(?: \(\d+\))?"
    r"|siehe auch|mehr zum thema|lesen sie auch|das könnte sie (?:auch )?interessieren"
    r"|à lire aussi|lire aussi|voir aussi|sur le même sujet|lea también|le(?:er)? también"
    r"|(?:te|le) puede interesar|noticias relacionadas|leggi anche|potrebbe interessarti"
    r"|leia também|veja também|saiba mais|você pode gostar|lees ook|läs också|les også|læs også"
    r"|czytaj także|zobacz także|zobacz też|čtěte také|читайте также|смотрите также|по теме"
    r"|ilgili haberler|関連記事|あわせて読みたい|相关阅读|相关新闻|相关文章|관련기사)\W*",
    re.IGNORECASE,
)
_APPEALS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\W*(?:follow|join|find|like) (?:us|me|@\w+)\b.{{0,40}}\bon\b.{{0,60}}\b{_NETWORKS}\b.*",
        rf"\W*follow\b[^,.;:]{{1,60}} on\b.{{0,60}}\b{_NETWORKS}\b.*",
        r"\W*(?:sign up|subscribe)\b.{0,60}\b(?:for|to)\b.*",
        r"\W*click here\b.*",
        r"\W*(?:get|download)\b.{0,60}\bapp\b.{0,40}",
        r".{0,120}[.!?:] (?-i:Sign up|Subscribe)\b.{0,80}\b(?:newsletters?|daily|inbox)\b.*",
        r"\W*(?:do|did) you (?:like|enjoy) this\b.*|\W*like this (?:story|article|post)\b.*",
        r"\W*if you (?:like|enjoy)(?:ed)? this\b.*",
        r"\W*if you buy .{0,60}\bwe\b.{0,40}\bcommission\b.*",
        r".*\b(?:we|our|us|this page)\b.*\baffiliate (?:links?|commissions?)\b.*",
        r"\W*(?:copyright )?(?:©|ⓒ|\(c\) ?(?:19|20)\d\d).{0,120}",
        r"\W*copyright (?:[\w.]+ )?(?:19|20)\d\d.{0,120}",
        r"\W*(?:all rights reserved|alle rechte vorbehalten|tous droits réservés"
        r"|todos los derechos reservados|tutti i diritti riservati|все права защищены)\b.{0,80}",
        r"\W*(?:last |first )?(?:updated|modified|published|posted)\b[^.!?]{0,12}\d.{0,40}",
        r"\W*(?:estimated )?(?:reading time|time to read|tempo de leitura|tempo di lettura|lesezeit"
        r"|temps de lecture|tiempo de lectura|время чтения)\W{0,4}\d.{0,30}",
        r"\W*(?:listen|watch|tune in) to\b.{0,80}\b(?:live|podcast)\b.{0,80}",
        r"\W*(?:reach|contact|email|e-mail)\b.{0,80}(?:@|\bhttps?:).{0,120}",
        r"\W*(?:read|see|also|more)(?: \w+){0,3}(?: on| in| from)?:.{0,40}https?:.*",
        r"\W*(?:tell us|let us know) what you think\b.{0,60}|\W*leave (?:a|your) comment.{0,80}",
        r"\W*(?:filed under|tagged|tags?|topics?|categor(?:y|ies)|posted in)\s*[:|].{0,200}",
    )
)


def is_page_furniture(line: str) -> bool:
    """Return whether the whole line invites, links or labels and tells nothing."""
    if is_furniture(line):
        return True
    text = line.replace("’", "'")
    if _OTHERS.fullmatch(text):
        return True
    return len(text) <= _LONGEST and any(pattern.fullmatch(text) for pattern in _APPEALS)


def is_credit(line: str) -> bool:
    """Return whether the whole line names who else worked on the article."""
    return len(line) <= _LONGEST and _CREDIT.fullmatch(line) is not None


def is_label_of_others(line: str) -> bool:
    """Return whether the whole line announces other articles."""
    return len(line) <= _LONGEST_LABEL and _OTHERS.fullmatch(line.replace("’", "'")) is not None


def is_of_others(element: HtmlElement) -> bool:
    """Return whether an element is made for comments or other articles, by its own names."""
    named = (element.get(name, "") for name in ("class", "id", "itemtype"))
    return element.tag not in {"body", "html"} and any(map(_OF_OTHERS.search, named))


def is_beside(element: HtmlElement) -> bool:
    """Return whether an element stands beside articles, by its tag or its own names."""
    return element.tag == "aside" or not _BESIDE.isdisjoint(unwanted_names(element))


def unwanted_names(element: HtmlElement) -> set[str]:
    """Return the names, from tag, class and id, by which an element holds no article text.

    Words with figures in them are no names, nor two letters of a longer word: ids such as
    ``7c4ad9`` and ``qADtiv`` mean nothing.
    """
    named = f"{element.get('class', '')} {element.get('id', '')}"[:500]
    parts = (part for part in _NAME.findall(named) if part.isalpha())
    words = {
        word.lower()
        for part in parts
        for word in _NAME_WORD.findall(part)
        if len(word) > _SHORTEST_PART or len(word) == len(part)
    }
    if element.get("itemtype", "").endswith("/Comment"):
        words.add("comment")
    return (words & (_UNWANTED_NAMES | PICTURES)) | ({str(element.tag)} & _UNWANTED_TAGS)
