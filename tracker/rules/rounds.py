"""A round: for which plans it is open on a day, who is asked what in it, and the covering letter.

Who is asked what in a round: as little as possible, with everything known filled in beforehand.

A work point is asked of a unit when all of these hold:

    the latest edition still has it
    the office has not closed it (认定状态, 销号)
    the unit's share is not done (`rules.progress.standing`), and it has not said 不涉及, unless the office refused that
    the unit reports at all under the 填报单位范围 of the point, else of the office

填报单位范围 is 仅牵头单位 (the leads, or everybody where there is no lead), 各责任单位 (all but the supporting
units), or 含配合单位. What the unit wrote last stands beside its answers (上期填报), which are empty: it types what is
new, or ticks 本期无变化, which is a statement of its own day. Forms of earlier versions had the last answers in their
answer cells; `facts.Form.columns` tells one from the other.

A unit that has a form of the round already gets another only for points that none of its forms asks.

Which rounds are open follows from the rounds that the office set. The covering letter says what is asked, by when, and
who got which form: a draft for signature.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracker import facts
from tracker.columns import SCOPES, UNCHANGED, Align, Column, Owner, Sheet, on as columns_on
from tracker.facts import PlanEdition, Round
from tracker.forms import FormRow, FormSheet
from tracker.model import ROLES, Role
from tracker.outline import Attachment, Block, Heading, Official, Text
from tracker.rules.office import Office, Point, names_in_role
from tracker.rules.plans import answering_name, origins, past_plans, successor
from tracker.rules.progress import (
    Standing,
    heirs_on,
    is_for_units,
    letter_duties,
    rounds_by_plan,
    standings,
)
from tracker.settings import Day, RoundSetting
from tracker.table import Table
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round of a plan that may be handed out.

    Attributes:
        plan: The plan's id.
        name: Of the round.
        opens: From when.
        due: When it is due back.
        round: Its id, where it has been handed out before; else empty.
        past: Whether its due day is over.
        scope: Who reports in it, where the office said so for this round; else empty.
        is_typed: Whether somebody typed it for this year; else it is last year's on the same days.
    """

    plan: str
    name: str
    opens: dt.date
    due: dt.date
    round: str
    past: bool
    scope: str = ""
    is_typed: bool = True


def openings(
    office: Office, rounds: Sequence[RoundSetting], *, today: dt.date, name: str = ""
) -> tuple[OpenRound, ...]:
    """The rounds that have begun, oldest first; with `name` only that one, begun or not.

    A round that was due before its plan was issued, or before the office entered it, is nobody's. A round without a plan is one of every plan of the
    year in which it opens (a year-end round may be due in the next January). A plan that next year's continues has
    none. A plan of a year without rounds has those of the year before (`yearly_rounds`).
    """
    results = []
    past = past_plans(office)
    yearly = yearly_rounds(office, rounds)
    for setting in (*rounds, *yearly):
        if (name and setting.name != name) or (not name and setting.opens > today):
            continue
        for plan in office.plans.values():
            if plan.plan in past or not _is_meant(setting, plan.plan, plan.edition.theme, plan.edition.year):
                continue
            known_days = filter(None, (plan.edition.issued_on, plan.entered_on))
            if not name and setting.due < max(known_days, default=dt.date.min):
                continue
            round_id = next(
                (r.round for r in office.rounds.values() if (r.plan, r.name) == (plan.plan, setting.name)), ""
            )
            is_over = setting.due < today
            days = setting.opens, setting.due
            is_typed = setting not in yearly
            results.append(
                OpenRound(plan.plan, setting.name, *days, round_id, is_over, setting.scope, is_typed)
            )
    return tuple(sorted(results, key=lambda open_round: (open_round.opens, open_round.due)))


def yearly_rounds(office: Office, rounds: Sequence[RoundSetting]) -> tuple[RoundSetting, ...]:
    """For each plan of a year of which nobody typed rounds yet: those of the latest year before, on the same days."""
    return tuple(
        replace(yearly, plan=plan)
        for plan in without_round(office, rounds, today=dt.date.min)
        for yearly in _last_years(office.plans[plan].edition, rounds)
    )


def rounds_to_type(office: Office, rounds: Sequence[RoundSetting]) -> tuple[RoundSetting, ...]:
    """What has to stand in 报送期次 for `yearly_rounds` to be typed ones.

    They are for the plans that last year's rows were for; for the plan alone where another one of its year has rounds.
    """
    plans = without_round(office, rounds, today=dt.date.min)
    years = {plan.edition.year for plan in office.plans.values() if plan.plan not in plans}
    editions = [office.plans[plan].edition for plan in plans]
    rows = [
        replace(yearly, plan=edition.plan) if edition.year in years else yearly
        for edition in editions
        for yearly in _last_years(edition, rounds)
    ]
    return tuple(dict.fromkeys(rows))


