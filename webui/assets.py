"""How the page looks: its styles and scripts, and Gradio's theme; nothing is fetched for it.

The colours are CSS variables of ``static/style/colours.css``, which has one set for light and one
for dark; the theme points Gradio's own parts at them. Fonts are the system's.
"""

from pathlib import Path

from gradio.themes import Base

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
    "notebook",
    "listing",
    "check",
    "mentions",
    "reader",
    "narrow",
    "sign_in",
    "low",
    "forced",
    "print",
)

_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "SF Mono", "Menlo", "Consolas", "monospace")

# What Gradio calls it, and the variable of ours that it takes in both schemes.
_COLOURS = {
    "body_background_fill": "--paper",
    "body_text_color": "--ink",
    "body_text_color_subdued": "--quiet",
    "background_fill_primary": "--paper",
    "background_fill_secondary": "--sheet",
    "block_background_fill": "--paper",
    "border_color_primary": "--line",
    "border_color_accent": "--accent",
    "color_accent_soft": "--tint",
    "link_text_color": "--accent",
    "input_background_fill": "--sheet",
    "input_background_fill_focus": "--sheet",
    "input_border_color": "--field",
    "input_border_color_focus": "--accent",
    "input_placeholder_color": "--quiet",
    "button_primary_background_fill": "--accent",
    "button_primary_background_fill_hover": "--accent-strong",
    "button_primary_text_color": "--on-accent",
    "button_secondary_background_fill": "--paper",
    "button_secondary_background_fill_hover": "--tint",
    "button_secondary_text_color": "--ink",
    "button_secondary_border_color": "--field",
    "error_background_fill": "--sheet",
    "error_text_color": "--warn",
}


def style() -> str:
    """Return the page's styles as one; what stands later overrules what stands before."""
    return "\n".join(script(f"style/{name}.css") for name in _STYLES)


def script(source: str) -> str:
    """Return a file of ``static/``; a component's script runs once when the component is there."""
    return (STATIC / source).read_text(encoding="utf-8")


def reading_theme() -> Base:
    """Return the theme; dark values equal the light ones because the variables switch."""
    theme = Base(font=_SANS, font_mono=_MONO)
    colours = {name: f"var({variable})" for name, variable in _COLOURS.items()}
    dark = {f"{name}_dark": value for name, value in colours.items()}
    return theme.set(**colours, **dark)
