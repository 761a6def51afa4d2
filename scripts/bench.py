"""How fast the verbs are, as ratios to what the bytes cost: every row of `docs/speed.md`.

    python scripts/bench.py --size small --rounds 3 --rows take-back      one row in under a minute (prefixes do)
    python scripts/bench.py --keep /somewhere                             all rows at real size; offices are kept there
    python scripts/bench.py --size double                                 each row at double size against itself
    python scripts/bench.py --year                                        a whole year, verb by verb, against their sum
    python scripts/bench.py --json                                        for programs
    python scripts/bench.py --write                                       also put the table into docs/speed.md

Run it with the Python of `.venv`, on Linux or macOS. Offices are drawn once (`scripts.bench_offices`) and copied before
each run of a verb that changes them; with `--keep` the next run of this script finds them.

A row has several commands. In each of `--rounds` rounds every command of every row runs once, so that a busy
minute falls on all of them alike; what is compared is processor time of a process with all its children, and the figure of a row
is the median of its figures by round. Time on the clock and the greatest memory of any one process stand beside it.

`--size` is small (a tenth), real, or double; double runs each row at both and says how many times longer the work
takes, which is linear where it is 2.
"""

from __future__ import annotations

import argparse
import compileall
import datetime as dt
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "speed.md"
SIZES = {"small": 0.1, "real": 1.0, "double": 2.0}
_BEGIN, _END = "<!-- bench {name} -->", "<!-- bench ends -->"

# What is compared with: each as plain as its documentation shows it. The first argument is the office.
_CALAMINE = """
import sys, pathlib, python_calamine
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.xlsx")):
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
"""
_OPENPYXL_SAVE = """
import sys, pathlib, openpyxl
path = pathlib.Path(sys.argv[1], "台账", "工作台账.xlsx")
openpyxl.load_workbook(path).save(path)
"""
_OPENPYXL_FORMS = """
import json, sys, pathlib, openpyxl
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
side = Side(style="thin", color="7F7F7F")
border, font = Border(side, side, side, side), Font(name="宋体", size=11)
wrap, grey = Alignment(wrap_text=True, vertical="top"), PatternFill("solid", fgColor="F5F5F5")
yellow, red = PatternFill("solid", fgColor="FFE699"), PatternFill("solid", bgColor="F8CBAD")
root = pathlib.Path(sys.argv[1])
for n, rows in enumerate(json.loads((root / "forms.json").read_text("utf-8"))):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "填报表"
    width = len(rows[0])
    for row, text in enumerate(("落实情况填报表", "填报单位", "填写说明"), 1):
        page.merge_cells(start_row=row, start_column=2, end_row=row, end_column=width)
        cell = page.cell(row, 2, text)
        cell.font, cell.alignment = font, wrap
    for column in range(1, width + 1):
        cell = page.cell(4, column, f"栏目{column}")
        cell.font, cell.border, cell.fill, cell.alignment = font, border, yellow, wrap
        page.column_dimensions[cell.column_letter].width = 12
    for row, texts in enumerate(rows, 5):
        for column, text in enumerate(texts, 1):
            cell = page.cell(row, column, text or None)
            cell.font, cell.border, cell.alignment, cell.number_format = font, border, wrap, "@"
            if column <= 7:
                cell.fill = grey
            else:
                cell.protection = Protection(locked=False)
        page.row_dimensions[row].height = 51
    last = 4 + len(rows)
    table = Table(displayName="填报", ref=f"A4:{page.cell(last, width).coordinate}")
    page.add_table(table)
    for column in range(8, width + 1):
        letter = page.cell(4, column).column_letter
        rule = DataValidation(type="list", formula1='"已完成,正在推进"') if column == 8 else DataValidation(
            type="textLength", operator="lessThanOrEqual", formula1="200")
        rule.promptTitle, rule.prompt = "填写", "请填写"
        page.add_data_validation(rule)
        rule.add(f"{letter}5:{letter}{last}")
        page.conditional_formatting.add(
            f"{letter}5:{letter}{last}", FormulaRule([f"LEN({letter}5)>200"], fill=red))
    page.protection.sheet = True
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    page.print_title_rows = "4:4"
    page.freeze_panes = "A5"
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
    hidden = book.create_sheet("编号")
    hidden["A1"], hidden["B1"] = "token", str(n)
    hidden.sheet_state = "veryHidden"
    book.save(root / f"{n}.xlsx")
"""
_REPORT = """
import json, sys, pathlib, docx, openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
root = pathlib.Path(sys.argv[1])
paragraphs, tables, books = json.loads((root / "report.json").read_text("utf-8"))
document = docx.Document()
for text in paragraphs:
    document.add_paragraph(text)
for rows in tables:
    table = document.add_table(rows=1, cols=len(rows[0]))
    for cell, text in zip(table.rows[0].cells, rows[0]):
        cell.text = text
    for texts in rows[1:]:
        for cell, text in zip(table.add_row().cells, texts):
            cell.text = text
document.save(root / "plain.docx")
side = Side(style="thin")
border, font, wrap = Border(side, side, side, side), Font(name="宋体", size=11), Alignment(wrap_text=True)
for n, sheets in enumerate(books):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        page = book.create_sheet()
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                cell = page.cell(row, column, value)
                cell.font, cell.border, cell.alignment = font, border, wrap
            page.row_dimensions[row].height = 36
    book.save(root / f"plain{n}.xlsx")
"""


