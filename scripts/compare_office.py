"""Whether users see a difference between two versions of the program: two runs of one year, compared file by file.

    compare_office.py folders A B        two office folders, or two whole OUT
    compare_office.py logs A B           two logs, or two folders of logs

The runs are made by `drive_office.py`. Ids, times and files are the same in every run, so little has to be masked: paths,
versions of the program, hashes, processes. A ledger is compared by its logical rows, whatever its columns are called.
Nothing of the program is imported. Exit code 1 if anything differs.
"""

from __future__ import annotations

import argparse
import bisect
import collections
import contextlib
import email
import email.policy
import hashlib
import io
import itertools
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

Contents = Iterator[tuple[str, str]]

# The office of every run has this id, so that what is derived from it (form numbers, message ids) is equal too.
OFFICE = "5afe0ff1ce01"
SHOWN = 12
MASKS = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "<hash>"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "<uuid>"),
    (re.compile(rf"\b(?!{OFFICE}|\d{{12}})[0-9a-f]{{12}}\b"), "<short hash>"),
    (re.compile(r"postgres(?:ql)?://[^\s\"'，。；<]+"), "<database>"),
    (re.compile(r"\d{8}-\d{6}-\d+\.txt"), "<fault>.txt"),
    (re.compile(r"(T\d\d:\d\d):\d\d\.\d{6}"), r"\1"),
    (re.compile(r"(?<![\w.+/-])/(?:[\w.+-]+/)+bin/python[\d.]*"), "<python>"),
    (re.compile(r"\"steady\": [\d.]+"), "<clock>"),
    (re.compile(r"\btracker \d+\.\d+\.\d+[\w.+-]*"), "tracker <version>"),
)
FORM_NUMBER = re.compile(r"(?:\b|(?<=&R)|(?<=;R))(F\d+)-[0-9A-F]{4}\b")
MESSAGE_ID = re.compile(r"<[0-9a-f]{32}@")
NOISE = re.compile(r' (?:w:rsid\w*|xmlns:\w+)="[^"]*"')
CORE_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# Files of one run and nobody else's business: locks, journals, the heartbeat's clock, faults with their line numbers.
PRIVATE = re.compile(r"\.db-(wal|shm)$|(^|/)tracker-faults/|(^|/)(home|tmp)/")
KEPT = re.compile(r"原件留存/[0-9a-f]{2}/[0-9a-f]{64}")


class Mask:
    """Takes out of a text what may differ between two runs."""

    def __init__(self, root: Path, *, offices: bool) -> None:
        """`offices` masks ids of offices and the numbers of forms made from them, too."""
        cards = [json.loads(path.read_text("utf-8")) for path in sorted(root.glob("**/.tracker/office.json"))]
        # What a log says lies in the folder that holds the folder of logs.
        top = next((place.parent for place in (root, root.parent) if place.name == "logs"), root).resolve()
        homes = {str(top), *(str(card.get("folder") or top) for card in cards)}
        self._literals = [(home, "<root>") for home in sorted(homes, key=len, reverse=True)]
        self._offices = offices
        if offices:
            self._literals += [(str(card["office"]), "<office>") for card in cards]

    def __call__(self, text: str) -> str:
        """The text without it."""
        for literal, word in self._literals:
            text = text.replace(literal, word)
        for pattern, word in MASKS:
            text = pattern.sub(word, text)
        return MESSAGE_ID.sub("<message@", FORM_NUMBER.sub(r"\1-<form>", text)) if self._offices else text


# What a file holds, as places and values.


def contents(name: str, data: bytes, mask: Mask) -> Contents:
    """Everything in a file that people or programs read, place by place."""
    suffix = Path(name).suffix.lower()
    readers: Mapping[str, Callable[[bytes, Mask], Contents]] = {
        ".xlsx": workbook_contents,
        ".docx": document_contents,
        ".zip": archive_contents,
        ".eml": letter_contents,
        ".json": log_contents,
        ".db": ledger_contents,
        ".sqlite": ledger_contents,
        ".pdf": print_contents,
    }
    try:
        yield from readers.get(suffix, text_contents)(data, mask)
    except (zipfile.BadZipFile, sqlite3.DatabaseError, KeyError, ValueError, etree.XMLSyntaxError) as problem:
        yield f"unreadable ({type(problem).__name__})", hashlib.sha256(data).hexdigest()


