"""考核: each unit's points by the scheme of the office, each with its reason; issued, they stay as they were.

    1 考核/考核方案.xlsx is read and checked (an example is laid out where it is missing, and nothing is scored)
    2 考核/评分录入.xlsx says what no fact gives, 综合得分录入.xlsx the other parts of a composite; lines that they lack are added, what
      stands in them is left as it is
    3 the figures of each unit are counted from the ledger, every leaf gets its points, the total is their sum
    4 考核得分表.xlsx, and 考核/单位得分/<unit>.xlsx for each unit to check its points by; with `issue` the result is frozen as an
      edition and 考核结果通报.docx is written

A scheme with an error is told and nothing is scored by it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tracker import facts
from tracker.files.guard import open_source
from tracker.files.safe import WriteState, safe_write
from tracker.files.templates import words
from tracker.formats.books import (
    OWN_COMPONENT,
    UNSCORED,
    PointsEntry,
    SchemeReading,
    ScoreEntries,
    lay_out,
    lay_out_components,
    lay_out_entries,
    lay_out_scheme,
    missing_entries,
    read_components,
    read_entries,
    read_scheme,
)
from tracker.formats.documents import render_official
from tracker.formats.patch import patch
from tracker.logbooks import LIMIT_CASES, SHORTCOMINGS
from tracker.printable import name_for_file
from tracker.problems.base import Exit, Finding, Severity
from tracker.rules.office import Office
from tracker.rules.progress import standings
from tracker.rules.score import (
    Evidence,
    HandScore,
    UnitResult,
    appeal_table,
    bystander_notes,
    composite,
    grade_of,
    is_bystander,
    measures_of,
    places,
    scheme_faults,
    score_circular,
    score_tables,
    score_unit,
    source_names,
)
from tracker.scheme import Scheme
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.steps.logbooks import look_over, open_catalogue
from tracker.steps.register import register_of
from tracker.steps.versions import Versions, put
from tracker.tiers import is_asked
from tracker.values import dataclass

_FOLDER = "考核"
_SCHEME, _ENTRIES, _COMPONENTS = "考核方案.xlsx", "评分录入.xlsx", "综合得分录入.xlsx"
_TOTALS, _CIRCULAR = "考核得分表.xlsx", "考核结果通报.docx"
_UNITS = "单位得分"
_TEMPLATE = "check.txt"
_EDITION = "考核结果"


def score(call: Call, what: str = "") -> Result:
    """Score every unit.

    Args:
        call: The call.
        what: Empty, or `issue` to freeze the result and write the circular.
    """
    with open_desk(call) as desk:
        if what == "issue":
            desk.need_issuer("考核结果通报")
        path = desk.folder.path(_FOLDER, _SCHEME)
        if not path.exists():
            return _lay_out_example(desk)
        reading = read_scheme(open_source(path))
        catalogue = open_catalogue(desk)
        sources = source_names(catalogue.logbooks)
        findings = (*reading.findings, *scheme_faults(reading.scheme, sources))
        if any(finding.severity is Severity.ERROR for finding in findings):
            lines = (*map(str, findings), f"{_SCHEME}有错误，没有评分；请改正后再运行。")
            return Result(lines, {"scores": None}, Exit.REFUSED)
        return _score(desk, reading, findings, is_issue=what == "issue")


def _lay_out_example(desk: Desk) -> Result:
    path = desk.folder.path(_FOLDER, _SCHEME)
    if not desk.call.dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        safe_write(path, lay_out_scheme(f"{desk.today.year}年度工作考核方案"), now=desk.call.now)
    return Result(
        (f"已生成示例 {_FOLDER}/{_SCHEME}；请按本办的考核办法改好，再运行一次。",), {"scores": None}
    )


@dataclass(frozen=True)
class _Round:
    """What a scoring works on."""

    scheme: Scheme
    entries: ScoreEntries
    results: tuple[UnitResult, ...]
    bystanders: tuple[str, ...] = ()


def _score(desk: Desk, reading: SchemeReading, findings: tuple[Finding, ...], *, is_issue: bool) -> Result:
    office, scheme = desk.office(), reading.scheme
    path = desk.folder.path(_FOLDER, _ENTRIES)
    source = open_source(path) if path.exists() else None
    entries = read_entries(source) if source else ScoreEntries()
    components = _components(desk, scheme)
    units = tuple(_units(desk, office, entries, scheme))
    evidence = _evidence(desk, office)
    bystanders = tuple(
        name for unit, name, table in units if table != UNSCORED and is_bystander(unit, evidence)
    )
    results = tuple(
        _result(scheme, entries, components, evidence, unit, name, table)
        for unit, name, table in units
        if table != UNSCORED and name not in bystanders
    )
    round_ = _Round(scheme, entries, results, bystanders)
    files = dict(_files(desk, round_, is_issue=is_issue))
    lines = [*map(str, (*findings, *entries.findings)), *_summary(round_), *bystander_notes(bystanders)]
    is_whole = all(result.total(scheme) is not None for result in results)
    if is_issue and not is_whole:
        lines.append("还有待评的指标，没有印发；请先在评分录入.xlsx 里填好。")
        return Result(tuple(lines), _data(round_), Exit.REFUSED)
    beside: list[str] = []
    if not desk.call.dry_run:
        others = [(name, table) for _, name, table in units if name not in bystanders]
        beside += _complete_entries(desk, scheme, entries, others)
        beside += _write(desk, round_, files, is_issue=is_issue)
    data = {**_data(round_), "names": {line.code: line.name for line in scheme.indicators}}
    return Result((*lines, *beside), data, Exit.PARTLY if beside else Exit.DONE)


def _units(
    desk: Desk, office: Office, entries: ScoreEntries, scheme: Scheme
) -> Iterator[tuple[str, str, str]]:
    """Id, name and 表别 of each unit; proposed by its kind where nobody has said. The office does not judge itself."""
    has_tables = any(indicator.table for indicator in scheme.indicators)
    office_unit = register_of(office).resolve(desk.settings.text("office_name")).unit
    for unit in office.units.values():
        if not unit.is_retired:
            name = office.name_of(unit.unit, desk.today)
            proposal = ("A" if "县" in unit.kind or "区" in unit.kind else "B") if has_tables else ""
            # Party organs, congress and courts, and who answers to a superior of its own are asked, not judged.
            proposal = UNSCORED if is_asked(unit.kind) or unit.unit == office_unit else proposal
            yield unit.unit, name, entries.tables.get(name) or proposal


def _evidence(desk: Desk, office: Office) -> Evidence:
    stands = standings(office, office.live_points, desk.day)
    view = look_over(desk, office, open_catalogue(desk))
    return Evidence(
        standings=tuple(stands.values()),
        shortcomings=tuple(
            (row.number, unit, view.transitions[row.number])
            for unit, row, _ in view.rows.get(SHORTCOMINGS.name, ())
        ),
        limits=tuple(
            (row.number, unit, stand.promptness)
            for unit, row, stand in view.rows.get(LIMIT_CASES.name, ())
            if stand.promptness is not None
        ),
        rows={name: [(unit, row) for unit, row, _ in rows] for name, rows in view.rows.items()},
        lacks=view.lacks,
        today=desk.today,
    )


def _components(desk: Desk, scheme: Scheme) -> dict[tuple[str, str], Fraction]:
    path = desk.folder.path(_FOLDER, _COMPONENTS)
    return read_components(open_source(path), scheme) if scheme.components and path.exists() else {}


def _complete_entries(
    desk: Desk, scheme: Scheme, entries: ScoreEntries, units: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Add the lines that the workbooks of 考核 lack."""
    path = desk.folder.path(_FOLDER, _ENTRIES)
    data = path.read_bytes() if path.exists() else b""
    new = patch(data, (), missing_entries(entries, scheme, units)) if data else lay_out_entries(scheme, units)
    expect = hashlib.sha256(data).hexdigest() if data else None
    files = [(path, new, expect)] if new != data else []
    components = desk.folder.path(_FOLDER, _COMPONENTS)
    if scheme.components and not components.exists():
        names = [name for name, table in units if table != UNSCORED]
        files.append((components, lay_out_components(scheme, names), None))
    for target, content, sha in files:
        result = safe_write(target, content, expect=sha, now=desk.call.now)
        if result.state is WriteState.BESIDE:
            yield result.why


