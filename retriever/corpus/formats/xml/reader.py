"""XML files: feeds and the exchange formats of newsrooms, told apart by their root."""

from collections.abc import Callable, Iterator

from lxml.etree import _Element as Element

from retriever.corpus.formats.xml.feeds import read_feed
from retriever.corpus.formats.xml.newsroom import read_newsml, read_nitf
from retriever.corpus.formats.xml.tree import local_name, parse_xml
from retriever.corpus.source import SourceFile, read_bytes
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

LARGEST_XML = 50_000_000
"""Bytes; the tree takes ten times as much memory."""

_Reader = Callable[[Element, str], Iterator[Article | Failure]]

_BY_ROOT: dict[str, _Reader] = {
    "rss": read_feed,
    "rdf": read_feed,
    "feed": read_feed,
    "nitf": read_nitf,
    "newsitem": read_newsml,
    "newsmessage": read_newsml,
    "newsml": read_newsml,
}


def read_xml(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the articles of an RSS, Atom, NITF or NewsML file, and a failure for each bad part."""
    root = parse_xml(read_bytes(source, LARGEST_XML))
    reader = _BY_ROOT.get(local_name(root))
    if reader is None:
        name = local_name(root)[:40]
        message = f"is XML of a kind that is not read: <{name}>; read are RSS, Atom, NITF, NewsML"
        raise UnreadableError(message)
    yield from reader(root, source.path)
