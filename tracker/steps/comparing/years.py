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
from tracker.rules.comparing.compared import YearComparison
from tracker.rules.comparing.compared import by_unit
from tracker.rules.comparing.compared import compare_years
from tracker.rules.comparing.compared import year_figures
from tracker.rules.comparing.deciding import YEAR_WORDS
from tracker.rules.comparing.deciding import decide_years
from tracker.rules.comparing.lineage import CONTINUATION
from tracker.rules.comparing.lineage import DIVISION
from tracker.rules.comparing.lineage import GOES_ON
from tracker.rules.comparing.lineage import NEW
from tracker.rules.comparing.lineage import OMISSION
from tracker.rules.comparing.proposing import ASK
from tracker.rules.comparing.proposing import LinkProposal
from tracker.rules.comparing.proposing import propose_years
from tracker.rules.comparing.stating import JudgementEntry
from tracker.rules.comparing.yearbook import YEAR_KEY
from tracker.rules.comparing.yearbook import YEAR_OTHERS
from tracker.rules.comparing.yearbook import year_book
from tracker.rules.state import Office
from tracker.steps.comparing.workbook import ComparisonDecisions
from tracker.steps.comparing.workbook import ComparisonFile
from tracker.steps.comparing.workbook import open_book
from tracker.steps.desk import Desk

# So many items that were dropped unfinished are named.
_LEFTOVER_LIMIT = 5


@dataclass(frozen=True)
class YearBook:
    """This year's plan against last year's.

    Attributes:
        desk: The desk.
        office: The office as it is.
        years: Both plans.
        findings: What was typed and cannot be taken: why, by row.
        entries: What was typed and stays in sight.
    """

    desk: Desk
    office: Office
    years: YearComparison
    findings: Mapping[str, Finding] = field(default_factory=dict)
    entries: Mapping[str, JudgementEntry] = field(default_factory=dict)

    @staticmethod
    def of(desk: Desk, office: Office, plan: str) -> YearBook | None:
        """Two years of a plan; None where no plan of an earlier year goes with it."""
        thresholds = desk.settings.thresholds
        years = compare_years(office, plan, today=desk.today, calendar=desk.calendar, thresholds=thresholds)
        return YearBook(desk, office, years) if years else None

    def after(self, office: Office, decisions: ComparisonDecisions) -> YearBook:
        """The same, as the office is after the decisions."""
        book = YearBook.of(self.desk, office, self.plan)
        assert book is not None
        return replace(book, findings=decisions.findings, entries=decisions.entries)

    @property
    def plan(self) -> str:
        """Of this year."""
        return self.years.plan

    @property
    def name(self) -> str:
        """Of the workbook."""
        return f"年度对照-{self.plan}.xlsx"

    def open(self) -> ComparisonFile:
        """The workbook as it came back."""
        return open_book(self.desk.folder, self.name, self._marks(), YEAR_KEY, YEAR_OTHERS)

    def take(self, workbook: ComparisonFile) -> ComparisonDecisions:
        """What was decided in it."""
        years = self.years
        statements = workbook.statements(years.judgements, tuple(YEAR_WORDS.values()))
        olds, news = {point.id for point in years.olds}, {point.id for point in years.news}
        links = tuple(link for link in self.office.continuations if _is_between(link, olds, news))
        decision = decide_years(statements.judgements, links, olds, news)
        return ComparisonDecisions(
            tuple(
                (fact, workbook.place_of(fact.to_wp) or workbook.place_of(fact.from_wp))
                for fact in decision.facts
            ),
            len(decision.rows),
            {**statements.findings, **decision.findings},
            workbook.not_taken(statements, decision.findings),
            bool(statements.conflicts),
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
            entries=self.entries,
            findings=self.findings,
        )
        return lay_out_comparison(book, self._marks())

    def line(self) -> str:
        """How far it is, in one line."""
        years = self.years
        title = self.office.plans[self.plan].edition.title
        start = f"{self.plan}《{title}》与上年（{'、'.join(years.lasts)}）对照："
        return start + "；".join(part for part in (self._confirmation(), self._suggestion()) if part) + "。"

    def _confirmation(self) -> str:
        by_code = {figure.code: figure.n for figure in year_figures(self.years)}
        if not self.years.is_confirmed:
            return ""
        return (
            f"已确认今年延续{by_code['years.continued']}项、新增{by_code['years.new']}项，"
            f"上年{len(self.years.olds)}项中不再列入{by_code['years.dropped']}项"
        )

    def _suggestion(self) -> str:
        proposals = _proposals(self.years)
        if not proposals:
            return ""
        mine = {point.id for point in self.years.news}
        counts = Counter((point_id in mine, proposal.how) for point_id, proposal in proposals.items())
        parts = [
            ("延续", sum(counts[True, how] for how in GOES_ON)),
            ("新增", counts[True, NEW]),
            ("不再列入", counts[False, OMISSION]),
            ("请选定", counts[True, ASK] + counts[False, ASK]),
        ]
        text = "、".join(f"{word}{count}项" for word, count in parts if count)
        return f"待确认{len(proposals)}行，建议{text}"

    def loud(self) -> list[str]:
        """What must not be overlooked: unfinished, and nothing continues it."""
        years = self.years
        alternatives = {point_id for proposal in _proposals(years).values() for point_id in proposal.others}
        leftovers = [point_id for point_id in years.leftovers if point_id not in alternatives]
        if not leftovers:
            return []
        names = {point.id: point.requirement for point in years.olds}
        examples = "；".join(f"{point_id} {names[point_id][:24]}" for point_id in leftovers[:_LEFTOVER_LIMIT])
        more = "等" if len(leftovers) > _LEFTOVER_LIMIT else ""
        given_up = len(years.dropped_leftovers)
        note = f"（其中已确认不再列入{given_up}项）" if given_up else ""
        return [f"！上年未完成、今年没有延续的{len(leftovers)}项{note}：{examples}{more}。"]

    def data(self) -> dict[str, Any]:
        """For machines."""
        years = self.years
        return {
            "kind": "year",
            "plan": self.plan,
            "with": list(years.lasts),
            "figures": {figure.code.removeprefix("years."): figure.n for figure in year_figures(years)},
            "waiting": list(years.open_ids),
            "left": list(years.leftovers),
        }

    def _marks(self) -> dict[str, str]:
        return {"kind": "year", "office": self.desk.folder.office, "plan": self.plan}


def _is_between(link: Carried, olds: set[str], news: set[str]) -> bool:
    return (link.from_wp in olds or not link.from_wp) and (link.to_wp in news or not link.to_wp)


def _proposals(years: YearComparison) -> Mapping[str, LinkProposal]:
    divided_ids = {
        point_id
        for judgement in years.judgements.values()
        if judgement.word == YEAR_WORDS[DIVISION]
        for point_id in judgement.others
    }
    old = [point for point in years.olds if point.id not in years.judgements or point.id in divided_ids]
    new = [point for point in years.news if point.id not in years.judgements]
    unfinished_ids = {point.id for point in old if years.is_unfinished(point.id)}
    proposals = propose_years(old, new, unfinished_ids=unfinished_ids)
    return {
        # What goes on from an item that was divided is another part of it.
        point_id: replace(proposal, how=DIVISION)
        if proposal.how == CONTINUATION and divided_ids & {*proposal.others}
        else proposal
        for point_id, proposal in proposals.items()
        if point_id not in years.judgements
    }
