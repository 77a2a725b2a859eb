"""What the cosines of an encoder mean: thresholds are kept on the scale of the bundled one.

The cosine of a question and its nearest passage tells whether it says enough by itself, and is half
of what decides a refusal. Each encoder has a scale of its own, so a profile names two points of it:
where questions about nothing in particular lie, and where those that the corpus answers begin.
Thresholds were set with all-MiniLM-L6-v2; other encoders are measured when an index is built.
"""

from dataclasses import dataclass

LEAST_APART = 0.02  # of vague and specific questions, to tell them by


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderProfile:
    """Two cosines between a question and its nearest passage, by an encoder.

    At ``vague`` or less, a question means nothing without those before it; at ``specific`` or more
    it stands alone.
    """

    vague: float
    specific: float

    def __post_init__(self) -> None:
        """Refuse two points that make no scale; a file may state any."""
        if not -1 <= self.vague <= self.specific - LEAST_APART <= 1:
            raise ValueError(f"{self.vague} and {self.specific} make no scale of cosines")

    def on_scale(self, cosine: float) -> float:
        """Return the cosine as the bundled encoder would have it: linear through both points."""
        if self == BUNDLED_PROFILE:
            return cosine
        share = (cosine - self.vague) / (self.specific - self.vague)
        return BUNDLED_PROFILE.vague + share * (BUNDLED_PROFILE.specific - BUNDLED_PROFILE.vague)


# Set on canard, checked on inscit, mtrag and cast21.
BUNDLED_PROFILE = EncoderProfile(vague=0.40, specific=0.60)
_BY_FINGERPRINT = {"defbaa580dc1c9507e2042898d84b252": BUNDLED_PROFILE}


def known_profile(fingerprint: str) -> EncoderProfile | None:
    """Return the profile of an encoder whose thresholds were set on data sets, if it is one."""
    return _BY_FINGERPRINT.get(fingerprint)
