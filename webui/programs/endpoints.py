"""What programs can call: every function here is a named endpoint and returns plain JSON.

They return what the library's ``to_dict`` gives: the same as ``--json`` on the command line.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import gradio as gr
from gradio.events import api

from retriever import QuotidianError, SettingsError, export, verify_answer
from webui.chat.feedback import Feedback
from webui.chat.question import read_filters
from webui.corpus.curator import Curator
from webui.corpus.tab import MayCurate
from webui.corpus.uploads import read_files
from webui.programs.arguments import with_checked_arguments
from webui.programs.lists import ListActions
from webui.wording import NOT_ADDED, NOT_ALLOWED, NOT_KEPT, NOT_WRITTEN

_P = ParamSpec("_P")
_R = TypeVar("_R")
MOST_HITS = 100

Turns = list[dict[str, str]]


class Actions(ListActions):
    """The actions over an index; each raises :class:`QuotidianError` with one line that says why.

    The docstrings are what an API's reader and a language model see.
    """

    def ask(
        self,
        question: str,
        history: Turns | None = None,
        filters: dict[str, str] | None = None,
        without: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question with verbatim quotes of the articles, or say that none was found.

        Args:
            question: The question, in at most 4,000 characters.
            history: The conversation so far, oldest first: {"role": "user" or "assistant",
                "content": text} each.
            filters: Which articles may answer: any of publisher, author, language, after, before.
            without: Words that shall be neither carried over from the conversation nor respelt.

        Returns:
            The answer: outcome, quotes with their articles and places, closest passages, coverage.
            A quote's answering is the place of the words in it that answer, null where unsure;
            short_answers has those words, each with the numbers, from 0, of the quotes that agree.
            Each of disagreements names two quotes, counted from 0, that do not say the same, and
            the values: where in their articles the words stand that contradict each other.
            read_filters names the filters that were read from the question, widened holds those
            that were let go because only other articles answer; listing has names or headlines
            where the question is about the articles themselves, else null.
            searched is the number of articles that pass the filters, all where there are none.
            A quote's when are the days that its weekdays mean; its fitting are, where it has no
            answering, the places of words of the kind that was asked for.
        """
        answer = self._index.ask(
            question,
            history=history or [],
            filters=read_filters(filters),
            without=without or (),
        )
        return answer.to_dict()

    def search(
        self, question: str, k: int = 10, filters: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """List the passages of the articles that fit a question best, with their scores.

        Args:
            question: What to search for.
            k: How many passages, at most 100.
            filters: Which articles may answer: any of publisher, author, language, after, before.

        Returns:
            The question, and hits with rank, article, start, end, text and scores.
        """
        hits = self._index.search(
            question, k=max(0, min(int(k), MOST_HITS)), filters=read_filters(filters)
        )
        return {"question": question, "hits": [hit.to_dict() for hit in hits]}

    def article(self, article_id: str) -> dict[str, Any]:
        """Return a whole stored article.

        Args:
            article_id: Its id, as a quote or a hit names it.

        Returns:
            Who published it and when, its id, path and sha256, and its text, exactly; and under
            cluster the origin that printed the text first, its reprints, and all versions of the
            article, the oldest first.
        """
        return self._index.article_with_cluster(article_id)

    def verify(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Check a saved answer against the articles as they are now.

        Args:
            answer: What ask returned, or an exported conversation.

        Returns:
            holds, true only if every quote still stands, and a verdict on each quote.
        """
        verdicts = verify_answer(answer, self._index.article, self._index.article_with_text)
        return {
            "holds": all(verdict.stands for verdict in verdicts),
            "verdicts": [verdict.to_dict() for verdict in verdicts],
        }

    def export(self, answers: list[dict[str, Any]], format: str = "markdown") -> str:  # noqa: A002
        """Write answers in a format that others read.

        Args:
            answers: What ask returned, one or more.
            format: The name of a format; for another the error lists those there are.

        Returns:
            The text of a file in that format.
        """
        return export(answers, format, article=self._index.article)


class CuratorActions:
    """The actions that change what is served, for those who may; errors as in :class:`Actions`."""

    def __init__(self, curator: Curator | None, feedback: Feedback | None, may: MayCurate) -> None:
        """Change what these keep, for those whom ``may`` lets by name."""
        self._curator = curator
        self._feedback = feedback
        self._may = may

    def judge(self, judgement: dict[str, Any]) -> dict[str, Any]:
        """Store whether a quote answers a question, as a data set beside the index.

        Args:
            judgement: {"asked": {"question": text}, "earlier": [such questions before it],
                "key": "article id:start-end", the id percent-encoded, "verdict": "right", "wrong"
                or "neither"}.

        Returns:
            The verdict that was stored.
        """
        if self._feedback is None:
            raise SettingsError(NOT_KEPT)
        try:
            return {"verdict": self._feedback.judge(judgement)}
        except OSError as error:  # a full disk, above all
            raise SettingsError(NOT_WRITTEN.format(why=error.strerror)) from error

    def add(
        self,
        files: list[dict[str, Any]],
        request: gr.Request,
        replace: bool = False,  # noqa: FBT001, FBT002  # a program passes it as it likes
    ) -> dict[str, Any]:
        """Add files to the corpus; rebuild to have them answer.

        One whose bytes the corpus holds already is not added again.

        Args:
            files: Uploaded files: gradio_client's handle_file("story.txt") each, or {"name": what
                to call it, "path": what a POST to /gradio_api/upload returned}.
            replace: Whether a file goes into the place of the one of its name; else both are kept.

        Returns:
            As the action work: what came of it, said in one line.
        """
        try:
            curator = self._allowed(request)
            return curator.add(read_files(files), replace=bool(replace)).to_dict()
        except OSError as error:
            raise SettingsError(NOT_ADDED.format(why=error.strerror)) from error

    def rebuild(self, request: gr.Request) -> dict[str, Any]:
        """Start bringing the index up to date with its corpus, and return at once.

        Returns:
            How far it is, as the action work tells later.
        """
        return self._allowed(request).rebuild().to_dict()

    def cancel(self, request: gr.Request) -> dict[str, Any]:
        """Stop the rebuild that is running; the index in use stays as it is.

        Returns:
            What came of it.
        """
        return self._allowed(request).cancel().to_dict()

    def work(self, request: gr.Request) -> dict[str, Any]:
        """Tell how far a rebuild is, or what came of the last thing done.

        Returns:
            running, stage, done and total, with the articles read and the passages encoded so far,
            how many are done in a second and how many seconds are left of the stage, if known;
            said in one line, and whether that is a problem.
        """
        return self._allowed(request).work.to_dict()

    def examine(self, request: gr.Request) -> dict[str, Any]:
        """Check the index from end to end.

        Returns:
            As the action work, with findings: each a problem and the command that mends it.
        """
        return self._allowed(request).examine().to_dict()

    def _allowed(self, request: gr.Request) -> Curator:
        if self._curator is None or not self._may(request.username):
            raise SettingsError(NOT_ALLOWED)
        return self._curator


NAMES = ("ask", "search", "article", "verify", "export", "articles", "list_articles")
CURATOR_NAMES = ("judge", "add", "rebuild", "cancel", "work", "examine")


def add_endpoints(*families: tuple[object, Sequence[str]]) -> None:
    """Add an endpoint for each named action of each family to the page that is being laid out."""
    for family, names in families:
        for name in names:
            api(with_gradio_errors(getattr(family, name)), api_name=name)


def with_gradio_errors(action: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return the action with its errors in the form that Gradio passes on, one line each."""
    checked = with_checked_arguments(action)

    @wraps(action)
    def called(*given: _P.args, **named: _P.kwargs) -> _R:
        try:
            return checked(*given, **named)
        except QuotidianError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return called