@dataclass(frozen=True)
class Command:
    """One thing that is run.

    Attributes:
        office: Kind of office that it works in (`scripts.bench_offices`); empty for none.
        words: What is typed after `python`; `{office}` is the folder.
        size: The size of its office is that of the row times this.
        after: Words run in the copy first, not measured.
    """

    office: str
    words: tuple[str, ...]
    size: float = 1.0
    after: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Usage:
    """What one run took: processor seconds and seconds on the clock, and the most bytes of one process."""

    processor: float
    clock: float
    memory: int


@dataclass(frozen=True)
class Row:
    """One row of the table.

    Attributes:
        name: How it is chosen.
        what: What is done, compared with what.
        commands: What is run, by name.
        figure: From the processor seconds by name, and the size, to the figure.
        reach: What it has to reach; empty where it is only told.
        unit: What the figure counts.
        at_most: Whether less is better.
    """

    name: str
    what: str
    commands: Mapping[str, Command]
    figure: Callable[[Mapping[str, float], float], float]
    reach: float
    unit: str = "times"
    at_most: bool = True


def _tracker(office: str, *words: str, size: float = 1.0, after: tuple[tuple[str, ...], ...] = ()) -> Command:
    """A verb in an office of a kind, or what needs none."""
    at = ("--office", "{office}", "--now", "2018-09-10T09:00+08:00") if office else ()
    return Command(
        office, ("-m", "tracker", *words, *at), size, tuple(("-m", "tracker", *some, *at) for some in after)
    )


def _plain(office: str, text: str, size: float = 1.0) -> Command:
    return Command(office, ("-c", text, "{office}"), size)


_TAKE_BACK = {
    "ours": _tracker("returns", "take-back"),
    "ours, half of the files": _tracker("half", "take-back"),
    "calamine": _plain("returns", _CALAMINE),
    "calamine, half of the files": _plain("half", _CALAMINE),
}
_BARE = Command("", ("-c", "pass"))
_IMPORTS = Command("", ("-c", "import sqlite3, zipfile, json"))


def _quotient(times: Mapping[str, float], size: float) -> float:
    """Ours by theirs, the first two commands of the row."""
    ours, theirs, *_ = times.values()
    return ours / theirs


def _inverse(times: Mapping[str, float], size: float) -> float:
    """How many times faster ours is."""
    return 1 / _quotient(times, size)


def _further(times: Mapping[str, float], size: float) -> float:
    """What each further file costs: ours by theirs."""
    ours, half, theirs, their_half = times.values()
    return (ours - half) / max(theirs - their_half, 1e-6)


def _whole(times: Mapping[str, float], size: float) -> float:
    return times["ours"] / times["calamine"]


def _row_cost(times: Mapping[str, float], size: float) -> float:
    """Milliseconds for a row beyond what calamine takes for it, without the start of either."""
    ours, start, theirs, bare = times.values()
    return (ours - start - (theirs - bare)) * 1000 / (2000 * size)


