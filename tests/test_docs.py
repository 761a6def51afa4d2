"""The documents say what is true: the two commands, the verbs, the links."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def command_under(heading):
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"^```\w*\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1, f"one command stands under {heading}"
    lines = blocks[0].strip().splitlines()
    assert len(lines) == 1, "a command is one line"
    return lines[0].split()


@pytest.mark.parametrize("heading", ["Run it", "Test it"])
def test_each_promised_command_is_one_line_that_needs_no_shell(heading):
    python, script, *_ = command_under(heading)

    assert python == "python"
    assert (ROOT / script).is_file()


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 120


@pytest.mark.parametrize("name", [name for name, *_ in VERBS])
def test_every_verb_is_told_in_the_readme(name):
    assert f"tracker {name}" in README


def test_no_verb_is_told_that_does_not_work():
    told = set(re.findall(r"^ *tracker ([a-z][a-z-]+)", README, re.MULTILINE))

    assert told <= {name for name, *_ in VERBS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_exists(page):
    named = re.findall(
        r"`((?:tracker|docs|scripts|tests|templates|workbooks)/[\w./一-鿿-]+\.\w+)`",
        page.read_text(encoding="utf-8"),
    )

    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_program_starts_as_a_module_too():
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.startswith("tracker ")
