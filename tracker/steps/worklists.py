"""What people work through beside the slips: 送签单, 电话记录, 通知要求, 催报名单, the text for groups, 今日待办, 到期日历.

督办/电话记录.xlsx and 台账/通知要求.xlsx are taken in, too: who answered what on the telephone becomes an event of the slip, what
the office says of the letter's duties one of the duty. Facts first, then the file: a run that was killed between, or that found the
workbook open, records nothing twice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from tracker import facts
from tracker.clicks import ANYWHERE, in_clicks
from tracker.columns import Column, Owner
from tracker.files.ledger import Act
from tracker.files.live import OfficeBook, office_book
from tracker.files.safe import (
    NO_FILE,
    WriteResult,
    safe_write,
    strays,
    versions_beside as beside_of,
)
from tracker.formats.books import (
    CallRow,
    DutyRow,
    ListBook,
    SigningRow,
    add_calls,
    lay_out,
    lay_out_calls,
    lay_out_duties,
    lay_out_signing,
    missing_duties,
    read_calls,
    read_duties_book,
    signing_changes,
)
from tracker.formats.calendars import CalendarEntry, lay_out_calendar
from tracker.formats.patch import patch
from tracker.outline import long_date
from tracker.problems.base import Finding
from tracker.problems.chase import UNKNOWN_DUTY, UNKNOWN_SLIP
from tracker.problems.office import AlreadyRecorded
from tracker.rules.office import Office
from tracker.rules.progress import (
    DUTY,
    DUTY_WORDS,
    Todo,
    late_list,
    letter_duties,
    rounds_in_hand,
    standings,
)
from tracker.rules.reminders import FORM_WORD, Countdown, open_forms
from tracker.rules.wording import names, short_name, subject_name
from tracker.steps.desk import Desk, cite, open_list
from tracker.steps.slips import FOLDER, Press, drafted_in, list_name, read_signing_book
from tracker.steps.versions import Versions
from tracker.table import Table
from tracker.tiers import SlipState, Tier, is_asked
from tracker.values import dataclass

CALLS = "电话记录.xlsx"
KIND = "call"


def read_call_list(desk: Desk) -> ListBook[CallRow]:
    """The call list as it stands."""
    path = desk.folder.path(FOLDER, CALLS)
    call_list = read_calls(office_book(path).source) if path.exists() else ListBook[CallRow]()
    return replace(call_list, findings=(*call_list.findings, *strays(path)))


@dataclass(frozen=True, slots=True)
class CallIntake:
    """How many answers are new, and what is wrong with the list."""

    count: int = 0
    findings: tuple[Finding, ...] = ()


def take_in_calls(desk: Desk, act: Act, calls: ListBook[CallRow]) -> CallIntake:
    """Record the answers that the ledger does not know yet; an emptied row is no statement."""
    office = act.office()
    findings = list(calls.findings)
    previous, new = call_answers(office), []
    for row in calls.rows:
        answer = {"who": row.who, "answer": row.answer, "at": row.at}
        if not row.statement or previous.get(row.document) == answer:
            continue
        if row.document not in office.documents and row.document not in office.forms:
            findings.append(UNKNOWN_SLIP.at(row.place, document=row.document))
            continue
        data = json.dumps(answer, ensure_ascii=False, sort_keys=True)
        new.append((facts.Event(row.document, KIND, 1, desk.today, data), row.place))
    sha = cite(desk, act, desk.folder.path(FOLDER, CALLS), calls.sha) if new else ""
    for fact, place in new:
        act.add(fact, file=sha, place=place)
    return CallIntake(len(new), tuple(findings))


def call_answers(office: Office) -> dict[str, dict[str, str]]:
    """What was answered, by the slip that was called about."""
    return {event.subject: json.loads(event.data) for event in office.events if event.kind == KIND}


TODAY_LIST = "今日待办.xlsx"
# A unit is called about these; 通报 and 约谈 are no matter of a call.
_CALL_TIERS = (Tier.REMIND.value, Tier.LETTER.value, Tier.CALL.value, Tier.SUPERVISE.value)
# What a call about a form that is late is for.
FORM_CALL, REQUEST = "催报", "商请"
# How many names a line of 今日待办 has: two lines each are a row of half a page.
_NAMES_IN_CELL = 20
# How many matters a row of the call list names.
_NAME_LIMIT = 5
# How much of the first one a row of the signing list shows.
_NAME_LENGTH = 36


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file under 督办/ as it is to be; `expect` is the hash of what it was made from, None for any; `book` is its workbook where a person works in it."""

    name: str
    data: bytes
    expect: str | None = None
    book: OfficeBook | None = None