ROWS = (
    Row("take-back", "each further form from 150 to 300, 40 rows, 4 answers in each: python-calamine reading it",
        _TAKE_BACK, _further, 4),
    Row("take-back-whole", "the whole command: python-calamine reading all 300", _TAKE_BACK, _whole, 6),
    Row("take-back-again", "the same again, nothing changed: the first time",
        {"again": _tracker("returns", "take-back", after=(("take-back",),)),
         "first": _tracker("returns", "take-back")}, _quotient, 0.10),
    Row("sync-changed", "工作台账 of 6,000 rows, 500 cells changed: openpyxl load and save",
        {"ours": _tracker("edited", "sync"), "openpyxl": _plain("edited", _OPENPYXL_SAVE)},
        _inverse, 6, "times faster", at_most=False),
    Row("sync-nothing", "the same with nothing to do: openpyxl load and save",
        {"ours": _tracker("ledger", "sync", after=(("sync",),)), "openpyxl": _plain("ledger", _OPENPYXL_SAVE)},
        _inverse, 20, "times faster", at_most=False),
    Row("read", "a row of a plan of 2,000, beyond python-calamine reading it",
        {"ours": Command("plan", ("-m", "tracker", "read", "{office}/方案.xlsx")),
         "two rows": Command("head", ("-m", "tracker", "read", "{office}/方案.xlsx")),
         "calamine": _plain("plan", _CALAMINE), "calamine, two rows": _plain("head", _CALAMINE)},
        _row_cost, 0.3, "ms"),
    Row("hand-out", "300 forms of 40 rows: openpyxl writing such forms",
        {"ours": _tracker("asked", "hand-out"), "openpyxl": _plain("asked", _OPENPYXL_FORMS)},
        _inverse, 4, "times faster", at_most=False),
    Row("report", "a report of 2,000 items with its page and workbooks: python-docx and openpyxl writing the same texts and cells",
        {"ours": _tracker("report", "report"), "plain": _plain("report", _REPORT)},
        _inverse, 10, "times faster", at_most=False),
    Row("help", "tracker --help: python -c pass", {"ours": _tracker("", "--help"), "python": _BARE}, _quotient, 3),
    Row("status", "status of the sample office: python -c 'import sqlite3, zipfile, json'",
        {"ours": _tracker("sample", "status"), "python": _IMPORTS}, _quotient, 8),
    Row("chase", "chase with nothing due, the sample office: the same",
        {"ours": _tracker("sample", "chase"), "python": _IMPORTS}, _quotient, 8),
    *(
        Row(f"collective-{verb}", f"{verb} with 37 points of 1,000 units each: the same with 500",
            {"ours": _tracker("collective", verb), "half": _tracker("collective", verb, size=0.5)},
            _quotient, 2.2)
        for verb in ("status", "chase", "sync")
    ),
)  # fmt: skip


