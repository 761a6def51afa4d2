"""The drawing of the house, held to be true: imports only point down, and each package has one door.

cli  >  steps  >  files  >  reading, rules  >  the words we use
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

TRACKER = Path(__file__).resolve().parent.parent / "tracker"

WORDS = {"model", "problems", "workdays", "grid", "facts", "columns", "numerals"}
MAY_IMPORT = {
    "words": {"words"},
    "reading": {"words", "reading"},
    "rules": {"words", "rules"},
    "files": {"words", "reading", "rules", "files"},
    "steps": {"words", "reading", "rules", "files", "steps"},
    "cli": {"words", "rules", "steps", "cli"},
}
# The outside world: nothing above `files` in the drawing may reach for it.
OUTSIDE = {
    "os",
    "pathlib",
    "shutil",
    "sqlite3",
    "subprocess",
    "socket",
    "tempfile",
    "time",
    "random",
    "zipfile",
}
PURE = ("words", "reading", "rules")
# The calendar of working days is the one package that the words may use.
ALLOWED_BELOW = {"chinese_calendar", "pandas"}
# Parsed XML is a language, not a package that hides a format.
EVERYWHERE_IN_FILES = {"lxml"}


def modules() -> list[Path]:
    return sorted(
        path for path in TRACKER.rglob("*.py") if "shipped" not in path.relative_to(TRACKER).parts[:1]
    )


def layer(dotted: str) -> str:
    parts = dotted.split(".")
    if len(parts) == 1:
        return "words"
    return "words" if parts[1] in WORDS or parts[1] == "__version__" else parts[1]


def name_of(path: Path) -> str:
    parts = path.relative_to(TRACKER.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def packages(path: Path) -> set[str]:
    return {each.split(".")[0] for each in imports(path)} - set(sys.stdlib_module_names) - {"tracker"}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_only_point_down(path):
    here = layer(name_of(path))
    if here == "__main__":
        here = "cli"

    wrong = {
        each for each in imports(path) if each.startswith("tracker") and layer(each) not in MAY_IMPORT[here]
    }

    assert not wrong, f"{name_of(path)} is in the layer {here} and reaches up to {sorted(wrong)}"


@pytest.mark.parametrize("path", [each for each in modules() if layer(name_of(each)) in PURE], ids=name_of)
def test_what_is_pure_knows_no_file_no_clock_and_no_package(path):
    wrong = {each for each in imports(path) if each.split(".")[0] in OUTSIDE} | (
        packages(path) - ALLOWED_BELOW
    )

    assert not wrong


@pytest.mark.parametrize("path", [each for each in modules() if layer(name_of(each)) in PURE], ids=name_of)
def test_what_is_pure_does_not_read_the_clock_or_print(path):
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }

    assert not {
        each for each in calls if each.endswith((".now", ".today")) or each in ("print", "open", "input")
    }


def test_each_package_is_imported_in_exactly_one_module_of_files():
    homes: dict[str, set[str]] = {}
    for path in modules():
        for package in packages(path) - EVERYWHERE_IN_FILES - ALLOWED_BELOW:
            homes.setdefault(package, set()).add(name_of(path))

    assert {package: where for package, where in homes.items() if len(where) > 1} == {}
    assert all(name.startswith("tracker.files.") for where in homes.values() for name in where), homes


def test_the_drawing_names_every_room():
    rooms = {path.name for path in TRACKER.iterdir() if path.is_dir() and (path / "__init__.py").exists()}

    assert rooms - WORDS == set(MAY_IMPORT) - {"words"}


def test_a_module_that_reaches_up_would_be_seen(tmp_path):
    spoiled = tmp_path / "merge.py"
    spoiled.write_text("from tracker.files.ledger.ledger import Ledger\n", encoding="utf-8")

    assert {layer(each) for each in imports(spoiled)} - MAY_IMPORT["rules"] == {"files"}
