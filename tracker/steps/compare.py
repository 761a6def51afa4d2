"""Comparing plans: this year's with last year's (年度对照), the superior's with ours (上级任务对照表).

    1. read the workbooks in 报告 as they came back: what a person decided since they were laid out
    2. turn it into facts, all in one act; what cannot be taken stays in its row, with the reason
    3. propose for what is still open, and lay the workbooks out again: decisions, proposals, counts as of the day

Only a person's word becomes a fact. Done twice, it changes nothing. Killed between 2 and 3, the next run finds the
decisions recorded and lays out the workbook.

上级任务对照表 is a Word file for the superior, too: written once anybody has confirmed anything, never over a clerk's
draft.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tracker import facts
from tracker.comparison import Judgement, JudgementEntry
from tracker.facts import Carried, Fact
from tracker.files.folders import REPORTS, OfficeFolder
from tracker.files.guard import read_bytes
from tracker.files.ledger import Act
from tracker.files.safe import WriteState, safe_write
from tracker.files.templates import words
from tracker.formats.books import ComparisonReading, lay_out_comparison, read_comparison
from tracker.formats.documents import render_official
from tracker.outline import Letterhead
from tracker.problems.base import Exit, Finding
from tracker.problems.compare import CannotCompare, ForeignComparison, NothingToCompare
from tracker.rules.compare import (
    ASK,
    CONTINUATION,
    DIVISION,
    GAP,
    GOES_ON,
    LEVEL_KEY,
    LEVEL_OTHERS,
    LEVEL_WORDS,
    NEW,
    OMISSION,
    SUPERIOR,
    YEAR,
    YEAR_KEY,
    YEAR_OTHERS,
    YEAR_WORDS,
    Levels,
    LinkProposal,
    Statements,
    YearComparison,
    by_unit,
    compare_levels,
    compare_years,
    decide_levels,
    decide_years,
    level_annex,
    level_book,
    level_figures,
    propose_levels,
    propose_years,
    statements_of,
    year_book,
    year_figures,
)
from tracker.rules.office import WITHDRAWAL, Office
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, keep_original, open_desk
from tracker.steps.publishing import publish


@dataclass(frozen=True)
class ComparisonFile:
    """A workbook as it was read; nothing of it where there is none yet."""

    path: Path
    data: bytes = b""
    sha: str = ""
    reading: ComparisonReading = field(default_factory=lambda: ComparisonReading({}, {}, ()))

    def statements(self, now: Mapping[str, Judgement], words: Sequence[str]) -> Statements:
        """What it says, against what the ledger holds."""
        return statements_of(self.reading.statements, self.reading.laid_out, now, words)

    def place_of(self, key: str) -> str:
        """Where a row's 判断 stands."""
        return next((entry.place for name, entry in self.reading.statements if name == key), "")

    def not_taken(self, statements: Statements, refusals: Mapping[str, Finding]) -> dict[str, JudgementEntry]:
        """What somebody typed and has to stay in sight: half filled in, or refused."""
        keys = {*statements.half, *refusals, *statements.findings} - statements.conflicts.keys()
        entries: dict[str, JudgementEntry] = {}
        for key, entry in self.reading.statements:
            if key in keys:
                entries.setdefault(key, entry)
        return entries


@dataclass(frozen=True)
class ComparisonDecisions:
    """What was decided in a workbook.

    Attributes:
        facts: Each with the place that it came from.
        count: How many rows were decided.
        findings: What could not be taken, by row.
        entries: What of it stays in sight.
        has_overruled: Whether something typed was decided otherwise meanwhile.
    """

    facts: tuple[tuple[Fact, str], ...]
    count: int
    findings: Mapping[str, Finding]
    entries: Mapping[str, JudgementEntry]
    has_overruled: bool


def open_book(
    folder: OfficeFolder, name: str, marks: Mapping[str, str], key: str, others: str
) -> ComparisonFile:
    """Read the workbook of this name.

    Raises:
        ForeignComparison: when it is about other plans, or of another office.
    """
    path = folder.path(REPORTS, name)
    if not path.exists():
        return ComparisonFile(path)
    data = path.read_bytes()
    source = read_bytes(data, name)
    reading = read_comparison(source, key, others)
    if dict(reading.marks) != dict(marks):
        raise ForeignComparison(file=name)
    return ComparisonFile(path, data, source.sha256, reading)


