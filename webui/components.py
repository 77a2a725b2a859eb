"""Parts of the page that are HTML of :mod:`webui.render` with a script of ours."""

from collections.abc import Callable
from pathlib import Path

import gradio as gr

STATIC = Path(__file__).parent / "static"

# The parts of the page from top to bottom, then what changes them: windows, colours, paper.
_STYLES = (
    "colours",
    "frame",
    "conversation",
    "cards",
    "menus",
    "filters",
    "corpus",
    "reader",
    "narrow",
    "door",
    "low",
    "forced",
    "print",
)


def scripted(name: str, value: str, source: str | None, *called: Callable[..., object]) -> gr.HTML:
    """Return a component with the id ``name`` whose script, if any, may call the functions."""
    return gr.HTML(
        value,
        elem_id=name,
        apply_default_css=False,
        js_on_load=script(source) if source else None,
        server_functions=[*called],
    )


def style() -> str:
    """Return the page's styles as one; what stands later overrules what stands before."""
    return "\n".join(script(f"style/{name}.css") for name in _STYLES)


def script(source: str) -> str:
    """Return a file of ``static/``; a component's script runs once when the component is there."""
    return (STATIC / source).read_text(encoding="utf-8")
