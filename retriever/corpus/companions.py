"""Files and folders that lie beside articles and are none."""

import re

_NAMES = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|authors|contributing|changelog|changes|citation|makefile"
    r"|thumbs\.db|desktop\.ini)(?:[._-].*)?",
    re.IGNORECASE,
)
# What browsers put after a page's name, in the languages of Windows and Firefox.
_PARTS = re.compile(
    r"(?P<page>.+)(?:[._-](?:files?|filer)|-dateien|_(?:archivos|arquivos|bestanden|bylos|datoteke"
    r"|dosyalar|elemei|failid|fails|fajlovi|ficheiros|ficheros|fichiers|fitxategiak|fitxers|pliki"
    r"|soubory|tiedostot))",
    re.IGNORECASE | re.DOTALL,
)
_PAGES = (".html", ".htm", ".xhtml", ".shtml")


def accompanies(name: str) -> bool:
    """Return whether a file of this name goes with articles, as a README or a licence does."""
    return _NAMES.fullmatch(name) is not None


def pages_of_parts(folder: str) -> tuple[str, ...]:
    """Return what the page may be called that a browser saved with a folder, none if it is no such.

    Beside ``NAME.html`` the folder ``NAME_files``, in other languages ``NAME-Dateien`` and the
    like, holds what the page shows: frames, advertisements, scripts.
    """
    match = _PARTS.fullmatch(folder)
    return tuple(match["page"] + ending for ending in _PAGES) if match else ()
