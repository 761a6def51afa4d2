"""The shape of the house, measured: what has to hold, and what is only told.

    python scripts/house.py            the figures; exit code 1 where something that has to hold does not
    python scripts/house.py --names    every withdrawn name with its place, too

The drawing is `FLOORS`: a floor is a folder whose rooms stand side by side, and imports point down only. A *room*
is a module that stands on a floor, or a package there; a package has one door, its `__init__`, and nobody outside
imports past it. What has to hold: no circle between rooms, no import past a door, none upward, no name at a
door that nobody takes, no public class name twice, and withdrawn names (participles and `each`, which name no value) under one in two hundred.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# From top to bottom. A floor may import from itself and from every floor below it, but for the pairs of STRANGERS.
FLOORS = (
    ("tracker.__main__", "tracker.cli", "tracker.web", "tracker.api"),
    ("tracker.demo",),
    ("tracker.steps",),
    ("tracker.files",),
    ("tracker.formats",),
    ("tracker.reading", "tracker.rules"),
    ("tracker",),
)
# Namespaces: their `__init__` is empty, and the rooms are the modules and packages inside.
NAMESPACES = frozenset(
    {
        "tracker",
        "tracker.steps",
        "tracker.files",
        "tracker.formats",
        "tracker.formats.readers",
        "tracker.reading",
        "tracker.rules",
        "tracker.problems",
    }
)
STRANGERS = frozenset(
    {
        ("tracker.reading", "tracker.rules"),
        ("tracker.rules", "tracker.reading"),
        ("tracker.formats", "tracker.rules"),
    }
)
WITHDRAWN_SHARE = 0.005
WITHDRAWN = frozenset(
    [
        "each",
        "added",
        "answered",
        "applied",
        "arrived",
        "asked",
        "asking",
        "attached",
        "began",
        "begun",
        "bound",
        "broken",
        "brought",
        "built",
        "called",
        "carried",
        "changed",
        "chased",
        "chosen",
        "claimed",
        "closed",
        "closing",
        "compared",
        "confirmed",
        "continued",
        "counted",
        "covered",
        "dated",
        "decided",
        "divided",
        "drafted",
        "drawn",
        "dropped",
        "edited",
        "ended",
        "entered",
        "escaped",
        "everything",
        "expected",
        "extended",
        "failed",
        "filled",
        "finished",
        "fitting",
        "fixed",
        "folded",
        "following",
        "forced",
        "found",
        "frozen",
        "given",
        "giving",
        "going",
        "gone",
        "granted",
        "grown",
        "handed",
        "hanging",
        "having",
        "headed",
        "heard",
        "held",
        "hidden",
        "inherited",
        "issued",
        "joined",
        "judged",
        "kept",
        "known",
        "labelled",
        "laid",
        "lent",
        "listed",
        "listing",
        "lying",
        "made",
        "marked",
        "matching",
        "meaning",
        "merged",
        "minted",
        "missed",
        "missing",
        "moved",
        "named",
        "naming",
        "needed",
        "nested",
        "numbered",
        "numbering",
        "offered",
        "opened",
        "opening",
        "ordered",
        "overruled",
        "own",
        "packed",
        "passed",
        "pasted",
        "pending",
        "placed",
        "printed",
        "proposed",
        "quoted",
        "ranked",
        "ranking",
        "reached",
        "recorded",
        "refused",
        "remembered",
        "renamed",
        "repaired",
        "repeated",
        "reported",
        "retired",
        "returned",
        "running",
        "said",
        "saved",
        "scored",
        "seen",
        "sending",
        "sent",
        "served",
        "settled",
        "shaded",
        "shared",
        "shipped",
        "shown",
        "signed",
        "signing",
        "spoken",
        "stacked",
        "stamped",
        "stated",
        "stopped",
        "stored",
        "stripped",
        "styled",
        "taken",
        "telling",
        "thing",
        "ticked",
        "tied",
        "timed",
        "titled",
        "told",
        "trusted",
        "typed",
        "unchanged",
        "undecided",
        "understood",
        "unfinished",
        "unknown",
        "unpublished",
        "unseen",
        "used",
        "waiting",
        "wanted",
        "withdrawn",
        "worded",
        "worked",
        "working",
        "written",
    ]
)


@dataclass(frozen=True)
class Module:
    """One module of the house.

    Attributes:
        name: Dotted, a package by its own name.
        path: Where it lies.
        source: Its text.
        tree: Its syntax tree.
        is_package: Whether it is the `__init__` of a folder.
    """

    name: str
    path: Path
    source: str
    tree: ast.Module
    is_package: bool


def modules(root: Path = ROOT) -> tuple[Module, ...]:
    """Every module of `tracker/` below a checkout, in the order of their paths."""
    house = []
    for path in sorted((root / "tracker").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        source = path.read_text(encoding="utf-8")
        name = ".".join(parts[:-1] if is_package else parts)
        house.append(Module(name, path, source, ast.parse(source), is_package))
    return tuple(house)


def floor_of(name: str) -> tuple[int, str]:
    """The height of a module in the drawing, 0 at the top, and the floor that it stands on."""
    for height, floors in enumerate(FLOORS):
        for floor in floors:
            if name == floor or name.startswith(floor + "."):
                return height, floor
    raise ValueError(name)


def room_of(name: str, packages: frozenset[str]) -> str:
    """The room that a module belongs to: the outermost package that is no namespace, else the module itself."""
    parts = name.split(".")
    for length in range(2, len(parts) + 1):
        outer = ".".join(parts[:length])
        if outer not in NAMESPACES and (outer in packages or length == len(parts)):
            return outer
    return name


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every name that is imported from the house: the module that is named, and the name; late imports count."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "tracker":
            for alias in node.names:
                yield node.module, alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "tracker":
                    yield alias.name, ""


def targets(house: Iterable[Module]) -> dict[str, tuple[str, ...]]:
    """The modules that each module imports, every name taken to the module that is written."""
    names = {module.name for module in house}
    return {
        module.name: tuple(
            f"{source}.{name}" if f"{source}.{name}" in names else source
            for source, name in imports(module.tree)
        )
        for module in house
    }


def upward(house: tuple[Module, ...]) -> list[str]:
    """Imports that point up in the drawing, or between floors that do not know each other."""
    wrong = []
    for name, reached in targets(house).items():
        height, floor = floor_of(name)
        for target in reached:
            below, other = floor_of(target)
            if below < height or (floor, other) in STRANGERS:
                wrong.append(f"{name} -> {target}")
    return sorted(set(wrong))


def past_doors(house: tuple[Module, ...]) -> list[str]:
    """Imports of a module inside a room from outside of the room."""
    packages = frozenset(module.name for module in house if module.is_package)
    return sorted(
        {
            f"{name} -> {target}"
            for name, reached in targets(house).items()
            for target in reached
            if room_of(target, packages) != target
            and target not in NAMESPACES
            and room_of(name, packages) != room_of(target, packages)
        }
    )


def idle_names(house: tuple[Module, ...]) -> list[str]:
    """Names that a door shows and that nobody outside of the room takes, nor the door itself."""
    packages = frozenset(module.name for module in house if module.is_package)
    uses = {
        place
        for module in house
        for place in imports(module.tree)
        if room_of(module.name, packages) != place[0]
    }
    return sorted(
        f"{door.name}: {name}"
        for door in house
        if door.is_package and door.name not in NAMESPACES
        for source, name in imports(door.tree)
        if source.startswith(door.name + ".") and (door.name, name) not in uses
        if not any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(door.tree))
    )


def circles(house: tuple[Module, ...]) -> list[tuple[str, ...]]:
    """Rooms that import one another in a circle."""
    packages = frozenset(module.name for module in house if module.is_package)
    arrows: dict[str, set[str]] = defaultdict(set)
    for name, reached in targets(house).items():
        here = room_of(name, packages)
        for target in reached:
            there = room_of(target, packages)
            if there != here and there not in NAMESPACES:
                arrows[here].add(there)
    reach = {room: _reach(room, arrows) for room in list(arrows)}
    groups = {
        tuple(sorted(other for other in reach[room] if room in reach.get(other, ())))
        for room in reach
        if room in reach[room]
    }
    return sorted(groups)


def _reach(room: str, arrows: dict[str, set[str]]) -> frozenset[str]:
    reach: set[str] = set()
    front = set(arrows[room])
    while front:
        reach |= front
        front = {further for near in front for further in arrows.get(near, ())} - reach
    return frozenset(reach)


def double_classes(house: tuple[Module, ...]) -> list[str]:
    """Public class names that stand in more than one place, with the places."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in house:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(module.name)
    return sorted(f"{name}: {', '.join(where)}" for name, where in places.items() if len(where) > 1)


