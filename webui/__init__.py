"""The page: a question goes in, quotes come out, and a click opens each in its article.

``layout`` says what stands where, ``app`` which function answers which event. What happens is
plain functions: ``questions`` and ``handlers`` for conversations, ``corpus_tab`` and ``curating``
for the articles, ``keeping`` and ``feedback`` for what is kept, ``programs`` and ``tools`` for
other programs. ``cards``, ``chips``, ``reader``, ``catalogue``, ``histogram`` and ``shelf``
prepare what is shown; ``render`` alone makes HTML, from ``templates/``, and ``static/`` holds its
scripts and styles. ``serving`` starts the server, with ``accounts`` and ``guard`` before it.
"""

import os

# Gradio reads these when it is imported, and importing any module of this package runs this first.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