def _result(
    scheme: Scheme,
    entries: ScoreEntries,
    components: Mapping[tuple[str, str], Fraction],
    evidence: Evidence,
    unit: str,
    name: str,
    table: str,
) -> UnitResult:
    hand = {code: _hand(entry) for (owner, code), entry in entries.entries.items() if owner == name}
    unit_score = score_unit(scheme, measures_of(unit, evidence), hand, table=table)
    parts = {part: points for (owner, part), points in components.items() if owner == name}
    if unit_score.is_whole:
        parts.setdefault(OWN_COMPONENT, unit_score.total_fraction)
    total = composite(scheme.components, parts) if scheme.components else None
    return UnitResult(name, table, unit_score, total)


def _hand(entry: PointsEntry) -> HandScore:
    return HandScore(entry.points, entry.reason, entry.is_absent)


def _files(desk: Desk, round_: _Round, *, is_issue: bool) -> Iterator[tuple[str, bytes]]:
    yield _TOTALS, lay_out(score_tables(round_.scheme, round_.results, round_.bystanders))
    for result in round_.results:
        yield f"{_UNITS}/{name_for_file(result.unit)}.xlsx", lay_out((appeal_table(round_.scheme, result),))
    if is_issue:
        say = words(_TEMPLATE, office=desk.folder.root)
        office_name = desk.settings.text("office_name")
        document = score_circular(round_.scheme, round_.results, office_name, desk.today, say)
        yield _CIRCULAR, render_official(document)