# So many items that were dropped unfinished are named.
_LEFTOVER_LIMIT = 5


@dataclass(frozen=True)
class YearBook:
    """This year's plan against last year's.

    Attributes:
        desk: The desk.
        office: The office as it is.
        years: Both plans.
        findings: What was typed and cannot be taken: why, by row.
        entries: What was typed and stays in sight.
    """

    desk: Desk
    office: Office
    years: YearComparison
    findings: Mapping[str, Finding] = field(default_factory=dict)
    entries: Mapping[str, JudgementEntry] = field(default_factory=dict)

    @staticmethod
    def of(desk: Desk, office: Office, plan: str) -> YearBook | None:
        """Two years of a plan; None where no plan of an earlier year goes with it."""
        thresholds = desk.settings.thresholds
        years = compare_years(office, plan, today=desk.today, calendar=desk.calendar, thresholds=thresholds)
        return YearBook(desk, office, years) if years else None

    def after(self, office: Office, decisions: ComparisonDecisions) -> YearBook:
        """The same, as the office is after the decisions."""
        book = YearBook.of(self.desk, office, self.plan)
        assert book is not None
        return replace(book, findings=decisions.findings, entries=decisions.entries)

    @property
    def plan(self) -> str:
        """Of this year."""
        return self.years.plan

    @property
    def name(self) -> str:
        """Of the workbook."""
        return f"年度对照-{self.plan}.xlsx"

    def open(self) -> ComparisonFile:
        """The workbook as it came back."""
        return open_book(self.desk.folder, self.name, self._marks(), YEAR_KEY, YEAR_OTHERS)

    def take(self, workbook: ComparisonFile) -> ComparisonDecisions:
        """What was decided in it."""
        years = self.years
        statements = workbook.statements(years.judgements, tuple(YEAR_WORDS.values()))
        olds, news = {point.id for point in years.olds}, {point.id for point in years.news}
        links = tuple(link for link in self.office.continuations if _is_between(link, olds, news))
        decision = decide_years(statements.judgements, links, olds, news)
        return ComparisonDecisions(
            tuple(
                (fact, workbook.place_of(fact.to_wp) or workbook.place_of(fact.from_wp))
                for fact in decision.facts
            ),
            len(decision.rows),
            {**statements.findings, **decision.findings},
            workbook.not_taken(statements, decision.findings),
            bool(statements.conflicts),
        )

    def lay_out(self) -> bytes:
        """The workbook anew."""
        years = self.years
        book = year_book(
            self.office,
            years,
            _proposals(years),
            by_unit(self.office, years, self.desk.today),
            as_of=self.desk.today,
            entries=self.entries,
            findings=self.findings,
        )
        return lay_out_comparison(book, self._marks())

    def line(self) -> str:
        """How far it is, in one line."""
        years = self.years
        title = self.office.plans[self.plan].edition.title
        start = f"{self.plan}《{title}》与上年（{'、'.join(years.lasts)}）对照："
        return start + "；".join(part for part in (self._confirmation(), self._suggestion()) if part) + "。"

    def _confirmation(self) -> str:
        by_code = {figure.code: figure.n for figure in year_figures(self.years)}
        if not self.years.is_confirmed:
            return ""
        return (
            f"已确认今年延续{by_code['years.continued']}项、新增{by_code['years.new']}项，"
            f"上年{len(self.years.olds)}项中不再列入{by_code['years.dropped']}项"
        )

    def _suggestion(self) -> str:
        proposals = _proposals(self.years)
        if not proposals:
            return ""
        mine = {point.id for point in self.years.news}
        counts = Counter((point_id in mine, proposal.how) for point_id, proposal in proposals.items())
        parts = [
            ("延续", sum(counts[True, how] for how in GOES_ON)),
            ("新增", counts[True, NEW]),
            ("不再列入", counts[False, OMISSION]),
            ("请选定", counts[True, ASK] + counts[False, ASK]),
        ]
        text = "、".join(f"{word}{count}项" for word, count in parts if count)
        return f"待确认{len(proposals)}行，建议{text}"

    def loud(self) -> list[str]:
        """What must not be overlooked: unfinished, and nothing continues it."""
        years = self.years
        alternatives = {point_id for proposal in _proposals(years).values() for point_id in proposal.others}
        leftovers = [point_id for point_id in years.leftovers if point_id not in alternatives]
        if not leftovers:
            return []
        names = {point.id: point.requirement for point in years.olds}
        examples = "；".join(f"{point_id} {names[point_id][:24]}" for point_id in leftovers[:_LEFTOVER_LIMIT])
        more = "等" if len(leftovers) > _LEFTOVER_LIMIT else ""
        given_up = len(years.dropped_leftovers)
        note = f"（其中已确认不再列入{given_up}项）" if given_up else ""
        return [f"！上年未完成、今年没有延续的{len(leftovers)}项{note}：{examples}{more}。"]

    def data(self) -> dict[str, Any]:
        """For machines."""
        years = self.years
        return {
            "kind": "year",
            "plan": self.plan,
            "with": list(years.lasts),
            "figures": {figure.code.removeprefix("years."): figure.n for figure in year_figures(years)},
            "waiting": list(years.open_ids),
            "left": list(years.leftovers),
        }

    def _marks(self) -> dict[str, str]:
        return {"kind": "year", "office": self.desk.folder.office, "plan": self.plan}


