"""The picture of the page in the README: ``python -m tests.browser.picture`` takes it anew.

The texts that the page showed when it was taken are kept inside the picture, and a test compares
them, and the picture roughly, with what the page shows now.
"""

import re
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser, Page, sync_playwright

from retriever import build
from tests.browser.conftest import CHROMIUM, FLAGS, ROOT, Visit, serve_index

PICTURE = Path(__file__).with_name("page.png")
QUESTION = "Who did Andrey Rudenko meet in Beijing?"
SIZE = {"width": 1280, "height": 720}
COLOURS = 64
# What is seen of the page, from the top; of the article only the marked words.
_PARTS = ("#masthead", "#transcript", "#question", "#source mark")
# When the index was built is another day each day.
_AGE = re.compile(r"index built .* UTC")
_TEXTS = "texts"


def look(browser: Browser, address: str) -> tuple[Image.Image, str]:
    """Return the page with a question answered and its first quote open, and what it says."""
    context = browser.new_context(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    visit = Visit(context)
    page = visit.open(address)
    visit.ask(QUESTION)
    page.locator("article.card.quote").first.click()
    page.locator("#source mark").first.wait_for()
    page.mouse.move(3, SIZE["height"] // 2)
    page.wait_for_timeout(700)
    taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    texts = texts_of(page)
    context.close()
    return taken, texts


def texts_of(page: Page) -> str:
    """Return what can be read on the page, a line each, without the age of the index."""
    told = (text for part in _PARTS for text in page.locator(part).all_inner_texts())
    lines = (" ".join(line.split()) for text in told for line in text.splitlines())
    return "\n".join(_AGE.sub("index built", line) for line in lines if line)


def save(taken: Image.Image, texts: str) -> None:
    """Keep a picture in few colours, with its texts."""
    about = PngInfo()
    about.add_itxt(_TEXTS, texts, zip=True)
    small = taken.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(PICTURE, optimize=True, pnginfo=about)


def kept() -> tuple[Image.Image, str]:
    """Return the picture of the README and the texts that it shows."""
    with Image.open(PICTURE) as picture:
        texts = str(picture.text[_TEXTS])  # type: ignore[attr-defined]
        return picture.convert("RGB"), texts


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures are apart, from 0 to 255, in squares of some 27 pixels.

    Fonts differ between machines; what stands where does not.
    """
    size = (48, 27)
    pixels = [picture.convert("L").resize(size, Image.Resampling.BOX) for picture in (one, other)]
    first, second = (picture.tobytes() for picture in pixels)
    return sum(abs(a - b) for a, b in zip(first, second, strict=True)) / len(first)


def main() -> None:
    """Take the picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build(ROOT / "seeds", index=Path(folder, "index"))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for address in serve_index(Path(folder, "index")):
            save(*look(browser, address))
        browser.close()
    sys.stdout.write(f"{PICTURE}: {PICTURE.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
