r"""What does not fit together in what was reported: a plain list of checks, each giving findings with their place.

    code                   what is wrong
    done-without-evidence  a unit says 已完成 and names neither date nor evidence
    lead-silent            the lead wrote nothing in a round in which others wrote about the point
    no-entry               a point of which nobody has written anything so many days after the plan was issued (只发文、不执行)
    nobody-owns            no unit answers for a point
    no-contact             a unit that answers for points has nobody to call
    same-text              two units, or a unit this round and the round before, wrote the same words but for names and marks

Nothing here is a judgement: each is a reason to call somebody.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from tracker.columns import STATUSES
from tracker.model import Role
from tracker.problems.base import Finding
from tracker.problems.check import (
    DONE_WITHOUT_EVIDENCE,
    LEAD_SILENT,
    NO_CONTACT,
    NO_ENTRY,
    NOBODY_OWNS,
    SAME_TEXT,
    SAME_TEXT_AGAIN,
)
from tracker.rules.office import Office, Point
from tracker.values import dataclass

# Days after the plan's issue from which a point without any word is told.
SILENT_DAYS = 90
# Texts shorter than this are alike by nature: 按时完成.
_SHORTEST = 20


@dataclass(frozen=True)
class Entries:
    """What units wrote.

    Attributes:
        office: The office.
        today: The day.
        texts: Column name to text, by point, round and unit.
    """

    office: Office
    today: dt.date
    texts: Mapping[tuple[str, str], Mapping[str, Mapping[str, str]]]

    def name(self, unit: str) -> str:
        """The name of a unit on the day."""
        return self.office.name_of(unit, self.today)

    def points(self) -> Iterator[Point]:
        """Every point that was not dropped."""
        for plan in self.office.plans.values():
            yield from (point for point in plan.points if not point.is_retired)


def gather_entries(office: Office, today: dt.date) -> Entries:
    """What units wrote, by point and round."""
    texts: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for (subject, unit, field, round_), cell in office.cells.items():
        if unit and round_ and cell.value:
            texts.setdefault((subject, round_), {}).setdefault(unit, {})[field] = cell.value
    return Entries(office, today, texts)


def inconsistencies(office: Office, today: dt.date) -> tuple[Finding, ...]:
    """Everything that does not fit together, in the order of the table."""
    entries = gather_entries(office, today)
    return tuple(finding for check in CHECKS for finding in check(entries))


def _done_without_evidence(entries: Entries) -> Iterator[Finding]:
    for (point_id, round_), by_unit in entries.texts.items():
        for unit, texts in by_unit.items():
            is_done = STATUSES.get(texts.get("status", "")) == "done"
            if is_done and not texts.get("evidence") and not texts.get("done_on"):
                yield DONE_WITHOUT_EVIDENCE.at(
                    f"{point_id} {_round_name(entries, round_)}", unit=entries.name(unit)
                )


def _round_name(entries: Entries, round_: str) -> str:
    round_fact = entries.office.rounds.get(round_)
    return round_fact.name if round_fact else round_


def _lead_silent(entries: Entries) -> Iterator[Finding]:
    forms: dict[tuple[str, str], set[str]] = {}
    for form in entries.office.forms.values():
        for point_id in form.rows:
            forms.setdefault((point_id, form.round), set()).add(form.unit)
    for point in entries.points():
        leads = [unit for unit in point.units() if point.role_of(unit) is Role.LEAD]
        for round_ in entries.office.rounds:
            by_unit, recipients = entries.texts.get((point.id, round_)), forms.get((point.id, round_), ())
            silent = [unit for unit in leads if by_unit and unit not in by_unit and unit in recipients]
            if silent:
                names = "、".join(map(entries.name, silent))
                yield LEAD_SILENT.at(f"{point.id} {_round_name(entries, round_)}", units=names)


def _no_entry(entries: Entries) -> Iterator[Finding]:
    with_text = {point_id for point_id, _ in entries.texts}
    for plan in entries.office.plans.values():
        issued_on = plan.edition.issued_on
        if issued_on is None or (entries.today - issued_on).days < SILENT_DAYS:
            continue
        for point in plan.points:
            if not point.is_retired and point.id not in with_text:
                yield NO_ENTRY.at(point.id, days=(entries.today - issued_on).days)


def _nobody_owns(entries: Entries) -> Iterator[Finding]:
    for point in entries.points():
        if not point.units():
            yield NOBODY_OWNS.at(point.id)


def _no_contact(entries: Entries) -> Iterator[Finding]:
    units = dict.fromkeys(unit for point in entries.points() for unit in point.units())
    for unit in units:
        if not entries.office.units[unit].contacts:
            yield NO_CONTACT.at(entries.name(unit))


_MARKS = re.compile(r"[\W_]+")


def plain_words(text: str, names: tuple[str, ...] = ()) -> str:
    """A text without marks, blanks and the names of its units, for comparison.

    >>> plain_words("市甲局： 召开 3 次会议。", ("市甲局",)) == plain_words("市乙局召开3次会议", ("市乙局",))
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    for name in names:
        plain = plain.replace(name, "")
    return _MARKS.sub("", plain)


def _same_text(entries: Entries) -> Iterator[Finding]:
    order = {round_: n for n, round_ in enumerate(entries.office.rounds)}
    last: dict[tuple[str, str], tuple[str, str]] = {}
    for (point_id, round_), by_unit in sorted(
        entries.texts.items(), key=lambda item: order.get(item[0][1], 0)
    ):
        first_with: dict[str, str] = {}
        for unit, texts in by_unit.items():
            words = plain_words(texts.get("progress", ""), (entries.name(unit),))
            if len(words) < _SHORTEST:
                continue
            place = f"{point_id} {_round_name(entries, round_)}"
            if words in first_with:
                yield SAME_TEXT.at(place, one=entries.name(first_with[words]), other=entries.name(unit))
            first_with.setdefault(words, unit)
            earlier_round, earlier_words = last.get((point_id, unit), ("", ""))
            if words == earlier_words:
                yield SAME_TEXT_AGAIN.at(
                    place, unit=entries.name(unit), earlier=_round_name(entries, earlier_round)
                )
            last[point_id, unit] = (round_, words)


CHECKS: tuple[Callable[[Entries], Iterator[Finding]], ...] = (
    _done_without_evidence,
    _lead_silent,
    _no_entry,
    _nobody_owns,
    _no_contact,
    _same_text,
)