def _last_years(edition: PlanEdition, rounds: Sequence[RoundSetting]) -> Iterator[RoundSetting]:
    settings = [
        setting
        for setting in rounds
        if setting.plan in ("", edition.theme) and setting.opens.year < edition.year
    ]
    last = max((setting.opens.year for setting in settings), default=0)
    for setting in settings:
        if setting.opens.year == last:
            opens, due = (_years_later(day, edition.year - last) for day in (setting.opens, setting.due))
            yield replace(setting, opens=opens, due=due)


def _years_later(day: dt.date, years: int) -> dt.date:
    """The same day of a later year; 29 February becomes the 28th."""
    month_end = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if month_end else day.day)


def without_round(office: Office, rounds: Sequence[RoundSetting], *, today: dt.date) -> tuple[str, ...]:
    """Plans of this year or later for which nobody typed a round."""
    past = past_plans(office)
    return tuple(
        plan.plan
        for plan in office.plans.values()
        if plan.edition.year >= today.year
        and plan.plan not in past
        and not any(
            _is_meant(setting, plan.plan, plan.edition.theme, plan.edition.year) for setting in rounds
        )
    )


def is_last(office: Office, rounds: Sequence[RoundSetting], round_: Round) -> bool:
    """Whether a round ends its plan's year: due in November or later, and none known that is due after it.

    An office that names its rounds one by one has no later one in spring either, so the month counts, too.
    """
    edition = office.plans[round_.plan].edition
    if round_.due < dt.date(edition.year, 11, 1):
        return False
    later = [other.due for other in office.rounds.values() if other.plan == round_.plan]
    later += [
        setting.due
        for setting in (*rounds, *yearly_rounds(office, rounds))
        if _is_meant(setting, round_.plan, edition.theme, edition.year)
    ]
    return all(due <= round_.due for due in later)


def _is_meant(setting: RoundSetting, plan: str, theme: str, year: int) -> bool:
    if setting.plan == plan:
        return True
    return setting.plan in ("", theme) and year == setting.opens.year


ANSWERS = tuple(column.name for column in columns_on(Sheet.FORM) if column.owner is Owner.UNIT)
# What a unit has to type for each row; the rest only where there is something to say.
NEEDED = ("status", "progress")


def cells_to_type(form: facts.Form) -> int:
    """How many cells of a form have to be typed; one of an earlier version asked for every answer of every row."""
    return len(form.rows) * len(NEEDED if UNCHANGED in form.columns else form.columns)


@dataclass(frozen=True, slots=True)
class Ask:
    """What one unit is asked.

    Attributes:
        unit: Who gets the form.
        points: What is asked, in plan order.
    """

    unit: str
    points: tuple[str, ...]


def asks(office: Office, plan: str, day: Day, *, scope: str = "", round_: str = "") -> tuple[Ask, ...]:
    """Who is to be asked what, in the order of the units' first work point.

    Args:
        office: As it is now.
        plan: Whose work points.
        day: That of the hand-out.
        scope: The office's 填报单位范围, one of `columns.SCOPES`.
        round_: The round, where it has been handed out in part already.
    """
    points = office.plans[plan].live_points
    standing_of = standings(office, points, day)
    asked_already = {
        (form.unit, point_id)
        for form in office.forms.values()
        if round_ and form.round == round_
        for point_id in form.rows
    }
    points_by_unit: dict[str, list[str]] = {}
    for point in points:
        for unit in _units_to_ask(office, point, standing_of[point.id], scope):
            receiver = successor(office, unit, day.today)
            some = points_by_unit.setdefault(receiver, [])
            if point.id not in some and (receiver, point.id) not in asked_already:
                some.append(point.id)
    return tuple(Ask(unit, tuple(some)) for unit, some in points_by_unit.items() if some)


def _units_to_ask(office: Office, point: Point, standing: Standing, scope: str) -> list[str]:
    if not standing.is_counted:
        return []
    cell = office.cells.get((point.id, "", "scope", ""))
    roles = SCOPES.get(cell.value if cell else "") or SCOPES.get(scope) or SCOPES["各责任单位"]
    open_ = [unit for unit in standing.units if not unit.done and unit.status != "not_applicable"]
    has_lead = any(unit.role is Role.LEAD for unit in standing.units)
    if roles == (Role.LEAD,) and not has_lead:
        roles = (Role.LEAD, Role.RESPONSIBLE)
    return [unit.unit for unit in open_ if unit.role in roles]


