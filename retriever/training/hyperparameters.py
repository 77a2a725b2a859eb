"""How a run learns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperparameters:
    """A run of ``total`` windows, in batches; the same settings and data give the same weights.

    The rate of learning rises over the first ``warmed`` part of all windows, stays at ``rate``, and
    falls to zero over the last ``cooled`` part. ``averaging`` is how slowly the moving average of
    the weights follows them; ``inexact`` and ``relevance`` weigh parts of the loss.
    """

    seed: int = 0
    total: int = 130_000
    batch: int = 32
    rate: float = 2e-4
    warmed: float = 0.03
    cooled: float = 0.4
    averaging: float = 0.998
    decay: float = 0.01
    clip: float = 1.0
    inexact: float = 0.5
    relevance: float = 0.5
    dropout: float = 0.0  # of several passes over few rows
    lowered: bool = True  # bfloat16
    loading: int = 0  # processes that put batches together, beside the one that learns

    @property
    def steps(self) -> int:
        """Return how many batches the run has."""
        return self.total // self.batch

    def rate_at(self, step: int) -> float:
        """Return the rate of learning of batch ``step``."""
        seen = (step + 1) * self.batch
        left = max(self.total - step * self.batch, 0) / max(self.cooled * self.total, 1)
        return self.rate * min(seen / max(self.warmed * self.total, 1), left, 1.0)