def bound_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that a module binds, with its line: functions, classes, parameters, variables, fields."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.Name(ctx=ast.Store()):
                yield node.id, node.lineno
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield name, node.lineno
            case _:
                pass


def withdrawn(house: tuple[Module, ...]) -> tuple[list[tuple[str, int, str]], int]:
    """The withdrawn names as (module, line, name), and how many names are bound in all."""
    total, names = 0, []
    for module in house:
        for name, line in bound_names(module.tree):
            total += 1
            if name.strip("_").lower() in WITHDRAWN:
                names.append((module.name, line, name))
    return names, total


def code_lines(source: str) -> int:
    """Lines that hold code: neither blank, nor comment, nor docstring."""
    lines: set[int] = set()
    skip = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in skip:
            lines |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node) is not None
        ):
            first = node.body[0]
            lines -= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return len(lines)


def import_lines(source: str) -> int:
    """Lines that a module spends on imports."""
    return sum(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    )


def lonely(house: tuple[Module, ...]) -> list[str]:
    """Modules with one public name and one importer: they may belong to their user."""
    importers: dict[str, set[str]] = defaultdict(set)
    for name, reached in targets(house).items():
        for target in reached:
            importers[target].add(name)
    return [
        module.name
        for module in house
        if not module.is_package
        and len(importers[module.name]) == 1
        and sum(
            isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            for node in module.tree.body
        )
        == 1
    ]