def form_sheet(
    base: Office,
    form: facts.Form,
    round_: facts.Round,
    *,
    office_id: str,
    office_name: str = "",
    contact: str = "",
    has_stamp: bool = False,
    figures: tuple[tuple[str, str], ...] = (),
) -> FormSheet:
    """What a form shows: a function of the facts up to its `base_seq`, so that it can be laid out again.

    Args:
        base: The office as it was at `form.base_seq`.
        form: The form.
        round_: Its round, which may be newer than `base`.
        office_id: The office folder's id.
        office_name: Who asks.
        contact: Whom to call.
        has_stamp: Whether a stamped page is asked for.
        figures: Name and measure of the totals that it asks for.
    """
    plan = base.plans[round_.plan]
    units, rounds = _speakers(base, form, round_), _rounds_up_to(base, round_)
    return FormSheet(
        form=form.form,
        office=office_id,
        plan_title=plan.edition.title,
        round=round_.round,
        round_name=round_.name,
        unit=form.unit,
        unit_name=base.name_of(form.unit, round_.opens),
        due=round_.due,
        base_seq=form.base_seq,
        rows=tuple(
            FormRow(point_id, _cells(base, base.point(point_id), form, units, rounds))
            for point_id in form.rows
        ),
        office_name=office_name,
        contact=contact,
        duties=duty_sentences(base, round_),
        has_stamp=has_stamp,
        figures=figures,
    )


def handed_out(base: Office, form: facts.Form, round_: facts.Round) -> dict[str, dict[str, str]]:
    """What a form showed that a return is held against: 具体要求 and the answers known already of each of its rows."""
    units, rounds = _speakers(base, form, round_), _rounds_up_to(base, round_)
    return {
        point_id: {
            "requirement": base.point(point_id).requirement,
            **_known_answers(base, point_id, form, units, rounds),
        }
        for point_id in form.rows
    }


def _rounds_up_to(base: Office, round_: Round) -> tuple[Round, ...]:
    """The other rounds of a plan, oldest first, and this one, which may be newer than the office."""
    others = rounds_by_plan(base).get(round_.plan, ())
    return (*(other for other in others if other.round != round_.round), round_)


def _speakers(base: Office, form: facts.Form, round_: Round) -> tuple[str, ...]:
    """The unit of a form and whom it answers for: what they reported stays with the item, whoever the plan names now."""
    return (form.unit, *(unit for unit, heir in heirs_on(base, round_.opens).items() if heir == form.unit))


def duty_sentences(office: Office, round_: Round) -> tuple[str, ...]:
    """What the plan's letter asks of the units beside the points, while it is open and its day was not over when the round began.

    Each sentence has its limit, where it does not name the day itself.
    """
    return tuple(
        what
        if (due := duty.deadline.due) and f"{due.month}月{due.day}日" in what
        else f"{what}（{duty.limit}）"
        for duty in letter_duties(office, round_.plan)
        if is_for_units(duty.addressee) and not duty.word and (duty.due is None or duty.due >= round_.opens)
        for what in (duty.what.rstrip("。；;"),)
    )


def _cells(
    base: Office, point: Point, form: facts.Form, units: Sequence[str], rounds: Sequence[Round]
) -> Mapping[str, str]:
    """What a row says; the last of the rounds is the form's own, `units` are the form's and whom it answers for."""
    on, roles = rounds[-1].opens, point.roles()
    roles_here = [roles[unit] for unit in units if unit in roles]
    role = next((role for role in ROLES if role in roles_here), None)
    cells = {
        "task": point.task or point.section,
        "no": point.no,
        "requirement": point.requirement,
        "role": _share(role, leads(base, point, on)),
        "deadline": point.deadline.text,
    }
    if UNCHANGED in form.columns:
        cells["last"] = _last_words(base, point.id, units, rounds[:-1]) or _older_words(
            base, point.id, units, rounds
        )
    return {**cells, **_known_answers(base, point.id, form, units, rounds)}


def _known_answers(
    base: Office, point_id: str, form: facts.Form, units: Sequence[str], rounds: Sequence[Round]
) -> dict[str, str]:
    """The answers that stand in a form before it is filled in: of its own round, where it shows the last ones beside."""
    if UNCHANGED in form.columns:
        return latest_answers(base, point_id, units, rounds[-1:])
    older = _older_words(base, point_id, units, rounds)
    last = {"progress": older} if older else {}
    return {**last, **latest_answers(base, point_id, units, rounds, form.columns)}


