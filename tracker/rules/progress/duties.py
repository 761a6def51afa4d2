"""What the covering letter of a plan asks beside its table: a plan of one's own within a month, a report by a day.

A duty is a matter of the letter and no work point: it has a number of its own (`P1-函1`), no unit that leads, no light, and it
is in no rate of the plan. The office says in 台账/通知要求.xlsx what became of it; until then it waits, and it is on
今日待办 from the day that is near to the day that somebody says 已办结 or 不再要求.

Who is addressed decides who is told: a duty of 各县（市、区）, 各部门, 各单位 stands in the covering letter of a round and
on the forms; one of the office alone does not.

    >>> [is_for_units(text) for text in ("各地各单位", "各镇人民政府，市直各单位", "市政府办公室", "")]
    [True, True, False, False]

今日待办: what waits for a person today, in the order in which an office would do it.

A pure function of the office and a day; each line says how many, which, and what to do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator

from tracker import patterns as re
from tracker.facts import Form, PlanDuty, Round, deadline_from_json
from tracker.limits import LimitRule, Roll, Span
from tracker.model import Deadline
from tracker.printable import name_for_file
from tracker.rules.office import Office
from tracker.rules.plans import open_requests
from tracker.rules.progress.figures import Figure
from tracker.rules.progress.requests import forms_back, rounds_in_hand
from tracker.rules.wording import conflict_name, short_name, subject_name, without_number
from tracker.tiers import is_asked
from tracker.values import dataclass

# The folder of what is about chasing.
CHASE_FOLDER = "督办"
# How many names a line shows before it says 等.
NAMES_IN_LINE = 6


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do.

    Attributes:
        code: Stable name.
        count: How many.
        line: The whole line.
        title: What it is, without numbers and names.
        advice: What to do about it.
        names: Which, all of them.
        papers: The files about it, below the office folder, whether they are there yet or not.
    """

    code: str
    count: int
    line: str
    title: str = ""
    advice: str = ""
    names: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


def todos(
    office: Office, today: dt.date, *, overdue: tuple[str, ...] = (), due: tuple[str, ...] = ()
) -> tuple[Todo, ...]:
    """What waits; `overdue` are the work points that are late today, `due` the units that are to be chased."""
    return tuple(_todo_lines(office, today, overdue, due))


def _todo_lines(
    office: Office, today: dt.date, overdue: tuple[str, ...], due: tuple[str, ...]
) -> Iterator[Todo]:
    undecided_names = sorted(
        {
            assignee.written
            for plan in office.plans.values()
            for point in plan.points
            if not point.is_retired
            for assignee in point.assignees
            if not assignee.unit
        }
    )
    if undecided_names:
        yield todo_line(
            "names",
            undecided_names,
            "个单位名称待确认",
            "在《单位及联络员名单》的“待确认名称”中填写，保存后更新台账",
        )
    empty = sorted(
        {
            collective
            for plan in office.plans.values()
            for point in plan.points
            if not point.is_retired
            for collective in point.empty_groups
        }
    )
    if empty:
        yield todo_line(
            "groups",
            empty,
            "个统称没有成员、责任单位未明确",
            "在《单位及联络员名单》的“单位组”中填写，保存后更新台账",
        )
    unasked = [
        subject_name(office, point.id)
        for plan in office.plans.values()
        for point in plan.points
        if not point.is_retired and not point.assignees and not point.empty_groups
    ]
    if unasked:
        yield todo_line(
            "nobody",
            unasked,
            "项任务没有责任单位，谁也不会收到",
            "在《分工核对表》里补填责任单位，再登记一次",
        )
    if office.conflicts:
        names = list(dict.fromkeys(conflict_name(office, conflict) for conflict in office.conflicts.values()))
        yield todo_line(
            "conflicts", names, "处待核对", "打开《待核对事项清单》逐条选定", len(office.conflicts)
        )
    for name, (units, papers) in _late_returns(office, today).items():
        for advice, ours in (("打电话催报", False), ("打电话商请报送", True)):
            names = [office.name_of(unit) for unit in units if is_asked(office.units[unit].kind) is ours]
            if names:
                title = f"个单位逾期未报（{name}）"
                yield todo_line(
                    "late-returns",
                    names,
                    title,
                    f"{advice}；《催报名单》附联络员电话，运行 tracker chase 即列出",
                    papers=papers,
                )
    if due:
        yield todo_line("due", list(due), "个单位今天该提醒或催办", "拟督办单")
    drafts = _slips(office, "drafted")
    if drafts:
        yield todo_line("drafts", drafts, "份督办单还是拟稿", "核对后在《送签单》中签发")
    signed_slips = _slips(office, "signed")
    if signed_slips:
        yield todo_line(
            "signed", signed_slips, "份督办单已签发、还没有发出", "发出；自行发出的在《送签单》中改为“已发”"
        )
    requests = dict.fromkeys(point_id for point_id, _ in open_requests(office, today))
    if requests:
        names = [subject_name(office, point_id) for point_id in requests]
        yield todo_line("asked", names, "项任务申请延期、等待审批", "在《事项调整》的“审批意见”栏选定")
    if overdue:
        names = [subject_name(office, point_id) for point_id in overdue]
        yield todo_line("overdue", names, "项任务逾期未完成", "在台账中核实，仍未完成的拟督办单")