def _write(desk: Desk, round_: _Round, files: Mapping[str, bytes], *, is_issue: bool) -> Iterator[str]:
    versions = Versions(desk.ledger)
    with desk.act("score") as act:
        if is_issue:
            content = json.dumps(_data(round_), ensure_ascii=False, sort_keys=True)
            editions = [
                entry.fact
                for entry in desk.ledger.entries(facts.ReportEdition)
                if entry.fact.report == _EDITION
            ]
            if not editions or editions[-1].content != content:
                edition = facts.ReportEdition(_EDITION, len(editions) + 1, "", desk.today, content)
                act.add(edition)
        for name, data in files.items():
            versions.record(act, f"{_FOLDER}/{name}", data)
    for name, data in files.items():
        path = desk.folder.path(_FOLDER, *name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        key = f"{_FOLDER}/{name}"
        result = put(desk, path, data, name=key, is_edited=versions.is_edited(key, path))
        if result.state is WriteState.BESIDE:
            yield result.why


def _summary(round_: _Round) -> Iterator[str]:
    place_of = places(round_.scheme, round_.results)
    for result in sorted(round_.results, key=lambda result: (result.table, place_of.get(result.unit, 9999))):
        total = result.total(round_.scheme)
        points = f"{total}分" if total is not None else f"目前{result.score.total}分，还有待评"
        place = f"第{place_of[result.unit]}名 " if result.unit in place_of else ""
        yield f"  {place}{result.unit}：{points}"


def _grade(round_: _Round, result: UnitResult) -> str:
    total = result.total(round_.scheme)
    return grade_of(total, round_.scheme.grades) if total is not None and result.is_ranked else ""


def _data(round_: _Round) -> dict[str, object]:
    place_of = places(round_.scheme, round_.results)
    return {
        "scheme": round_.scheme.title,
        "scores": [
            {
                "unit": result.unit,
                "table": result.table,
                "total": str(result.total(round_.scheme) or ""),
                "grade": _grade(round_, result),
                "place": place_of.get(result.unit),
                "lines": [
                    {
                        "code": line.indicator.code if line.indicator else "",
                        "points": str(line.points) if line.points is not None else None,
                        "why": line.why,
                        "facts": list(line.facts),
                    }
                    for line in result.score.lines
                ],
            }
            for result in round_.results
        ],
    }
