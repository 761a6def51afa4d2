"""Patch every workbook of a folder and read it back with other programs.

    python -m tests.soaks.patch FOLDER [--office N]

Each workbook gets four edits (text over a cell, a number, a date and a tick in new cells) and one new row.
It counts as damaged when a program that could read it before cannot read it now, when a new value reads
differently, when any other cell reads differently, or when a part changed that had no reason to. With
`--office N`, LibreOffice opens every n-th of the patched workbooks, N in all, and has to show the values.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import multiprocessing
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker.formats.patch import Append, Edit, SheetParts, describe, patch
from tracker.grid import Value
from tracker.problems.files import CannotPatch

# How it ended, why, the new bytes and what their cells must show.
Outcome = tuple[str, str, bytes, dict[tuple[int, int], Value]]

# Seconds for one workbook; some fixtures are made to keep a reader busy for ever.
PATIENCE = 20

TEXT = "=改写 <&> “文字”\n第二行"
NUMBER = 20260302.5
DATE = dt.date(2026, 3, 2)
APPENDED = "追加的一行"

# Parts that may change, and why; see tracker.formats.patch.patching.
_MAY_CHANGE = re.compile(
    r"(.*[/\\])?(sheet[^/\\]*|styles[^/\\]*|table[^/\\]*|workbook\d*|calcChain|workbook\d*\.xml\.rels|\[Content_Types\])"
    r"(\.xml)?",
    re.IGNORECASE,
)


def main(folder: Path, office: int = 0) -> Counter[str]:
    """Patch all workbooks under a folder; print and return how many ended how."""
    outcomes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    good: list[tuple[str, bytes, dict[tuple[int, int], Value]]] = []
    files = sorted(each for each in folder.rglob("*") if each.suffix.lower() in (".xlsx", ".xlsm"))
    for path, (outcome, why, patched, expected) in each_with_patience(files):
        outcomes[outcome] += 1
        if outcome == "refused":
            reasons[re.sub(r"[A-Z]{1,3}\d+|“.*?”|\S+：|\d+", "…", why, count=3)[-60:]] += 1
        elif outcome != "verified":
            print(f"{outcome}: {path.name}: {why}")
        if patched:
            good.append((path.name, patched, expected))
    print(f"{len(files)} workbooks: " + ", ".join(f"{n} {name}" for name, n in sorted(outcomes.items())))
    for reason, n in reasons.most_common():
        print(f"  refused {n}: {reason}")
    if office and good:
        step = max(1, len(good) // office)
        outcomes.update(shown_by_office(good[::step][:office]))
    return outcomes


def each_with_patience(files: list[Path]) -> Iterator[tuple[Path, Outcome]]:
    """Do the files one by one in another process, which is replaced when it hangs."""
    context = multiprocessing.get_context("spawn")
    pool = context.Pool(1)
    for path in files:
        try:
            yield path, pool.apply_async(one, (path,)).get(timeout=PATIENCE)
        except multiprocessing.TimeoutError:
            pool.terminate()
            pool = context.Pool(1)
            yield path, ("too slow to verify", "", b"", {})
    pool.terminate()


def one(path: Path) -> Outcome:
    """Patch one workbook and read it back: how it ended, why, the new bytes and what they must show."""
    data = path.read_bytes()
    try:
        sheet = next(iter(describe(data)), None)
        if sheet is None:
            return "refused", "没有普通工作表", b"", {}
        patched, expected = changed(data, sheet)
    except CannotPatch as refusal:
        return "refused", str(refusal), b"", {}
    strange = [name for name in differing(data, patched) if not _MAY_CHANGE.fullmatch(name)]
    if strange:
        return "damaged", f"changed {strange}", b"", {}
    try:
        before = values(data)
        if not before and sheet.last_row >= 0:
            raise ValueError("nothing read, a namespace that it does not know")
    except Exception as error:  # what openpyxl raises for a file is anybody's guess
        return (
            *by_calamine(patched, sheet.name, expected, f"openpyxl: {type(error).__name__}"),
            patched,
            expected,
        )
    try:
        after = values(patched)
    except Exception as error:
        return "damaged", f"openpyxl: {error!r}", b"", {}
    wrong = [
        (sheet.name, cell, value, after.get((sheet.name, *cell)))
        for cell, value in expected.items()
        if not same(value, after.get((sheet.name, *cell)))
    ]
    mine = {(sheet.name, *cell) for cell in expected}
    others = [
        (cell, before.get(cell), after.get(cell))
        for cell in before.keys() | after.keys()
        if cell not in mine and not same(before.get(cell), after.get(cell))
    ]
    if wrong or others:
        return "damaged", f"{wrong[:2]} {others[:2]}", b"", {}
    return "verified", "", patched, expected


def by_calamine(
    patched: bytes, sheet: str, expected: dict[tuple[int, int], Value], why: str
) -> tuple[str, str]:
    """What calamine reads where openpyxl cannot even read the workbook as it was."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(patched))
        shown = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        wrong = [cell for cell, value in expected.items() if not same(value, shown[cell[0]][cell[1]])]
    except Exception as error:
        return "nobody reads it, before or after", f"{why}, calamine: {error!r}"
    return ("damaged", f"calamine: {wrong}") if wrong else ("verified by calamine alone", why)


