"""The chat page: a question goes in, quotes come out, and a click opens each in its article.

``app`` lays the page out, ``handlers`` answers its events with plain functions, ``cards`` and
``reader`` prepare what is shown, ``render`` alone makes HTML, ``serving`` starts the server.
"""

import os

# Gradio reads these when it is imported, and importing any module of this package runs this first.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
