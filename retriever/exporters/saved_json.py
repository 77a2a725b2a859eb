"""Answers as JSON, to be verified or exported again."""

from retriever.exporters.saved import ExportFormat, json_text

SAVED_JSON = ExportFormat(
    name="json",
    label="JSON, to be verified",
    ending="json",
    media_type="application/json",
    write=lambda conversation: json_text(
        {"answers": [answer.saved for answer in conversation.answers]}
    ),
)