def _slips(office: Office, state: str) -> list[str]:
    """Official slips in a state, as people know them."""
    return [
        f"{document.number or document.document} {office.name_of(document.unit) if document.unit else ''}".rstrip()
        for document in office.documents.values()
        if document.state == state and document.tier != "提醒"
    ]


def _late_returns(office: Office, today: dt.date) -> dict[str, tuple[list[str], tuple[str, ...]]]:
    """Units whose form of a round that is over has not come back, and the lists of them, by the round's name."""
    back, rounds = forms_back(office), rounds_in_hand(office)
    late_forms: dict[str, list[Form]] = {}
    for form in office.forms.values():
        round_ = office.rounds[form.round]
        if round_.round in rounds and round_.due < today and form.form not in back:
            late_forms.setdefault(round_.name, []).append(form)
    return {
        name: (
            sorted({form.unit for form in forms}),
            tuple(dict.fromkeys(late_list(office, office.rounds[form.round]) for form in forms)),
        )
        for name, forms in late_forms.items()
    }


def late_list(office: Office, round_: Round) -> str:
    """The workbook of who has not reported in a round (催报名单), below the office folder."""
    year = office.plans[round_.plan].edition.year
    return f"{CHASE_FOLDER}/催报名单 {name_for_file(f'{year}-{round_.name}')}（{round_.plan}）.xlsx"


def todo_line(
    code: str,
    names: list[str],
    title: str,
    advice: str,
    count: int | None = None,
    papers: tuple[str, ...] = (),
) -> Todo:
    """One line: how many, what, which, and what to do."""
    name_list = "、".join(names[:NAMES_IN_LINE]) + ("等" if len(names) > NAMES_IN_LINE else "")
    number = len(names) if count is None else count
    return Todo(
        code, number, f"{number} {title}：{name_list}。请{advice}。", title, advice, tuple(names), papers
    )


# The kind of the event that says what became of a duty, and the words that end it.
DUTY = "duty"
# The event of an edition that keeps what it rests on, its annexes, and under what headings its duties stand.
ORIGIN = "origin"
DONE_WORD, DROPPED_WORD = "已办结", "不再要求"
DUTY_WORDS = (DONE_WORD, DROPPED_WORD)
# A duty that asks for a plan or a division of tasks of one's own to be made public (方案公开).
_PUBLICATION = re.compile(r"(?:方案|任务安排|分工|计划)[^。]*(?:公开|公布)|(?:公开|公布)[^。]*(?:方案|计划)")
_NAME_LIMIT = 40


def is_for_units(addressee: str) -> bool:
    """Whether an addressee means the units; see the module."""
    return "各" in addressee


@dataclass(frozen=True, slots=True)
class LetterDuty:
    """A duty and what became of it.

    Attributes:
        id: Its number, stable for the year (`P1-函1`; of a later edition `P1-函2-1`).
        plan: Id of its plan.
        what: The sentence as written, without the number of its paragraph.
        addressee: Who has to do it, as written.
        deadline: By when.
        word: 已办结 or 不再要求; empty while it is open.
        on: When that was.
        note: What the office wrote beside it.
        section: The heading of a text without a table under which it stands; empty for none.
    """

    id: str
    plan: str
    what: str
    addressee: str
    deadline: Deadline
    word: str = ""
    on: dt.date | None = None
    note: str = ""
    section: str = ""

    @property
    def due(self) -> dt.date | None:
        """The day that counts: the last working day of the limit; None where there is none."""
        return self.deadline.workday_due or self.deadline.due

    @property
    def limit(self) -> str:
        """By when, as people say it."""
        due = self.deadline.due
        return f"{due.year}年{due.month}月{due.day}日前" if due else self.deadline.text

    @property
    def name(self) -> str:
        """In a few words."""
        return short_name(self.what, _NAME_LIMIT)


def duty_id(duty: PlanDuty) -> str:
    """The number of a duty."""
    return f"{duty.plan}-函{duty.n}" if duty.edition == 1 else f"{duty.plan}-函{duty.edition}-{duty.n}"


