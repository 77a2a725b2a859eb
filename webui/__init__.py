"""The page: a question goes in, quotes come out, and a click opens each in its article.

``app`` says which function answers which event, ``layout`` what stands where. What happens is plain
functions, in a folder for each thing that a person sees: ``chat`` (a question becomes a turn of a
conversation, its answer cards with chips; judgements, the empty page), ``reader`` (an article with
one place marked), ``corpus`` (the list of articles, its plots, uploads and rebuilds), ``mentions``
(every mention of words, counted and listed), ``notebook`` (what was pinned, with notes) and
``drafts`` (a draft whose quotations are checked, and lists of questions).
``programs`` has the same actions for other programs, as endpoints and as tools. ``serving`` starts
the server, with what is in ``security`` before it: accounts, signing in, limits.

What they share: ``byline`` says what an article is called, ``wording`` is all that the page says
itself. ``render`` alone makes HTML, from ``templates/``; ``assets`` holds styles, scripts and the
theme, from ``static/``; ``components`` is what Gradio does otherwise here than by itself.
"""

import os

# Gradio reads these when it is imported, and importing any module of this package runs this first.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
