"""The project's own files agree with each other and with what is installed."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions, packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
#: Hosts that serve packages: installs go through whatever the machine is set up with.
REGISTRIES = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("pytorch", "org"),
    ("deb.debian", "org"),
    ("conda.anaconda", "org"),
)
# Imported by what one extra is for, which need not be installed: the package of each.
OPTIONAL = {"grpc": ["grpcio"], "pymilvus": ["pymilvus"]}
OWN = {"retriever", "webui", "tests", *sys.stdlib_module_names}
PINS = {
    canonicalize_name(name): Version(version)
    for name, version in re.findall(
        r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
}


def project() -> dict[str, Any]:
    """Return the ``[project]`` table."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def requirements() -> list[Requirement]:
    """Return what the project needs, with all its extras, less the project itself."""
    table = project()
    groups = [table["dependencies"], *table["optional-dependencies"].values()]
    needed = [Requirement(name) for group in groups for name in group]
    return [requirement for requirement in needed if requirement.name != table["name"]]


def imported(folder: Path) -> Iterator[str]:
    """Yield the top-level names of other people's packages that a folder's modules import."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    found = [alias.name for alias in names]
                case ast.ImportFrom(module=str(module)):
                    found = [module]
                case _:
                    continue
            yield from {name.split(".")[0] for name in found} - OWN


def tracked() -> list[Path]:
    """Return the files that git tracks and that are there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    files = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [file for file in files if file.is_file()]


@pytest.mark.parametrize("requirement", requirements(), ids=str)
def test_every_requirement_is_pinned(requirement: Requirement) -> None:
    """The pin is one that pyproject.toml allows."""
    pin = PINS.get(canonicalize_name(requirement.name))
    assert pin is not None, "not in constraints.txt"
    assert requirement.specifier.contains(pin)


@pytest.mark.parametrize("folder", ["retriever", "webui"])
def test_every_import_is_required(folder: str) -> None:
    """Nothing works by the grace of what another package happens to bring along."""
    owners = packages_distributions()
    needed = [*project()["dependencies"], *project()["optional-dependencies"]["milvus"]]
    required = {canonicalize_name(Requirement(name).name) for name in needed}
    borrowed = {
        name
        for name in imported(ROOT / folder)
        for installed_by in [owners.get(name, OPTIONAL.get(name, []))]
        if not required & {canonicalize_name(owner) for owner in installed_by}
    }
    assert borrowed == set()


def test_pins_carry_no_local_build() -> None:
    """``torch==2.13.0`` takes the build on the machine; with ``+cpu`` only that one would do."""
    assert all(pin.local is None for pin in PINS.values())


def test_what_is_installed_is_what_is_pinned() -> None:
    """The tests run on the pinned releases, so a pin that nobody ran cannot slip in."""
    installed = {
        canonicalize_name(found.metadata["Name"]): Version(found.version)
        for found in distributions()
    }
    differing = {
        name: (str(pin), installed[name].public)
        for name, pin in PINS.items()
        if name in installed and installed[name].public != str(pin)
    }
    assert differing == {}


def test_the_command_is_the_library_s() -> None:
    """The console script names the module that holds it."""
    assert project()["scripts"] == {"quotidian": "retriever.cli:main"}
    assert (ROOT / "retriever" / "cli" / "__init__.py").is_file()


@pytest.mark.parametrize("package", ["retriever", "webui"])
def test_packages_say_that_they_are_typed(package: str) -> None:
    """PEP 561's marker, so that callers' type checkers look inside."""
    assert (ROOT / package / "py.typed").is_file()


def test_the_licence_is_whole() -> None:
    """Apache-2.0, from its title to its appendix."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project()["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_no_file_names_a_package_registry() -> None:
    """Which registry is asked is the machine's business, not the project's."""
    hosts = [".".join(parts).encode() for parts in REGISTRIES]
    naming = {
        f"{file.relative_to(ROOT)}: {host.decode()}"
        for file in tracked()
        for host in hosts
        if host in file.read_bytes()
    }
    assert naming == set()


def test_nothing_that_is_made_is_tracked() -> None:
    """Environments, indexes and test output stay out of the history."""
    made = {".venv", ".quotidian", "test-output", "__pycache__", "build", "dist"}
    strays = [str(file) for file in tracked() if made & set(file.relative_to(ROOT).parts)]
    assert strays == []


@pytest.mark.parametrize(
    ("system", "machine", "wanted"),
    [
        ("linux", "x86_64", True),
        ("win32", "AMD64", True),
        ("darwin", "arm64", True),
        ("darwin", "x86_64", False),  # no wheel
        ("linux", "aarch64", False),  # a wheel for new systems alone
        ("win32", "ARM64", False),
    ],
)
def test_openvino_is_asked_for_only_where_every_system_has_a_wheel(
    system: str, machine: str, *, wanted: bool
) -> None:
    lines = [line for line in project()["dependencies"] if line.startswith("openvino")]
    (marker,) = (Requirement(line).marker for line in lines)
    assert marker
    assert marker.evaluate({"sys_platform": system, "platform_machine": machine}) == wanted