def main(words: list[str]) -> int:
    """Print the figures; 1 where something that has to hold does not."""
    house = modules()
    names, total = withdrawn(house)
    held: tuple[tuple[str, list[str]], ...] = (
        ("circles between rooms", [" <-> ".join(circle) for circle in circles(house)]),
        ("imports past a door", past_doors(house)),
        ("imports upward", upward(house)),
        ("names at a door that nobody takes", idle_names(house)),
        ("public classes defined twice", double_classes(house)),
    )
    for label, faults in held:
        print(f"{label}: {len(faults)}")
        for fault in faults:
            print(f"    {fault}")
    share = len(names) / total
    print(f"withdrawn names: {len(names)} of {total} ({share:.2%}; has to be under {WITHDRAWN_SHARE:.1%})")
    if "--names" in words:
        for name, count in Counter(name for _, _, name in names).most_common():
            places = ", ".join(f"{module}:{line}" for module, line, other in names if other == name)
            print(f"    {name} ({count}): {places}")
    code = {module.name: code_lines(module.source) for module in house}
    source_lines = sum(module.source.count("\n") for module in house)
    share_of_imports = sum(import_lines(module.source) for module in house) / sum(code.values())
    rooms = {room_of(module.name, frozenset(m.name for m in house if m.is_package)) for module in house}
    print(
        f"modules: {len(house)} in {len(rooms)} rooms; lines: {source_lines}, of code: {sum(code.values())}"
    )
    print(f"largest modules: {', '.join(f'{name} {n}' for name, n in Counter(code).most_common(5))}")
    alone = lonely(house)
    print(f"modules with one public name and one importer: {len(alone)}")
    print(f"share of import lines in code: {share_of_imports:.1%}")
    return int(any(faults for _, faults in held) or share >= WITHDRAWN_SHARE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
