"""A door lists names without loading what stands behind them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOORS = [
    path.parent
    for path in sorted((ROOT / "tracker").rglob("__init__.py"))
    if "late(globals())" in path.read_text(encoding="utf-8")
]


def run(code: str, *path: Path) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {[str(ROOT), *map(str, path)]!r}\n{code}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return answer.stdout + answer.stderr.strip().rpartition("\n")[2]


@pytest.fixture
def room(tmp_path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "__init__.py").write_text(
        "from tracker.late import late\nwith late(globals()):\n"
        "    from room.one import ONE, other\n    from room.two import TWO\n"
    )
    (tmp_path / "room" / "one.py").write_text("print('one')\nONE = 1\nother = 2\n")
    (tmp_path / "room" / "two.py").write_text("print('two')\nfrom room import ONE\nTWO = ONE + 1\n")
    return tmp_path


def test_a_name_loads_the_module_that_it_lives_in_once_and_no_other(room):
    assert run("import room\nprint('door')\nfrom room import ONE, other\nprint(ONE, other)", room) == (
        "door\none\n1 2\n"
    )


def test_a_module_behind_the_door_may_use_the_door(room):
    assert run("from room import TWO\nprint(TWO)", room) == "two\none\n2\n"


def test_a_name_that_the_door_does_not_list_is_an_error(room):
    assert "cannot import name 'THREE'" in run("from room import THREE", room)


def test_outside_of_the_block_imports_are_what_they_were(room):
    assert run(
        "import builtins\nbefore = builtins.__import__\nimport room\nprint(builtins.__import__ is before)",
        room,
    ) == ("True\n")


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.relative_to(ROOT).as_posix())
def test_every_name_of_a_door_is_there_and_none_is_that_of_a_module(door):
    package = ".".join(door.relative_to(ROOT).parts)
    modules = {path.stem for path in door.iterdir()} - {"__init__"}
    names = {
        name.name
        for block in ast.walk(ast.parse((door / "__init__.py").read_text(encoding="utf-8")))
        if isinstance(block, ast.With)
        for node in block.body
        for name in node.names
    }

    assert run(f"import {package} as door\nfor name in {sorted(names)}: getattr(door, name)") == ""
    assert not modules & names


@pytest.mark.parametrize(
    "module",
    [
        "tracker.files.guard.worker",
        "tracker.files.inbox",
        "tracker.steps.take_back",
        "tracker.formats.documents.wordml",
    ],
)
def test_where_no_mail_comes_nothing_that_knows_mail_is_loaded(module):
    mail = '[name for name in sys.modules if name.partition(".")[0] in ("email", "http", "smtplib")]'

    assert run(f"import {module}\nprint({mail})") == "[]\n"
