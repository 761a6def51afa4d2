"""年度对照 of one plan: what it holds, what was typed, what it shows next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any

from tracker.facts import Carried
from tracker.files.workbooks.comparison import lay_out_comparison
from tracker.problems import Finding
from tracker.rules.comparing.compared import Compared
from tracker.rules.comparing.compared import by_unit
from tracker.rules.comparing.compared import compare
from tracker.rules.comparing.compared import figures
from tracker.rules.comparing.deciding import WORDS
from tracker.rules.comparing.deciding import decide
from tracker.rules.comparing.lineage import CONTINUED
from tracker.rules.comparing.lineage import DIVIDED
from tracker.rules.comparing.lineage import DROPPED
from tracker.rules.comparing.lineage import GOES_ON
from tracker.rules.comparing.lineage import NEW
from tracker.rules.comparing.proposing import ASK
from tracker.rules.comparing.proposing import Proposed
from tracker.rules.comparing.proposing import propose
from tracker.rules.comparing.stating import Typed
from tracker.rules.comparing.yearbook import KEY
from tracker.rules.comparing.yearbook import OTHERS
from tracker.rules.comparing.yearbook import year_book
from tracker.rules.state import Office
from tracker.steps.comparing.workbook import Came
from tracker.steps.comparing.workbook import Taken
from tracker.steps.comparing.workbook import open_book
from tracker.steps.desk import Desk

# So many items that were dropped unfinished are named.
_NAMED = 5


@dataclass(frozen=True)
class YearBook:
    """This year's plan against last year's.

    Attributes:
        desk: The desk.
        office: The office as it is.
        years: Both plans.
        findings: What was typed and cannot be taken: why, by row.
        typed: What was typed and stays in sight.
    """

    desk: Desk
    office: Office
    years: Compared
    findings: Mapping[str, Finding] = field(default_factory=dict)
    typed: Mapping[str, Typed] = field(default_factory=dict)

    @staticmethod
    def of(desk: Desk, office: Office, plan: str) -> YearBook | None:
        """Two years of a plan; None where no plan of an earlier year goes with it."""
        thresholds = desk.settings.thresholds
        found = compare(office, plan, today=desk.today, calendar=desk.calendar, thresholds=thresholds)
        return YearBook(desk, office, found) if found else None

    def after(self, office: Office, taken: Taken) -> YearBook:
        """The same, as the office is after the decisions."""
        found = YearBook.of(self.desk, office, self.plan)
        assert found is not None
        return replace(found, findings=taken.findings, typed=taken.typed)

    @property
    def plan(self) -> str:
        """Of this year."""
        return self.years.plan

    @property
    def name(self) -> str:
        """Of the workbook."""
        return f"年度对照-{self.plan}.xlsx"

    def open(self) -> Came:
        """The workbook as it came back."""
        return open_book(self.desk.folder, self.name, self._marks(), KEY, OTHERS)

    def take(self, came: Came) -> Taken:
        """What was decided in it."""
        years = self.years
        said = came.said(years.said, tuple(WORDS.values()))
        olds, news = {each.id for each in years.olds}, {each.id for each in years.news}
        held = tuple(each for each in self.office.continued if _between(each, olds, news))
        decision = decide(said.said, held, olds, news)
        return Taken(
            tuple(
                (each, came.place_of(each.to_wp) or came.place_of(each.from_wp)) for each in decision.facts
            ),
            len(decision.taken),
            {**said.findings, **decision.findings},
            came.not_taken(said, decision.findings),
            bool(said.overruled),
        )

    def lay_out(self) -> bytes:
        """The workbook anew."""
        years = self.years
        book = year_book(
            self.office,
            years,
            _proposals(years),
            by_unit(self.office, years, self.desk.today),
            as_of=self.desk.today,
            typed=self.typed,
            findings=self.findings,
        )
        return lay_out_comparison(book, self._marks())

    def line(self) -> str:
        """How far it is, in one line."""
        years = self.years
        title = self.office.plans[self.plan].edition.title
        start = f"{self.plan}《{title}》与上年（{'、'.join(years.lasts)}）对照："
        return start + "；".join(part for part in (self._confirmed(), self._proposed()) if part) + "。"

    def _confirmed(self) -> str:
        said = {each.code: each.n for each in figures(self.years)}
        if not self.years.confirmed:
            return ""
        return (
            f"已确认今年延续{said['years.continued']}项、新增{said['years.new']}项，"
            f"上年{len(self.years.olds)}项中不再列入{said['years.dropped']}项"
        )

    def _proposed(self) -> str:
        proposed = _proposals(self.years)
        if not proposed:
            return ""
        mine = {each.id for each in self.years.news}
        counts = Counter((wp in mine, each.how) for wp, each in proposed.items())
        parts = [
            ("延续", sum(counts[True, how] for how in GOES_ON)),
            ("新增", counts[True, NEW]),
            ("不再列入", counts[False, DROPPED]),
            ("请选定", counts[True, ASK] + counts[False, ASK]),
        ]
        told = "、".join(f"{word}{count}项" for word, count in parts if count)
        return f"待确认{len(proposed)}行，建议{told}"

    def loud(self) -> list[str]:
        """What must not be overlooked: unfinished, and nothing continues it."""
        years = self.years
        offered = {wp for each in _proposals(years).values() for wp in each.others}
        left = [wp for wp in years.left if wp not in offered]
        if not left:
            return []
        names = {each.id: each.requirement for each in years.olds}
        told = "；".join(f"{wp} {names[wp][:24]}" for wp in left[:_NAMED])
        more = "等" if len(left) > _NAMED else ""
        given_up = len(years.given_up)
        confirmed = f"（其中已确认不再列入{given_up}项）" if given_up else ""
        return [f"！上年未完成、今年没有延续的{len(left)}项{confirmed}：{told}{more}。"]

    def data(self) -> dict[str, Any]:
        """For machines."""
        years = self.years
        return {
            "kind": "year",
            "plan": self.plan,
            "with": list(years.lasts),
            "figures": {each.code.removeprefix("years."): each.n for each in figures(years)},
            "waiting": list(years.waiting),
            "left": list(years.left),
        }

    def _marks(self) -> dict[str, str]:
        return {"kind": "year", "office": self.desk.folder.office, "plan": self.plan}


def _between(each: Carried, olds: set[str], news: set[str]) -> bool:
    return (each.from_wp in olds or not each.from_wp) and (each.to_wp in news or not each.to_wp)


def _proposals(years: Compared) -> Mapping[str, Proposed]:
    divided = {wp for each in years.said.values() if each.word == WORDS[DIVIDED] for wp in each.others}
    old = [each for each in years.olds if each.id not in years.said or each.id in divided]
    new = [each for each in years.news if each.id not in years.said]
    unfinished = {each.id for each in old if years.is_unfinished(each.id)}
    found = propose(old, new, unfinished=unfinished)
    return {
        # What goes on from an item that was divided is another part of it.
        wp: replace(each, how=DIVIDED) if each.how == CONTINUED and divided & {*each.others} else each
        for wp, each in found.items()
        if wp not in years.said
    }