def text_contents(data: bytes, mask: Mask) -> Contents:
    """The lines of a text, masked; the hash of what is none."""
    text = text_of(data)
    if text is None:
        yield "bytes", hashlib.sha256(data).hexdigest()
        return
    for number, line in enumerate(mask(text).splitlines(), 1):
        yield f"line {number}", line


def log_contents(data: bytes, mask: Mask) -> Contents:
    """The commands of a log, each with what it gave; another text line by line."""
    entries = json.loads(data) if data.startswith(b'[\n {\n  "argv"') else None
    if entries is None:
        yield from text_contents(data, mask)
        return
    for number, entry in enumerate(entries, 1):
        words = mask(" ".join(entry.pop("argv")))
        yield f"command {number}", words
        for name, value in entry.items():
            for line, text in enumerate(value if isinstance(value, list) else [value], 1):
                yield f"command {number} ({words}) {name} {line}", mask(str(text))


def text_of(data: bytes) -> str | None:
    """The text that bytes are; None if they are none."""
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
    except UnicodeDecodeError:
        return None


def workbook_contents(data: bytes, mask: Mask) -> Contents:
    """Sheets, cells with their looks, and what surrounds them."""
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    yield "sheets", mask(str([(page.title, page.sheet_state) for page in book.worksheets]))
    yield (
        "names",
        mask(str({name: book.defined_names[name].attr_text for name in sorted(book.defined_names)})),
    )
    page: Any
    for page in book.worksheets:
        at = page.title
        yield f"{at} merges", str(sorted(map(str, page.merged_cells.ranges)))
        yield f"{at} frozen", str(page.freeze_panes)
        yield f"{at} filter", str(page.auto_filter.ref)
        yield f"{at} print", str([page.print_area, page.print_title_rows, page.page_setup.orientation])
        edges = [
            part for line in (page.oddHeader, page.oddFooter) for part in (line.left, line.center, line.right)
        ]
        yield f"{at} edges", mask(str([part.text for part in edges]))
        yield f"{at} pictures", str([len(page._images), len(page._charts), sorted(page.tables)])
        for title, parts in (
            ("protection", [page.protection]),
            ("validation", page.data_validations.dataValidation),
        ):
            for number, part in enumerate(parts, 1):
                yield f"{at} {title} {number}", mask(str(sorted(dict(part).items())) + _formulas(part))
        for area in page.conditional_formatting:
            yield f"{at} rules {area.sqref}", mask(str([(rule.type, rule.formula) for rule in area.rules]))
        for letter, column in sorted(page.column_dimensions.items()):
            yield f"{at} column {letter}", str((column.width, column.hidden, column.min, column.max))
        for number, row in sorted(page.row_dimensions.items()):
            yield f"{at} row {number}", str((row.height, row.hidden))
        for cell in itertools.chain.from_iterable(page.iter_rows()):
            if cell.value is not None or cell.has_style:
                yield f"{at}!{cell.coordinate}", mask(_cell(cell))


def _formulas(part: Any) -> str:
    return str([getattr(part, "formula1", None), getattr(part, "formula2", None)])


def _cell(cell: Any) -> str:
    font, fill, side = cell.font, cell.fill, cell.border
    looks = (
        cell.number_format,
        (font.name, font.sz, font.b, font.i, font.strike, _color(font.color)),
        (fill.fill_type, _color(fill.fgColor)),
        [part.style if part else None for part in (side.left, side.right, side.top, side.bottom)],
        (cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text),
        (cell.protection.locked, cell.comment.text if cell.comment else None),
        cell.hyperlink.target if cell.hyperlink else None,
    )
    return f"{cell.data_type} {cell.value!r} {looks}"


def _color(color: Any) -> str:
    return f"{color.type} {color.value}" if color else ""


def document_contents(data: bytes, mask: Mask) -> Contents:
    """Paragraphs with style and runs, tables with their cells, page setup, headers and footers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            if not re.fullmatch(r"word/(document|header\d*|footer\d*|styles|numbering)\.xml", name):
                continue
            tree = etree.fromstring(archive.read(name))
            marks = tree.iter("{*}p", "{*}tblPr", "{*}sectPr", "{*}style", "{*}abstractNum")
            for number, part in enumerate(marks, 1):
                text = "".join(map(str, part.itertext()))
                form = NOISE.sub("", etree.tostring(part, encoding="unicode", with_tail=False))
                yield f"{name} part {number}", mask(f"{text} {form}")


def archive_contents(data: bytes, mask: Mask) -> Contents:
    """The members, each as a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            for place, value in contents(name, archive.read(name), mask):
                yield f"{mask(name)} > {place}", value