def _is_between(link: Carried, olds: set[str], news: set[str]) -> bool:
    return (link.from_wp in olds or not link.from_wp) and (link.to_wp in news or not link.to_wp)


def _proposals(years: YearComparison) -> Mapping[str, LinkProposal]:
    divided_ids = {
        point_id
        for judgement in years.judgements.values()
        if judgement.word == YEAR_WORDS[DIVISION]
        for point_id in judgement.others
    }
    old = [point for point in years.olds if point.id not in years.judgements or point.id in divided_ids]
    new = [point for point in years.news if point.id not in years.judgements]
    unfinished_ids = {point.id for point in old if years.is_unfinished(point.id)}
    proposals = propose_years(old, new, unfinished_ids=unfinished_ids)
    return {
        # What goes on from an item that was divided is another part of it.
        point_id: replace(proposal, how=DIVISION)
        if proposal.how == CONTINUATION and divided_ids & {*proposal.others}
        else proposal
        for point_id, proposal in proposals.items()
        if point_id not in years.judgements
    }


# So many gaps are named.
_GAP_LIMIT = 5


@dataclass(frozen=True)
class LevelBook:
    """The superior's plan against ours.

    Attributes:
        desk: The desk.
        office: The office as it is.
        levels: Both plans.
        findings: What was typed and cannot be taken: why, by row.
        entries: What was typed and stays in sight.
    """

    desk: Desk
    office: Office
    levels: Levels
    findings: Mapping[str, Finding] = field(default_factory=dict)
    entries: Mapping[str, JudgementEntry] = field(default_factory=dict)

    @staticmethod
    def of(desk: Desk, office: Office, superior: str) -> LevelBook | None:
        """Both levels; None where no plan of ours goes with the superior's."""
        thresholds = desk.settings.thresholds
        levels = compare_levels(
            office, superior, today=desk.today, calendar=desk.calendar, thresholds=thresholds
        )
        return LevelBook(desk, office, levels) if levels else None

    def after(self, office: Office, decisions: ComparisonDecisions) -> LevelBook:
        """The same, as the office is after the decisions."""
        book = LevelBook.of(self.desk, office, self.superior)
        assert book is not None
        return replace(book, findings=decisions.findings, entries=decisions.entries)

    @property
    def superior(self) -> str:
        """The superior's plan."""
        return self.levels.superior

    @property
    def name(self) -> str:
        """Of the workbook."""
        return self.name_of(self.superior)

    @staticmethod
    def name_of(superior: str) -> str:
        """Of the workbook of a superior's plan."""
        return f"上级任务对照表-{superior}.xlsx"

    def open(self) -> ComparisonFile:
        """The workbook as it came back."""
        return open_book(self.desk.folder, self.name, self._marks(), LEVEL_KEY, LEVEL_OTHERS)

    def take(self, workbook: ComparisonFile) -> ComparisonDecisions:
        """What was decided in it."""
        statements = workbook.statements(self.levels.judgements, tuple(LEVEL_WORDS.values()))
        links = tuple(
            link for link in self.office.serves if link.theirs in {p.id for p in self.levels.theirs}
        )
        new_facts, refusals = decide_levels(
            statements.judgements, links, {point.id for point in self.levels.ours}
        )
        return ComparisonDecisions(
            tuple((fact, workbook.place_of(fact.theirs)) for fact in new_facts),
            len(statements.judgements.keys() - refusals.keys()),
            {**statements.findings, **refusals},
            workbook.not_taken(statements, refusals),
            bool(statements.conflicts),
        )

    def lay_out(self) -> bytes:
        """The workbook anew."""
        levels = self.levels
        book = level_book(
            self.office,
            levels,
            propose_levels(levels.theirs, levels.ours, levels.judgements.keys()),
            as_of=self.desk.today,
            entries=self.entries,
            findings=self.findings,
        )
        return lay_out_comparison(book, self._marks())

    def line(self) -> str:
        """How far it is, in one line."""
        by_code = {figure.code: figure for figure in level_figures(self.levels)}
        served_figure = by_code["levels.served"]
        share = f"（{served_figure.share}%）" if served_figure.share else ""
        edition = self.office.superiors[self.superior].edition
        return (
            f"{self.superior}上级《{edition.title}》对照本级（{'、'.join(self.levels.plans)}）："
            f"应承接{by_code['levels.due'].n}项，已承接{served_figure.n}项{share}，未承接{by_code['levels.gap'].n}项，"
            + (f"待确认{by_code['levels.waiting'].n}项。" if self.levels.open_ids else "全部确认。")
        )

    def loud(self) -> list[str]:
        """The gaps."""
        gaps = self.levels.ids_with(GAP)
        names = {point.id: point.requirement for point in self.levels.theirs}
        examples = "；".join(f"{point_id} {names[point_id][:24]}" for point_id in gaps[:_GAP_LIMIT])
        return (
            [f"！未承接{len(gaps)}项：{examples}{'等' if len(gaps) > _GAP_LIMIT else ''}。"] if gaps else []
        )

    def data(self) -> dict[str, Any]:
        """For machines."""
        all_figures = level_figures(self.levels)
        return {
            "kind": "level",
            "plan": self.superior,
            "with": list(self.levels.plans),
            "figures": {figure.code.removeprefix("levels."): figure.n for figure in all_figures},
            "coverage": {figure.code: figure.share for figure in all_figures}["levels.served"],
            "gaps": list(self.levels.ids_with(GAP)),
            "waiting": list(self.levels.open_ids),
        }

    def _marks(self) -> dict[str, str]:
        return {"kind": "level", "office": self.desk.folder.office, "plan": self.superior}


