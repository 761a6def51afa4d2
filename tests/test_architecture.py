"""The shape of the house (`scripts/house.py` draws it), held to be true; and every guard sees a small house that is wrong."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from scripts import house

HOUSE = house.modules()
TESTS = house.ROOT / "tests"
# The outside world: nothing below `files` in the drawing may reach for it.
OUTSIDE = {
    *("os", "pathlib", "shutil", "sqlite3", "subprocess", "socket", "tempfile", "time", "random", "zipfile"),
}
# An archive is bytes in bytes, where a format is one.
BYTES = {"tracker.formats": {"zipfile"}}
PURE = [module for module in HOUSE if house.floor_of(module.name)[0] > house.floor_of("tracker.files")[0]]
# The calendar of working days is the one package that the words may use.
ALLOWED_BELOW = {"chinese_calendar"}
# Parsed XML is a language, not a package that hides a format.
LANGUAGES = {"lxml"}
# Packages that are what a door is for.
OF_DOORS = {"tracker.api": "pandas"}


def tops(tree: ast.Module) -> set[str]:
    """The outermost name of everything that a module imports."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def packages(module: house.Module) -> set[str]:
    return tops(module.tree) - set(sys.stdlib_module_names) - {"tracker"}


def impure(module: house.Module) -> set[str]:
    """What a module below `files` must not do: reach outside, hide a format, read the clock, print."""
    _, floor = house.floor_of(module.name)
    calls = {ast.unparse(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call)}
    effects = {
        call for call in calls if call.endswith((".now", ".today")) or call in ("print", "open", "input")
    }
    foreign = set() if floor == "tracker.formats" else packages(module) - ALLOWED_BELOW
    return (tops(module.tree) & OUTSIDE - BYTES.get(floor, set())) | foreign | effects


def name_of(module: house.Module) -> str:
    return module.name


@pytest.mark.parametrize(
    "guard",
    [house.circles, house.past_doors, house.upward, house.idle_names, house.double_classes],
    ids=lambda guard: guard.__name__,
)
def test_the_house_has_none_of(guard):
    assert guard(HOUSE) == []


def test_names_that_say_nothing_are_rare():
    names, total = house.withdrawn(HOUSE)

    assert len(names) < house.WITHDRAWN_SHARE * total


@pytest.mark.parametrize("module", PURE, ids=name_of)
def test_what_is_pure_knows_no_file_no_clock_no_package_and_prints_nothing(module):
    assert impure(module) == set()


def test_each_package_is_imported_in_exactly_one_module_of_files_formats_or_web():
    homes: dict[str, set[str]] = {}
    for module in HOUSE:
        for package in packages(module) - LANGUAGES - ALLOWED_BELOW:
            homes.setdefault(package, set()).add(module.name)

    assert {package: where for package, where in homes.items() if len(where) > 1} == {}
    doors = {package: where.pop() for package, where in homes.items()}
    assert {package for package, where in doors.items() if where in OF_DOORS} == set(OF_DOORS.values())
    floors = {house.floor_of(where)[1] for where in doors.values() if where not in OF_DOORS}
    assert floors == {"tracker.files", "tracker.formats", "tracker.web"}


def test_namespaces_are_empty_so_that_a_door_never_loads_a_floor():
    loaded = {
        module.name
        for module in HOUSE
        if module.name in house.NAMESPACES - {"tracker"} and tops(module.tree) - {"__future__"}
    }

    assert loaded == set()


def test_every_folder_of_the_house_stands_in_the_drawing():
    floors = {floor for row in house.FLOORS for floor in row}
    rooms = {module.name for module in HOUSE if module.is_package and module.name.count(".") == 1}

    assert rooms - floors <= {"tracker.problems"}


def borrowers(folder: Path, unless: str) -> list[str]:
    """Imports of `tests` in the modules of a folder, but for those that begin with `unless`."""
    wrong = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            wrong += [
                f"{path.name} -> {name}"
                for name in named
                if name.split(".")[0] == "tests" and not name.startswith(unless)
            ]
    return wrong


def test_nothing_in_scripts_imports_tests():
    assert borrowers(house.ROOT / "scripts", "nothing") == []


def test_no_test_imports_another_what_they_share_stands_in_support():
    assert borrowers(TESTS, ("tests.support", "tests.soaks")) == []
    assert borrowers(TESTS / "support", "tests.support") == []


# ---- houses that are wrong


