"""The view that checks a draft and asks lists of questions: its parts, and what answers events."""

import base64
import json
from collections.abc import Callable
from threading import BoundedSemaphore

import gradio as gr

from retriever import (
    TABLE_FORMATS,
    TOLERATED,
    Index,
    QuestionError,
    QuotidianError,
    read_draft,
    read_questions,
)
from webui import render
from webui.assets import script
from webui.components import (
    EACH_CLICK,
    UNQUEUED,
    anew,
    latest,
    read_latest,
    scripted,
    tell_failures,
)
from webui.drafts.question_runs import ListProgress, QuestionRuns
from webui.drafts.sent_files import read_sent
from webui.drafts.verdict_view import draft_view
from webui.wording import LONG_FOR_THE_PAGE, NO_ROWS, NOTHING_TO_CHECK

LONGEST_SHOWN = 300_000
"""Characters of a draft that the page checks: it shows them all."""
# Drafts checked at a time; a long one keeps a processor busy for seconds.
_AT_A_TIME = 2
_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def lay_out_check(index: Index) -> None:
    """Add the view to the page that is being laid out."""
    with gr.Column(elem_id="check"):
        entry = scripted("draft-entry", render.draft_entry(), "draft_entry.js")
        verdicts = scripted("draft-verdicts", "", "draft_verdicts.js")
        questions = scripted(
            "question-list", render.question_list(ListProgress()), "question_list.js"
        )
    table = gr.HTML("", html_template="", elem_id="saved-table", js_on_load=script("save.js"))
    events = _CheckEvents(index)
    questions.show_progress(events.progress, None, [questions], **UNQUEUED)
    questions.stop_list(events.stop, None, [questions], **UNQUEUED)
    tell_failures(
        entry.check_draft(anew(events.check), [entry], [verdicts], **latest("draft")),
        questions.start_list(anew(events.start), None, [questions], **EACH_CLICK),
        questions.save_table(anew(events.table), None, [table], **EACH_CLICK),
    )


class _CheckEvents:
    """The view's events, as functions of what the browser sends and of the tab that it is.

    As with :class:`QuestionEvents`, none has the name of an endpoint for programs. Gradio runs each
    in a thread of its own.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._runs = QuestionRuns(index)
        self._checking = BoundedSemaphore(_AT_A_TIME)

    def check(self, draft: str) -> str:
        """Return what is told of a draft: of a file if one was sent, else of what was pasted."""
        given = read_latest(draft)
        if "file" in given:
            return self._verdicts(
                lambda: read_sent(given["file"], lambda file, name: read_draft(file, name=name))
            )
        text = given.get("text")
        return self._verdicts(lambda: text if isinstance(text, str) else "")

    def start(self, event: gr.EventData, request: gr.Request) -> str:
        tab = _tab_of(request)
        sent = getattr(event, "file", None)
        try:
            table = read_sent(sent, lambda file, name: read_questions(file, name=name))
            name = str(sent["name"]) if isinstance(sent, dict) else ""
            return render.question_list(self._runs.start(tab, name, table))
        except QuotidianError as error:
            return render.question_list(self._runs.progress(tab), problem=str(error))

    def progress(self, request: gr.Request) -> str:
        return render.question_list(self._runs.progress(_tab_of(request)))

    def stop(self, request: gr.Request) -> str:
        return render.question_list(self._runs.cancel(_tab_of(request)))

    def table(self, event: gr.EventData, request: gr.Request) -> str:
        """Return the rows as a file, for the browser to save."""
        form = str(getattr(event, "format", ""))
        known = self._runs.progress(_tab_of(request))
        if not known.rows or form not in TABLE_FORMATS:
            return json.dumps({"problem": NO_ROWS})
        content = TABLE_FORMATS[form](known.columns, known.rows)
        return json.dumps(
            {
                "name": f"{known.name.rpartition('.')[0] or 'questions'}.answers.{form}",
                "type": _TYPES[form],
                "base64": base64.b64encode(content).decode("ascii"),
                "rows": len(known.rows),
            }
        )

    def _verdicts(self, read: Callable[[], str]) -> str:
        try:
            with self._checking:
                text = read()
                if not text.strip():
                    raise QuestionError(NOTHING_TO_CHECK)
                if len(text) > LONGEST_SHOWN:
                    long = LONG_FOR_THE_PAGE.format(count=len(text), most=LONGEST_SHOWN)
                    raise QuestionError(long)
                view = draft_view(self._index.check_draft(text))
        except QuotidianError as error:
            return render.draft_verdicts(None, problem=str(error))
        return render.draft_verdicts(view, tolerated=TOLERATED)


def _tab_of(request: gr.Request) -> str:
    """Return what tells the tabs of browsers apart, and who is signed in."""
    return f"{request.username}:{request.session_hash}"
