r"""What does not fit together in what was reported: a plain list of checks, each giving findings with their place.

    code                   what is wrong
    done-without-evidence  a unit says 已完成 and names neither date nor evidence
    lead-silent            the lead wrote nothing in a round in which others wrote about the point
    no-entry               a point of which nobody has written anything so many days after the plan was issued (只发文、不执行)
    nobody-owns            no unit answers for a point
    no-contact             a unit that answers for points has nobody to call
    figure-fell            a figure that only grows (累计…, the totals of the year) is smaller than in an earlier round
    round-without-entry    a round that is over has points that were asked, of which nobody wrote anything in it
    same-text              units wrote the same words but for names and marks; told once, with all who did
    same-text-again        a unit wrote what it wrote in an earlier round, of this year or another

Short texts are alike by nature, and so is what members of a collective (各县区) were given to say. Nothing here is a judgement: each is a reason to call somebody.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from tracker import patterns as re
from tracker.columns import STATUSES
from tracker.model import Role
from tracker.problems.base import Finding
from tracker.problems.check import (
    DONE_WITHOUT_EVIDENCE,
    FIGURE_FELL,
    LEAD_SILENT,
    NO_CONTACT,
    NO_ENTRY,
    NOBODY_OWNS,
    ROUND_WITHOUT_ENTRY,
    SAME_TEXT,
    SAME_TEXT_AGAIN,
)
from tracker.rules.office import Office, Point
from tracker.values import dataclass

# Days after the plan's issue from which a point without any word is told.
SILENT_DAYS = 90
# Texts shorter than this are alike by nature: 按时完成.
_SHORTEST = 20
# So many names stand in a finding about more, and so much of a text.
_FEW, _QUOTE = 5, 24


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

    def of_round(self, round_: str) -> Iterator[tuple[str, str, Mapping[str, str]]]:
        """What was written in a round: point (or plan, for the totals of its year), unit, texts by column name."""
        for (point_id, other), by_unit in self.texts.items():
            if other == round_:
                yield from ((point_id, unit, texts) for unit, texts in by_unit.items())

    def points(self) -> Iterator[Point]:
        """Every point that was not dropped."""
        for plan in self.office.plans.values():
            yield from plan.live_points


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
        leads = [unit for unit, role in point.roles().items() if role is Role.LEAD]
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


def _round_without_entry(entries: Entries) -> Iterator[Finding]:
    with_text = {point_id for point_id, _ in entries.texts}
    for round_ in entries.office.rounds.values():
        forms = (form for form in entries.office.forms.values() if form.round == round_.round)
        point_ids = dict.fromkeys(point_id for form in forms for point_id in form.rows)
        # Of whom nobody ever wrote is told as such.
        silent = [
            point_id
            for point_id in point_ids
            if point_id in with_text and (point_id, round_.round) not in entries.texts
        ]
        if silent and round_.due < entries.today:
            yield ROUND_WITHOUT_ENTRY.at(round_.name, n=len(silent), some=_some(silent))


# What a text says that it comes to by now: 累计培训1.2万人次.
_SUM = re.compile(r"累计([^\d，。；、,;.]{0,12})(\d+(?:\.\d+)?)(万?)([一-鿿])")
_Figures = dict[tuple[str, ...], Fraction]


def _figures_in(texts: Mapping[str, str]) -> _Figures:
    """The figures that only grow, by what they count: in the words of progress, and among the totals of the year."""
    figures: _Figures = {}
    for what, digits, many, measure in _SUM.findall(unicodedata.normalize("NFKC", texts.get("progress", ""))):
        figures[f"累计{what}", measure] = Fraction(digits) * (10_000 if many else 1)
    for line in texts.get("totals", "").splitlines():
        name, digits, measure = line.split("\t")[:3]
        if re.fullmatch(r"\d+(?:\.\d+)?", digits.replace(",", "")):
            figures[name, measure] = Fraction(digits.replace(",", ""))
    return figures


def _figure_fell(entries: Entries) -> Iterator[Finding]:
    last: dict[tuple[str, ...], tuple[Fraction, str]] = {}
    for round_ in entries.office.rounds:
        for point_id, unit, texts in entries.of_round(round_):
            for key, figure in _figures_in(texts).items():
                before, earlier = last.get((point_id, unit, *key), (figure, ""))
                if figure < before:
                    now, was = (f"{float(number):g}" for number in (figure, before))
                    yield FIGURE_FELL.at(
                        f"{point_id} {_round_name(entries, round_)}",
                        unit=entries.name(unit),
                        what=key[0],
                        now=now,
                        was=was,
                        earlier=_round_name(entries, earlier),
                    )
                last[point_id, unit, *key] = figure, round_


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_FEW]) + ("等" if len(names) > _FEW else "")


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
    vias = {
        (point.id, assignee.unit): assignee.via for point in entries.points() for assignee in point.assignees
    }
    earlier_rounds: dict[tuple[str, str], str] = {}
    for round_ in entries.office.rounds:
        members: dict[str, list[tuple[str, str, str]]] = {}
        again: dict[tuple[str, str], list[str]] = {}
        for point_id, unit, texts in entries.of_round(round_):
            text = texts.get("progress", "")
            words = plain_words(text, (entries.name(unit),))
            if len(words) >= _SHORTEST:
                members.setdefault(words, []).append((unit, point_id, text))
                if earlier := earlier_rounds.get((unit, words)):
                    again.setdefault((unit, earlier), []).append(point_id)
        for group in members.values():
            units = list(dict.fromkeys(unit for unit, _, _ in group))
            collectives = {vias.get((point_id, unit), "") for unit, point_id, _ in group}
            if len(units) > 1 and (len(collectives) > 1 or collectives == {""}):
                yield SAME_TEXT.at(
                    f"{_some(list(dict.fromkeys(point_id for _, point_id, _ in group)))} {_round_name(entries, round_)}",
                    n=len(units),
                    units=_some([entries.name(unit) for unit in units]),
                    count=len(group),
                    text=group[0][2][:_QUOTE],
                )
        for (unit, earlier), point_ids in again.items():
            yield SAME_TEXT_AGAIN.at(
                f"{_some(point_ids)} {_round_name(entries, round_)}",
                unit=entries.name(unit),
                n=len(point_ids),
                earlier=_round_name(entries, earlier),
            )
        for words, group in members.items():
            earlier_rounds |= {(unit, words): round_ for unit, _, _ in group}


CHECKS: tuple[Callable[[Entries], Iterator[Finding]], ...] = (
    _done_without_evidence,
    _lead_silent,
    _no_entry,
    _round_without_entry,
    _figure_fell,
    _nobody_owns,
    _no_contact,
    _same_text,
)