def small(root: Path, **modules: str) -> tuple[house.Module, ...]:
    """A house of a few modules, `__` for the dot; every folder gets its `__init__`."""
    for name, source in modules.items():
        path = root / "tracker" / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in [path.parent, *path.parent.relative_to(root).parents][:-1]:
            (root / folder / "__init__.py").touch()
        path.write_text(source + "\n", encoding="utf-8")
    return house.modules(root)


@pytest.mark.parametrize(
    ("modules", "fault"),
    [
        ({"rules__merge": "from tracker.files.safe import write", "files__safe": ""}, "tracker.rules.merge -> tracker.files.safe"),
        ({"reading__plan": "from tracker.rules import fold", "rules__fold": ""}, "tracker.reading.plan -> tracker.rules.fold"),
        ({"formats__ink": "def f():\n    import tracker.rules.fold", "rules__fold": ""}, "tracker.formats.ink -> tracker.rules.fold"),
        ({"grid": "from tracker.reading.plan import read", "reading__plan": ""}, "tracker.grid -> tracker.reading.plan"),
    ],
    ids=["up", "between strangers", "late", "from the words"],
)  # fmt: skip
def test_a_module_that_reaches_up_is_seen(tmp_path, modules, fault):
    assert house.upward(small(tmp_path, **modules)) == [fault]


def test_an_import_past_a_door_is_seen_and_one_through_it_is_not(tmp_path):
    wrong = small(
        tmp_path,
        rules__fold__keys="",
        rules__chase="from tracker.rules.fold import keys\nfrom tracker.rules.fold.keys import key",
        rules__board="from tracker.rules.fold import fold",
    )

    assert house.past_doors(wrong) == ["tracker.rules.chase -> tracker.rules.fold.keys"]


def test_a_name_of_a_door_that_only_its_room_uses_is_seen(tmp_path):
    wrong = small(
        tmp_path,
        rules__fold__keys="key = other = 1",
        rules__fold__turns="from tracker.rules.fold import other",
        rules__chase="from tracker.rules.fold import key",
    )
    (tmp_path / "tracker/rules/fold/__init__.py").write_text("from tracker.rules.fold.keys import key, other")

    assert house.idle_names(wrong) == []
    assert house.idle_names(house.modules(tmp_path)) == ["tracker.rules.fold: other"]


def test_two_rooms_that_know_each_other_are_seen_even_over_a_third(tmp_path):
    wrong = small(
        tmp_path,
        rules__fold__keys="from tracker.rules.chase import chase",
        rules__chase="from tracker.rules.board import board",
        rules__board="from tracker.rules.fold import fold",
        rules__score="from tracker.rules.board import board",
    )

    assert house.circles(wrong) == [("tracker.rules.board", "tracker.rules.chase", "tracker.rules.fold")]


def test_a_public_class_of_two_places_is_seen_and_a_private_one_is_not(tmp_path):
    wrong = small(tmp_path, grid="class Cell: ...\nclass _Row: ...", facts="class Cell: ...\nclass _Row: ...")

    assert house.double_classes(wrong) == ["Cell: tracker.facts, tracker.grid"]


@pytest.mark.parametrize(
    "source",
    [
        "found = 1",
        "def said(): ...",
        "def f(told): ...",
        "for each in (): ...",
        "class Asked: ...",
        "_given: int = 1",
    ],
)
def test_a_withdrawn_name_is_seen_however_it_is_bound(tmp_path, source):
    names, _ = house.withdrawn(small(tmp_path, grid=source))

    assert [(module, line) for module, line, _ in names] == [("tracker.grid", 1)]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("import os", "os"),
        ("import zipfile", "zipfile"),
        ("import openpyxl", "openpyxl"),
        ("day = dt.date.today()", "dt.date.today"),
        ("print(1)", "print"),
    ],
)
def test_a_rule_that_reaches_outside_is_seen(tmp_path, source, fault):
    wrong = {module.name: impure(module) for module in small(tmp_path, rules__merge=source)}

    assert wrong["tracker.rules.merge"] == {fault}


def test_a_test_that_borrows_from_another_is_seen(tmp_path):
    (tmp_path / "test_a.py").write_text(
        "from tests.steps.test_sync import Edit\nimport tests.support.year\n", "utf-8"
    )

    assert borrowers(tmp_path, "tests.support") == ["test_a.py -> tests.steps.test_sync"]
