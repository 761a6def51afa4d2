"""What a command loads before it answers: the budget of its start, and what must not be in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.support.year import SEPTEMBER, make_year

# Slow to load, and needed by none of these commands.
NEVER = (
    "openpyxl",
    "pandas",
    "docx",
    "lxml",
    "rich",
    "urllib.request",
    "asyncio",
    "xlsxwriter",
    "python_calamine",
    "jinja2",
    "multiprocessing",
)
# Grammars and layouts: a command that reads no plan and writes no workbook does without.
ROOMS = (
    "tracker.reading.plan.plan",
    "tracker.reading.clauses.responsibility",
    "tracker.formats.patch.patching",
)
# Modules that a command may load, those of Python included.
BUDGETS = {"--help": 40, "status": 240, "chase": 312, "today": 312, "sync": 130}
# Python on Windows brings more of its own: ctypes, the registry, code pages.
OF_THE_SYSTEM = 40 if os.name == "nt" else 0
# The list of today is laid out each time, and lists are completed.
WRITERS = {"chase": ("xlsxwriter", "tracker.formats.patch"), "today": ("xlsxwriter",)}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = make_year(tmp_path_factory.mktemp("start") / "办公")
    for verb in ("chase", "sync", "sync", "status"):  # each list is read once, and nothing more is to do
        loaded(verb, "--office", str(root), "--now", SEPTEMBER.isoformat())
    return root


def loaded(*words: str) -> set[str]:
    code = (
        "import sys; from tracker.cli.commandline import main; code = main(sys.argv[1:]);"
        "print('LOADED', *sys.modules); sys.exit(code)"
    )
    answer = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return set(answer.stdout.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize("verb", BUDGETS)
def test_a_command_loads_no_more_than_its_budget_and_nothing_slow(root, verb, tmp_path):
    if verb == "today":  # it changes what sync goes by
        root = shutil.copytree(root, tmp_path / "办公")
    words = () if verb.startswith("-") else ("--office", str(root), "--now", SEPTEMBER.isoformat())

    modules = loaded(verb, *words)

    assert len(modules) <= BUDGETS[verb] + OF_THE_SYSTEM, sorted(modules)
    slow = {name for name in modules if name.startswith((*NEVER, *ROOMS))}
    assert {name for name in slow if not name.startswith(WRITERS.get(verb, ("-",)))} == set()