def letter_duties(office: Office, plan: str = "") -> tuple[LetterDuty, ...]:
    """The duties of a plan, or of every plan, in the order written."""
    words = {event.subject: event for event in office.events if event.kind == DUTY}
    origins = {
        (event.subject, event.n): json.loads(event.data) for event in office.events if event.kind == ORIGIN
    }
    duties = []
    for plan_now in office.plans.values():
        if plan not in ("", plan_now.plan):
            continue
        for duty in plan_now.duties:
            event = words.get(duty_id(duty))
            data = json.loads(event.data) if event else {}
            sections = origins.get((duty.plan, duty.edition), {}).get("sections", {})
            duties.append(
                LetterDuty(
                    duty_id(duty),
                    duty.plan,
                    without_number(duty.what),
                    duty.addressee,
                    deadline_from_json(duty.deadline),
                    data.get("word", ""),
                    event.at if event and data.get("word") else None,
                    data.get("note", ""),
                    sections.get(str(duty.n), ""),
                )
            )
    return tuple(duties)


_OFFSET = re.compile(r"PT(?P<hours>\d+)H|P(?P<number>\d+)(?P<span>[DWMY])|(?P<workdays>\d+)WD")
_SPANS = {"D": Span.DAY, "W": Span.WEEK, "M": Span.MONTH, "Y": Span.YEAR}


def letter_rules(office: Office) -> tuple[LimitRule, ...]:
    """The rules of time that the letters lay down: duties with a term after something that is no day of the calendar."""
    return tuple(
        LimitRule(duty.id, duty.name, duty.deadline.anchor or "起算事件", amount, span, None, roll, source)
        for plan in office.plans.values()
        for duty in letter_duties(office, plan.plan)
        if duty.due is None and (term := _term(duty.deadline.offset)) is not None
        for amount, span, roll in [term]
        for source in [f"《{plan.edition.title}》" if plan.edition.title else plan.plan]
    )


def _term(offset: str) -> tuple[int, Span, Roll] | None:
    """Amount, span and roll of an offset; days and months end on a working day (Civil Code art. 203), hours do not.

    >>> _term("15WD"), _term("PT24H"), _term("P1M"), _term("")
    ((15, <Span.WORKDAY: '个工作日'>, <Roll.NONE: '不顺延'>), (24, <Span.HOUR: '小时'>, <Roll.NONE: '不顺延'>), (1, <Span.MONTH: '个月'>, <Roll.FORWARD: '顺延至下一工作日'>), None)
    """
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return None
    if match["number"]:
        return int(match["number"]), _SPANS[match["span"]], Roll.FORWARD
    return (
        (int(match["hours"]), Span.HOUR, Roll.NONE)
        if match["hours"]
        else (int(match["workdays"]), Span.WORKDAY, Roll.NONE)
    )


def asks_publication(office: Office, plan: str) -> bool:
    """Whether the letter asks for plans of one's own to be made public."""
    return any(_PUBLICATION.search(duty.what) for duty in letter_duties(office, plan))


def duty_todos(
    office: Office, today: dt.date, *, near: int, count_between: Callable[[dt.date, dt.date], int]
) -> Iterator[Todo]:
    """What waits today: open duties that are over their day, and those within `near` working days of it."""
    waits = [duty for duty in letter_duties(office) if not duty.word and duty.due is not None]
    late = [duty for duty in waits if duty.due is not None and duty.due < today]
    soon = [
        duty
        for duty in waits
        if duty.due is not None and duty.due >= today and count_between(today, duty.due) <= near
    ]
    for code, duties, title in (
        ("duties-late", late, "项通知要求已过时限"),
        ("duties-near", soon, "项通知要求临近时限"),
    ):
        if duties:
            names = [f"{duty.id} {duty.name}（{duty.limit}）" for duty in duties]
            yield todo_line(code, names, title, "办理后在《通知要求》的“办理情况”栏选定")


def duty_figures(duties: tuple[LetterDuty, ...]) -> dict[str, Figure]:
    """How many duties the letter has and how many are done, apart from the points; nothing where it has none."""
    countable = [duty for duty in duties if duty.word != DROPPED_WORD]
    if not countable:
        return {}
    figures = (
        Figure(
            "duties",
            "通知要求",
            "印发通知对各地各单位和本办提出的、有时限的要求，不计入任务事项",
            tuple(duty.id for duty in countable),
        ),
        Figure(
            "duties_done",
            "通知要求已办结",
            "其中在《通知要求》中选定为“已办结”的",
            tuple(duty.id for duty in countable if duty.word == DONE_WORD),
        ),
    )
    return {figure.code: figure for figure in figures}
