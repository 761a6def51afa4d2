"""Handing out forms: one for each unit, with what is open and nothing else.

    1. the rounds that have begun (设置.xlsx, 报送期次), and what each adds for whom: said before anything is written
    2. one act: the round and its forms become facts, with the fact up to which they are filled in (`base_seq`)
    3. the files are laid out from those facts, where they are missing: forms, the list of who got what, the covering
       letter

A form is a function of the facts up to its `base_seq`, so a missing one comes back byte for byte. Killed between 2 and
3, the next run lays out the same files; run twice, it adds nothing. A file that is there is never written again:
somebody may have worked in it. New forms go below the last row of the list.

Rounds of the year before that hold because nobody typed any for this year (`yearly_rounds`) are handed out where a
person asks; the scheduler waits until they are confirmed: `confirm_rounds` writes them into 报送期次.

自查报告（拟稿）: in the last round each unit gets a draft of its own report along with its form. A draft is made of the
facts up to its form's `base_seq` and speaks of the day on which the round opened. It lies beside the forms, goes into
the unit's archive and is attached where the form is sent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from tracker import facts
from tracker.files.folders import CATALOGUE, SETTINGS
from tracker.files.guard import open_source
from tracker.files.ledger import Act
from tracker.files.safe import Beside, WriteState, owner, safe_write
from tracker.files.templates import words
from tracker.formats.archives import holds, pack
from tracker.formats.books import HandOutRow, add_rounds, lay_out_form, lay_out_hand_out, missing_forms
from tracker.formats.documents import render_official
from tracker.formats.patch import patch
from tracker.forms import token_of
from tracker.outline import Letterhead
from tracker.printable import name_for_file
from tracker.problems.base import Finding, once
from tracker.problems.plans import GROUP_WITHOUT_MEMBERS
from tracker.problems.returns import (
    FIGURE_NOT_ASKED,
    LOGBOOK_WITHOUT_FORM,
    NO_UNIT_NAMED,
    PAST_DUE,
    PLAN_WITHOUT_ROUND,
    SPLIT_UNIT,
    YEARLY_ROUNDS,
    NoPlanYet,
    NoRound,
    NothingToConfirm,
    SettingsHeld,
)
from tracker.rules.office import Office
from tracker.rules.plans import split_successors, successor
from tracker.rules.report import YearSummary, own_report, summarise
from tracker.rules.rounds import (
    ANSWERS,
    NEEDED,
    Ask,
    CoveringLetter,
    OpenRound,
    asks,
    cells_to_type,
    covering_letter,
    duty_sentences,
    form_sheet,
    is_last,
    openings,
    rounds_to_type,
    without_round,
    yearly_rounds,
)
from tracker.settings import Day, RoundSetting
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, Past, open_desk
from tracker.steps.register import register_of, take_in_register
from tracker.values import dataclass

DRAFTS = "自查报告稿"


def draft_path(form: facts.Form) -> str:
    """Where the draft that belongs to a form lies.

    >>> draft_path(facts.Form("F1", "R1", "U1", 0, (), (), "填报表/2018-年终/市司法局.xlsx"))
    '填报表/2018-年终/自查报告稿/市司法局自查报告（拟稿）.docx'
    """
    path = PurePosixPath(form.path)
    return f"{path.parent}/{DRAFTS}/{path.stem}自查报告（拟稿）.docx"


def write_own_drafts(desk: Desk, office: Office, forms: Sequence[facts.Form], past: Past) -> list[str]:
    """Lay out the drafts of these forms that are not there, where their round is the last; their paths."""
    paths: list[str] = []
    beside = Beside()
    years: dict[tuple[int, str], YearSummary] = {}
    if desk.settings.text("own_reports") != "是":
        return paths
    root = desk.folder.root
    say, report_say = words("relatives.txt", office=root), words("report.txt", office=root)
    head = Letterhead(desk.settings.text("office_name"))
    for form in forms:
        round_, target = office.rounds[form.round], desk.folder.path(*draft_path(form).split("/"))
        if target.exists() or not is_last(office, desk.settings.rounds, round_):
            continue
        key = (form.base_seq, round_.round)
        if key not in years:
            base = past.office(form.base_seq)
            years[key] = summarise(base, round_.plan, Day(round_.opens, desk.calendar))
        if form.unit not in years[key].unit_names:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        document = own_report(years[key], form.unit, say, report_say, head)
        safe_write(target, render_official(document), now=desk.call.now, beside=beside)
        paths.append(draft_path(form))
    return paths


FORMS = "填报表"
LIST = "下发清单.xlsx"
ARCHIVES = "打包"
_NOTICE = "报送通知"
LETTER = f"{_NOTICE}（拟稿）.docx"


def write_missing(desk: Desk, office: Office, rounds: set[str]) -> list[str]:
    """Lay out the files of these rounds that are not there, and the lists of who got what; their paths."""
    past, beside = Past(desk.ledger), Beside()
    has_logbooks = desk.folder.path("台账", CATALOGUE).exists()
    paths = []
    folders: dict[str, list[facts.Form]] = {}
    forms_of_rounds = [form for form in office.forms.values() if form.round in rounds]
    for form in desk.call.one_by_one(forms_of_rounds, "生成填报表"):
        folders.setdefault(form.path.rpartition("/")[0], []).append(form)
        path = desk.folder.path(*form.path.split("/"))
        if path.exists():
            continue
        sheet = form_sheet(
            past.office(form.base_seq),
            form,
            office.rounds[form.round],
            office_id=desk.folder.office,
            office_name=desk.settings.text("office_name"),
            contact=desk.settings.text("contact"),
            has_stamp=desk.settings.wants_stamp(
                is_last=is_last(office, desk.settings.rounds, office.rounds[form.round])
            ),
            figures=_figures_of(desk, office, office.rounds[form.round]).get(form.unit, ()),
        )
        if has_logbooks:
            # Imported here: an office without logbooks loads none.
            from tracker.steps.logbooks import form_logbooks

            logbooks, entries = form_logbooks(desk, office, past.office(form.base_seq), form)
            sheet = replace(sheet, logbooks=logbooks, entries=entries)
        path.parent.mkdir(parents=True, exist_ok=True)
        safe_write(path, lay_out_form(sheet), now=desk.call.now, beside=beside)
        paths.append(form.path)
    for folder, forms in folders.items():
        rows = _list_rows(desk, office, forms)
        _list(desk, desk.folder.path(*folder.split("/"), LIST), rows)
        letter = desk.folder.path(*folder.split("/"), LETTER)
        if not letter.exists() and not desk.lacks_issuer(_NOTICE):
            safe_write(letter, _letter(desk, office, forms[0], rows), now=desk.call.now)
        paths += write_own_drafts(desk, office, forms, past)
    return paths


def _figures_of(desk: Desk, office: Office, round_: facts.Round) -> dict[str, tuple[tuple[str, str], ...]]:
    """The totals of the year that a round asks for, by unit: the last one of the year does; `""` where nobody is known."""
    if not desk.settings.figures or not is_last(office, desk.settings.rounds, round_):
        return {}
    by_unit: dict[str, tuple[tuple[str, str], ...]] = {}
    register = register_of(office)
    theme = office.plans[round_.plan].edition.theme
    for figure in desk.settings.figures:
        if figure.plan in ("", round_.plan, theme):
            unit = register.resolve(figure.unit).unit
            by_unit[unit] = (*by_unit.get(unit, ()), (figure.name, figure.measure))
    return by_unit


def _figures_not_asked(desk: Desk, office: Office, forms: Sequence[facts.Form]) -> list[Finding]:
    """Totals whose unit nobody knows or has no form in the round that asks for them."""
    units = {(form.round, form.unit) for form in forms}
    rounds = {form.round for form in forms}
    return [
        FIGURE_NOT_ASKED.at(name=name)
        for round_ in sorted(rounds)
        for unit, figures in _figures_of(desk, office, office.rounds[round_]).items()
        if (round_, unit) not in units
        for name, _ in figures
    ]


def write_archives(desk: Desk, office: Office, rounds: set[str], *, is_asked: bool) -> list[str]:
    """One .zip for each unit of these rounds: its forms, drafts and the covering letters, as they lie there now.

    Where nobody asks for them, those of rounds that have some are completed.
    """
    archives, beside = [], Beside()
    folders: dict[str, dict[str, list[facts.Form]]] = {}
    for form in office.forms.values():
        if form.round in rounds:
            folder = form.path.rpartition("/")[0]
            folders.setdefault(folder, {}).setdefault(form.unit, []).append(form)
    for folder, units in folders.items():
        place = desk.folder.path(*folder.split("/"))
        if not (is_asked or (place / ARCHIVES).exists()):
            continue
        letters = [path for path in place.glob("报送通知*") if path.suffix in (".docx", ".pdf", ".wps")]
        (place / ARCHIVES).mkdir(exist_ok=True)
        for forms in units.values():
            paths = [place / form.path.rpartition("/")[2] for form in forms]
            drafts = [desk.folder.path(*draft_path(form).split("/")) for form in forms]
            inside = {path.name: path.read_bytes() for path in (*paths, *drafts, *letters) if path.exists()}
            target = place / ARCHIVES / f"{paths[0].stem}.zip"
            if target.exists() and holds(target.read_bytes(), inside):
                continue
            safe_write(target, pack(inside), now=desk.call.now, beside=beside)
            archives.append(f"{folder}/{ARCHIVES}/{target.name}")
    return archives


def _letter(desk: Desk, office: Office, form: facts.Form, rows: Sequence[HandOutRow]) -> bytes:
    """The covering letter as drafted when the round was first handed out; nobody writes over it later."""
    round_ = office.rounds[form.round]
    about = CoveringLetter(
        plan=office.plans[round_.plan].edition.title,
        round=round_.name,
        due=round_.due,
        rows=[(row.unit, row.points) for row in rows],
        office=desk.settings.text("office_name"),
        contact=desk.settings.text("contact"),
        duties=duty_sentences(office, round_),
        has_stamp=desk.settings.wants_stamp(is_last=is_last(office, desk.settings.rounds, round_)),
    )
    return render_official(covering_letter(about, words("hand_out.txt", office=desk.folder.root)))


def _list(desk: Desk, path: Path, rows: list[HandOutRow]) -> None:
    """Lay out the list of who got what; what somebody ticked in it stays, new forms go below the last row."""
    if not path.exists():
        safe_write(path, lay_out_hand_out(rows), now=desk.call.now)
        return
    source = open_source(path)
    new = missing_forms(source, rows)
    if new:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == source.sha256:
            safe_write(path, patch(data, (), (new,), name=path.name), expect=source.sha256, now=desk.call.now)


def _list_rows(desk: Desk, office: Office, forms: Sequence[facts.Form]) -> list[HandOutRow]:
    rows = []
    for form in forms:
        unit = office.units[form.unit]
        contact = unit.contacts[0] if unit.contacts else None
        round_ = office.rounds[form.round]
        rows.append(
            HandOutRow(
                unit=office.name_of(form.unit, round_.opens),
                token=token_of(desk.folder.office, form.form),
                points=len(form.rows),
                file=form.path.rpartition("/")[2],
                due=round_.due,
                contact=contact.name if contact else "",
                phone=contact.phone if contact else "",
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Addition:
    """What a round adds."""

    open_round: OpenRound
    asks: tuple[Ask, ...]


def hand_out(
    call: Call,
    *,
    round_name: str = "",
    due: dt.date | None = None,
    archives: bool = False,
    is_scheduled: bool = False,
) -> Result:
    """Hand out what is due to be handed out, or the one round that is named.

    Args:
        call: The call.
        round_name: Only this round.
        due: Its day, where it is not among the settings.
        archives: Also pack one .zip for each unit: its forms and the covering letter.
        is_scheduled: Nobody asked: only rounds that somebody typed, or handed out before.
    """
    with open_desk(call) as desk:
        if not desk.office().plans:
            raise NoPlanYet
        open_rounds = _openings(desk, desk.office(), round_name, due)
        if is_scheduled:
            open_rounds = tuple(entry for entry in open_rounds if entry.is_typed or entry.round)
        office, unclear = take_in_register(desk)
        additions = [_addition(desk, office, open_round) for open_round in open_rounds]
        late = [
            addition
            for addition in additions
            if addition.open_round.past and addition.asks and not round_name
        ]
        new_additions = [addition for addition in additions if addition.asks and addition not in late]
        findings = [*desk.findings, *unclear, *_late(late, open_rounds), *_without_unit(office, additions)]
        findings += _split_units(desk, office, new_additions)
        findings += [] if round_name else _roundless(desk, office)
        findings += desk.lacks_issuer(_NOTICE) if new_additions else ()
        findings += _without_logbook(desk, office, new_additions)
        if call.dry_run:
            return _result(desk, office, new_additions, [], findings, done=False)
        if new_additions:
            earlier = set(office.forms)
            with desk.act("hand-out") as act:
                for addition in new_additions:
                    _record(act, addition)
            office = desk.office()
            new_forms = [form for form in office.forms.values() if form.form not in earlier]
            findings += _figures_not_asked(desk, office, new_forms)
        current = {round_.round for round_ in _rounds(office, open_rounds)}
        paths = write_missing(desk, office, current)
        paths += write_archives(desk, office, current, is_asked=archives)
        return _result(desk, office, new_additions, paths, findings, done=True)


def confirm_rounds(call: Call) -> Result:
    """Write the rounds that hold because they were last year's into 报送期次, for this year.

    Raises:
        SettingsHeld: The workbook is open.
        NothingToConfirm: The rounds of this year are typed, or there are none of the year before.
    """
    with open_desk(call) as desk:
        rounds = rounds_to_type(desk.office(), desk.settings.rounds)
        path, source = desk.folder.path(SETTINGS), desk.settings_book
        if source is None or not rounds:
            raise NothingToConfirm
        if owner(path) is not None:
            raise SettingsHeld
        names = "、".join(f"“{setting.name}”{setting.opens}至{setting.due}" for setting in rounds)
        if call.dry_run:
            return Result((f"将在《{SETTINGS}》的“报送期次”里写上：{names}。",))
        book = add_rounds(path.read_bytes(), source, rounds)
        if safe_write(path, book, expect=source.sha256, now=call.now).state is WriteState.BESIDE:
            raise SettingsHeld
        line = (
            f"已在《{SETTINGS}》的“报送期次”里写上：{names}。到日子定时任务就会印发；要改日子的，直接改那里。"
        )
        return Result((line,), {"rounds": [setting.name for setting in rounds]})


def _openings(desk: Desk, office: Office, round_name: str, due: dt.date | None) -> tuple[OpenRound, ...]:
    rounds: Sequence[RoundSetting] = desk.settings.rounds
    if round_name and all(round_.name != round_name for round_ in rounds):
        # One that was handed out before keeps its days.
        rounds = (
            (RoundSetting(round_name, "", min(desk.today, due), due),)
            if due is not None
            else tuple(
                RoundSetting(round_.name, round_.plan, round_.opens, round_.due)
                for round_ in office.rounds.values()
                if round_.name == round_name
            )
        )
    if not rounds and not round_name:
        raise NoRound(what="还没有设置报送期次。")
    open_rounds = openings(office, rounds, today=desk.today, name=round_name)
    if round_name and not open_rounds:
        raise NoRound(
            what=f"没有名为“{round_name}”的报送期次，或没有适用的方案。临时加的一期，请同时写明截止日期；每年都有的，"
        )
    return open_rounds


def _addition(desk: Desk, office: Office, open_round: OpenRound) -> Addition:
    unit_asks = asks(
        office,
        open_round.plan,
        desk.day,
        scope=open_round.scope or desk.settings.text("scope"),
        round_=open_round.round,
    )
    return Addition(open_round, unit_asks)


def _late(late: list[Addition], open_rounds: Sequence[OpenRound]) -> list[Finding]:
    """What was not handed out in time; who is asked in a later round needs no form of the one before."""
    last_days = {
        open_round.plan: open_round.due for open_round in sorted(open_rounds, key=lambda other: other.due)
    }
    units: dict[tuple[str, dt.date], set[str]] = {}
    for addition in late:
        round_ = addition.open_round
        if round_.due == last_days[round_.plan]:
            units.setdefault((round_.name, round_.due), set()).update(ask.unit for ask in addition.asks)
    return [PAST_DUE.at(name=name, due=due, n=len(names)) for (name, due), names in units.items()]


def _without_unit(office: Office, additions: list[Addition]) -> list[Finding]:
    """Points that nobody answers for, and groups of which nobody knows the members (责任单位未明确)."""
    points = [
        point
        for plan in dict.fromkeys(addition.open_round.plan for addition in additions)
        for point in office.plans[plan].points
        if not point.is_retired
    ]
    return [
        *(
            NO_UNIT_NAMED.at(point.place, wp=point.id)
            for point in points
            if not point.units() and not point.empty_groups
        ),
        *(
            GROUP_WITHOUT_MEMBERS.at(point.place, wp=point.id, group="、".join(point.empty_groups))
            for point in points
            if point.empty_groups
        ),
    ]


def _without_logbook(desk: Desk, office: Office, additions: Sequence[Addition]) -> list[Finding]:
    """The units of the plans that get no form of these rounds, where a logbook of theirs is a sheet of it."""
    if not additions or not desk.folder.path("台账", CATALOGUE).exists():
        return []
    # Imported here: an office without logbooks loads none.
    from tracker.steps.logbooks import open_catalogue

    books = [book.name for book in open_catalogue(desk, office).logbooks if book.is_on and book.is_by_units]
    points = [
        point
        for plan in dict.fromkeys(addition.open_round.plan for addition in additions)
        for point in office.plans[plan].points
        if not point.is_retired
    ]
    receivers = {ask.unit for addition in additions for ask in addition.asks}
    receivers |= {form.unit for form in office.forms.values() if office.rounds[form.round].due >= desk.today}
    units = dict.fromkeys(successor(office, unit, desk.today) for point in points for unit in point.units())
    names = [office.name_of(unit, desk.today) for unit in units if unit not in receivers]
    if not books or not names:
        return []
    return [LOGBOOK_WITHOUT_FORM.at(books="、".join(books), n=len(names), units="、".join(names[:20]))]


def _roundless(desk: Desk, office: Office) -> list[Finding]:
    """Plans of a year of which nobody typed rounds: whose days hold for now, or that there are none."""
    yearly = yearly_rounds(office, desk.settings.rounds)
    findings = []
    for plan in without_round(office, desk.settings.rounds, today=desk.today):
        edition = office.plans[plan].edition
        rounds = [
            f"“{setting.name}”{setting.opens}至{setting.due}" for setting in yearly if setting.plan == plan
        ]
        if not rounds:
            findings.append(
                PLAN_WITHOUT_ROUND.at("设置.xlsx", title=edition.title, plan=plan, year=edition.year)
            )
        else:
            findings.append(YEARLY_ROUNDS.at(plan=plan, year=edition.year, rounds="、".join(rounds)))
    return findings


def _split_units(desk: Desk, office: Office, additions: list[Addition]) -> list[Finding]:
    """Units that were split, with the items of which nobody knows whose they are now."""
    findings = []
    for ask in (ask for addition in additions for ask in addition.asks):
        heirs = split_successors(office, ask.unit, desk.today)
        if heirs:
            names = "、".join(f"“{office.name_of(heir)}”" for heir in heirs)
            some = "、".join(ask.points[:8]) + ("…" if len(ask.points) > 8 else "")
            findings.append(SPLIT_UNIT.at(name=office.name_of(ask.unit), heirs=names, some=some))
    return findings


def _rounds(office: Office, open_rounds: Sequence[OpenRound]) -> list[facts.Round]:
    names = {(open_round.plan, open_round.name) for open_round in open_rounds}
    return [round_ for round_ in office.rounds.values() if (round_.plan, round_.name) in names]


def _record(act: Act, addition: Addition) -> None:
    """The facts of one round: itself, where it is new or its days changed, and the new forms."""
    open_round, office = addition.open_round, act.office()
    base_seq = act.row.first_seq - 1
    round_ = facts.Round(
        open_round.round or act.mint("R"), open_round.plan, open_round.name, open_round.opens, open_round.due
    )
    if office.rounds.get(round_.round) != round_:
        act.add(round_)
    folder = _folder(office, round_)
    paths = {form.path for form in office.forms.values()}
    for ask in addition.asks:
        name = name_for_file(office.name_of(ask.unit, open_round.opens), 60)
        path = _free(f"{FORMS}/{folder}/{name}", paths)
        paths.add(path)
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
    name = name_for_file(f"{year}-{round_.name}", 60)
    others = [
        other
        for other in office.rounds.values()
        if other.name == round_.name
        and other.round != round_.round
        and office.plans[other.plan].edition.year == year
    ]
    return f"{name}-{round_.plan}" if others else name


def _free(stem: str, paths: set[str]) -> str:
    path, n = f"{stem}.xlsx", 1
    while path in paths:
        n += 1
        path = f"{stem}（补{n}）.xlsx"
    return path


def _burden(office: Office, addition: Addition) -> str:
    """How many cells the units have to type in what is handed out, and how many in the round before."""
    cells = sum(len(ask.points) for ask in addition.asks) * len(NEEDED)
    earlier = [
        round_
        for round_ in office.rounds.values()
        if round_.plan == addition.open_round.plan and round_.due < addition.open_round.due
    ]
    if not earlier:
        return f"要填{cells}格。"
    last = max(earlier, key=lambda round_: round_.due)
    before = sum(cells_to_type(form) for form in office.forms.values() if form.round == last.round)
    return f"至多要填{cells}格，“{last.name}”是{before}格；没有变化的一项只选1格。"


def _next_round(desk: Desk, office: Office) -> str:
    """When the next round opens, and how to have it now; or for which plans there is none, of whatever year."""
    yearly = yearly_rounds(office, desk.settings.rounds)
    rounds = (*desk.settings.rounds, *yearly)
    orphans = without_round(office, rounds, today=dt.date.min)
    if orphans:
        plans = "、".join(f"{plan}（{office.plans[plan].edition.year}年）" for plan in orphans)
        return (
            f"{plans}没有对应年度的期次：请在《{SETTINGS}》的报送期次里增加，或在“方案”一栏写上{orphans[0]}。"
        )
    later = [setting for setting in rounds if setting.opens > desk.today]
    if not later:
        return ""
    setting = min(later, key=lambda setting: setting.opens)
    return (
        f"下一期是“{setting.name}”，{setting.opens.isoformat()}起印发；现在就要发的，请在《{SETTINGS}》的“报送期次”里"
        "把它的“开始日期”改成今天，再运行 tracker hand-out；或在“填报表”页点“现在就印发”。"
    )


def _result(
    desk: Desk,
    office: Office,
    additions: list[Addition],
    paths: list[str],
    findings: list[Finding],
    *,
    done: bool,
) -> Result:
    lines = [str(finding) for finding in once(findings)]
    for addition in additions:
        title = office.plans[addition.open_round.plan].edition.title
        n = sum(len(ask.points) for ask in addition.asks)
        verb = "印发" if done else "将印发"
        lines.append(
            f"{addition.open_round.name}（{addition.open_round.plan} {title}）：{verb}{len(addition.asks)}个单位{n}项，"
            f"{addition.open_round.due.isoformat()}前报回。{_burden(office, addition)}"
        )
        lines += [f"  {office.name_of(ask.unit)}：{len(ask.points)}项" for ask in addition.asks]
    if not additions:
        lines.append(f"没有要新印发的填报表。{_next_round(desk, office)}")
    if paths:
        lines.append(f"已写好{len(paths)}个文件，在“{FORMS}”文件夹；每期的《下发清单》列明谁该收哪一份。")
    data = {
        "rounds": [
            {
                "plan": addition.open_round.plan,
                "round": addition.open_round.name,
                "due": addition.open_round.due,
                "units": {ask.unit: list(ask.points) for ask in addition.asks},
                "cells": sum(len(ask.points) for ask in addition.asks) * len(NEEDED),
            }
            for addition in additions
        ],
        "written": paths,
        "findings": [
            {"code": finding.code, "place": finding.place, "message": finding.message} for finding in findings
        ],
    }
    return Result(tuple(lines), data)
