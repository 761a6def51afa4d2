"""What a day asks of somebody: what the ladder decides of every matter, and what is wrong among everything that acts by itself.

`day_of` gives every matter and its decision, and why nobody is troubled on quiet days. `watch` gives a sentence for each
thing that needs somebody: the clock, the scheduler, the outbox. `waiting` is 今日待办, with what has to be settled first.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from tracker import facts
from tracker.clicks import ANYWHERE, in_clicks
from tracker.files.folders import CATALOGUE
from tracker.files.ledger import Act
from tracker.model import DeadlineKind
from tracker.reading import deadlines
from tracker.rules.office import Office, Point
from tracker.rules.outgoing import Fate, is_settled, message_standing
from tracker.rules.progress import Standing, Todo, duty_todos, standings, todo_line, todos
from tracker.rules.reminders import FORM_TIERS, Countdown, Decision, SlipIndex, decide_all, obligations
from tracker.rules.rounds import without_round, yearly_rounds
from tracker.rules.slots import ALARM_AT, failures_in_a_row, last_good, silent_since, slots_of
from tracker.rules.wording import subject_name
from tracker.settings import SETTINGS
from tracker.steps.clock import Machine, held_now
from tracker.steps.desk import Desk
from tracker.tiers import LATE_TIERS, Tier
from tracker.values import dataclass


@dataclass(frozen=True)
class ChaseDay:
    """Where every point stands, every matter's decision, and why nobody is troubled; empty on other days.

    `years` are those of this and the next whose days off nobody has entered, with how many matters reach them.
    """

    stand: dict[str, Standing]
    decisions: list[Decision]
    quiet: str
    years: Mapping[int, int] = field(default_factory=dict)

    @property
    def overdue(self) -> tuple[str, ...]:
        """The work points that are late."""
        return tuple(point_id for point_id, standing in self.stand.items() if standing.overdue)


def day_of(desk: Desk, office: Office) -> ChaseDay:
    """Decide the day of the call."""
    stand = standings(office, office.live_points, desk.day)
    days = Countdown(desk.calendar)
    quiet = desk.settings.quiet_on(desk.today) or ("今天不是工作日" if days.is_rest(desk.today) else "")
    decisions = decide_all(
        obligations(office, stand, desk.today, form_tiers=form_tiers(desk), rounds=desk.settings.rounds),
        SlipIndex.of(office),
        today=desk.today,
        days=days,
        rules=desk.settings.ladder,
        quiet=quiet,
    )
    years = Counter(
        decision.obligation.due.year
        for decision in decisions
        if decision.obligation.due.year <= desk.today.year + 1
        and not desk.calendar.knows(decision.obligation.due.year)
    )
    return ChaseDay(stand, decisions, quiet, years)


# Slips that say of somebody that a day is over.
_LATE_SLIPS = frozenset(tier.value for tier in LATE_TIERS)


def stale_slips(office: Office, decisions: Sequence[Decision], today: dt.date) -> tuple[facts.Document, ...]:
    """Slips that have not left, about what nobody is late with any more: done, extended or adjusted since."""
    late = {
        (decision.obligation.subject, decision.obligation.unit)
        for decision in decisions
        if decision.obligation.due < today
    }
    subjects = {subject for subject, _ in late}
    return tuple(
        document
        for document in office.documents.values()
        if document.state in ("drafted", "signed")
        and document.tier in _LATE_SLIPS
        and not any(
            (subject, document.unit) in late or (not document.unit and subject in subjects)
            for subject in document.subjects
        )
    )


def _stale_todo(office: Office, decisions: Sequence[Decision], today: dt.date) -> Iterator[Todo]:
    names = [
        f"{document.number or document.document} {office.name_of(document.unit) if document.unit else ''}".rstrip()
        for document in stale_slips(office, decisions, today)
    ]
    if names:
        title = "份督办单还没有发出，所涉事项已办结、延期或调整"
        yield todo_line("stale-slips", names, title, "核对，不需要再发的在《送签单》中改为“作废”")


def form_tiers(desk: Desk) -> frozenset[Tier]:
    """The rungs that may be taken about forms."""
    return FORM_TIERS if desk.settings.text("form_slips") == "是" else frozenset()


def todos_of(
    desk: Desk, office: Office, day: ChaseDay, *, overdue: tuple[str, ...], due: tuple[str, ...] = ()
) -> tuple[Todo, ...]:
    """今日待办: what is missing before anything leaves, what waits in the office, what plans and letters ask; see `todos`."""
    return (
        *_preparations(desk, office, day),
        *_stale_todo(office, day.decisions, desk.today),
        *todos(office, desk.today, overdue=overdue, due=due),
        *_plan_todos(desk, office),
    )


# Settings without which a paper goes out that nobody can answer, and what lacks them.
_NAMES = {
    "office_name": "填报表上不写是谁下发的，通知、督办单和报告没有落款单位，不会拟",
    "contact": "填报表和通知上没有联系人，各单位有问题不知道找谁",
}
# The days off of the next year are announced in November: whoever is asked in December can know them.
_ASKED_FROM = 12


def _preparations(desk: Desk, office: Office, day: ChaseDay) -> Iterator[Todo]:
    """What has to be settled before forms and slips leave."""
    points = office.live_points
    if not points:
        return
    for setting in SETTINGS:
        if setting.name in _NAMES and not desk.settings.text(setting.name):
            title = f"项设置是空的（{_NAMES[setting.name]}）"
            yield todo_line(setting.name, [setting.label], title, f"在设置.xlsx 的“{setting.label}”里填写")
    yield from _round_todos(desk, office)
    undated = [point for point in points if point.deadline.kind is DeadlineKind.NONE and point.deadline.text]
    unclear = [
        f"{subject_name(office, point.id)}（{point.deadline.text}）"
        for point in undated
        if not deadlines.is_readable(point.deadline.text, year=desk.today.year)
    ]
    if unclear:
        advice = (
            "在分工核对表的“到期日”里填写日期，或把“完成时限”改为“长期坚持”，再登记一次；"
            "到期日定不下来的，不会提醒和催办"
        )
        yield todo_line("deadlines", unclear, "项完成时限读不出日期", advice)
    years = [year for year in sorted(day.years) if year <= desk.today.year or desk.today.month >= _ASKED_FROM]
    for year in years:
        advice = (
            "按国务院办公厅的通知，在设置.xlsx 的“节假日安排”里逐日填写："
            f"“日期”如 {year}-01-01，“安排”选“放假”，调休上班的周末选“上班”；全年放假的日子都要填。"
            "填好之前，提醒和催办的日子按周一至周五推算，可能差一两天"
        )
        title = f"个年度有期限（{day.years[year]}项），还没有放假安排"
        yield todo_line("calendar-guessed", [f"{year}年"], title, advice)


def _round_todos(desk: Desk, office: Office) -> Iterator[Todo]:
    """Plans of which nobody typed rounds this year: without any, or with those of the year before on the same days."""
    rounds = desk.settings.rounds
    yearly = yearly_rounds(office, rounds)
    plans = without_round(office, (*rounds, *yearly), today=desk.today)
    if plans and rounds:
        names = [f"{plan}（{office.plans[plan].edition.year}年）" for plan in plans]
        advice = "在设置.xlsx 的“报送期次”里加上这一年的，没有期次就不会有填报表"
        yield todo_line("no-round", names, "个方案没有对应年度的报送期次", advice)
    if any(setting.due >= desk.today for setting in yearly):
        names = [
            f"{setting.plan}“{setting.name}”{setting.opens.month}月{setting.opens.day}日至{setting.due.month}月{setting.due.day}日"
            for setting in yearly
        ]
        advice = (
            "确认：不改的在“填报表”页点“今年仍按此期次”，要改的在设置.xlsx 的“报送期次”里写上那一年的；"
            "确认之前可以手工印发，定时任务不印发"
        )
        yield todo_line("rounds-carried", names, "个报送期次没有填方案当年的，暂按上年的日子", advice)


def _plan_todos(desk: Desk, office: Office) -> tuple[Todo, ...]:
    """What plans and their letters ask of the office: a day of issue from which limits run, duties near their day or over it."""
    days = Countdown(desk.calendar)
    waits = [
        subject_name(office, point.id)
        for plan in office.plans.values()
        for point in plan.points
        if plan.edition.issued_on is None and not point.is_retired and _runs_from_issue(point)
    ]
    issue_days = [
        todo_line("issue-day", waits, "项任务的时限从方案印发之日起算，方案没有印发日期", _ISSUE_DAY)
    ]
    return (
        *(issue_days if waits else ()),
        *duty_todos(
            office,
            desk.today,
            near=desk.settings.thresholds.near,
            count_between=lambda start, end: days.count_between(start, end).count,
        ),
        *_logbook_todos(desk, office),
    )


def _logbook_todos(desk: Desk, office: Office) -> tuple[Todo, ...]:
    """What of the logbooks waits today; an office that keeps none loads none of what reads them."""
    if not desk.folder.path("台账", CATALOGUE).exists():
        return ()
    from tracker.steps.logbooks import logbook_todos_of

    return logbook_todos_of(desk, office)


# How the day of issue is said.
_ISSUE_DAY = "在《分工核对表》的“方案信息”或登记方案的页面填写“印发日期”，重新登记方案，即推算期限"


def _runs_from_issue(point: Point) -> bool:
    deadline = point.deadline
    is_open = deadline.kind is DeadlineKind.RELATIVE and deadline.due is None
    return is_open and deadlines.runs_from_issue(deadline.anchor, inside=False)


_REMEDY = "请检查任务计划，或运行 tracker run --once 补做并查看原因。"
_FATE_LINES = {
    Fate.PARKED: "份督办单可能已送达，请问清后运行 tracker send 处理",
    Fate.REFUSED: "份没有发出去，运行 tracker send --dry-run 查看原因",
    Fate.WAITS: "份等待重试",
}


def watch(desk: Desk, office: Office) -> list[str]:
    """One sentence for each thing that needs somebody; nothing where all is well or nothing acts by itself."""
    lines = []
    clock_problem = held_now(desk.call, desk.folder, Machine.this())
    if clock_problem:
        lines.append(clock_problem)
    lines += [f"定时任务{trouble}。{_REMEDY}" for trouble in _troubles(desk, office)]
    blast = _blast_reason(desk, office)
    if blast:
        lines.append(f"{blast}。确认无误后运行 tracker send --force。")
    fates = Counter(
        message_standing(message, desk.call.now).fate
        for message in office.messages.values()
        if not is_settled(office, message)
    )
    lines += [f"{fates[fate]}{words}。" for fate, words in _FATE_LINES.items() if fates[fate]]
    return lines


def warning(desk: Desk, office: Office) -> str:
    """What stands in 工作台账.xlsx while the scheduler needs somebody; empty otherwise."""
    from tracker.formats.books import WARNING

    troubles = _troubles(desk, office)
    return f"{WARNING}{'；'.join(troubles)}。{in_clicks(_REMEDY, ANYWHERE)}" if troubles else ""


def raise_silence(desk: Desk, act: Act, office: Office) -> None:
    """An alarm to the office itself when nothing was done for a day: once, by whichever command notices first."""
    silent = _silent(desk, office)
    if silent is not None:
        from tracker.steps.messages import alarm

        good = last_good(office)
        last = f"{good:%Y-%m-%d %H:%M}" if good else ""
        key = f"告警|停摆|{silent.isoformat()}"
        alarm(desk, act, "silent", key, since=f"{silent:%Y-%m-%d %H:%M}", last=last)


def _troubles(desk: Desk, office: Office) -> list[str]:
    """What is wrong with the scheduler itself, each to be read after 定时任务."""
    troubles = []
    since = _silent(desk, office)
    if since is not None:
        good = last_good(office)
        last = f"上次做成是{good:%Y-%m-%d %H:%M}" if good else "还没有做成过"
        troubles.append(f"超过一天没有做成：{since:%Y-%m-%d %H:%M}起的没有做，{last}")
    for job in desk.settings.jobs:
        count, first = failures_in_a_row(slots_of(office, job.verb), desk.call.now)
        if count >= ALARM_AT and first is not None:
            troubles.append(f"“{job.name}”自{first:%m-%d %H:%M}起连续失败")
    return troubles


def _silent(desk: Desk, office: Office) -> dt.datetime | None:
    return silent_since(office, desk.settings.jobs, desk.call.now, Countdown(desk.calendar).is_rest)


def _blast_reason(desk: Desk, office: Office) -> str:
    """Why nothing may leave until a person has looked; empty when something may, or nothing waits."""
    ready_messages = [
        message
        for message in office.messages.values()
        if message_standing(message, desk.call.now).fate is Fate.READY
    ]
    if not ready_messages or desk.settings.send_settings.is_yes("send_test"):
        return ""
    # Imported here: most offices have nothing waiting, and sending brings the documents with it.
    from tracker.rules.outgoing import dispatch
    from tracker.steps.register import homes_of

    plan = dispatch(
        office,
        desk.settings.send_settings,
        now=desk.call.now,
        homes=homes_of(desk),
        quiet=desk.settings.quiet_on(desk.today),
    )
    return plan.stop.why if plan.stop else ""
