"""Markdown, with the front matter that note keepers, clippers and site generators put above it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape

import yaml
from markdown_it import MarkdownIt

from retriever.corpus.article.composing import compose
from retriever.corpus.article.head import take_head
from retriever.corpus.decoding import decode
from retriever.corpus.formats.json.fields import about_record
from retriever.corpus.formats.markup.fragments import paragraphs_of_markup
from retriever.corpus.source import SourceFile, read_bytes
from retriever.records import Article, Failure

LARGEST_MARKDOWN = 5_000_000
"""Bytes; the parser takes a second for a million, and no article has as many."""

_FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\n(?P<stated>(?!\s).{0,100000}?)\n"
    r"(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|$)",
    re.DOTALL,
)
_BRACKETED = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_TAG = re.compile(
    r"<!--.*-->|</?(?:a|abbr|address|article|aside|audio|b|blockquote|br|button|caption|center|cite"
    r"|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]"
    r"|header|hr|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|object|ol|p|picture|pre|q"
    r"|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody"
    r"|td|tfoot|th|thead|time|tr|tt|u|ul|var|video|wbr)"
    r"(?:\s+(?:[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)|controls|hidden|open))*\s*/?>",
    re.IGNORECASE | re.DOTALL,
)
_LINE_BREAKS = re.compile("\r\n|\r")


def read_markdown(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the one article of a Markdown file; its id is its path.

    The headline is what the front matter says, else a heading that opens the text. Links and
    emphasis leave their words, pictures nothing; program text is kept with its lines.
    """
    text = decode(read_bytes(source, LARGEST_MARKDOWN))
    matter, body = _front_matter_and_body(_LINE_BREAKS.sub("\n", text))
    about = about_record(matter, source="front matter")
    markup = _BRACKETED.sub(_tag_or_words, _commonmark().render(body))
    paragraphs = list(paragraphs_of_markup(markup))
    yield compose(*take_head(paragraphs, about), path=source.path)


@cache
def _commonmark() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _tag_or_words(match: re.Match[str]) -> str:
    """Return a tag of HTML as it is, and as words what only looks like one: ``<BP>``."""
    return match[0] if _TAG.fullmatch(match[0]) else escape(match[0])


def _front_matter_and_body(text: str) -> tuple[Mapping[str, object], str]:
    """Return what the front matter states, and the text below it."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        stated = _toml(match["stated"]) if match["fence"] == "+++" else _yaml(match["stated"])
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        # Three hyphens may also be a rule above the text, which is then no front matter.
        return {}, text
    return (stated, text[match.end() :]) if isinstance(stated, dict) else ({}, text)


def _yaml(text: str) -> object:
    # Every scalar stays the text that it is: the country NO is not false, and no date is changed.
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # makes texts and lists only


def _toml(text: str) -> object:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in tomllib.loads(text).items()
    }