def complete_lists(
    desk: Desk,
    press: Press,
    signing_book: ListBook[SigningRow],
    call_list: ListBook[CallRow],
    todos: tuple[Todo, ...],
) -> list[WriteResult]:
    """Bring every list up to date; their hashes are recorded first, in one act.

    One that is open gets its new version beside it; the next run that finds it closed writes it and removes the
    version beside, unless somebody has worked on that.
    """
    files = [
        *_signing_list(desk, signing_book),
        *_call_list(desk, press, call_list),
        *_form_lists(desk),
        *_group_texts(desk, press),
        _todo_sheet(desk, press, todos),
        _calendar_file(desk),
    ]
    return _write(desk, files)


def mark_what_left(desk: Desk) -> str:
    """Mark in the signing list what has left since it was read; why it could not be written, where it was open."""
    if not desk.folder.path(FOLDER, list_name(desk.folder)).exists():
        return ""
    try:
        write_results = _write(desk, list(_signing_list(desk, read_signing_book(desk))))
    except AlreadyRecorded:
        return ""  # another command marks them in this moment
    return "".join(result.why for result in write_results if not result.is_written)


def _write(desk: Desk, files: list[ListFile]) -> list[WriteResult]:
    versions = Versions(desk.ledger)
    with desk.act("chase") as act:
        for file in files:
            versions.record(act, f"{FOLDER}/{file.name}", file.data)
    return [_write_file(desk, file, versions) for file in files]


def _write_file(desk: Desk, file: ListFile, versions: Versions) -> WriteResult:
    name, path = f"{FOLDER}/{file.name}", desk.folder.path(FOLDER, file.name)
    expect = file.expect
    if expect is None and versions.is_edited(name, path):
        expect = NO_FILE  # somebody wrote into what is the program's own
    if file.book is not None:
        write_result = file.book.write(file.data, expect=expect or "", now=desk.call.now)
    else:
        write_result = safe_write(path, file.data, expect=expect, now=desk.call.now)
    if write_result.is_written:
        for old in beside_of(path):
            if versions.includes(name, old):
                old.unlink()
    return write_result


def _signing_list(desk: Desk, signing_book: ListBook[SigningRow]) -> Iterator[ListFile]:
    """The signing list with the slips that it lacks, and with what has left marked so."""
    office = desk.office()
    days = _days(desk)
    rows = [
        _signing_row(office, document, days[document.document])
        for document in office.documents.values()
        if Tier(document.tier).is_official
    ]
    name = list_name(desk.folder)
    path = desk.folder.path(FOLDER, name)
    if not path.exists():
        if rows:
            yield ListFile(name, lay_out_signing(rows))
        return
    edits, appends = signing_changes(signing_book, rows)
    if edits or appends:
        book = office_book(path)
        yield ListFile(name, patch(book.data, edits, appends, name=name), signing_book.sha, book)


def _signing_row(office: Office, document: facts.Document, day: dt.date) -> SigningRow:
    return SigningRow(
        document=document.document,
        tier=document.tier,
        unit=office.name_of(document.unit, day) if document.unit else "（各有关单位）",
        points=_some_names([subject_name(office, subject) for subject in document.subjects]),
        draft_day=day,
        file=document.path,
        state=SlipState(document.state),
        on=document.on if document.state in (SlipState.SIGNED.value, SlipState.SENT.value) else None,
        serial=document.number,
    )