def changed(data: bytes, sheet: SheetParts) -> tuple[bytes, dict[tuple[int, int], Value]]:
    """Patch a workbook, and say what its cells must show.

    Where a cell is refused (merged, part of an array) the next one down is taken; a sheet that refuses all
    of them is refused.
    """
    last: CannotPatch | None = None
    for row in (1, 2, 3, 5, 8):
        far = max(sheet.last_row, 0) + 3
        wanted: dict[tuple[int, int], Value] = {
            (row, 1): TEXT,
            (row, 40): NUMBER,
            (far, 2): DATE,
            (far, 30): True,
            (far + 1, 0): APPENDED,
            (far + 1, 1): 7,
        }
        edits = [Edit(sheet.name, *cell, value) for cell, value in list(wanted.items())[:4]]
        try:
            append = Append(sheet.name, ((APPENDED, 7),), like=min(row, max(sheet.last_row, 0)))
            return patch(data, edits, [append]), wanted
        except CannotPatch as refusal:
            last = refusal
    raise last or CannotPatch(place=sheet.name, why="没有可写的单元格")


def differing(before: bytes, after: bytes) -> list[str]:
    """The parts whose content is not the same."""
    old, new = zipfile.ZipFile(io.BytesIO(before)), zipfile.ZipFile(io.BytesIO(after))
    crc = {info.filename: info.CRC for info in new.infolist()}
    return [info.filename for info in old.infolist() if crc.get(info.filename) != info.CRC]


def values(data: bytes) -> dict[tuple[str, int, int], Any]:
    """Every cell of every sheet, as openpyxl reads it."""
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.row - 1, cell.column - 1): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def same(expected: object, read: object) -> bool:
    """Whether a value reads as it was written; a date is read as its midnight, a formula object by its text."""
    if (
        isinstance(read, dt.datetime)
        and isinstance(expected, dt.date)
        and not isinstance(expected, dt.datetime)
    ):
        read = read.date()
    if hasattr(read, "text") and hasattr(expected, "text"):
        return bool(read.text == expected.text and read.ref == expected.ref)  # type: ignore[attr-defined] # openpyxl's ArrayFormula
    if type(read) is type(expected) and type(read).__module__.startswith("openpyxl"):
        return vars(read) == vars(expected)
    return bool(expected == read)


def shown_by_office(books: list[tuple[str, bytes, dict[tuple[int, int], Value]]]) -> Counter[str]:
    """Let LibreOffice open and save workbooks, and read what it made of them."""
    outcomes: Counter[str] = Counter()
    for start in range(0, len(books), 10):
        with tempfile.TemporaryDirectory() as folder:
            batch = books[start : start + 10]
            sources = [
                Path(folder) / f"{n}{Path(name).suffix.lower()}" for n, (name, _, _) in enumerate(batch)
            ]
            for source, (_, data, _) in zip(sources, batch, strict=True):
                source.write_bytes(data)
            convert(sources, Path(folder))
            for source, (name, data, expected) in zip(sources, batch, strict=True):
                wrong = not_shown(source.with_suffix(".ods"), next(iter(describe(data))).name, expected)
                outcomes["LibreOffice shows it" if not wrong else "LibreOffice does not"] += 1
                if wrong:
                    print(f"LibreOffice: {name}: {wrong[:3]}")
    print(", ".join(f"{n} {name}" for name, n in outcomes.items()))
    return outcomes


def convert(sources: list[Path], folder: Path) -> None:
    """Let LibreOffice save workbooks as .ods beside themselves."""
    command = [shutil.which("soffice") or "libreoffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
               "--headless", "--convert-to", "ods", "--outdir", str(folder), *map(str, sources)]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, timeout=240, check=False)
    except subprocess.TimeoutExpired:
        print("LibreOffice: a batch took too long")


def not_shown(path: Path, sheet: str, expected: dict[tuple[int, int], Value]) -> list[object]:
    """The cells that do not show what they must."""
    from python_calamine import CalamineWorkbook

    try:
        shown = (
            CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        )
        return [
            (cell, value, shown[cell[0]][cell[1]])
            for cell, value in expected.items()
            if not same(value, shown[cell[0]][cell[1]])
        ]
    except Exception as error:
        return [repr(error)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--office", type=int, default=0)
    typed = parser.parse_args()
    sys.exit(1 if main(typed.folder, typed.office)["damaged"] else 0)
