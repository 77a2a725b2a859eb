"""The page: a question goes in, quotes come out, and a click opens each in its article.

``layout`` says what stands where, ``app`` which function answers which event. What happens is
plain functions, grouped by what a person sees: ``chat``, ``reader`` and ``corpus``; ``programs``
serves other programs. ``render`` alone makes HTML, from ``templates/``, and ``static/`` holds its
scripts and styles. ``serving`` starts the server, with what is in ``security`` before it.
"""

import os

# Gradio reads these when it is imported, and importing any module of this package runs this first.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