def _some_names(names: list[str]) -> str:
    """What a slip is about, in two lines of its column at most: the first item, and how many there are."""
    count = f"等{len(names)}项" if len(names) > 1 else ""
    name = names[0] if names else ""
    return (name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…") + count


def _days(desk: Desk) -> dict[str, dt.date]:
    """The day on which each document was drafted."""
    by_act = {act.no: act.day for act in desk.ledger.acts()}
    return {document: by_act[record.act] for document, record in drafted_in(desk).items()}


def _call_list(desk: Desk, press: Press, call_list: ListBook[CallRow]) -> Iterator[ListFile]:
    """The call list with the calls that it lacks: one for a unit and day."""
    rows = [*_calls(desk, press, call_list.ids), *_form_calls(desk, call_list.ids)]
    path = desk.folder.path(FOLDER, CALLS)
    if not path.exists():
        if rows:
            yield ListFile(CALLS, lay_out_calls(rows))
        return
    book = office_book(path)
    data = add_calls(book.data, call_list, rows)
    if data != book.data:
        yield ListFile(CALLS, data, call_list.sha, book)


def _calls(
    desk: Desk, press: Press, existing: frozenset[str], *, on: dt.date | None = None
) -> Iterator[CallRow]:
    office, days, records = desk.office(), _days(desk), drafted_in(desk)
    together: dict[tuple[dt.date, str], list[facts.Document]] = {}
    for document in office.documents.values():
        if document.tier in _CALL_TIERS and document.state != SlipState.WITHDRAWN.value:
            together.setdefault((days[document.document], document.unit), []).append(document)
    answers_by_slip = call_answers(office)
    for (day, unit), documents in together.items():
        if documents[0].document in existing or on not in (None, day):
            continue
        slips = [press.slip(document, records[document.document].act) for document in documents]
        lines = [line for slip in slips for line in slip.lines]
        names = [short_name(line.demand if line.role else line.task, 30) for line in lines]
        entries = [f"{n}.{name}" for n, name in enumerate(names[:_NAME_LIMIT], start=1)]
        enumeration = "；".join(entries if len(names) > 1 else names)
        answer = answers_by_slip.get(documents[0].document, {})
        yield CallRow(
            document=documents[0].document,
            day=day,
            unit=office.name_of(unit, day),
            contact=slips[0].person,
            tier="、".join(dict.fromkeys(document.tier for document in documents)),
            about=enumeration + (f"；等{len(names)}项" if len(names) > _NAME_LIMIT else ""),
            due="、".join(dict.fromkeys(line.due for line in lines[:_NAME_LIMIT])),
            who=answer.get("who", ""),
            answer=answer.get("answer", ""),
            at=answer.get("at", ""),
        )


def _form_calls(desk: Desk, existing: frozenset[str]) -> Iterator[CallRow]:
    """A call for each form that is late, by the form's 编号: once, whatever round it is late in."""
    office = desk.office()
    answers = call_answers(office)
    for forms in open_forms(office, desk.today).values():
        for open_form in forms:
            form, round_ = open_form.form, open_form.round
            if round_.due >= desk.today or form.form in existing:
                continue
            answer = answers.get(form.form, {})
            yield CallRow(
                document=form.form,
                day=desk.today,
                unit=office.name_of(open_form.unit, desk.today),
                contact=_contact(office, open_form.unit),
                tier=_call_word(office, open_form.unit),
                about=f"报送“{round_.name}”填报表",
                due=f"{long_date(round_.due)}前",
                who=answer.get("who", ""),
                answer=answer.get("answer", ""),
                at=answer.get("at", ""),
            )


def _call_word(office: Office, unit: str) -> str:
    """What a call about a late form is: those who are no subordinates are asked."""
    return REQUEST if unit in office.units and is_asked(office.units[unit].kind) else FORM_CALL


def _contact(office: Office, unit: str) -> str:
    contacts = office.units[unit].contacts if unit in office.units else ()
    return f"{contacts[0].name} {contacts[0].phone}".strip() if contacts else ""


def _form_lists(desk: Desk) -> Iterator[ListFile]:
    """催报名单, one for each round that is over: who is still missing. When all are in, it says so and stays."""
    office, days = desk.office(), Countdown(desk.calendar)
    rounds = rounds_in_hand(office)
    for round_id, forms in open_forms(office, desk.today).items():
        round_ = office.rounds[round_id]
        edition = office.plans[round_.plan].edition
        name = late_list(office, round_).rpartition("/")[2]
        if round_.due >= desk.today or not (forms or desk.folder.path(FOLDER, name).exists()):
            continue
        late = days.count_between(round_.due, desk.today).text
        end = f"还有{len(forms)}个单位没有报送。" if forms else "各单位已全部报送。"
        if round_id not in rounds:
            end = "以后的期次或者下一年的方案已经接上，这一期不再催报。"
        sheet = Table(
            name=FORM_CALL,
            title=f"“{round_.name}”填报表催报名单",
            notes=(
                f"《{edition.title}》，应于{round_.due.isoformat()}前报送，到{desk.today.isoformat()}已过{late}，{end}",
                "每期一份，随报送情况更新。请打电话，电话记在《电话记录》；迟报填报表不发督办单。"
                "方式是“商请”的单位只商请，不催。",
            ),
            columns=(
                Column("序号", 6, Owner.COMPUTED),
                Column("单位", 28, Owner.COMPUTED),
                Column("方式", 8, Owner.COMPUTED),
                Column("联系人及电话", 26, Owner.COMPUTED),
                Column("填报表", 44, Owner.COMPUTED),
                Column("事项数", 10, Owner.COMPUTED),
            ),
            rows=tuple(
                (
                    str(n),
                    office.name_of(open_form.unit, desk.today),
                    _call_word(office, open_form.unit),
                    _contact(office, open_form.unit),
                    open_form.form.path,
                    str(len(open_form.form.rows)),
                )
                for n, open_form in enumerate(forms, start=1)
            ),
        )
        yield ListFile(name, lay_out((sheet,)))


def _form_words(desk: Desk, press: Press) -> Iterator[tuple[str, str]]:
    """What a group hears today of forms: the kind of units and a sentence."""
    office = desk.office()
    forms_by_round = open_forms(office, desk.today)
    for event in office.events:
        if event.kind != FORM_WORD or event.at != desk.today:
            continue
        when, round_ = json.loads(event.data)["when"], office.rounds[event.subject]
        units: dict[str, list[str]] = {}
        for open_form in forms_by_round.get(event.subject, ()):
            kind = office.units[open_form.unit].kind or "全部单位"
            units.setdefault(kind, []).append(office.name_of(open_form.unit, desk.today))
        for kind, unit_names in units.items():
            yield (
                kind,
                press.say(
                    f"group.form_{when}",
                    unit="、".join(dict.fromkeys(unit_names)),
                    what="",
                    due=f"{round_.due.month}月{round_.due.day}日",
                    round=round_.name,
                    n=len(unit_names),
                    contact=press.sender.contact,
                    office=press.sender.office,
                ),
            )


def _group_texts(desk: Desk, press: Press) -> Iterator[ListFile]:
    """One text for each kind of units, ready to paste into a group: who is reminded on the day, and forms still out.

    What the tasks are is told only where the office says so (群发文字含任务内容): nobody knows who reads along in a group.
    """
    office, records = desk.office(), drafted_in(desk)
    by_kind: dict[str, dict[tuple[str, str], list[str]]] = {}
    for document in office.documents.values():
        if document.tier != Tier.REMIND.value or document.on != desk.today:
            continue
        reminders = by_kind.setdefault(office.units[document.unit].kind or "全部单位", {})
        for line in press.slip(document, records[document.document].act).lines:
            if _is_public(office, line.subject):
                what = short_name(line.demand if line.role else line.task, 30)
                reminders.setdefault((what, line.due), []).append(line.unit)
    sender = {"round": "", "contact": press.sender.contact, "office": press.sender.office}
    form_words: dict[str, list[str]] = {}
    for kind, sentence in _form_words(desk, press):
        form_words.setdefault(kind, []).append(sentence)
    for kind in dict.fromkeys((*by_kind, *form_words)):
        reminders, words = by_kind.get(kind, {}), form_words.get(kind, [])
        if not reminders and not words:
            continue
        lines = [press.say("group.opening", unit="", what="", due="", **sender)] if reminders else []
        if desk.settings.text("group_tasks") == "是":
            texts = [
                press.say("group.line", unit="、".join(units), what=what, due=due, **sender)
                for (what, due), units in reminders.items()
            ]
        else:
            counts = Counter(unit for units in reminders.values() for unit in units)
            texts = [press.say("group.count", unit=unit, n=n, **sender) for unit, n in counts.items()]
        lines += [f"{n}. {text}" for n, text in enumerate(texts, start=1)]
        lines += [*words, press.say("group.closing", unit="", what="", due="", **sender)]
        name = f"{desk.today.isoformat()} 群发文字（{kind.replace('/', '、')}）.txt"
        # Old versions of Notepad know UTF-8 by its mark only.
        yield ListFile(name, "\r\n".join([*lines, ""]).encode("utf-8-sig"))


def _is_public(office: Office, subject: str) -> bool:
    cell = office.cells.get((subject, "", "withheld", ""))
    return cell is None or not cell.value


def _today_calls(desk: Desk, press: Press) -> Table:
    """Whom to call today: units about which a slip was drafted today or whose form is late, and nobody has answered yet."""
    rows = (*_calls(desk, press, frozenset(), on=desk.today), *_form_calls(desk, frozenset()))
    return Table(
        name="今日电话",
        title=f"今日电话（{desk.today.isoformat()}）",
        notes=("今天要打、还没有人答复的；接话人和答复请记在《电话记录》。由程序每次运行时重新生成。",),
        columns=(
            Column("单位", 24, Owner.COMPUTED),
            Column("联系人及电话", 24, Owner.COMPUTED),
            Column("种类", 10, Owner.COMPUTED),
            Column("事项", 60, Owner.COMPUTED),
            Column("时限", 18, Owner.COMPUTED),
            Column("编号", 8, Owner.COMPUTED),
        ),
        rows=tuple(
            (row.unit, row.contact, row.tier, row.about, row.due, row.document)
            for row in rows
            if not row.answer
        ),
    )


def _todo_sheet(desk: Desk, press: Press, todos: tuple[Todo, ...]) -> ListFile:
    """今日待办 as a sheet, and behind it whom to call."""
    sheet = Table(
        name="今日待办",
        title=f"今日待办（{desk.today.isoformat()}）",
        notes=("由程序每次运行时重新生成，这里最多列出20个名称。",),
        columns=(
            Column("序号", 6, Owner.COMPUTED),
            Column("事项", 34, Owner.COMPUTED),
            Column("请这样办", 44, Owner.COMPUTED),
            Column("具体是", 60, Owner.COMPUTED),
        ),
        rows=tuple(
            (
                str(n),
                f"{todo.count}{todo.title}",
                f"请{in_clicks(todo.advice, ANYWHERE)}。",
                names(todo.names, most=_NAMES_IN_CELL, more="等"),
            )
            for n, todo in enumerate(todos, start=1)
        ),
    )
    calls = _today_calls(desk, press)
    return ListFile(TODAY_LIST, lay_out((sheet, calls) if calls.rows else (sheet,)))


CALENDAR = "到期日历.ics"


def _calendar_file(desk: Desk) -> ListFile:
    """What is due from today on, by the day: rounds that end, and work points; for the calendar of whoever takes it in."""
    office = desk.office()
    entries = [
        CalendarEntry(
            f"{round_.round}-due",
            round_.due,
            f"报送截止：{round_.name}（{round_.plan}）",
            f"印发{sum(form.round == round_.round for form in office.forms.values())}份填报表",
        )
        for round_ in office.rounds.values()
        if round_.due >= desk.today
    ]
    by_day: dict[dt.date, list[str]] = {}
    stands = standings(office, office.live_points, desk.day)
    for point in office.live_points:
        stand = stands[point.id]
        if stand.due is not None and stand.due >= desk.today and not stand.done:
            leads = "、".join(office.name_of(unit, desk.today) for unit in point.units()[:2])
            by_day.setdefault(stand.due, []).append(
                f"{point.id} {leads}：{short_name(point.requirement, 30)}"
            )
    entries += [
        CalendarEntry(f"points-{day:%Y%m%d}", day, f"{len(lines)}项任务到期", "\n".join(lines))
        for day, lines in sorted(by_day.items())
    ]
    return ListFile(CALENDAR, lay_out_calendar("工作要点到期", entries, office=desk.folder.office))


DUTIES = ("台账", "通知要求.xlsx")


def read_duty_book(desk: Desk) -> ListBook[DutyRow]:
    """The workbook as it stands; an office without one has said nothing."""
    path = desk.folder.path(*DUTIES)
    book = (
        read_duties_book(open_list(desk.folder.root, path), DUTY_WORDS)
        if path.exists()
        else ListBook[DutyRow]()
    )
    return replace(book, findings=(*book.findings, *strays(path)))


def take_in_duties(desk: Desk, act: Act, book: ListBook[DutyRow]) -> tuple[Finding, ...]:
    """Record what the workbook says and the ledger does not know yet."""
    findings = list(book.findings)
    duties = {duty.id: duty for duty in letter_duties(act.office())}
    new: list[tuple[facts.Event, str]] = []
    for row in book.rows:
        duty = duties.get(row.id)
        if duty is None:
            findings.append(UNKNOWN_DUTY.at(row.place, text=row.id))
            continue
        on = (row.on or duty.on or desk.today) if row.word else desk.today
        if (row.word, row.note) != (duty.word, duty.note) or (row.word and on != duty.on):
            data = json.dumps({"word": row.word, "note": row.note}, ensure_ascii=False, sort_keys=True)
            new.append((facts.Event(row.id, DUTY, 1, on, data), row.place))
            findings += row.notes
    sha = cite(desk, act, desk.folder.path(*DUTIES), book.sha) if new else ""
    for fact, place in new:
        act.add(fact, file=sha, place=place)
    return tuple(findings)


def complete_duties(desk: Desk, office: Office, book: ListBook[DutyRow]) -> WriteResult | None:
    """Lay the workbook out, or add the duties that it lacks; None where nothing is missing."""
    titles = {plan.plan: f"《{plan.edition.title}》印发通知" for plan in office.plans.values()}
    rows = [
        DutyRow(
            *(duty.id, duty.what, duty.addressee, duty.limit),
            titles[duty.plan] + (f"（{duty.section}）" if duty.section else ""),
            *(duty.word, duty.on, duty.note),
        )
        for duty in letter_duties(office)
    ]
    path = desk.folder.path(*DUTIES)
    if not rows:
        return None
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        return safe_write(path, lay_out_duties(rows, DUTY_WORDS), now=desk.call.now)
    append = missing_duties(book, rows)
    if append is None:
        return None
    return safe_write(
        path, patch(path.read_bytes(), (), (append,), name=path.name), expect=book.sha, now=desk.call.now
    )
