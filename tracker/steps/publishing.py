"""What every document in 报告 is made of, and how it is laid there without losing what a clerk typed.

The office on a day, its year, its letterhead, its editions. An edition belongs to a kind of document (`DocumentKind`)
and a plan: a report, a circular and a public version each have their own numbers, because each was read by somebody
who will ask.

A draft that is none of those we wrote is somebody's work: it is left alone and the new one is laid beside it.
Ours are known by their hashes, recorded before the files are written.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from enum import Enum

from tracker import facts
from tracker.facts import Entry
from tracker.files.folders import REPORTS
from tracker.files.safe import WriteState
from tracker.outline import Letterhead, long_date
from tracker.printable import name_for_file
from tracker.problems.report import NothingToReport, NotRecordedYet, UnknownPlan
from tracker.rules.office import Office
from tracker.rules.plans import past_plans
from tracker.rules.report import (
    ReportChanges,
    YearSummary,
    changes_since,
    freeze,
    hidden_columns,
    public_summary,
    summarise,
)
from tracker.steps.call import CHINA
from tracker.steps.desk import Desk
from tracker.steps.logbooks import limits_of, spot_checks_of
from tracker.steps.versions import Versions, put
from tracker.values import dataclass


class DocumentKind(Enum):
    """A kind of document whose numbers are frozen; the value begins the key of its editions."""

    REPORT = "落实情况报告"
    CIRCULAR = "情况通报"
    PUBLIC = "公开版"
    BRIEF = "专报"


@dataclass(frozen=True)
class Edition:
    """What is to be frozen of one document.

    Attributes:
        kind: Of which kind.
        summary: What it says.
        content: What is frozen.
        n: Its number.
        is_new: Whether it has still to be recorded.
        changes: What changed since the last edition of an earlier day; None for the first.
    """

    kind: DocumentKind
    summary: YearSummary
    content: str
    n: int
    is_new: bool
    changes: ReportChanges | None

    def fact(self) -> facts.ReportEdition:
        """The edition as the ledger keeps it."""
        plan = self.summary.plan.plan
        return facts.ReportEdition(_key(self.kind, plan), self.n, plan, self.summary.as_of, self.content)


def office_on(desk: Desk, as_of: dt.date | None, known_on: dt.date | None = None) -> Office:
    """The office as it was on a day, or as it was known by the end of a day."""
    if known_on is not None:
        # In this time zone: the office's day is over at its own midnight.
        acts = [act.no for act in desk.ledger.acts() if act.recorded_at.astimezone(CHINA).date() <= known_on]
        return desk.ledger.office(until=max(acts, default=0))
    return desk.office() if as_of is None or as_of == desk.today else desk.ledger.office_as_of(as_of)


def plans_of(desk: Desk, office: Office, plan: str, day: dt.date) -> tuple[str, ...]:
    """The plan that was asked for, or every plan that the office had on a day but those whose year is over (`rules.plans.past_plans`).

    Raises:
        UnknownPlan: There is no such plan.
        NothingToReport: There is no plan.
        NotRecordedYet: The office has them now, and had not yet on that day.
    """
    plans_now = desk.office().plans
    if plan and plan not in plans_now:
        raise UnknownPlan(plan=plan, plans="、".join(plans_now) or "（还没有）")
    past = past_plans(office)
    plans = (
        (plan,) if plan in office.plans else () if plan else tuple(p for p in office.plans if p not in past)
    )
    if not plans_now:
        raise NothingToReport()
    if not plans:
        raise not_recorded_on(desk, day)
    return plans


def left_lines(office: Office, plan: str) -> list[str]:
    """A word for each plan that `plans_of` leaves out."""
    return [
        f"《{office.plans[key].edition.title}》已有下一年的方案，没有重写；要重写请指明方案 {key}。"
        for key in sorted(past_plans(office))
        if not plan
    ]


def not_recorded_on(desk: Desk, day: dt.date) -> NotRecordedYet:
    """Of a day on which the office had no plan yet."""
    titles = "、".join(f"《{plan.edition.title}》" for plan in desk.office().plans.values())
    return NotRecordedYet(day=long_date(day), titles=titles)


def mark_of(office: Office, plan: str) -> str:
    """What tells a plan's files from those of an earlier plan of the same year and theme; empty where there is none."""
    names = {
        other: (plan_now.edition.year, name_for_file(plan_now.edition.theme or plan_now.edition.title))
        for other, plan_now in office.plans.items()
    }
    first = next(other for other, name in names.items() if name == names[plan])
    return "" if first == plan else f"（{plan}）"