def write_annex(desk: Desk, book: LevelBook) -> tuple[list[str], bool]:
    """Write the document; what to tell, and whether it stands where it belongs."""
    if not book.levels.judgements:
        return [], True
    settings = desk.settings
    head = Letterhead(settings.text("office_name"), settings.text("superior"), settings.text("place_name"))
    say = words("years.txt", office=desk.folder.root)
    document = level_annex(book.office, book.levels, say, head, as_of=desk.today)
    name = f"上级任务对照表-{book.superior}.docx"
    lines, all_written = publish(desk, {name: render_official(document)}, verb="compare")
    if book.levels.open_ids:
        lines.append(f"  其中{len(book.levels.open_ids)}项还没有确认，文中写明“待确认”，报送前请先确认。")
    return lines, all_written


Pair = YearBook | LevelBook


def compare(call: Call, *, plan: str = "", beside: Sequence[str] = ()) -> Result:
    """Compare plans, take the decisions, lay out the workbooks.

    Args:
        call: Who calls, when and where.
        plan: Only this one, ours or the superior's; empty for every plan of the latest year.
        beside: The plans to compare it with, remembered; empty for those that go with it.
    """
    with open_desk(call) as desk:
        office = desk.office()
        _check(office, plan, beside)
        lines: list[str] = []
        data: list[dict[str, Any]] = []
        outcome = Exit.DONE
        with desk.act("compare") as act:
            act.add(*_links(office, plan, beside))
            pairs = list(_pairs(desk, act.office(), plan))
            if not pairs:
                raise NothingToCompare()
            runs = [
                (pair, workbook, _take(desk, act, pair, workbook))
                for pair in pairs
                for workbook in [pair.open()]
            ]
            office = act.office()
        for pair, workbook, decisions in runs:
            pair_lines, pair_data, all_written = write_pair(
                desk, pair.after(office, decisions), workbook, decisions
            )
            lines += pair_lines
            data.append(pair_data)
            if decisions.findings or not all_written:
                outcome = Exit.PARTLY
        return Result(tuple(lines), {"comparisons": data}, outcome)


