"""What leaves the page to be kept: a conversation as a file, and judgements on quotes."""

import json
from collections.abc import Callable, Sequence

from retriever import EXPORT_FORMATS, QuotidianError, export
from webui.chat.answerer import Answerer
from webui.programs.feedback import Feedback
from webui.wording import NOT_KEPT, NOTHING_TO_SAVE


def exported(answers: Sequence[dict[str, object]], format: str, index: Answerer) -> str:  # noqa: A002
    """Return what the browser saves, as JSON: name, type and text of a file, or the problem."""
    if not answers:
        return json.dumps({"problem": NOTHING_TO_SAVE})
    try:
        text = export(answers, format, article=index.article)
    except QuotidianError as error:
        return json.dumps({"problem": str(error)})
    kind = EXPORT_FORMATS[format]
    name = f"quotidian.{kind.ending}"
    return json.dumps({"name": name, "type": kind.media_type, "text": text})


def judge_with(feedback: Feedback | None) -> Callable[[object], dict[str, str]]:
    """Return the function by which the page stores whether a quote is right."""

    def judge(judgement: object) -> dict[str, str]:
        try:
            if feedback is None:
                return {"problem": NOT_KEPT}
            return {"verdict": feedback.judge(judgement)}
        except (QuotidianError, OSError) as error:
            return {"problem": str(error)}

    return judge