def year_of(
    desk: Desk, office: Office, plan: str, day: dt.date, kind: DocumentKind = DocumentKind.REPORT
) -> YearSummary:
    """A plan's year on a day, as a kind of document may tell it."""
    columns, _ = hidden_columns(desk.settings.text("unreported_columns"))
    number = office.plans[plan].edition.year
    # Logbooks and scores are the office's: of two plans of a year neither may say that they are its own.
    is_alone = sum(other.edition.year == number for other in office.plans.values()) == 1
    year = summarise(
        office,
        plan,
        desk.day_on(day),
        checks=spot_checks_of(office, number) if is_alone else (),
        limits=limits_of(desk, office, number) if is_alone else (),
        grades=_grades(desk, number, day) if is_alone else (),
        excluded_columns=columns,
    )
    return public_summary(year, unpublished_columns(desk)) if kind is DocumentKind.PUBLIC else year


def _grades(desk: Desk, year: int, day: dt.date) -> tuple[tuple[str, str], ...]:
    """Unit and grade of the score that was issued last in a year or the January after it, the best first."""
    editions_then = [
        entry.fact
        for entry in desk.ledger.entries(facts.ReportEdition)
        if entry.fact.report == "考核结果"
        and entry.fact.as_of <= day
        and entry.fact.as_of.year in (year, year + 1)
    ]
    scores = json.loads(editions_then[-1].content)["scores"] if editions_then else []
    return tuple(
        (score["unit"], score["grade"])
        for score in sorted(scores, key=lambda score: score["place"] or 0)
        if score.get("grade") and score["place"]
    )


def unpublished_columns(desk: Desk) -> frozenset[str]:
    """The columns of 不公开的栏目."""
    return hidden_columns(desk.settings.text("unpublished_columns"))[0]


def unknown_columns(desk: Desk) -> tuple[str, ...]:
    """What the settings of columns name that is no column."""
    names = ("unreported_columns", "unpublished_columns")
    return tuple(
        dict.fromkeys(word for name in names for word in hidden_columns(desk.settings.text(name))[1])
    )


def letterhead(desk: Desk) -> Letterhead:
    """Who signs, to whom, and on how many pages."""
    settings = desk.settings
    return Letterhead(
        settings.text("office_name"),
        settings.text("superior"),
        settings.text("place_name"),
        settings.number("report_pages"),
        signer=settings.text("signer"),
        red_head=settings.text("red_head") == "是",
        code=settings.text("agency_code"),
        contact=settings.text("contact"),
    )


def _key(kind: DocumentKind, plan: str) -> str:
    return f"{kind.value}/{plan}"


def editions(desk: Desk, kind: DocumentKind, plan: str) -> list[Entry[facts.ReportEdition]]:
    """The editions of a kind of document, oldest first."""
    return [
        entry for entry in desk.ledger.entries(facts.ReportEdition) if entry.fact.report == _key(kind, plan)
    ]


def edition_of(desk: Desk, office: Office, kind: DocumentKind, summary: YearSummary) -> Edition:
    """What is to be frozen: the same content about the same day is the same edition."""
    content, day = freeze(summary), summary.as_of
    entries = editions(desk, kind, summary.plan.plan)
    same = [entry for entry in entries if entry.fact.as_of == day and entry.fact.content == content]
    # Compared with the last edition of an earlier day: a second print of today is no other period.
    earlier = [entry for entry in entries if entry.fact.as_of < day]
    last = max(earlier, key=lambda entry: (entry.fact.as_of, entry.fact.n), default=None)
    return Edition(
        kind,
        summary,
        content,
        n=same[-1].fact.n if same else len(entries) + 1,
        is_new=not same,
        changes=changes_since(last.fact, summary, office, since_act=last.act) if last else None,
    )


def publish(
    desk: Desk, files: Mapping[str, bytes], new_editions: Sequence[Edition] = (), *, verb: str = "report"
) -> tuple[list[str], bool]:
    """Freeze the editions, record the files' hashes, and write the files into 报告 by their names.

    Returns:
        What to tell about each file, and whether all of them stand where they belong.
    """
    if desk.call.dry_run:
        return [f"  将生成 {REPORTS}/{name}" for name in files], True
    versions = Versions(desk.ledger)
    with desk.act(verb) as act:
        act.add(*(edition.fact() for edition in new_editions if edition.is_new))
        for name, data in files.items():
            versions.record(act, f"{REPORTS}/{name}", data)
    lines, all_written = [], True
    for name, data in files.items():
        path, target = f"{REPORTS}/{name}", desk.folder.path(REPORTS, *name.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        write_result = put(desk, target, data, name=path, is_edited=versions.is_edited(path, target))
        if write_result.state is WriteState.BESIDE:
            all_written = False
            lines.append(f"  {write_result.why}新内容在 {REPORTS}/{write_result.path.name}。")
        else:
            lines.append(f"  {'没有变化' if write_result.state is WriteState.UNCHANGED else '已生成'} {path}")
    return lines, all_written