class Offices:
    """Offices by kind and size: drawn when they are first asked for, in a process of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepared(self, kind: str, size: float) -> Path:
        """The office of a kind; nobody works in it."""
        path = self._folder / f"{kind}-{size:g}"
        if not path.exists():
            print(f"drawing {path.name}", file=sys.stderr, flush=True)
            half = path.with_name(f"~{path.name}")
            shutil.rmtree(half, ignore_errors=True)
            words = [sys.executable, "-m", "scripts.bench_offices", kind, str(size), str(half)]
            subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
            half.rename(path)
        return path


def measure(command: Command, offices: Offices, size: float) -> Usage:
    """Run a command in a fresh copy of its office; processes that it started and waited for count as it."""
    with tempfile.TemporaryDirectory() as scratch:
        office = Path(scratch, "office")
        if command.office:
            shutil.copytree(offices.prepared(command.office, command.size * size), office)
        for words in command.after:
            run(words, office)
        return run(command.words, office)


def run(words: Sequence[str], office: Path) -> Usage:
    """Run Python with these words and wait for it."""
    environment = {**os.environ, "TRACKER_PERSON": "王敏", "PYTHONPATH": str(ROOT)}
    filled = [word.replace("{office}", str(office)) for word in words]
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *filled],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        complaint = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - begun
    # 1 is "partly": something was refused or asked.
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(filled)[:200]}: exit {process.returncode}\n{complaint.decode()}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Usage(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss * scale)


# A round of the year: what is done on the day on which it opens, and on that on which it is due.
_OPENING, _DUE = ("hand-out", "sync", "chase"), ("take-back", "sync", "chase", "today", "status")
# What is done once more when the last round is over.
_CLOSING = (("settle",), ("check",), ("report",), ("export", "{office}/导出"), ("status",))


def year(offices: Offices, size: float) -> dict[str, list[Usage]]:
    """Every verb of a year of four rounds in one office, each as a process of its own: what its runs took, in order."""
    # Here, since the memory of a process is counted from when it was a copy of this one: a small one.
    from scripts.bench_offices import ROUNDS

    usages: dict[str, list[Usage]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        office = Path(scratch, "office")
        shutil.copytree(offices.prepared("year", size), office)

        def do(verb: str, day: dt.date, *words: str) -> None:
            at = ("--office", "{office}", "--now", f"{day}T09:00+08:00")
            usages.setdefault(verb, []).append(run(("-m", "tracker", verb, *words, *at), office))

        do("read", ROUNDS[0].opens, "{office}/方案/方案.xlsx")
        for round_ in ROUNDS:
            for verb in _OPENING:
                do(verb, round_.opens)
            word = "已完成" if round_ is ROUNDS[-1] else "正在推进"
            run(("-m", "scripts.bench_offices", "fill", "{office}", word), office)
            for verb in _DUE:
                do(verb, round_.due)
            print(f"{round_.name}", file=sys.stderr, flush=True)
        for verb, *words in _CLOSING:
            do(verb, ROUNDS[-1].due + dt.timedelta(days=5), *words)
    return usages


def year_table(usages: Mapping[str, Sequence[Usage]]) -> str:
    """The year as Markdown, the dearest verb first; of its runs, the first and the last show whether it grows."""
    totals = {verb: sum(usage.processor for usage in some) for verb, some in usages.items()}
    whole = sum(totals.values())
    lines = [
        "| verb | runs | processor s | share | first, last run | clock s | MB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for verb in sorted(usages, key=lambda verb: -totals[verb]):
        some = usages[verb]
        clock, memory = sum(usage.clock for usage in some), max(usage.memory for usage in some)
        ends = f"{_short(some[0].processor)}, {_short(some[-1].processor)}"
        cells = [verb, str(len(some)), _short(totals[verb]), f"{totals[verb] / whole:.0%}", ends]
        lines.append(f"| {' | '.join([*cells, _short(clock), f'{memory / 1e6:.0f}'])} |")
    count = sum(len(some) for some in usages.values())
    return "\n".join([*lines, f"| all | {count} | {_short(whole)} | 100% | | | |"])


@dataclass(frozen=True)
class Measurement:
    """What was measured of a row: its figure, and the medians of each command."""

    row: Row
    figure: float
    usages: Mapping[str, Usage]

    @property
    def is_reached(self) -> bool:
        """Whether the figure is what it has to be."""
        reach = self.row.reach
        return self.figure <= reach if self.row.at_most else self.figure >= reach


def double(row: Row) -> Row:
    """The row at double size: how many times longer its first command takes than at real size."""
    ours = next(iter(row.commands.values()))
    half = Command(ours.office, ours.words, ours.size / 2, ours.after)
    return Row(
        row.name, f"{row.what.partition(':')[0]}, twice as much", {"ours": ours, "half": half}, _quotient, 2.2
    )


def bench(rows: Sequence[Row], offices: Offices, size: float, rounds: int) -> list[Measurement]:
    """Measure rows, interleaved: in each round every command of every row once."""
    commands = dict.fromkeys(command for row in rows for command in row.commands.values())
    for command in commands:
        if command.office:
            offices.prepared(command.office, command.size * size)
    runs: dict[Command, list[Usage]] = {command: [] for command in commands}
    for n in range(rounds):
        for command in commands:
            runs[command].append(measure(command, offices, size))
        print(f"round {n + 1} of {rounds}", file=sys.stderr, flush=True)
    measurements = []
    for row in rows:
        figures = [
            row.figure({name: runs[command][n].processor for name, command in row.commands.items()}, size)
            for n in range(rounds)
        ]
        usages = {name: _median(runs[command]) for name, command in row.commands.items()}
        measurements.append(Measurement(row, statistics.median(figures), usages))
    return measurements


def _median(usages: Sequence[Usage]) -> Usage:
    return Usage(
        statistics.median(usage.processor for usage in usages),
        statistics.median(usage.clock for usage in usages),
        max(usage.memory for usage in usages),
    )


def table(measurements: Sequence[Measurement], last: Mapping[str, str]) -> str:
    """The table as Markdown; `last` has the figure of each row as it stood there before."""
    lines = [
        "| row | what: compared with | figure | reach | before | processor s | clock s | MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for measurement in measurements:
        row, usages = measurement.row, measurement.usages.values()
        word = "" if measurement.is_reached else " (short)"
        bound = "at most" if row.at_most else "at least"
        cells = [
            row.name,
            row.what,
            f"{_short(measurement.figure)} {row.unit}{word}",
            f"{bound} {row.reach:g}",
            last.get(row.name, "-"),
            ", ".join(_short(usage.processor) for usage in usages),
            ", ".join(_short(usage.clock) for usage in usages),
            ", ".join(f"{usage.memory / 1e6:.0f}" for usage in usages),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"


def figures_in(text: str) -> dict[str, str]:
    """The figure of each row of a table that was written before.

    >>> figures_in("| help | tracker --help | 2.5 times | at most 3 | - | 1, 2 | 1, 2 | 9 |")
    {'help': '2.5 times'}
    """
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    names = {row.name for row in ROWS}
    return {
        some[0]: some[2].removesuffix(" (short)") for some in cells if len(some) == 8 and some[0] in names
    }


def _heading(size: str, rounds: int) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=ROOT
    ).stdout.strip()
    return (
        f"`python scripts/bench.py --size {size} --rounds {rounds}`, commit {commit or 'unknown'}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {platform.system()}:"
    )


def write(size: str, heading: str, measurements: Sequence[Measurement]) -> None:
    """Put the table of a size into the page; rows that were not measured stay as they are."""
    old = _block(size)
    new = table(measurements, figures_in(old))
    measured = {measurement.row.name for measurement in measurements}
    kept = [
        line
        for line in old.splitlines()
        if re.match(r"\| ([\w-]+) \|", line) and line.split("|")[1].strip() not in measured
    ]
    rows = [line for line in kept if line.split("|")[1].strip() in figures_in(line)]
    _put(size, f"{heading}\n\n{chr(10).join([new, *rows])}")


def _block(name: str) -> str:
    """What stands in the page between the marks of a name."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(_BEGIN.format(name=name))
    return rest.partition(_END)[0]