def _check(office: Office, plan: str, beside: Sequence[str]) -> None:
    plans = (
        "、".join(f"{key}《{plan_now.edition.title}》" for key, plan_now in office.every_plan.items())
        or "（还没有）"
    )
    if plan and plan not in office.every_plan:
        raise CannotCompare(what=f"没有编号为“{plan}”的方案", plans=plans)
    if beside and not plan:
        raise CannotCompare(what="用 --with 时要用 --plan 写明是哪个方案", plans=plans)
    wrong = [other for other in beside if other not in office.plans or other == plan]
    if wrong:
        raise CannotCompare(what=f"“{'、'.join(wrong)}”不是可以对照的本级方案", plans=plans)
    later = [other for other in beside if plan in office.plans and not _earlier(office, other, plan)]
    if later:
        raise CannotCompare(what=f"“{'、'.join(later)}”的年度不早于 {plan}", plans=plans)


def _earlier(office: Office, one: str, other: str) -> bool:
    return office.plans[one].edition.year < office.plans[other].edition.year


def _links(office: Office, plan: str, beside: Sequence[str]) -> list[facts.PlanLink]:
    """What a person said about the plans, where it is news."""
    if not beside:
        return []
    how = SUPERIOR if plan in office.superiors else YEAR
    links = {link.other: link for link in office.plan_links if link.plan == plan}
    return [
        *(facts.PlanLink(plan, other, how) for other in beside if other not in links),
        *(facts.PlanLink(plan, other, WITHDRAWAL) for other in links if other not in beside),
    ]


def _pairs(desk: Desk, office: Office, plan: str) -> Iterator[Pair]:
    """What there is to compare: one plan, or every plan of the latest year."""
    latest = max((plan_now.edition.year for plan_now in office.plans.values()), default=0)
    for key, plan_now in office.every_plan.items():
        if key == plan or (not plan and plan_now.edition.year == latest):
            make = LevelBook.of if key in office.superiors else YearBook.of
            pair = make(desk, office, key)
            if pair is not None:
                yield pair


def _take(desk: Desk, act: Act, pair: Pair, workbook: ComparisonFile) -> ComparisonDecisions:
    decisions = pair.take(workbook)
    # What was typed stays, whatever becomes of it: the workbook is laid out anew.
    if decisions.facts:
        keep_original(desk, act, workbook.data, workbook.path.name, workbook.sha)
    elif decisions.has_overruled and not desk.call.dry_run:
        desk.folder.keep(workbook.data, workbook.path.name)
    for fact, place in decisions.facts:
        act.add(fact, file=workbook.sha, place=place)
    return decisions


def write_pair(
    desk: Desk, pair: Pair, workbook: ComparisonFile, decisions: ComparisonDecisions
) -> tuple[list[str], dict[str, Any], bool]:
    """Lay the workbook out again, unless somebody saved another one since `workbook` was read.

    Returns:
        What to tell, for people and for machines, and whether every file stands where it belongs.
    """
    lines = [pair.line(), *(f"  {remark}" for remark in (*pair.loud(), *decisions.findings.values()))]
    path = f"{REPORTS}/{pair.name}"
    data = {
        **pair.data(),
        "workbook": path,
        "taken": decisions.count,
        "findings": [
            {"row": row, "code": finding.code, "message": finding.message}
            for row, finding in decisions.findings.items()
        ],
    }
    if desk.call.dry_run:
        return [*lines, f"  将记入{decisions.count}行判断，将更新 {path}"], data, True
    workbook.path.parent.mkdir(parents=True, exist_ok=True)
    write_result = safe_write(workbook.path, pair.lay_out(), expect=workbook.sha or None, now=desk.call.now)
    is_beside = write_result.state is WriteState.BESIDE
    done = "没有变化" if write_result.state is WriteState.UNCHANGED else "已更新"
    lines.append(f"  记入{decisions.count}行判断。" if decisions.count else "  没有新的判断。")
    lines.append(
        f"  {write_result.why}新内容在 {REPORTS}/{write_result.path.name}。"
        if is_beside
        else f"  {done} {path}"
    )
    annex_lines, annexed = write_annex(desk, pair) if isinstance(pair, LevelBook) else ([], True)
    return [*lines, *annex_lines], data, not is_beside and annexed
