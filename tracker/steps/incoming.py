"""Files as they came back: read through the door, and whose form each is, told by its token, then by its structure, never by its name.

    tokens in the file             outcome
    one, ours                      that form, by the table below
    one, not ours                  foreign, refused
    several                        each form by itself, where the file can be divided; else refused, all of them named
    none, no head of a form        no form, refused
    none, a column of units        each row is of the form that asked its unit that work point (or of the one that asks a
                                     single one, where the table names none); the rest is named
    none, but a form               the one form whose rows it shows and whose unit the office wrote, the file prints, or
                                     the mail's sender is a 联络员 of; whose unit only the folder or the file's name says:
                                     asked, `WHOSE`; else refused

    a form with a token of ours                               outcome
    its printed unit is another one of the list               refused, both units named
    its round is over, and the unit has a newer one's form    refused by its round; what it says anew is offered for the
      that asks some of its rows                                newer form (not with --old-rounds)
    its file's name is another unit's                         asked, `WHOSE`
    anything else                                             taken

A unit and the one that succeeded it are the same here. A file that is refused marks no form: its unit sent nothing.

Another arrangement (lines of text, a row for a unit and a column for a point) is made a table of a form first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath

from tracker import facts, patterns as re
from tracker.facts import Entry
from tracker.files.guard import SourcePicture, read_files
from tracker.files.inbox import Arrival
from tracker.formats.books import (
    SharedRow,
    as_tables,
    is_form,
    read_form,
    sections_of,
    shared_rows,
    tokens_in,
)
from tracker.forms import FILE_QUESTIONS, OLD_FORM, VERSION, WHOSE
from tracker.grid import Source
from tracker.problems.base import Finding, TrackerError
from tracker.problems.returns import (
    FOREIGN,
    FOUND_BY_CONTACT,
    FOUND_BY_FOLDER,
    FOUND_BY_SENDER,
    FOUND_BY_STRUCTURE,
    NO_TOKEN,
    NO_UNIT_IN_ROW,
    NOT_A_FORM,
    NOT_ASKED,
    OLD_ROUND,
    OTHER_NAME,
    OTHER_UNIT,
    TWO_TOKENS,
    UNKNOWN_UNIT,
)
from tracker.rules.office import Office
from tracker.rules.outgoing import addr_spec
from tracker.rules.papers import papers_of
from tracker.rules.plans import successor
from tracker.rules.register import Register
from tracker.text import compact
from tracker.values import dataclass

# Questions about files that no return tells of.
_ASKED_ALONE = frozenset(FILE_QUESTIONS) - {VERSION}


def known_files(office: Office, conflicts: Sequence[Entry[facts.Conflict]]) -> set[str]:
    """Hashes of the files that were taken in before, as forms or as papers, or asked about in one of the conflicts."""
    papers = (paper.file for paper in papers_of(office) if paper.source == "文件夹")
    questions = (entry.file for entry in conflicts if entry.fact.field in _ASKED_ALONE)
    return {*(return_.sha for _, return_ in office.returns), *papers, *questions} - {""}


@dataclass(frozen=True)
class IncomingFile:
    """A file as it came through the door, or why it did not; neither where its bytes are known already."""

    arrival: Arrival
    sha: str
    source: Source | None = None
    problem: TrackerError | None = None
    pictures: tuple[SourcePicture, ...] = ()


def open_arrivals(arrivals: Sequence[Arrival], hashes: Collection[str]) -> list[IncomingFile]:
    """Read files with what they show beside their cells, unless their bytes are known already."""
    shas = [hashlib.sha256(arrival.data).hexdigest() for arrival in arrivals]
    new = [
        arrival
        for arrival, sha in zip(arrivals, shas, strict=True)
        if arrival.problem is None and sha not in hashes
    ]
    readings = dict(
        zip(map(id, new), read_files([(arrival.data, arrival.name) for arrival in new]), strict=True)
    )
    files = []
    for arrival, sha in zip(arrivals, shas, strict=True):
        reading = readings.get(id(arrival))
        if reading is None:
            # Nobody looks again at the bytes of a file that is known.
            files.append(IncomingFile(replace(arrival, data=b""), sha, problem=arrival.problem))
        else:
            files.append(IncomingFile(arrival, sha, reading.source, reading.problem, reading.pictures))
    return files


@dataclass(frozen=True)
class Recognition:
    """What was found.

    Attributes:
        source: The file, its lines made a table where they were one.
        form: The form; None where it is none of ours.
        finding: Why it is refused or asked about, or how it was found without a token.
        question: What is asked about the whole file before it is taken; one of `FILE_QUESTIONS`, or empty.
        only: The rows of this form, where the file covers several; None for all.
        is_part: Whether the file holds other forms, too.
        findings: What else a person should look at.
    """

    source: Source
    form: facts.Form | None
    finding: Finding | None = None
    question: str = ""
    only: frozenset[tuple[str, int]] | None = None
    is_part: bool = False
    findings: tuple[Finding, ...] = ()


def recognise(
    source: Source,
    forms: Mapping[str, facts.Form],
    office: Office,
    *,
    today: dt.date,
    register: Register,
    old_rounds: bool = False,
    sender: str = "",
    word: str = "",
) -> tuple[Recognition, ...]:
    """Find the forms that a file is, one as a rule.

    Args:
        source: The file.
        forms: What was handed out, by token.
        office: The office.
        today: The day.
        register: The units.
        old_rounds: Whether those of rounds that are over count, too.
        sender: Who sent the mail that it came in.
        word: The unit as somebody wrote it beside the file.
    """
    tokens = tokens_in(source)
    if len(tokens) > 1:
        sections = sections_of(source)
        if not sections:
            return (Recognition(source, None, TWO_TOKENS.at(source.name, tokens="、".join(tokens))),)
        return tuple(
            replace(recognition, is_part=True)
            for _, part in sections
            for recognition in recognise(
                part, forms, office, today=today, register=register, old_rounds=old_rounds
            )
        )
    if tokens and tokens[0] not in forms:
        return (Recognition(source, None, FOREIGN.at(source.name, token=tokens[0])),)
    source, findings = as_tables(source, {} if tokens and not source.paragraphs else _anchors(office))
    if not tokens:
        rows = shared_rows(source)
        recognitions = (
            _by_rows(source, rows, office, register)
            if rows
            else (_by_structure(source, forms, office, register, today, sender=sender, word=word),)
        )
    else:
        form = forms[tokens[0]]
        recognitions = (_by_token(source, form, office, register, today, old_rounds=old_rounds),)
    return (replace(recognitions[0], findings=(*findings, *recognitions[0].findings)), *recognitions[1:])


def _anchors(office: Office) -> dict[str, str]:
    """Ids and requirements that a text may name, and the work point of each; empty where several have one requirement."""
    anchors: dict[str, str] = {}
    for plan in office.plans.values():
        for point in plan.points:
            text = compact(point.requirement)
            anchors |= {point.id: point.id, text: "" if text in anchors else point.id}
    anchors.pop("", None)
    return anchors


def _by_token(
    source: Source, form: facts.Form, office: Office, register: Register, today: dt.date, *, old_rounds: bool
) -> Recognition:
    if not is_form(source):
        return Recognition(source, None, NOT_A_FORM.at(source.name))
    unit = office.name_of(form.unit)
    other = other_unit(source, form, office, register, today)
    if other:
        finding = OTHER_UNIT.at(source.name, unit=unit, printed=office.name_of(other))
        return Recognition(source, None, finding)
    newer = None if old_rounds else _form_to_use(form, office, today)
    if newer is not None:
        names = office.rounds[form.round].name, office.rounds[newer.round].name
        finding = OLD_ROUND.at(source.name, round=names[0], now=names[1], form=newer.path)
        return Recognition(source, newer, finding, question=OLD_FORM)
    unit_in_name = register.named_in(PurePosixPath(source.name).name)
    if unit_in_name and not _is_one(office, unit_in_name, form.unit, today):
        finding = OTHER_NAME.at(source.name, unit=unit, other=office.name_of(unit_in_name))
        return Recognition(source, form, finding, question=WHOSE)
    return Recognition(source, form)


_PRINTED_UNIT = re.compile(r"填报单位\s*[:：]\s*([^\s:：,，;；。]+)")


def other_unit(source: Source, form: facts.Form, office: Office, register: Register, today: dt.date) -> str:
    """The unit that a form prints, where that is another one of the list than the form's; else empty."""
    unit = _printed_unit(source, register)
    return "" if not unit or _is_one(office, unit, form.unit, today) else unit