def letter_contents(data: bytes, mask: Mask) -> Contents:
    """Head lines, and the parts, each as a file."""
    letter = email.message_from_bytes(data, policy=email.policy.default)
    for name, value in letter.items():
        yield f"head {name}", mask(str(value))
    for number, part in enumerate(letter.walk(), 1):
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            name = part.get_filename() or "text.txt"
            for place, value in contents(name, payload, mask):
                yield f"part {number} {mask(name)} > {place}", value


def print_contents(data: bytes, mask: Mask) -> Contents:
    """The words on each page, where pdftotext is there to read them."""
    if shutil.which("pdftotext") is None:
        yield "pages", str(len(re.findall(rb"/Type\s*/Page\b", data)))
        return
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    ).stdout
    for number, page in enumerate(text.decode("utf-8", "replace").split("\f"), 1):
        yield f"page {number}", mask(page)


# A ledger: where a later schema calls a table or a column otherwise, its new name stands here with the one of old.
KINDS: Mapping[str, str] = {}
COLUMNS: Mapping[tuple[str, str], str] = {}
NO_KINDS = ("migration", "current", "source")
ENVELOPE = ("office", "seq", "act", "hashes", "worker")


def ledger_contents(data: bytes, mask: Mask) -> Contents:
    """The acts, and the facts of each kind in the order in which they were stated; all numbers are counted anew."""
    database = sqlite3.connect(":memory:")
    # A database that keeps a log beside it opens only from a file: the two bytes say that it keeps none.
    database.deserialize(data[:18] + b"\x01\x01" + data[20:])
    database.row_factory = sqlite3.Row
    acts: list[dict[str, Any]] = []
    facts: list[tuple[str, dict[str, Any]]] = []
    tables = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
    # A lighter schema numbers the files of facts, and an act owns a range of them.
    sources = dict(database.execute("select no, sha from source")) if "source" in tables else {}
    for (table,) in database.execute("select name from sqlite_master where type = 'table' order by name"):
        kind = KINDS.get(table, table)
        if kind in NO_KINDS or table.startswith("sqlite_"):
            continue
        for row in database.execute(f'select * from "{table}"'):
            words = {COLUMNS.get((kind, column), column): row[column] for column in row.keys()}  # noqa: SIM118
            if kind == "act":
                acts.append(words)
            else:
                words["file"] = sources.get(words.get("file"), words.get("file")) or ""
                facts.append((kind, words))
    facts.sort(key=lambda fact: int(fact[1]["seq"]))
    acts.sort(key=lambda act: int(act["no"]))
    if sources:
        firsts = [int(act["first_seq"]) for act in acts]
        for _, words in facts:
            words["act"] = acts[bisect.bisect_right(firsts, int(words["seq"])) - 1]["no"]
    numbers = {act["no"]: number for number, act in enumerate(acts, 1)}
    counts = collections.Counter(numbers[words["act"]] for _, words in facts)
    for number, act in enumerate(acts, 1):
        kept = [f"{name}={act[name]}" for name in ("verb", "person", "recorded_at", "effective_on")]
        yield f"act {number}", mask(f"{' '.join(kept)} facts={counts[number]}")
    files = {words["sha"]: f"file {words['name']}" for kind, words in facts if kind == "file"}
    seqs = [int(words["seq"]) for _, words in facts]
    ordinals: collections.Counter[str] = collections.Counter()
    places: list[str] = []
    for kind, words in facts:
        ordinals[kind] += 1
        places.append(f"{kind} {ordinals[kind]}")
        for name in ("file", "sha"):
            if words.get(name):
                words[name] = files.get(words[name], "<hash>")
        if words.get("base_seq"):
            words["base_seq"] = places[bisect.bisect_right(seqs, int(words["base_seq"])) - 1]
        text = " | ".join(f"{name}={words[name]}" for name in sorted(words) if name not in ENVELOPE)
        yield places[-1], mask(f"[act {numbers[words['act']]}] {text}")


# Comparing.


