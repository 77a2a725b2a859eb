"""Settings, gathered once at the edge and passed down as one frozen object.

Precedence: command-line flags, then environment variables (``QUOTIDIAN_INDEX`` and so on), then
``[tool.quotidian]`` of ``pyproject.toml`` or the top level of ``quotidian.toml`` in the current
folder, then the defaults below.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from retriever.errors import SettingsError

BUNDLED_ENCODER = "all-MiniLM-L6-v2"
BUNDLED_READER = "bundled"
NO_READER = "none"
# Settings of before, and what does their work now.
_REPLACED = {"reranker": "reader"}
HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are and which encoder reads them; every value has a working default.

    ``encoder`` is ``all-MiniLM-L6-v2`` (ships with the program), a folder that holds a
    sentence-transformers model, or a name on the model hub, which is the only case in which the
    network is used. ``reader`` is ``bundled`` (ships as well), ``none``, or names a
    question-answering model or a cross-encoder in the same way.

    The last three are for a proxy in front of the page: ``proxies`` are addresses whose
    X-Forwarded-For is believed, ``allowed_hosts`` names by which the page is asked for, both with
    commas between them, and ``root_path`` is the path under which the proxy shows it.
    """

    corpus: str = "seeds"
    index: str = ".quotidian"
    encoder: str = BUNDLED_ENCODER
    reader: str = BUNDLED_READER
    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""
    allowed_hosts: str = ""
    proxies: str = ""


def load_settings(
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
    flags: Mapping[str, object] | None = None,
) -> Settings:
    """Return the settings in force in ``folder`` (default: the current one).

    Flags that are ``None`` count as not given.

    :raises SettingsError: for an unknown key or a value of the wrong kind.
    """
    settings = Settings()
    layers = (
        _from_files(folder or Path()),
        _from_environment(os.environ if environ is None else environ),
        {key: value for key, value in (flags or {}).items() if value is not None},
    )
    for layer in layers:
        settings = replace(settings, **{key: _checked(key, value) for key, value in layer.items()})  # type: ignore[arg-type]  # _checked holds the types
    return settings


def _from_files(folder: Path) -> dict[str, object]:
    own = folder / "quotidian.toml"
    if own.is_file():
        return _parse(own)
    project = folder / "pyproject.toml"
    tools = _parse(project).get("tool") if project.is_file() else None
    section = tools.get("quotidian", {}) if isinstance(tools, dict) else {}
    if not isinstance(section, dict):
        message = f"[tool.quotidian] in {project} is not a table; write one setting a line below it"
        raise SettingsError(message)
    return section


def _parse(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"cannot read settings from {path}: {error}; mend the file or remove it"
        raise SettingsError(message) from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    names = (*(entry.name for entry in fields(Settings)), *_REPLACED)
    variables = {name: f"QUOTIDIAN_{name.upper()}" for name in names}
    return {name: value for name, named in variables.items() if (value := environ.get(named))}


def _checked(key: str, value: object) -> str | int:
    kinds = {entry.name: entry.type for entry in fields(Settings)}
    if key in _REPLACED:
        raise SettingsError(f"there is no setting {key!r} any more; use {_REPLACED[key]!r} for it")
    if key not in kinds:
        raise SettingsError(f"unknown setting {key!r}; the settings are {', '.join(kinds)}")
    if kinds[key] is int:
        return _port(key, value)
    if not isinstance(value, str):
        raise SettingsError(f"setting {key!r} must be text, not {value!r}")
    if not value.strip():
        raise SettingsError(f"setting {key!r} must not be empty; leave it out for the default")
    return value


def _port(key: str, value: object) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if not 0 <= number <= HIGHEST_PORT:
        message = f"setting {key!r} must be a whole number from 0 to {HIGHEST_PORT}, not {value!r}"
        raise SettingsError(message)
    return number
