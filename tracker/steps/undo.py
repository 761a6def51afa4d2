"""Taking a record back: `tracker record --undo`, the last one, or the one that a file made.

Nothing that is recorded goes away. A plan that the record made is no plan any more (`PlanKind` withdrawn); an edition
that it added is followed by one that says what was said before it, so that words, units, members and duties hold again
and what it had added is dropped. Its number is not given again.

What was done on it since stands in the way, and is named: forms handed out, words written, documents drafted, reports
frozen, requests granted, comparisons confirmed, and for a plan as a whole its 临时交办 items and later editions.

Decisions of 待核对事项清单 are taken back together as they were made: the latest `settle` of cells and files. Its questions
are open again, and the ledger says what it said before:

    a cell                      says what it said before, unless somebody wrote something else since
    a return that it took in    waits for the decision, as if it had not been made
    a return that it replaced   is taken again
    a question that it raised   is withdrawn
    pictures and logbook rows   stay, and it says so
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.facts import Entry, deadline_to_json
from tracker.files.ledger import Act
from tracker.forms import FILL_QUESTIONS, OPENING, PLAN_FILE
from tracker.problems.plans import CannotUndo, NothingToUndo
from tracker.problems.returns import NothingDecided
from tracker.rules.merge import CHOICE_CODES
from tracker.rules.office import REOPENING, WITHDRAWAL, CellNow, Office
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.steps.editions import TYPED_TITLE, UNDONE, editions_in_force
from tracker.steps.return_lists import refresh_reporting, write_questions


def undo(call: Call, path: Path | None) -> Result:
    """Take the last record back, or that of a file.

    Raises:
        NothingToUndo: There is none.
        CannotUndo: Something was done on it.
    """
    with open_desk(call) as desk:
        entry = _record_of(desk, path)
        plan_id, edition = entry.fact.plan, entry.fact.edition
        title = entry.fact.title or "未写标题的方案"
        obstacles = list(_obstacles(desk, entry))
        if obstacles:
            raise CannotUndo(title=title, plan=plan_id, told="；".join(obstacles))
        with desk.act("record") as act:
            if edition == 1:
                act.add(facts.PlanKind(plan_id, WITHDRAWAL))
                act.add(
                    *(
                        facts.Settled(question.conflict, "withdrawn", "")
                        for question in act.office().conflicts.values()
                        if (question.subject, question.field) == (plan_id, OPENING)
                    )
                )
            else:
                _say_again(desk, act, entry)
        if not call.dry_run:
            write_questions(desk, desk.office())
        verb = "将撤回" if call.dry_run else "已撤回"
        what = "，这个方案不再存在" if edition == 1 else "，恢复为登记之前的内容"
        lines = [f"{verb}《{title}》（{plan_id}）的登记{what}。"]
        names = _new_units(desk, entry)
        if names:
            lines.append(
                f"那次新登记的单位（{'、'.join(names)}）还在《单位及联络员名单》里，不用的请删去那几行。"
            )
        return Result(tuple(lines), {"plan": plan_id, "edition": edition, "title": title, "units": names})


def _record_of(desk: Desk, path: Path | None) -> Entry[facts.PlanEdition]:
    plans = desk.office().every_plan
    entries = [
        entry
        for entry in editions_in_force(desk.ledger.entries(facts.PlanEdition))
        if entry.fact.title != TYPED_TITLE and entry.fact.plan in plans
    ]
    if path is not None:
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        entries = [entry for entry in entries if entry.file == sha]
    if not entries:
        raise NothingToUndo(what=f"{path.name}：" if path is not None else "")
    return entries[-1]


def _points_of(desk: Desk, entry: Entry[facts.PlanEdition]) -> dict[str, bool]:
    """The points of which an edition speaks, and whether it made them."""
    plan, edition = entry.fact.plan, entry.fact.edition
    texts = [
        other.fact
        for other in desk.ledger.entries(facts.WpText)
        if other.fact.edition == edition and other.fact.wp.rpartition("-")[0] == plan
    ]
    return {text.wp: text.matched_by == "new" for text in texts}


def _obstacles(desk: Desk, entry: Entry[facts.PlanEdition]) -> Iterator[str]:
    """What was done on a record since, in words."""
    ledger, office, plan_id = desk.ledger, desk.office(), entry.fact.plan
    points = _points_of(desk, entry)
    new_ids = {point_id for point_id, is_new in points.items() if is_new}
    is_whole = entry.fact.edition == 1
    later = [
        other
        for other in editions_in_force(ledger.entries(facts.PlanEdition))
        if other.fact.plan == plan_id and other.seq > entry.seq
    ]
    if any(other.fact.title != TYPED_TITLE for other in later):
        yield "之后又登记过它的修订或调整，请先撤回后一次"
    elif later and is_whole:
        yield "之后登记过临时交办的任务"
    forms = [
        e
        for e in ledger.entries(facts.Form)
        if e.act > entry.act and office.rounds[e.fact.round].plan == plan_id
    ]
    if forms:
        yield f"之后按它印发了{len(forms)}份填报表"
    cells = [
        key for key, cell in office.cells.items() if key[0] in new_ids and cell.value and cell.act > entry.act
    ]
    if cells:
        yield f"新增的事项（{cells[0][0]}等）已有填写的内容"
    documents = [
        e.fact.document
        for e in ledger.entries(facts.Document)
        if e.act > entry.act and set(points) & set(e.fact.subjects)
    ]
    if documents:
        yield f"之后起草了{len(dict.fromkeys(documents))}份督办文书"
    if any(e.act > entry.act and e.fact.plan == plan_id for e in ledger.entries(facts.ReportEdition)):
        yield "之后出过报告"
    if any(e.act > entry.act and e.fact.subject in points for e in ledger.entries(facts.Event)):
        yield "之后办过延期、终止等调整"
    links: list[facts.Carried | facts.Serves] = [*office.continuations, *office.serves]
    if any(points.keys() & set(_ends(link)) for link in links) or (
        is_whole and any(plan_id in (link.plan, link.other) for link in office.plan_links)
    ):
        yield "已在对照表里确认过"


def _ends(link: facts.Carried | facts.Serves) -> tuple[str, str]:
    return (link.from_wp, link.to_wp) if isinstance(link, facts.Carried) else (link.theirs, link.ours)


def _say_again(desk: Desk, act: Act, entry: Entry[facts.PlanEdition]) -> None:
    """A further edition that says of everything that this one touched what was said before it."""
    before, plan_id = desk.ledger.office(until=entry.act - 1), entry.fact.plan
    old = before.every_plan[plan_id]
    now = act.office().every_plan[plan_id]
    edition = now.edition.edition + 1
    act.add(replace(old.edition, edition=edition, how=UNDONE))
    old_points = {point.id: point for point in old.points}
    for point_id in _points_of(desk, entry):
        point = old_points.get(point_id)
        words = point or act.office().point(point_id)
        act.add(
            facts.WpText(
                point_id,
                edition,
                words.position,
                words.section,
                words.task,
                words.no,
                words.requirement,
                deadline_to_json(words.deadline),
                words.mode.value,
                words.is_inherited,
                "undone",
                retired=point is None or point.is_retired,
            )
        )
        act.add(*_assignments(before, point_id, edition) if point is not None else ())
    for collective, units in old.members.items():
        if now.members.get(collective) != units:
            act.add(*(facts.Member(plan_id, edition, collective, unit, active=True) for unit in units))
    for n, duty in enumerate(old.duties, start=1):
        act.add(replace(duty, edition=edition, n=n))
    for link in act.office().splits_and_merges:
        if link not in before.splits_and_merges and link.from_wp.rpartition("-")[0] == plan_id:
            act.add(replace(link, how=WITHDRAWAL))


def _assignments(before: Office, point_id: str, edition: int) -> Sequence[facts.AssignmentFact]:
    point = before.point(point_id)
    collectives = [
        facts.AssignmentFact(point_id, edition, name, "", role.value, name, "", active=True)
        for name, role in point.collectives
    ]
    assignees = [
        facts.AssignmentFact(
            point_id,
            edition,
            assignee.written,
            assignee.unit,
            assignee.role.value,
            assignee.via,
            assignee.part,
            active=True,
        )
        for assignee in point.assignees
    ]
    return [*collectives, *assignees]


def _new_units(desk: Desk, entry: Entry[facts.PlanEdition]) -> list[str]:
    """Units that the record was the first to name and that answer for nothing now."""
    office = desk.office()
    busy = {unit for plan in office.every_plan.values() for point in plan.points for unit in point.units()}
    units = [e.fact.unit for e in desk.ledger.entries(facts.Unit) if e.act == entry.act]
    return [
        office.name_of(unit) for unit in dict.fromkeys(units) if unit in office.units and unit not in busy
    ]


def latest_decisions(desk: Desk) -> tuple[Entry[facts.Settled], ...]:
    """What the latest `settle` of cells and files decided that holds; nothing where a plan was entered after a question."""
    questions = {entry.fact.conflict: entry.fact for entry in desk.ledger.entries(facts.Conflict)}
    last: dict[str, Entry[facts.Settled]] = {e.fact.conflict: e for e in desk.ledger.entries(facts.Settled)}
    decisions = [
        entry
        for entry in last.values()
        if entry.fact.choice in CHOICE_CODES.values()
        and questions[entry.fact.conflict].field not in (PLAN_FILE, OPENING, *FILL_QUESTIONS)
    ]
    act = max((entry.act for entry in decisions), default=0)
    return tuple(entry for entry in decisions if entry.act == act)


def reopen(call: Call) -> Result:
    """Take back what the latest `settle` decided about cells and files.

    Raises:
        NothingDecided: There is none.
    """
    with open_desk(call) as desk:
        decisions = latest_decisions(desk)
        if not decisions:
            raise NothingDecided
        no, ids = decisions[0].act, [entry.fact.conflict for entry in decisions]
        before = desk.ledger.office(until=no - 1)
        with desk.act("settle") as act:
            untouched = _restore_cells(desk, act, before, no)
            _restore_returns(desk, act, before, no)
            for raised in (
                entry.fact.conflict for entry in desk.ledger.entries(facts.Conflict) if entry.act == no
            ):
                act.add(facts.Settled(raised, "withdrawn", ""))
            act.add(*(facts.Settled(conflict, REOPENING, "已撤回，重新核对") for conflict in ids))
        if not call.dry_run:
            office = desk.office()
            write_questions(desk, office)
            refresh_reporting(desk, office)
        verb = "将撤回" if call.dry_run else "已撤回"
        lines = [f"{verb}上一次处理的{len(ids)}条（{'、'.join(ids)}），请重新选。"]
        if untouched:
            lines.append(f"之后又改过的{untouched}格没有动，请在《工作台账》里核对。")
        others = set(facts.KINDS) - {
            facts.Cell,
            facts.Return,
            facts.Settled,
            facts.Conflict,
            facts.File,
            facts.Setting,
        }
        if any(entry.act == no for kind in others for entry in desk.ledger.entries(kind)):
            lines.append("同时收下的图片和登记簿里的行没有撤回，不对的请自行删去。")
        return Result(tuple(lines), {"reopened": ids, "untouched": untouched})


def _restore_cells(desk: Desk, act: Act, before: Office, no: int) -> int:
    """Every cell that an act wrote says again what it said before; how many somebody wrote over since."""
    now, keys = act.office().cells, set()
    for entry in desk.ledger.entries(facts.Cell):
        if entry.act == no:
            fact = entry.fact
            keys.add((fact.subject, fact.unit, fact.field, fact.period))
    ours = [key for key in sorted(keys) if now[key].act == no]
    for key in ours:
        # Who said it, and where, holds again, too: a unit may replace what it said itself.
        old = before.cells.get(key, CellNow("", "undo", 0, 0))
        act.add(facts.Cell(*key, old.value, old.origin, before.seq), file=old.file, place=old.place)
    return len(keys) - len(ours)


def _restore_returns(desk: Desk, act: Act, before: Office, no: int) -> None:
    """Returns of which an act said what became of them are what they were; one that it took in waits."""
    old = {(return_.form, return_.sha): return_ for _, return_ in before.returns}
    for entry in desk.ledger.entries(facts.Return):
        if entry.act == no:
            fact = entry.fact
            was = old.get((fact.form, fact.sha), replace(fact, outcome="waiting", reason=""))
            act.add(was, file=fact.sha)