def _printed_unit(source: Source, register: Register) -> str:
    """The unit that a form prints; empty for none, or one that is not in the list."""
    texts = chain(
        (paragraph.text for paragraph in source.paragraphs),
        (value for grid in source.grids for row in grid.rows for value in row if isinstance(value, str)),
    )
    name = next((match[1] for text in texts if (match := _PRINTED_UNIT.search(text))), "")
    return register.resolve(name).unit or register.named_in(name)


def _is_one(office: Office, unit: str, other: str, today: dt.date) -> bool:
    """Whether one of two units speaks for the other, or they are one."""
    return successor(office, unit, today) == successor(office, other, today)


def _form_to_use(form: facts.Form, office: Office, today: dt.date) -> facts.Form | None:
    """The form of the unit's latest round, where this one's round is over and they ask a row in common."""
    newer = _newer_round(form, office)
    if newer is None or office.rounds[form.round].due >= today:
        return None
    forms = [
        other
        for other in office.forms.values()
        if other.round == newer and other.unit == form.unit and set(other.rows) & set(form.rows)
    ]
    return forms[-1] if forms else None


def _newer_round(form: facts.Form, office: Office) -> str | None:
    """A later round of the same plan for which the same unit has a form."""
    round_ = office.rounds[form.round]
    later = [
        other.round
        for other in office.forms_of(form.unit)
        if office.rounds[other.round].plan == round_.plan and office.rounds[other.round].opens > round_.opens
    ]
    return later[-1] if later else None


