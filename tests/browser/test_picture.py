"""The picture in the README shows the page as it is."""

from PIL import ImageChops
from playwright.sync_api import Browser

from tests.browser.conftest import OUTPUT, ROOT
from tests.browser.picture import PICTURE, QUESTION, SIZE, difference, kept, look

# Mean difference of squares in grey, of 255: the same page in other fonts stays below, one with a
# part more, or another answer, does not.
NEAR = 6.0
REMEDY = "the page has changed: take its picture anew with python -m tests.browser.picture"


def test_the_picture_of_the_readme_is_what_the_page_shows(
    chromium: Browser, seeds_address: str
) -> None:
    """Every text is the same, and every region looks alike."""
    taken, texts = look(chromium, seeds_address)
    OUTPUT.mkdir(exist_ok=True)
    taken.save(OUTPUT / "page.png")
    picture, said = kept()
    assert said == texts, REMEDY
    assert QUESTION in said
    assert picture.size == taken.size == (SIZE["width"], SIZE["height"])
    assert difference(picture, taken) < NEAR, REMEDY


def test_another_page_is_told_from_it() -> None:
    """The comparison notices an empty page, and one that is moved."""
    picture, _ = kept()
    moved = ImageChops.offset(picture, 0, 120)
    assert difference(picture, moved) > NEAR
    assert difference(picture, picture.point(lambda _: 250)) > NEAR


def test_the_readme_shows_it_and_it_is_small() -> None:
    name = PICTURE.relative_to(ROOT)
    assert f"]({name})" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert PICTURE.stat().st_size < 150_000
