"""The map of the library and the names in it: nothing is missing, and nothing has two meanings."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAP = (ROOT / "retriever" / "README.md").read_text(encoding="utf-8")
SOURCES = sorted(
    path.relative_to(ROOT)
    for package in ("retriever", "webui")
    for path in (ROOT / package).rglob("*.py")
)
# A dialect that newcomers had to learn before they could read the code; each has a standard name.
DIALECT = frozenset(
    "before ahead taking waiting growing titling pieces eightbit echoes lookalikes surroundings"
    " wanted saying sounding apart accompanying door shelf front keeping chips utils".split()
)


def _is_a_part(path: Path) -> bool:
    return path.parts[0] == "retriever" and path.name not in {"__init__.py", "__main__.py"}


@pytest.mark.parametrize("path", [*filter(_is_a_part, SOURCES)], ids=str)
def test_every_file_of_the_library_is_on_the_map(path: Path) -> None:
    assert f"]({path.relative_to('retriever').as_posix()})" in MAP


def test_the_map_names_no_file_that_is_not_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", MAP):
        assert (ROOT / "retriever" / target).is_file(), target


def test_every_function_of_the_walk_is_where_the_map_says() -> None:
    walk = MAP.partition("## A question")[2].partition("## To change")[0]
    folder = ""
    for place, functions in re.findall(r"^\| (.*?) \| (`.*?`) \|", walk, re.MULTILINE):
        folder = re.sub(r"[\[`\]]|\(.*\)", "", place).strip() or folder
        module = ""
        for function in re.findall(r"`([\w.]+)`", functions):
            name = function.rpartition(".")[2]
            module = function.partition(".")[0] if "." in function else module
            path = folder if folder.endswith(".py") else f"{folder}{module}.py"
            base = ROOT if folder.startswith("webui") else ROOT / "retriever"
            content = (base / path).read_text(encoding="utf-8")
            assert f"def {name}(" in content, (path, name)
            for part in function.split(".")[1:-1]:
                assert f"class {part}" in content, (path, part)


def test_no_module_is_named_in_a_dialect() -> None:
    assert not DIALECT.intersection(path.stem for path in SOURCES)


def test_no_class_name_stands_for_two_things() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(path))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