def _put(name: str, content: str) -> None:
    """Put something between the marks of a name, at the end of the page where there are none."""
    text, begin = PAGE.read_text(encoding="utf-8"), _BEGIN.format(name=name)
    if begin not in text:
        text = f"{text.rstrip()}\n\n{begin}\n{_END}\n"
    before, _, rest = text.partition(begin)
    after = rest.partition(_END)[2]
    PAGE.write_text(f"{before}{begin}\n{content}\n{_END}{after}", encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Measure what is asked; the exit code counts the rows that fall short."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", nargs="*", default=[], help="names, or how they begin")
    parser.add_argument("--size", choices=SIZES, default="real")
    parser.add_argument("--keep", type=Path, help="where drawn offices are kept for the next run")
    parser.add_argument("--year", action="store_true", help="a whole year instead of rows, once")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    options = parser.parse_args(words)
    if strange := [start for start in options.rows if not any(row.name.startswith(start) for row in ROWS)]:
        parser.error(f"no row begins with {', '.join(strange)}")
    rows = [row for row in ROWS if not options.rows or row.name.startswith(tuple(options.rows))]
    if options.size == "double":
        rows = [double(row) for row in rows if not row.name.startswith(("collective", "take-back-whole"))]
    # An installed program has its modules compiled; else the first command of a run would pay for all of them.
    compileall.compile_dir(ROOT / "tracker", quiet=1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if options.year:
            return _say_year(Offices(folder), options)
        measurements = bench(rows, Offices(folder), SIZES[options.size], options.rounds)
    heading = _heading(options.size, options.rounds)
    if options.json:
        print(json.dumps([_data(measurement) for measurement in measurements], ensure_ascii=False, indent=1))
    else:
        print(f"{heading}\n\n{table(measurements, figures_in(PAGE.read_text(encoding='utf-8')))}")
    if options.write:
        write(options.size, heading, measurements)
    return sum(not measurement.is_reached for measurement in measurements)


def _say_year(offices: Offices, options: argparse.Namespace) -> int:
    usages = year(offices, SIZES[options.size])
    if options.json:
        print(json.dumps({verb: [vars(usage) for usage in some] for verb, some in usages.items()}, indent=1))
    else:
        print(year_table(usages))
    if options.write:
        heading = _heading(f"{options.size} --year", 1)
        _put(f"year {options.size}", f"{heading}\n\n{year_table(usages)}")
    return 0


def _data(measurement: Measurement) -> dict[str, object]:
    return {
        "row": measurement.row.name,
        "figure": measurement.figure,
        "unit": measurement.row.unit,
        "reach": measurement.row.reach,
        "reached": measurement.is_reached,
        "commands": {name: vars(usage) for name, usage in measurement.usages.items()},
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
