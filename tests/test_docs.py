"""The documents say what is true: the two commands, the verbs, the links."""

from __future__ import annotations

import ast
import builtins
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


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


# What the project keeps at its top; anything else got there by mistake.
TOP = {
    *(
        ".ci",
        ".gitignore",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "README.zh.md",
        "pyproject.toml",
    ),
    *("docs", "scripts", "templates", "tests", "tracker", "workbooks"),
}


def test_nothing_stands_at_the_top_by_mistake():
    if shutil.which("git") is None:
        pytest.skip("no git")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listing.returncode or not listing.stdout:
        pytest.skip("no checkout")

    assert {path.split("/")[0] for path in listing.stdout.decode().split("\0") if path} == TOP


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
    top = "tracker|docs|scripts|tests|templates|workbooks"
    floors = "cli|demo|files|formats|problems|reading|rules|steps"
    text = page.read_text(encoding="utf-8")
    named = re.findall(
        rf"(?<![\w./-])((?:{top}|{floors})/[\w./一-鿿-]*\w\.(?:py|md|txt|sql|html|css|js))\b", text
    )
    named += re.findall(rf"(?<![\w./-])((?:{top})/[a-z_/]+)(?=[` ])", text)

    assert [
        name for name in named if not (ROOT / name).exists() and not (ROOT / "tracker" / name).exists()
    ] == []


def exists(dotted):
    """Whether a name like `rules.office.Office` or `files.guard.open_source` stands in `tracker/`."""
    path, names = ROOT / "tracker", dotted.removeprefix("tracker.").split(".")
    while names and (path / names[0]).is_dir():
        path /= names.pop(0)
    if names and (path / f"{names[0]}.py").is_file():
        path /= f"{names.pop(0)}.py"
    module = path if path.is_file() else path / "__init__.py"
    body = ast.parse(module.read_text(encoding="utf-8")).body
    body = [each for node in body for each in (node.body if isinstance(node, ast.With) else [node])]
    for name in names:
        bound = {
            alias.asname or alias.name
            for node in body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        targets = [t for node in body if isinstance(node, ast.Assign) for t in node.targets]
        targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
        bound |= {target.id for target in targets if isinstance(target, ast.Name)}
        definitions = [node for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
        inside = [node.body for node in definitions if node.name == name]
        if not inside and name not in bound:
            return False
        body = inside[0] if inside else []
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_dotted_name_stands_in_the_program(page):
    text = page.read_text(encoding="utf-8")
    floors = (
        "cli|demo|files|formats|problems|reading|rules|steps|columns|facts|grid|model|outline|settings|table"
    )
    names = re.findall(rf"`((?:tracker\.)?(?:{floors})(?:\.\w+)+)`", text)

    assert [name for name in names if not re.search(r"\.(?:py|sql|md)$", name) and not exists(name)] == []


def test_the_tree_names_every_folder_and_every_module_in_it():
    tree = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = tree.split("## The tree\n", 1)[1].split("\n## ", 1)[0]
    entries = re.findall(r"^    (tracker/[\w/]*)(.*(?:\n     .*|\n(?=\n?     ))*)", tree, re.MULTILINE)
    drawn = {folder.rstrip("/"): set(re.findall(r"\b([a-z_]+):", text)) for folder, text in entries}
    modules = {}
    for path in sorted((ROOT / "tracker").rglob("*.py")):
        if not path.stem.startswith("__"):
            modules.setdefault(path.parent.relative_to(ROOT).as_posix(), set()).add(path.stem)

    assert drawn == modules


def test_the_program_starts_as_a_module_too():
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.startswith("tracker ")


def test_every_test_that_is_named_exists():
    names = {
        name
        for page in PAGES
        for name in re.findall(r"(tests/[\w/]+\.py::\w+)", page.read_text(encoding="utf-8"))
    }
    absent = []
    for name in sorted(names):
        path, _, function = name.partition("::")
        file = ROOT / path
        tree = ast.parse(file.read_text(encoding="utf-8")) if file.exists() else ast.Module([], [])
        if function not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}:
            absent.append(name)

    assert len(names) > 50
    assert absent == []


# Names of other programs and formats that docstrings mention.
FOREIGN = {"datetime64", "executescript", "integrity_check", "sql", "db", "utils", "_x0007_"}
ADDRESS = re.compile(r"[A-Z]{1,2}\d\w*")


def test_every_name_that_a_docstring_sets_apart_stands_in_the_code():
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tracker").rglob("*.py")}
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    words = {part for path in trees for part in path.relative_to(ROOT).with_suffix("").parts}
    words |= set(dir(builtins)) | set(sys.stdlib_module_names) | FOREIGN
    for kind, name in ((ast.FunctionDef, "name"), (ast.ClassDef, "name"), (ast.arg, "arg"), (ast.Name, "id")):
        words |= {getattr(node, name) for node in nodes if isinstance(node, kind)}
    words |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    words |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    lost = []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                for name in re.findall(r"`([A-Za-z_][\w.]*)`", ast.get_docstring(node) or ""):
                    first, *rest = name.split(".")
                    is_known = {first, *rest} <= words or first in sys.stdlib_module_names
                    if not is_known and not ADDRESS.fullmatch(first):
                        lost.append(f"{path.relative_to(ROOT)}: {name}")

    assert lost == []
