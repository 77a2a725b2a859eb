"""Whether the evidence is good enough to be called an answer."""

import numpy as np

from retriever.search.retrieval import Found


def confidence_in(found: Found) -> float:
    """Return the estimated chance, in [0, 1], that the best sentences hold the answer."""
    evidence = found.evidence
    if len(evidence.scores) == 0:
        return 0.0
    best = int(np.argmax(evidence.scores))
    signal = (
        4.0 * float(evidence.signals.coverage[best])
        + 5.0 * float(evidence.signals.sentence_cosine[best])
        - 4.5
    )
    return float(1 / (1 + np.exp(-signal)))