def _by_structure(
    source: Source,
    forms: Mapping[str, facts.Form],
    office: Office,
    register: Register,
    today: dt.date,
    *,
    sender: str,
    word: str,
) -> Recognition:
    if not is_form(source):
        return Recognition(source, None, NOT_A_FORM.at(source.name))
    written_unit = register.resolve(word).unit if word else _printed_unit(source, register)
    sending_unit = unit_of_sender(office, sender)
    unit = written_unit or sending_unit or unit_of_path(source.name, register)[0]
    candidates = [
        form
        for form in forms.values()
        if unit
        and _is_one(office, form.unit, unit, today)
        and _newer_round(form, office) is None
        and _shows_rows_of(source, form, office)
    ]
    if len(candidates) != 1:
        return Recognition(source, None, NO_TOKEN.at(source.name))
    [form] = candidates
    name = office.name_of(form.unit)
    if written_unit:
        return Recognition(source, form, FOUND_BY_STRUCTURE.at(source.name, unit=name))
    if sending_unit:
        return Recognition(source, form, FOUND_BY_SENDER.at(source.name, unit=name, sender=sender))
    finding = FOUND_BY_FOLDER.at(source.name, unit=name, round=office.rounds[form.round].name)
    return Recognition(source, form, finding, question=WHOSE)


def _shows_rows_of(source: Source, form: facts.Form, office: Office) -> bool:
    """Whether all rows of a file are rows of a form, by 事项编号 or by 具体要求."""
    reading = read_form(source, {point_id: office.point(point_id).requirement for point_id in form.rows})
    return bool(reading.rows) and set(reading.rows) <= set(form.rows)


def unit_of_sender(office: Office, sender: str) -> str:
    """The one unit of which a mail's sender is a contact, by the address in the list; empty for none or several."""
    if not sender:
        return ""
    # Imported here: most files come without a mail.
    from email.utils import parseaddr

    address = parseaddr(sender)[1].lower()
    return _unit_of_contact(office, address, lambda contact: addr_spec(contact.mail).lower())


def _unit_of_contact(office: Office, text: str, part: Callable[[facts.Contact], str]) -> str:
    """The one unit with a contact of which a part is this text."""
    units = [
        unit for unit, unit_now in office.units.items() if text in {*map(part, unit_now.contacts)} - {""}
    ]
    return units[0] if len(units) == 1 else ""


def unit_of_path(name: str, register: Register) -> tuple[str, str]:
    """The unit that the folder of a file is named like, and nothing; else the one that a name holds, and that name.

    The folder counts as a unit's own; a name that only holds the unit's is a guess, and is to be said.
    """
    parts = PurePosixPath(name).parts
    for part in reversed(parts[:-1]):
        unit = register.resolve(part.removesuffix(".zip").removesuffix(".eml").removesuffix(".msg")).unit
        if unit:
            return unit, ""
    for part in reversed(parts):
        unit = register.named_in(part)
        if unit:
            return unit, part
    return "", ""


def _by_rows(
    source: Source, rows: tuple[SharedRow, ...], office: Office, register: Register
) -> tuple[Recognition, ...]:
    """The forms that the rows of a table of many units belong to, in the order handed out."""
    current = [form for form in office.forms.values() if _newer_round(form, office) is None]
    rows_by_form: dict[str, set[tuple[str, int]]] = {}
    findings: list[Finding] = []
    for row in rows:
        if not row.unit:
            findings.append(NO_UNIT_IN_ROW.at(row.place))
            continue
        unit = register.resolve(row.unit).unit
        if not unit:
            unit = _unit_of_contact(office, row.unit, lambda contact: contact.name)
            owner = office.name_of(unit) if unit else row.unit
            kind = FOUND_BY_CONTACT if unit else UNKNOWN_UNIT
            findings.append(kind.at(row.place, unit=owner, name=row.unit))
        if not unit:
            continue
        candidates = [form for form in current if form.unit == unit and _asks(form, row, office)]
        if len(candidates) == 1:
            rows_by_form.setdefault(candidates[0].form, set()).add((row.grid, row.row))
        else:
            label = row.id or row.requirement[:20]
            findings.append(NOT_ASKED.at(row.place, unit=office.name_of(unit), wp=label))
    if not rows_by_form:
        worst, *others = dict.fromkeys(findings) or (NOT_A_FORM.at(source.name),)
        return (Recognition(source, None, worst, findings=tuple(others)),)
    recognitions = [
        Recognition(source, office.forms[form], only=frozenset(rows_by_form[form]), is_part=True)
        for form in office.forms
        if form in rows_by_form
    ]
    return (replace(recognitions[0], findings=tuple(dict.fromkeys(findings))), *recognitions[1:])


def _asks(form: facts.Form, row: SharedRow, office: Office) -> bool:
    if row.id:
        return row.id in form.rows
    if not row.has_identity:
        return len(form.rows) == 1
    return bool(row.requirement) and any(
        compact(office.point(point_id).requirement) == row.requirement for point_id in form.rows
    )
