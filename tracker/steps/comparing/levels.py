"""上级任务对照表 of one plan of the superior's: what it holds, what was typed, what it shows next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any

from tracker.files.workbooks.comparison import lay_out_comparison
from tracker.problems import Finding
from tracker.rules.comparing.levelbook import LEVEL_KEY
from tracker.rules.comparing.levelbook import LEVEL_OTHERS
from tracker.rules.comparing.levelbook import level_book
from tracker.rules.comparing.levels import Levels
from tracker.rules.comparing.levels import compare_levels
from tracker.rules.comparing.levels import level_figures
from tracker.rules.comparing.serving import GAP
from tracker.rules.comparing.serving import LEVEL_WORDS
from tracker.rules.comparing.serving import decide_levels
from tracker.rules.comparing.serving import propose_levels
from tracker.rules.comparing.stating import JudgementEntry
from tracker.rules.state import Office
from tracker.steps.comparing.workbook import ComparisonDecisions
from tracker.steps.comparing.workbook import ComparisonFile
from tracker.steps.comparing.workbook import open_book
from tracker.steps.desk import Desk

# So many gaps are named.
_GAP_LIMIT = 5


@dataclass(frozen=True)
class LevelBook:
    """The superior's plan against ours.

    Attributes:
        desk: The desk.
        office: The office as it is.
        levels: Both plans.
        findings: What was typed and cannot be taken: why, by row.
        entries: What was typed and stays in sight.
    """

    desk: Desk
    office: Office
    levels: Levels
    findings: Mapping[str, Finding] = field(default_factory=dict)
    entries: Mapping[str, JudgementEntry] = field(default_factory=dict)

    @staticmethod
    def of(desk: Desk, office: Office, superior: str) -> LevelBook | None:
        """Both levels; None where no plan of ours goes with the superior's."""
        thresholds = desk.settings.thresholds
        levels = compare_levels(
            office, superior, today=desk.today, calendar=desk.calendar, thresholds=thresholds
        )
        return LevelBook(desk, office, levels) if levels else None

    def after(self, office: Office, decisions: ComparisonDecisions) -> LevelBook:
        """The same, as the office is after the decisions."""
        book = LevelBook.of(self.desk, office, self.superior)
        assert book is not None
        return replace(book, findings=decisions.findings, entries=decisions.entries)

    @property
    def superior(self) -> str:
        """The superior's plan."""
        return self.levels.superior

    @property
    def name(self) -> str:
        """Of the workbook."""
        return self.name_of(self.superior)

    @staticmethod
    def name_of(superior: str) -> str:
        """Of the workbook of a superior's plan."""
        return f"上级任务对照表-{superior}.xlsx"

    def open(self) -> ComparisonFile:
        """The workbook as it came back."""
        return open_book(self.desk.folder, self.name, self._marks(), LEVEL_KEY, LEVEL_OTHERS)

    def take(self, workbook: ComparisonFile) -> ComparisonDecisions:
        """What was decided in it."""
        statements = workbook.statements(self.levels.judgements, tuple(LEVEL_WORDS.values()))
        links = tuple(
            link for link in self.office.serves if link.theirs in {p.id for p in self.levels.theirs}
        )
        new_facts, refusals = decide_levels(
            statements.judgements, links, {point.id for point in self.levels.ours}
        )
        return ComparisonDecisions(
            tuple((fact, workbook.place_of(fact.theirs)) for fact in new_facts),
            len(statements.judgements.keys() - refusals.keys()),
            {**statements.findings, **refusals},
            workbook.not_taken(statements, refusals),
            bool(statements.conflicts),
        )

    def lay_out(self) -> bytes:
        """The workbook anew."""
        levels = self.levels
        book = level_book(
            self.office,
            levels,
            propose_levels(levels.theirs, levels.ours, levels.judgements.keys()),
            as_of=self.desk.today,
            entries=self.entries,
            findings=self.findings,
        )
        return lay_out_comparison(book, self._marks())

    def line(self) -> str:
        """How far it is, in one line."""
        by_code = {figure.code: figure for figure in level_figures(self.levels)}
        served_figure = by_code["levels.served"]
        share = f"（{served_figure.share}%）" if served_figure.share else ""
        edition = self.office.superiors[self.superior].edition
        return (
            f"{self.superior}上级《{edition.title}》对照本级（{'、'.join(self.levels.plans)}）："
            f"应承接{by_code['levels.due'].n}项，已承接{served_figure.n}项{share}，未承接{by_code['levels.gap'].n}项，"
            + (f"待确认{by_code['levels.waiting'].n}项。" if self.levels.open_ids else "全部确认。")
        )

    def loud(self) -> list[str]:
        """The gaps."""
        gaps = self.levels.ids_with(GAP)
        names = {point.id: point.requirement for point in self.levels.theirs}
        examples = "；".join(f"{point_id} {names[point_id][:24]}" for point_id in gaps[:_GAP_LIMIT])
        return (
            [f"！未承接{len(gaps)}项：{examples}{'等' if len(gaps) > _GAP_LIMIT else ''}。"] if gaps else []
        )

    def data(self) -> dict[str, Any]:
        """For machines."""
        all_figures = level_figures(self.levels)
        return {
            "kind": "level",
            "plan": self.superior,
            "with": list(self.levels.plans),
            "figures": {figure.code.removeprefix("levels."): figure.n for figure in all_figures},
            "coverage": {figure.code: figure.share for figure in all_figures}["levels.served"],
            "gaps": list(self.levels.ids_with(GAP)),
            "waiting": list(self.levels.open_ids),
        }

    def _marks(self) -> dict[str, str]:
        return {"kind": "level", "office": self.desk.folder.office, "plan": self.superior}