def raw(name: str, data: bytes, mask: Mask) -> str:
    """The hash of a file after masking, without the times in archives: what is equal here is equal everywhere."""
    digest = hashlib.sha256()
    if data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in sorted(archive.namelist()):
                    part = raw(member, CORE_TIME.sub(rb"\1", archive.read(member)), mask)
                    digest.update(f"{mask(member)}\n{part}\n".encode())
            return digest.hexdigest()
        except zipfile.BadZipFile:
            pass
    if Path(name).suffix.lower() in (".db", ".sqlite"):
        return hashlib.sha256(repr(list(contents(name, data, mask))).encode()).hexdigest()
    text = text_of(data)
    data = data if text is None else mask(text).encode()
    return hashlib.sha256(data).hexdigest()


def files_of(root: Path, mask: Mask) -> dict[str, Path]:
    """Every file by its masked place."""
    if root.is_file():
        return {f"file{root.suffix}": root}
    paths = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
    return {
        mask(name) if not KEPT.search(name) else name: path
        for name, path in paths.items()
        if not PRIVATE.search(name)
    }


def _by_content(files: dict[str, Path], others: Collection[str], mask: Mask) -> dict[str, Path]:
    """Kept originals, which lie under their hash, by what is in them, where the other side has none of that hash."""
    kept: dict[str, Path] = {}
    for name, path in files.items():
        if KEPT.search(name) and name not in others:
            place = KEPT.sub(f"原件留存/{raw(name, path.read_bytes(), mask)[:12]}", name)
            name = next(place + "'" * n for n in itertools.count() if place + "'" * n not in kept)
        kept[name] = path
    return kept


def differences(a: Path, b: Path, *, offices: bool) -> Iterator[str]:
    """What differs between two folders (or files): file, place, both values."""
    masks = Mask(a, offices=offices), Mask(b, offices=offices)
    mine, other = files_of(a, masks[0]), files_of(b, masks[1])
    ours, theirs = _by_content(mine, other.keys(), masks[0]), _by_content(other, mine.keys(), masks[1])
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in ours or name not in theirs:
            yield f"{name} | only in {'A' if name in ours else 'B'}"
            continue
        data = ours[name].read_bytes(), theirs[name].read_bytes()
        if data[0] == data[1] or raw(name, data[0], masks[0]) == raw(name, data[1], masks[1]):
            continue
        left, right = (dict(contents(name, part, mask)) for part, mask in zip(data, masks, strict=True))
        lines = list(_unequal(name, left, right)) or [
            f"{name} | differs in what nobody sees: {_parts(data, masks)}"
        ]
        yield from lines[:SHOWN]
        if len(lines) > SHOWN:
            yield f"{name} | {len(lines) - SHOWN} more places"


def _parts(data: tuple[bytes, bytes], masks: tuple[Mask, Mask]) -> str:
    sides: list[dict[str, str]] = []
    for side, mask in zip(data, masks, strict=True):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(side)) as archive:
            sides.append({name: raw(name, archive.read(name), mask) for name in archive.namelist()})
    return str(sorted({name for name, _ in set.symmetric_difference(*(set(side.items()) for side in sides))}))


def _unequal(name: str, left: Mapping[str, str], right: Mapping[str, str]) -> Iterator[str]:
    for place in [*left, *(place for place in right if place not in left)]:
        one, other = left.get(place, "<nothing>"), right.get(place, "<nothing>")
        if one != other:
            start = max(
                0,
                next((n for n, two in enumerate(zip(one, other, strict=False)) if two[0] != two[1]), 0) - 30,
            )
            yield f"{name} | {place}\n    A {one[start : start + 200]}\n    B {other[start : start + 200]}"


def compare(a: Path, b: Path) -> int:
    """Print every difference; 1 if there is one."""
    cards = (
        [path.read_text("utf-8") for path in sorted(root.glob("**/.tracker/office.json"))] for root in (a, b)
    )
    one, other = ([json.loads(card).get("office") for card in side] for side in cards)
    lines = list(differences(a, b, offices=one != other))
    print(*lines, f"{a} and {b}: " + (f"{len(lines)} differences shown" if lines else "equal"), sep="\n")
    return 1 if lines else 0


def main(words: list[str]) -> int:
    """Do what the first word says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in ("folders", "logs"):
        two = verbs.add_parser(verb)
        two.add_argument("a", type=Path)
        two.add_argument("b", type=Path)
    arguments = parser.parse_args(words)
    return compare(arguments.a, arguments.b)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
