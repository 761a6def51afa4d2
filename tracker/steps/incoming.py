"""Files as they came back: read through the door, and whose form each is, told by its token, then by its structure, never by its name.

    tokens in the file             outcome
    one, ours                      that form
    one, not ours                  foreign, refused
    several                        two forms put together, refused
    none, no head of a form        no form, refused
    none, a column of units        each row is of the form that asked its unit that work point; the rest is named
    none, but a form               the one form whose unit stands in the file and whose rows it shows; else refused

Lines of text are made a table first, where they are one. A form of a round that was taken already, sent again after
the next round's form went out, is an old one filled in by mistake: it is refused by the name of its round.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker import facts
from tracker.files.guard import SourcePicture, read_files
from tracker.files.inbox import Arrival
from tracker.formats.books import SharedRow, as_tables, is_form, plain_text, read_form, shared_rows, tokens_in
from tracker.grid import Source
from tracker.problems.base import Finding, TrackerError
from tracker.problems.returns import (
    FOREIGN,
    FOUND_BY_STRUCTURE,
    NO_TOKEN,
    NO_UNIT_IN_ROW,
    NOT_A_FORM,
    NOT_ASKED,
    OLD_ROUND,
    TWO_TOKENS,
    UNKNOWN_UNIT,
)
from tracker.rules.office import Office
from tracker.rules.returns import papers_of
from tracker.steps.register import register_of


def known_files(office: Office) -> set[str]:
    """Hashes of the files that were taken in before, as forms or as papers."""
    papers = (paper.file for paper in papers_of(office) if paper.source == "文件夹")
    return {*(return_.sha for _, return_ in office.returns), *papers} - {""}


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
            files.append(IncomingFile(arrival, sha, problem=arrival.problem))
        else:
            files.append(IncomingFile(arrival, sha, reading.source, reading.problem, reading.pictures))
    return files


@dataclass(frozen=True)
class Recognition:
    """What was found.

    Attributes:
        source: The file, its lines made a table where they were one.
        form: The form; None where it is none of ours.
        finding: Why it is refused, or how it was found without a token.
        is_refused: Whether a form of ours is refused all the same.
        only: The rows of this form, where the file covers several; None for all.
        findings: What else a person should look at.
    """

    source: Source
    form: facts.Form | None
    finding: Finding | None = None
    is_refused: bool = False
    only: frozenset[tuple[str, int]] | None = None
    findings: tuple[Finding, ...] = ()


def recognise(
    source: Source, forms: Mapping[str, facts.Form], office: Office, *, form_ids: Collection[str]
) -> tuple[Recognition, ...]:
    """Find the forms that a file is, one as a rule; `form_ids` are forms that came back before."""
    tokens = tokens_in(source)
    if len(tokens) > 1:
        return (Recognition(source, None, TWO_TOKENS.at(source.name, token=tokens[0], other=tokens[1])),)
    if tokens and tokens[0] not in forms:
        return (Recognition(source, None, FOREIGN.at(source.name, token=tokens[0])),)
    source, line_findings = as_tables(source, _anchors(office) if source.paragraphs else ())
    if not tokens:
        rows = shared_rows(source)
        recognitions = _by_rows(source, rows, office) if rows else (_by_structure(source, forms, office),)
    else:
        recognitions = (_by_token(source, forms[tokens[0]], office, form_ids),)
    return (replace(recognitions[0], findings=(*line_findings, *recognitions[0].findings)), *recognitions[1:])


def _anchors(office: Office) -> set[str]:
    points = [point for plan in office.plans.values() for point in plan.points]
    return {plain_text(point.requirement) for point in points} | {point.id for point in points}


def _by_token(source: Source, form: facts.Form, office: Office, form_ids: Collection[str]) -> Recognition:
    now = _newer_round(form, office)
    if now is not None and form.form in form_ids:
        finding = OLD_ROUND.at(source.name, round=office.rounds[form.round].name, now=office.rounds[now].name)
        return Recognition(source, form, finding, is_refused=True)
    if not is_form(source):
        return Recognition(source, None, NOT_A_FORM.at(source.name))
    return Recognition(source, form)


def _newer_round(form: facts.Form, office: Office) -> str | None:
    """A later round of the same plan for which the same unit has a form."""
    round_ = office.rounds[form.round]
    later = [
        other.round
        for other in office.forms_of(form.unit)
        if office.rounds[other.round].plan == round_.plan and office.rounds[other.round].opens > round_.opens
    ]
    return later[-1] if later else None


def _by_structure(source: Source, forms: Mapping[str, facts.Form], office: Office) -> Recognition:
    reading = read_form(source)
    if not reading.is_form:
        return Recognition(source, None, NOT_A_FORM.at(source.name))
    texts = [plain_text(paragraph.text) for paragraph in source.paragraphs]
    texts += [
        plain_text(value)
        for grid in source.grids
        for row in grid.rows
        for value in row
        if isinstance(value, str)
    ]
    row_ids = set(reading.rows)
    candidates = [
        form
        for form in forms.values()
        if row_ids
        and row_ids <= set(form.rows)
        and _newer_round(form, office) is None
        and any(plain_text(f"填报单位：{office.name_of(form.unit)}") in text for text in texts)
    ]
    if len(candidates) != 1:
        return Recognition(source, None, NO_TOKEN.at(source.name))
    unit = office.name_of(candidates[0].unit)
    return Recognition(source, candidates[0], FOUND_BY_STRUCTURE.at(source.name, unit=unit))


def _by_rows(source: Source, rows: tuple[SharedRow, ...], office: Office) -> tuple[Recognition, ...]:
    """The forms that the rows of a table of many units belong to, in the order handed out."""
    register = register_of(office)
    current = [form for form in office.forms.values() if _newer_round(form, office) is None]
    rows_by_form: dict[str, set[tuple[str, int]]] = {}
    findings: list[Finding] = []
    for row in rows:
        if not row.unit:
            findings.append(NO_UNIT_IN_ROW.at(row.place))
            continue
        unit = register.resolve(row.unit).unit
        if not unit:
            findings.append(UNKNOWN_UNIT.at(row.place, unit=row.unit))
            continue
        candidates = [form for form in current if form.unit == unit and _asks(form, row, office)]
        if len(candidates) == 1:
            rows_by_form.setdefault(candidates[0].form, set()).add((row.grid, row.row))
        else:
            label = row.id or row.requirement[:20]
            findings.append(NOT_ASKED.at(row.place, unit=office.name_of(unit), wp=label))
    if not rows_by_form:
        worst = findings[0] if findings else NOT_A_FORM.at(source.name)
        return (Recognition(source, None, worst, findings=tuple(findings[1:])),)
    recognitions = [
        Recognition(source, office.forms[form], only=frozenset(rows_by_form[form]))
        for form in office.forms
        if form in rows_by_form
    ]
    return (replace(recognitions[0], findings=tuple(findings)), *recognitions[1:])


def _asks(form: facts.Form, row: SharedRow, office: Office) -> bool:
    if row.id:
        return row.id in form.rows
    return bool(row.requirement) and any(
        plain_text(office.point(point_id).requirement) == row.requirement for point_id in form.rows
    )
