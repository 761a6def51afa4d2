"""检查: draw a spot check, verify every draw, and keep what checks found until it is put right.

    check          1 what 检查表 and 问题清单 say is wrong becomes rows of 整改台账   2 every logbook both ways (`steps.logbooks`)
                   3 问题交办单 for what was handed over, 共性问题通报 where a kind is common   4 what is late is told,
                   抽查/检查情况汇总.xlsx says what it all comes to
    check draw     1 抽查/抽查设置.xlsx is read (laid out where it is missing; then nothing is drawn)
                   2 frames and seed are recorded, in an act of their own   3 the result is recorded
                   4 抽查/<编号>/ gets 抽取记录, 检查通知 and a 检查表 for each unit
    check verify   every draw is computed again from its frames and its seed

Killed between 2 and 3 of a draw, the next `check draw` of that title goes on with what was recorded: nobody gets a second
chance by pulling the plug. With `--dry-run` nothing is drawn at all.

问题清单 from above or from a third party: taken in, split to units in 整改台账, answered as a whole.

    1 every workbook in 抽查/问题清单 whose head names a unit and a problem is read; a line becomes a row of 整改台账 whose
      来源 is the list's name, once however often it is read
    2 beside it lies 整改情况-<list>.xlsx: every line with what was done and how it stands, laid out anew until all is closed

The list itself is never written. A line without unit or problem is told, and so is a file that is no list.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.board import Burden
from tracker.columns import Column, ColumnKind
from tracker.days import day_of
from tracker.files.guard import open_source
from tracker.files.ledger import Act
from tracker.files.safe import WriteState, safe_write
from tracker.files.templates import words
from tracker.formats.books import (
    CheckLine,
    ListColumn,
    SpotBook,
    TableRow,
    lay_out,
    lay_out_check_sheet,
    lay_out_spot_book,
    list_in,
    read_check_sheet,
)
from tracker.formats.documents import render_official
from tracker.logbooks import SHORTCOMINGS
from tracker.outline import Official, Say
from tracker.printable import name_for_file
from tracker.problems.base import Exit, Finding, once
from tracker.problems.check import LINE_WITHOUT_PROBLEM, NO_PROBLEM_LIST, AgainWithoutReason, NothingToDraw
from tracker.rules.board import burden_of
from tracker.rules.check import (
    BurdenYears,
    FrameKind,
    HandedShortcoming,
    LogRow,
    ShortcomingStand,
    SpotDraw,
    check_notice,
    common_circular,
    common_shortcomings,
    draw_frames,
    draw_from_json,
    draw_record,
    due_of,
    faults,
    frames_of,
    frames_to_json,
    handover_slip,
    inconsistencies,
    is_overdue,
    last_number,
    log_rows,
    logbook_todos,
    next_number,
    overview_tables,
    result_to_json,
    stand_of,
    unit_exclusion,
)
from tracker.rules.office import Office
from tracker.spotcheck import SpotPlan
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, cite, open_desk
from tracker.steps.logbooks import (
    SPOT_BOOK,
    SPOT_FOLDER,
    keep_logbooks,
    look_over,
    open_spot_book,
    transitions_of,
)
from tracker.steps.versions import Versions, put
from tracker.table import Table

_OVERVIEW = "检查情况汇总.xlsx"
_FRAMES, _RESULT = "抽查名单", "抽查结果"
_TEMPLATE = "check.txt"
# A kind of shortcoming is common where so many of the checked units have it, or such a share of them.
_COMMON_UNITS, _COMMON_PERCENT = 3, 30
# So many doubts of a kind are told one by one.
_FEW = 5


def check(call: Call, what: str = "") -> Result:
    """Keep what checks found, draw, or verify.

    Args:
        call: The call.
        what: Empty, `draw` or `verify`.
    """
    with open_desk(call) as desk:
        if what == "draw":
            return _draw(desk)
        return _verify(desk) if what == "verify" else _keep(desk)


def draws_of(office: Office) -> tuple[SpotDraw, ...]:
    """Every draw, in the order drawn; one without a result has only its frames."""
    results = {event.subject: event.data for event in office.events if event.kind == _RESULT}
    return tuple(
        draw_from_json(event.data, results.get(event.subject, ""), event.at)
        for event in office.events
        if event.kind == _FRAMES
    )


# Drawing.


def _draw(desk: Desk) -> Result:
    book, path = open_spot_book(desk), desk.folder.path(SPOT_FOLDER, SPOT_BOOK)
    if not path.exists():
        if not desk.call.dry_run:
            path.parent.mkdir(parents=True, exist_ok=True)
            safe_write(path, lay_out_spot_book(book.plan, book.items), now=desk.call.now)
        return Result(
            (f"请先在 {SPOT_FOLDER}/{SPOT_BOOK} 里写明抽查名称和要抽多少，再运行一次。",), {"drawn": None}
        )
    desk.need_issuer("抽查通知")
    office = desk.office()
    findings = tuple(str(finding) for finding in book.findings)
    if desk.call.dry_run:
        return Result((*findings, "演练时不抽取：结果只在正式抽取时产生。"), {"drawn": None})
    spot_draw = _open_draw(office, book)
    if spot_draw is None:
        spot_draw = _record_frames(desk, office, book)
    result = draw_frames(spot_draw.frames, number=spot_draw.number, seed=spot_draw.seed)
    with desk.act("check") as act:
        act.add(
            facts.Event(_subject(spot_draw.number), _RESULT, 1, desk.today, result_to_json(spot_draw, result))
        )
    outcome = replace(spot_draw, result=result)
    lines = [f"抽查编号 {outcome.number}：{outcome.title}"]
    lines += [f"  抽中的{kind.value}：{'；'.join(outcome.names(kind))}" for kind in outcome.result]
    beside = list(_write_papers(desk, outcome, book))
    lines.append(f"抽取记录、检查通知和检查表在 {SPOT_FOLDER}/{outcome.number}。")
    data = {"number": outcome.number, "result": {kind.value: list(ids) for kind, ids in result.items()}}
    return Result((*findings, *lines, *beside), {"drawn": data}, Exit.PARTLY if beside else Exit.DONE)


def _subject(number: str) -> str:
    return f"抽查{number}"


def _open_draw(office: Office, book: SpotBook) -> SpotDraw | None:
    """A draw of this title whose frames are recorded and whose result is not: it goes on."""
    draws = [spot_draw for spot_draw in draws_of(office) if spot_draw.title == book.plan.title]
    return next((spot_draw for spot_draw in draws if not spot_draw.result), None)


def _record_frames(desk: Desk, office: Office, book: SpotBook) -> SpotDraw:
    plan, draws = book.plan, draws_of(office)
    if not plan.title:
        raise NothingToDraw(why="没有写抽查名称")
    earlier = [spot_draw for spot_draw in draws if spot_draw.title == plan.title]
    if earlier and (not plan.reason or plan.reason == earlier[-1].reason):
        raise AgainWithoutReason(title=plan.title, number=earlier[-1].number)
    frames = frames_of(plan, tuple(_units(desk, office)), book.items, draws, desk.calendar)
    if not frames or not all(any(not member.exclusion for member in frame.candidates) for frame in frames):
        raise NothingToDraw(why="没有可以抽取的单位、内容或工作日")
    spot_draw = SpotDraw(
        number=next_number(draws, desk.today.year),
        title=plan.title,
        on=desk.today,
        frames=frames,
        seed=plan.public_number or secrets.token_hex(16),
        is_public=bool(plan.public_number),
        reason=plan.reason if earlier else "",
    )
    with desk.act("check") as act:
        act.add(facts.Event(_subject(spot_draw.number), _FRAMES, 1, desk.today, frames_to_json(spot_draw)))
    return spot_draw


def _units(desk: Desk, office: Office) -> Iterator[tuple[str, str, str]]:
    for unit in office.units.values():
        if not unit.is_retired:
            yield unit.unit, office.name_of(unit.unit, desk.today), unit.kind


def _all_units(desk: Desk, plan: SpotPlan) -> tuple[str, ...]:
    """The units that are checked where none are drawn: all whom nothing keeps out."""
    return tuple(
        name for unit, name, kind in _units(desk, desk.office()) if not unit_exclusion(plan, unit, name, kind)
    )


def _write_papers(desk: Desk, spot_draw: SpotDraw, book: SpotBook) -> Iterator[str]:
    office_name = desk.settings.text("office_name")
    say = words(_TEMPLATE, office=desk.folder.root)
    codes = spot_draw.result.get(FrameKind.CONTENT)
    contents = [item for item in book.items if codes is None or item.code in codes]
    units = spot_draw.names(FrameKind.UNIT) or _all_units(desk, book.plan)
    files: dict[str, bytes] = {
        "抽查抽取记录.docx": render_official(draw_record(spot_draw, office_name, say)),
        "抽查通知.docx": render_official(check_notice(spot_draw, units, contents, office_name, say)),
    }
    for unit in units:
        name = f"检查表-{name_for_file(unit)}.xlsx"
        files[name] = lay_out_check_sheet(unit, spot_draw.title, spot_draw.number, contents)
    yield from _put(desk, spot_draw.number, files)


def _put(desk: Desk, folder: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """Write papers into a folder of 抽查; one that exists is somebody's work and stays."""
    for name, data in files.items():
        path = desk.folder.path(SPOT_FOLDER, folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            continue
        result = safe_write(path, data, now=desk.call.now)
        if result.state is WriteState.BESIDE:
            yield result.why


# Verifying.


def _verify(desk: Desk) -> Result:
    lines, wrong = [], []
    for spot_draw in draws_of(desk.office()):
        if not spot_draw.result:
            lines.append(f"{spot_draw.number} {spot_draw.title}：登记了名单和随机数，还没有结果。")
            continue
        kinds = faults(spot_draw.frames, spot_draw.result, number=spot_draw.number, seed=spot_draw.seed)
        is_right = not kinds and spot_draw.is_as_drawn
        wrong += [] if is_right else [spot_draw.number]
        what = "、".join(kind.value for kind in kinds) or "名单被改动过"
        verdict = "核验无误" if is_right else f"结果与登记的名单和随机数不符（{what}）"
        again = f"；重抽，理由：{spot_draw.reason}" if spot_draw.reason else ""
        lines.append(f"{spot_draw.number} {spot_draw.title}：{verdict}{again}。")
    return Result(tuple(lines) or ("还没有抽取过。",), {"wrong": wrong}, Exit.PARTLY if wrong else Exit.DONE)


# Keeping.


def _keep(desk: Desk) -> Result:
    findings = [*_take_in_check_sheets(desk), *take_in_problem_lists(desk)]
    intake = keep_logbooks(desk)
    findings += intake.findings
    office = desk.office()
    rows = {row.number: row for row in log_rows(office.cells, SHORTCOMINGS)}
    stands = {number: stand_of(transitions_of(office, number)) for number in rows}
    late = [number for number in rows if is_overdue(transitions_of(office, number), desk.today)]
    beside = [*intake.beside]
    if not desk.call.dry_run:
        beside += _write_slips(desk, office, rows, stands)
        beside += answer_problem_lists(desk, office)
    counts = {
        stand.value: sum(row_stand is stand for row_stand in stands.values()) for stand in ShortcomingStand
    }
    lines = [f"登记簿读取了{intake.count}处新内容。"]
    if rows:
        summary = "，".join(
            f"{stand.label}{counts[stand.value]}个" for stand in ShortcomingStand if counts[stand.value]
        )
        lines.append(f"检查发现的问题共{len(rows)}个：{summary}。")
    lines += [
        f"  整改逾期：{number} {_unit_of(rows[number])}（{rows[number].cells.get('发现的问题', '')}）"
        for number in late
    ]
    doubts = inconsistencies(office, desk.today)
    view = look_over(desk, office, intake.catalogue)
    draws, items = draws_of(office), open_spot_book(desk).items
    tables = overview_tables(office, view, draws, items, desk.today, _burdens(desk, office))
    if not desk.call.dry_run:
        beside += _put_overview(desk, lay_out(tables))
    lines += [str(finding) for finding in once(findings)]
    lines += _summary(doubts)
    data = {
        "cells": intake.count,
        "shortcomings": counts,
        "overdue": late,
        "doubts": [str(doubt) for doubt in doubts],
        "waits": [todo.line for todo in logbook_todos(office, view, desk.today)],
        "tables": {
            table.name: {"columns": [column.label for column in table.columns], "rows": table.rows}
            for table in tables
        },
    }
    return Result((*lines, *beside), data, Exit.PARTLY if beside else Exit.DONE)


def _burdens(desk: Desk, office: Office) -> BurdenYears:
    """What was asked of units for the plans of the latest year that has begun, and of the year before."""
    years = [plan.edition.year for plan in office.every_plan.values() if plan.edition.year <= desk.today.year]
    year = max(years, default=desk.today.year)
    sums: dict[int, dict[str, Burden]] = {year: {}, year - 1: {}}
    for plan in office.every_plan.values():
        whole = sums.get(plan.edition.year)
        if whole is None:
            continue
        for unit, burden in burden_of(office, plan.plan).items():
            whole[unit] = whole.get(unit, Burden()) + burden
    return BurdenYears(sums[year], sums[year - 1], desk.settings.number("forms_target"))


def _put_overview(desk: Desk, data: bytes) -> Iterator[str]:
    """Write 检查情况汇总.xlsx; one that somebody wrote in gets its successor beside it."""
    path, name = desk.folder.path(SPOT_FOLDER, _OVERVIEW), f"{SPOT_FOLDER}/{_OVERVIEW}"
    versions = Versions(desk.ledger)
    with desk.act("check") as act:
        versions.record(act, name, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    result = put(desk, path, data, name=name, is_edited=versions.is_edited(name, path))
    if result.state is WriteState.BESIDE:
        yield result.why


def _summary(doubts: tuple[Finding, ...]) -> Iterator[str]:
    """What does not fit together: the first few of each kind, and how many there are."""
    by_code: dict[str, list[Finding]] = {}
    for doubt in doubts:
        by_code.setdefault(doubt.code, []).append(doubt)
    for same in by_code.values():
        yield from map(str, same[:_FEW])
        if len(same) > _FEW:
            yield f"  ……同类的共{len(same)}处。"


def _unit_of(row: LogRow) -> str:
    return row.cells.get("单位", "")


def _take_in_check_sheets(desk: Desk) -> Iterator[Finding]:
    """What 检查表 say is wrong becomes rows of 整改台账, once for each unit, item and draw."""
    draws = draws_of(desk.office())
    kinds = {item.content: item.kind for item in open_spot_book(desk).items} if draws else {}
    for spot_draw in draws:
        folder = desk.folder.path(SPOT_FOLDER, spot_draw.number)
        for path in sorted(folder.glob("检查表-*.xlsx")):
            source = open_source(path)
            check_lines, findings = read_check_sheet(source)
            yield from findings
            unit = path.stem.removeprefix("检查表-")
            _record_lines(desk, spot_draw, unit, path, source.sha256, check_lines, kinds)


def _record_lines(
    desk: Desk,
    spot_draw: SpotDraw,
    unit: str,
    path: Path,
    sha: str,
    check_lines: tuple[CheckLine, ...],
    kinds: Mapping[str, str],
) -> None:
    with desk.act("check") as act:
        office = act.office()
        rows = log_rows(office.cells, SHORTCOMINGS)
        origin = f"随机抽查{spot_draw.number}"
        entries = {(_unit_of(row), row.cells.get("来源"), row.cells.get("检查内容")) for row in rows}
        last = last_number(row.number for row in rows)
        new = [line for line in check_lines if (unit, origin, line.content) not in entries]
        sha = cite(desk, act, path, sha) if new else ""
        for number, line in enumerate(new, start=last + 1):
            cells = {
                "单位": unit,
                "检查日期": line.on or desk.today.isoformat(),
                "来源": origin,
                "检查内容": line.content,
                "发现的问题": line.text,
                "问题类别": kinds.get(line.content, ""),
                "佐证": line.evidence,
            }
            for label, text in cells.items():
                if text:
                    cell = facts.Cell(
                        f"{SHORTCOMINGS.code}{number}", "", label, "", text, "office", act.row.first_seq - 1
                    )
                    act.add(cell, file=sha, place=line.place)


def _write_slips(
    desk: Desk,
    office: Office,
    rows: Mapping[str, LogRow],
    stands: Mapping[str, ShortcomingStand | None],
) -> Iterator[str]:
    """问题交办单 for what is with a unit, by unit and day; 共性问题通报 where a kind is common."""
    say = words(_TEMPLATE, office=desk.folder.root)
    office_name = desk.settings.text("office_name")
    batches: dict[tuple[str, dt.date], list[HandedShortcoming]] = {}
    for number, row in rows.items():
        due = due_of(transitions_of(office, number))
        if stands[number] is ShortcomingStand.WITH_UNIT and due is not None:
            batches.setdefault((_unit_of(row), due), []).append(
                HandedShortcoming(
                    number,
                    row.cells.get("检查日期", ""),
                    row.cells.get("检查内容", ""),
                    row.cells.get("发现的问题", ""),
                )
            )
    files = {
        f"问题交办单-{name_for_file(unit)}-限{due.isoformat()}-{batch[0].number}.docx": render_official(
            handover_slip(unit, due, batch, office_name, say)
        )
        for (unit, due), batch in batches.items()
    }
    if files and (findings := desk.lacks_issuer("问题交办单和共性问题通报")):
        yield from map(str, findings)
        return
    yield from _put(desk, "问题交办单", files)
    draws = draws_of(office)
    units = _all_units(desk, open_spot_book(desk).plan) if draws else ()
    for spot_draw in draws:
        document = _common(spot_draw, rows, stands, office_name, say, units)
        if document is not None:
            yield from _put(desk, spot_draw.number, {"共性问题通报.docx": render_official(document)})


def _common(
    spot_draw: SpotDraw,
    rows: Mapping[str, LogRow],
    stands: Mapping[str, ShortcomingStand | None],
    office_name: str,
    say: Say,
    units: tuple[str, ...],
) -> Official | None:
    origin = f"随机抽查{spot_draw.number}"
    problems = [
        (row.cells.get("问题类别") or row.cells.get("检查内容", ""), _unit_of(row))
        for number, row in rows.items()
        if row.cells.get("来源") == origin and stands[number] is not ShortcomingStand.VOID
    ]
    checked = spot_draw.names(FrameKind.UNIT) or units
    common = common_shortcomings(problems, checked, units=_COMMON_UNITS, percent=_COMMON_PERCENT)
    return common_circular(common, office_name, say) if common else None


FOLDER = ("抽查", "问题清单")
_ANSWER = "整改情况-"
_COLUMNS = (
    ListColumn("单位", ("责任单位", "被检查单位", "被查单位", "整改单位", "涉及单位"), is_needed=True),
    ListColumn("发现的问题", ("问题", "存在问题", "问题描述", "具体问题", "问题内容"), is_needed=True),
    ListColumn("检查内容", ("指标", "检查项目", "检查指标", "项目"), newer=True),
    ListColumn("问题类别", ("类别", "问题类型"), newer=True),
    ListColumn("整改期限", ("整改时限", "完成时限", "限期"), newer=True),
    ListColumn("检查日期", ("日期", "发现日期"), newer=True),
)
_ANSWER_COLUMNS = (
    *(Column("编号", 8), Column("单位", 22), Column("发现的问题", 44), Column("整改情况", 44)),
    *(Column("整改日期", 13, kind=ColumnKind.DATE), Column("佐证", 24), Column("办理状态", 12)),
)


def take_in_problem_lists(desk: Desk) -> Iterator[Finding]:
    """Every list in the folder becomes rows of 整改台账; what cannot be used is told."""
    for path in _lists(desk):
        source = open_source(path)
        table = list_in(source, _COLUMNS)
        if table.columns is None:
            yield NO_PROBLEM_LIST.at(path.name)
            continue
        with desk.act("check") as act:
            rows = log_rows(act.office().cells, SHORTCOMINGS)
            entries = {_key(row) for row in rows}
            last = last_number(row.number for row in rows)
            sha = ""
            for row in table.rows:
                if not (row.text("单位") and row.text("发现的问题")):
                    yield LINE_WITHOUT_PROBLEM.at(f"{path.name} {row.places['发现的问题']}")
                    continue
                key = (path.stem, row.text("单位"), row.text("发现的问题"))
                if key in entries:
                    continue
                entries.add(key)
                sha = sha or cite(desk, act, path, source.sha256)
                last += 1
                _record(desk, act, last, path.stem, row, sha)


def _lists(desk: Desk) -> tuple[Path, ...]:
    folder = desk.folder.path(*FOLDER)
    paths = sorted(folder.glob("*.xls*")) if folder.is_dir() else ()
    return tuple(path for path in paths if not path.name.startswith((_ANSWER, "~$")))


def _key(row: LogRow) -> tuple[str, str, str]:
    return row.cells.get("来源", ""), row.cells.get("单位", ""), row.cells.get("发现的问题", "")


def _record(desk: Desk, act: Act, number: int, origin: str, row: TableRow, sha: str) -> None:
    cells = {
        "单位": row.text("单位"),
        "检查日期": _day(row, "检查日期") or desk.today.isoformat(),
        "来源": origin,
        "检查内容": row.text("检查内容"),
        "发现的问题": row.text("发现的问题"),
        "问题类别": row.text("问题类别"),
        "整改期限": _day(row, "整改期限"),
    }
    for label, text in cells.items():
        if text:
            place = row.places.get(label, row.places["发现的问题"])
            base = act.row.first_seq - 1
            cell = facts.Cell(f"{SHORTCOMINGS.code}{number}", "", label, "", text, "office", base)
            act.add(cell, file=sha, place=place)


def _day(row: TableRow, label: str) -> str:
    day = day_of(row.cells.get(label))
    return day.isoformat() if day else ""


def answer_problem_lists(desk: Desk, office: Office) -> Iterator[str]:
    """Lay the answer to each list beside it; why one was left alone."""
    for path in _lists(desk):
        rows = [row for row in log_rows(office.cells, SHORTCOMINGS) if row.cells.get("来源") == path.stem]
        if not rows:
            continue
        stands = {row.number: stand_of(transitions_of(office, row.number)) for row in rows}
        done = sum(stand is ShortcomingStand.DONE for stand in stands.values())
        table = Table(
            _ANSWER_COLUMNS,
            tuple(_answer(row, stands[row.number]) for row in rows),
            name="整改情况",
            title=f"{path.stem}整改情况",
            notes=(f"截至{desk.today.isoformat()}，共{len(rows)}个问题，已销号{done}个。",),
        )
        data = lay_out((table,))
        target = path.with_name(f"{_ANSWER}{path.stem}.xlsx")
        name, versions = "/".join((*FOLDER, target.name)), Versions(desk.ledger)
        with desk.act("check") as act:
            versions.record(act, name, data)
        result = put(desk, target, data, name=name, is_edited=versions.is_edited(name, target))
        if result.state is WriteState.BESIDE:
            yield result.why


def _answer(row: LogRow, stand: ShortcomingStand | None) -> tuple[str | dt.date | None, ...]:
    day = row.cells.get("整改日期", "")
    return (
        *(row.number, row.cells.get("单位", ""), row.cells.get("发现的问题", "")),
        *(row.cells.get("整改情况", ""), dt.date.fromisoformat(day) if day else None),
        *(row.cells.get("佐证", ""), stand.label if stand else ""),
    )
