"""What programs can ask of mentions: their counts with a page of them, and all of them as CSV."""

from typing import Any

from retriever import Index, mention_rows
from webui.chat.question import read_filters

MOST_AT_ONCE = 1_000
MENTION_NAMES = ("mentions", "mentions_csv")


class MentionActions:
    """The actions that count; errors as in :class:`webui.programs.endpoints.Actions`."""

    def __init__(self, index: Index) -> None:
        """Count in this index."""
        self._index = index

    def mentions(
        self,
        expression: str,
        filters: dict[str, str] | None = None,
        offset: int = 0,
        limit: int = 20,
    ) -> dict[str, Any]:
        """Count every mention of words in the articles, and list some with their sentences.

        Words as they are written count, whatever their case and accents: "report" is not "reports".
        If there are no mentions, no article holds the words.

        Args:
            expression: What to look for. Words side by side are a phrase. AND, OR, NOT and ( )
                combine; NEAR wants both in one sentence, NEAR/5 at most five words between;
                report* is every word that begins so; =US keeps capitals and accents; title:,
                publisher: and author: look there.
            filters: Which articles count: any of publisher, author, language, after, before.
            offset: The number of the first mention to list, from 0.
            limit: How many to list, at most 1,000.

        Returns:
            articles and mentions, counted in all; by_month and by_publisher; and listed, of the
            newest article first: article, start, end, text of the whole sentence, and words, the
            places of what was found in it.
        """
        found = self._index.mentions(
            expression,
            filters=read_filters(filters),
            offset=offset,
            limit=max(0, min(limit, MOST_AT_ONCE)),
        )
        return found.to_dict()

    def mentions_csv(self, expression: str, filters: dict[str, str] | None = None) -> str:
        """Return every mention of words as a table, one a row.

        Args:
            expression: What to look for, as in mentions.
            filters: Which articles count, as in mentions.

        Returns:
            The text of a CSV file.
        """
        found = self._index.every_mention(expression, filters=read_filters(filters))
        return "".join(mention_rows(found))
