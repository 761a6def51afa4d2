"""Handing out forms: one for each unit, with what is open and nothing else.

    1. the rounds that have begun (设置.xlsx, 报送期次), and what each adds for whom: said before anything is written
    2. one act: the round and its forms become facts, with the fact up to which they are filled in (`base_seq`)
    3. the files are laid out from those facts, where they are missing

A form is a function of the facts up to its `base_seq`. Killed between 2 and 3, the next run lays out the same
files; run twice, it adds nothing. A file that is there is never written again: somebody may have worked in it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker import facts
from tracker.files.ledger import Act
from tracker.problems import Finding
from tracker.problems import handing
from tracker.rules.plans.succession import divided
from tracker.rules.returns.asking import ANSWERS
from tracker.rules.returns.asking import Ask
from tracker.rules.returns.asking import asks
from tracker.rules.returns.openings import Opening
from tracker.rules.returns.openings import openings
from tracker.rules.returns.openings import without_round
from tracker.rules.settings import RoundSetting
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.register import take_in_register
from tracker.steps.forms.hand_out_files import FORMS
from tracker.steps.forms.hand_out_files import write_archives
from tracker.steps.forms.hand_out_files import write_missing

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Addition:
    """What a round adds."""

    opening: Opening
    asked: tuple[Ask, ...]


def hand_out(call: Call, *, named: str = "", due: dt.date | None = None, archives: bool = False) -> Answer:
    """Hand out what is due to be handed out, or the one round that is named.

    Args:
        call: The call.
        named: Only this round.
        due: Its day, where it is not among the settings.
        archives: Also pack one .zip for each unit: its forms and the covering letter.
    """
    with open_desk(call) as desk:
        office, unclear = take_in_register(desk)
        if not office.plans:
            raise handing.NoPlanYet
        found = _openings(desk, office, named, due)
        additions = [_addition(desk, office, each) for each in found]
        late = [each for each in additions if each.opening.past and each.asked and not named]
        wanted = [each for each in additions if each.asked and each not in late]
        findings = [*desk.findings, *unclear, *_late(late), *_undecided(office, wanted)]
        findings += _divided(office, wanted, desk.today)
        findings += [] if named else _roundless(desk, office)
        if call.dry_run:
            return _answer(desk, office, wanted, [], findings, done=False)
        if wanted:
            with desk.act("hand-out") as act:
                for addition in wanted:
                    _record(act, addition)
            office = desk.office()
        current = {each.round for each in _rounds(office, found)}
        written = write_missing(desk, office, current)
        if archives:
            written += write_archives(desk, office, current)
        return _answer(desk, office, wanted, written, findings, done=True)


def _openings(desk: Desk, office: Office, named: str, due: dt.date | None) -> tuple[Opening, ...]:
    rounds: Sequence[RoundSetting] = desk.settings.rounds
    if named and due is not None and all(each.name != named for each in rounds):
        rounds = (RoundSetting(named, "", min(desk.today, due), due),)
    if not rounds:
        raise handing.NoRound(what="还没有设置报送期次。")
    found = openings(office, rounds, today=desk.today, named=named)
    if named and not found:
        raise handing.NoRound(what=f"没有名为“{named}”的报送期次，或没有适用的方案。")
    return found


def _addition(desk: Desk, office: Office, opening: Opening) -> Addition:
    asked = asks(
        office,
        opening.plan,
        on=desk.today,
        calendar=desk.calendar,
        scope=opening.scope or desk.settings.text("scope"),
        round_=opening.round,
    )
    return Addition(opening, asked)


def _late(late: list[Addition]) -> list[Finding]:
    return [
        handing.PAST_DUE.at(name=each.opening.name, due=each.opening.due, n=len(each.asked)) for each in late
    ]


def _undecided(office: Office, wanted: list[Addition]) -> list[Finding]:
    plans = dict.fromkeys(each.opening.plan for each in wanted)
    return [
        handing.NO_UNIT_NAMED.at(point.place, wp=point.id)
        for plan in plans
        for point in office.plans[plan].points
        if not point.retired and not point.units()
    ]


def _roundless(desk: Desk, office: Office) -> list[Finding]:
    plans = without_round(office, desk.settings.rounds, today=desk.today)
    editions = {plan: office.plans[plan].edition for plan in plans}
    return [
        handing.NO_ROUND_YET.at("设置.xlsx", title=each.title, plan=plan, year=each.year)
        for plan, each in editions.items()
    ]


def _divided(office: Office, wanted: list[Addition], today: dt.date) -> list[Finding]:
    """Units that were split, with the items of which nobody knows whose they are now."""
    findings = []
    for ask in (ask for addition in wanted for ask in addition.asked):
        heirs = divided(office, ask.unit, today)
        if heirs:
            names = "、".join(f"“{office.name_of(each)}”" for each in heirs)
            some = "、".join(ask.points[:8]) + ("…" if len(ask.points) > 8 else "")
            findings.append(handing.SPLIT_UNIT.at(name=office.name_of(ask.unit), heirs=names, some=some))
    return findings


def _rounds(office: Office, found: Sequence[Opening]) -> list[facts.Round]:
    names = {(each.plan, each.name) for each in found}
    return [each for each in office.rounds.values() if (each.plan, each.name) in names]


def _record(act: Act, addition: Addition) -> None:
    """The facts of one round: itself, where it is new or its days changed, and the new forms."""
    opening, office = addition.opening, act.office()
    base_seq = act.row.first_seq - 1
    round_ = facts.Round(
        opening.round or act.mint("R"), opening.plan, opening.name, opening.opens, opening.due
    )
    if office.rounds.get(round_.round) != round_:
        act.add(round_)
    folder = _folder(office, round_)
    taken = {form.path for form in office.forms.values()}
    for ask in addition.asked:
        name = safe_name(office.name_of(ask.unit, opening.opens))
        path = _free(f"{FORMS}/{folder}/{name}", taken)
        taken.add(path)
        act.add(
            facts.Form(
                form=act.mint("F"),
                round=round_.round,
                unit=ask.unit,
                base_seq=base_seq,
                rows=ask.points,
                columns=ANSWERS,
                path=path,
            )
        )


def _folder(office: Office, round_: facts.Round) -> str:
    """`2018-年终`; where two plans have a round of one name in one year, the plan tells them apart."""
    year = office.plans[round_.plan].edition.year
    name = safe_name(f"{year}-{round_.name}")
    others = [
        each
        for each in office.rounds.values()
        if each.name == round_.name
        and each.round != round_.round
        and office.plans[each.plan].edition.year == year
    ]
    return f"{name}-{round_.plan}" if others else name


def _free(stem: str, taken: set[str]) -> str:
    path, n = f"{stem}.xlsx", 1
    while path in taken:
        n += 1
        path = f"{stem}（补{n}）.xlsx"
    return path


def safe_name(name: str) -> str:
    """A name that every system takes for a file.

    >>> safe_name("市直机关/工委: 办公室 ")
    '市直机关_工委_ 办公室'
    """
    return _FORBIDDEN.sub("_", name).strip(" .")[:60] or "未命名"


def _answer(
    desk: Desk,
    office: Office,
    wanted: list[Addition],
    written: list[str],
    findings: list[Finding],
    *,
    done: bool,
) -> Answer:
    lines = [str(each) for each in findings]
    for each in wanted:
        title = office.plans[each.opening.plan].edition.title
        n = sum(len(ask.points) for ask in each.asked)
        verb = "下发" if done else "将下发"
        lines.append(
            f"{each.opening.name}（{each.opening.plan} {title}）：{verb}{len(each.asked)}个单位{n}项，"
            f"{each.opening.due.isoformat()}前报回。"
        )
        lines += [f"  {office.name_of(ask.unit)}：{len(ask.points)}项" for ask in each.asked]
    if not wanted:
        lines.append("没有要新下发的填报表。")
    if written:
        lines.append(f"已写好{len(written)}个文件，在“{FORMS}”文件夹；每期的《下发清单》列明谁该收哪一份。")
    data = {
        "rounds": [
            {
                "plan": each.opening.plan,
                "round": each.opening.name,
                "due": each.opening.due,
                "units": {ask.unit: list(ask.points) for ask in each.asked},
            }
            for each in wanted
        ],
        "written": written,
        "findings": [{"code": each.code, "place": each.place, "message": each.message} for each in findings],
    }
    return Answer(tuple(lines), data)