def _older_words(base: Office, point_id: str, units: Sequence[str], rounds: Sequence[Round]) -> str:
    """What a unit said last of the items that a row continues."""
    return "\n".join(
        f"（原{origin}）{text}"
        for origin in origins(base, point_id)
        if (text := latest_answers(base, origin, units, rounds).get("progress"))
    )


def _share(role: Role | None, lead_names: Sequence[str]) -> str:
    """The unit's own part in a row: its role, and who leads where it does not lead itself or not under its own name.

    >>> _share(Role.LEAD, ("市司法局",)), _share(Role.SUPPORT, ("市司法局",)), _share(Role.RESPONSIBLE, ())
    ('牵头', '配合（牵头：市司法局）', '责任')
    """
    if role is None:
        return ""
    names = "、".join(lead_names)
    if role is Role.LEAD:
        return f"{role.label}：{names}" if "（原" in names else role.label
    return f"{role.label}（牵头：{names}）" if names else role.label


def _last_words(base: Office, point_id: str, units: Sequence[str], rounds: Sequence[Round]) -> str:
    """What a unit said last of a row, with its round: 上半年：正在推进。…; empty where it said nothing yet."""
    for round_ in reversed(rounds):
        answers = latest_answers(base, point_id, units, (round_,))
        words = [answers[name] for name in ("status", "progress", "problem", "done_on") if answers.get(name)]
        if words:
            return f"{round_.name}：" + "\n".join(words)
    return ""


def leads(office: Office, point: Point, on: dt.date) -> tuple[str, ...]:
    """Names of the leads as the plan wrote them, a collective name once; who answers for another one now is named."""
    issued_on = office.plans[point.plan].edition.issued_on
    names = {}
    for assignee in point.assignees:
        if assignee.role is Role.LEAD and assignee.unit and not assignee.via:
            name = answering_name(office, assignee.unit, on, issued_on)
            names[assignee.written] = name if "（原" in name else assignee.written
    return tuple(dict.fromkeys(names.get(name, name) for name in names_in_role(point, Role.LEAD)))


def latest_answers(
    office: Office,
    point_id: str,
    units: Sequence[str],
    rounds: Sequence[Round],
    columns: Sequence[str] = ANSWERS,
) -> dict[str, str]:
    """What a unit wrote last in some rounds, column by column."""
    answers: dict[str, str] = {}
    for round_ in reversed(rounds):
        for unit in units:
            for name in columns:
                cell = office.cells.get((point_id, unit, name, round_.round))
                if cell is not None and cell.value:
                    answers.setdefault(name, cell.value)
    return answers


@dataclass(frozen=True, slots=True)
class CoveringLetter:
    """What the letter is about.

    Attributes:
        plan: Title of the plan.
        round: Name of the round.
        due: When the forms are due back.
        rows: Unit and number of work points of each form.
        office: Who asks; may be empty.
        contact: Whom to call; may be empty.
        has_stamp: Whether a stamped page is asked for, too.
        duties: What the plan's letter asks of the units beside the points, and by when.
    """

    plan: str
    round: str
    due: dt.date
    rows: Sequence[tuple[str, int]]
    office: str = ""
    contact: str = ""
    has_stamp: bool = False
    duties: Sequence[str] = ()


def covering_letter(about: CoveringLetter, say: Callable[..., str]) -> Official:
    """The letter in the words of `templates/hand_out.txt`; its date is left open until it is signed."""
    due = f"{about.due.year}年{about.due.month}月{about.due.day}日"
    facts = {"plan": about.plan, "round": about.round, "due": due, "office": about.office or "本办"}
    points = sum(n for _, n in about.rows)
    blocks: list[Block] = [
        Text(say("opening", **facts)),
        Heading(1, say("scope_head")),
        Text(say("scope", units=len(about.rows), points=points, **facts)),
        Heading(1, say("how_head")),
        Text(say("how")),
        Heading(1, say("when_head")),
        Text(say("when", stamp=about.has_stamp, **facts)),
    ]
    if about.duties:
        blocks += [Heading(1, say("duties_head")), Text(say("duties", duties=about.duties, **facts))]
    if about.contact:
        blocks.append(Text(say("contact", contact=about.contact)))
    table = Table(
        (
            Column("序号", 1, align=Align.CENTER),
            Column("单位", 5),
            Column("事项数", 1.5, align=Align.CENTER),
        ),
        tuple((str(n), unit, str(count)) for n, (unit, count) in enumerate(about.rows, start=1)),
    )
    return Official(
        title=say("title", **facts),
        blocks=tuple(blocks),
        addressee=say("addressee"),
        signature=about.office,
        attachments=(Attachment(say("list_title", **facts), (table,)),),
    )
