"""What cosines mean: known for the bundled encoder, measured for any other."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever import build
from retriever.encoders.profiles import BUNDLED_PROFILE, EncoderProfile, known_profile
from retriever.encoders.registry import load_encoder
from retriever.index.generation import Generation
from retriever.index.publishing import current_generation


def test_the_bundled_encoder_is_known_by_its_fingerprint() -> None:
    assert known_profile(load_encoder().fingerprint) == BUNDLED_PROFILE


@given(st.floats(-1, 1), st.floats(-0.9, 0.8), st.floats(0.03, 0.2))
def test_both_points_of_a_profile_lie_where_the_bundled_one_has_them(
    cosine: float, vague: float, apart: float
) -> None:
    profile = EncoderProfile(vague=vague, specific=vague + apart)
    assert profile.on_scale(profile.vague) == pytest.approx(BUNDLED_PROFILE.vague)
    assert profile.on_scale(profile.specific) == pytest.approx(BUNDLED_PROFILE.specific)
    assert (profile.on_scale(cosine) > BUNDLED_PROFILE.specific) == (
        cosine > profile.specific
    ) or profile.on_scale(cosine) == pytest.approx(BUNDLED_PROFILE.specific)


@pytest.mark.model
def test_another_encoder_is_measured_or_says_that_it_is_not(
    tmp_path: Path, tiny_model: Path
) -> None:
    words = "harbour glass copper timber salt wool mayor guild winter market road bridge".split()
    texts = [
        f"The {one} of {town} near the old {other} cost {n} crowns in the long year of {1900 + n}"
        f" when Mayor {town} promised it to the {one} guild and the {other} market."
        for n, town in enumerate("Arvik Belmora Cresta Dunholm Eskil".split())
        for one in words[:6]
        for other in words[6:]
    ]
    for count in (180, 1):
        corpus, index = tmp_path / f"{count}.jsonl", tmp_path / str(count)
        records = ({"id": str(n), "text": text} for n, text in enumerate(texts[:count]))
        corpus.write_text("\n".join(map(json.dumps, records)))
        report = build(corpus, index=index, encoder=str(tiny_model))
        made = Generation(current_generation(index)).manifest
        profile = made.calibration.profile
        assert profile is None or profile.vague < profile.specific
        assert report.calibrated == (profile is not None)
        assert (made.calibration.questions == 0) == (count == 1)
        if count == 1:
            assert profile is None
            assert made.profile == BUNDLED_PROFILE
