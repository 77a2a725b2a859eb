"""How the model in a folder is put together: its modules in their order, as its files state them.

The layout is that of sentence-transformers: ``modules.json`` lists the modules, each with a folder
and a configuration of its own; a Router leads questions and documents through different ones.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from retriever.errors import EncoderError

MEAN, FIRST = "mean", "cls"
# How the configurations of releases before 6 say it, one switch each.
_SWITCHES = {"pooling_mode_mean_tokens": MEAN, "pooling_mode_cls_token": FIRST}

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelModule:
    """One module of a model: its class, such as ``Pooling``, and the folder of its files."""

    kind: str
    folder: Path


def document_modules(folder: Path) -> tuple[ModelModule, ...]:
    """Return the modules that a document goes through, in order, or none where nothing says so.

    :raises EncoderError: when a file that tells cannot be used.
    """
    path = folder / "modules.json"
    try:
        listed = _read_json(path) or []
        modules = [_module(folder / one["path"], one["type"]) for one in listed]
        if modules and modules[0].kind == "Router":
            modules[:1] = _routed(modules[0].folder)
    except (TypeError, KeyError, AttributeError) as error:
        message = f"cannot tell the modules of the model in {folder} ({error}); mend {path}"
        raise EncoderError(message) from error
    return tuple(modules)


def text_folder(folder: Path) -> Path:
    """Return where the tokenizer and the settings of the network that reads documents are."""
    modules = document_modules(folder)
    return modules[0].folder if modules else folder


def averages_tokens(folder: Path) -> bool:
    """Tell whether a text's vector comes of the mean of its tokens' vectors.

    Only then has the mean of some of them a meaning. Where nothing is stated the library averages.
    """
    modules = document_modules(folder)
    kinds = [module.kind for module in modules[:2]]
    return not modules or (
        kinds == ["Transformer", "Pooling"] and pooling_mode(modules[1].folder) == MEAN
    )


def pooling_mode(folder: Path) -> str | None:
    """Return how a pooling module pools, ``None`` for several ways at once or none."""
    stated = _read_json(folder / "config.json") or {}
    if "pooling_mode" in stated:
        return str(stated["pooling_mode"])
    switched = [key for key, on in stated.items() if key.startswith("pooling_mode_") and on]
    return _SWITCHES.get(switched[0]) if len(switched) == 1 else None


def setting(path: Path, key: str, kind: Callable[[Any], _Value]) -> _Value | None:
    """Return an entry of a JSON file of a model; ``None`` where there is no file or no entry.

    :raises EncoderError: when the file cannot be used.
    """
    try:
        stated = _read_json(path)
        value = None if stated is None else stated.get(key)
        return None if value is None else kind(value)
    except (ValueError, TypeError, AttributeError) as error:
        message = f"cannot read {key} in the model's {path} ({error}); mend it"
        raise EncoderError(message) from error


def _read_json(path: Path) -> Any:  # noqa: ANN401  # whatever the file holds
    try:
        return json.loads(path.read_text("utf-8")) if path.exists() else None
    except (OSError, ValueError) as error:
        raise EncoderError(f"cannot read the model's {path} ({error}); mend it") from error


def _module(folder: Path, kind: str) -> ModelModule:
    return ModelModule(kind=kind.rpartition(".")[2], folder=folder)


def _routed(folder: Path) -> list[ModelModule]:
    """Return the modules of a Router's way for documents, of its usual way where it has none."""
    stated = _read_json(folder / "router_config.json")
    ways = stated["structure"]
    way = ways.get("document") or ways[stated["parameters"]["default_route"]]
    return [_module(folder / name, stated["types"][name]) for name in way]
