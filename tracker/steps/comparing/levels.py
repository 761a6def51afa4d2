"""上级任务对照表 of one plan of the superior's: what it holds, what was typed, what it shows next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any

from tracker.files.workbooks.comparison import lay_out_comparison
from tracker.problems import Finding
from tracker.rules.comparing.levelbook import KEY
from tracker.rules.comparing.levelbook import OTHERS
from tracker.rules.comparing.levelbook import level_book
from tracker.rules.comparing.levels import Levels
from tracker.rules.comparing.levels import compare_levels
from tracker.rules.comparing.levels import level_figures
from tracker.rules.comparing.serving import GAP
from tracker.rules.comparing.serving import WORDS
from tracker.rules.comparing.serving import decide
from tracker.rules.comparing.serving import propose
from tracker.rules.comparing.stating import Typed
from tracker.rules.state import Office
from tracker.steps.comparing.workbook import Came
from tracker.steps.comparing.workbook import Taken
from tracker.steps.comparing.workbook import open_book
from tracker.steps.desk import Desk

# So many gaps are named.
_NAMED = 5


@dataclass(frozen=True)
class LevelBook:
    """The superior's plan against ours.

    Attributes:
        desk: The desk.
        office: The office as it is.
        levels: Both plans.
        findings: What was typed and cannot be taken: why, by row.
        typed: What was typed and stays in sight.
    """

    desk: Desk
    office: Office
    levels: Levels
    findings: Mapping[str, Finding] = field(default_factory=dict)
    typed: Mapping[str, Typed] = field(default_factory=dict)

    @staticmethod
    def of(desk: Desk, office: Office, superior: str) -> LevelBook | None:
        """Both levels; None where no plan of ours goes with the superior's."""
        thresholds = desk.settings.thresholds
        found = compare_levels(
            office, superior, today=desk.today, calendar=desk.calendar, thresholds=thresholds
        )
        return LevelBook(desk, office, found) if found else None

    def after(self, office: Office, taken: Taken) -> LevelBook:
        """The same, as the office is after the decisions."""
        found = LevelBook.of(self.desk, office, self.superior)
        assert found is not None
        return replace(found, findings=taken.findings, typed=taken.typed)

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

    def open(self) -> Came:
        """The workbook as it came back."""
        return open_book(self.desk.folder, self.name, self._marks(), KEY, OTHERS)

    def take(self, came: Came) -> Taken:
        """What was decided in it."""
        said = came.said(self.levels.said, tuple(WORDS.values()))
        held = tuple(each for each in self.office.serves if each.theirs in {p.id for p in self.levels.theirs})
        facts, refused = decide(said.said, held, {each.id for each in self.levels.ours})
        return Taken(
            tuple((each, came.place_of(each.theirs)) for each in facts),
            len(said.said.keys() - refused.keys()),
            {**said.findings, **refused},
            came.not_taken(said, refused),
            bool(said.overruled),
        )

    def lay_out(self) -> bytes:
        """The workbook anew."""
        levels = self.levels
        book = level_book(
            self.office,
            levels,
            propose(levels.theirs, levels.ours, levels.said.keys()),
            as_of=self.desk.today,
            typed=self.typed,
            findings=self.findings,
        )
        return lay_out_comparison(book, self._marks())

    def line(self) -> str:
        """How far it is, in one line."""
        said = {each.code: each for each in level_figures(self.levels)}
        served = said["levels.served"]
        share = f"（{served.share}%）" if served.share else ""
        edition = self.office.superiors[self.superior].edition
        return (
            f"{self.superior}上级《{edition.title}》对照本级（{'、'.join(self.levels.plans)}）："
            f"应承接{said['levels.due'].n}项，已承接{served.n}项{share}，未承接{said['levels.gap'].n}项，"
            + (f"待确认{said['levels.waiting'].n}项。" if self.levels.waiting else "全部确认。")
        )

    def loud(self) -> list[str]:
        """The gaps."""
        gaps = self.levels.having(GAP)
        names = {each.id: each.requirement for each in self.levels.theirs}
        told = "；".join(f"{wp} {names[wp][:24]}" for wp in gaps[:_NAMED])
        return [f"！未承接{len(gaps)}项：{told}{'等' if len(gaps) > _NAMED else ''}。"] if gaps else []

    def data(self) -> dict[str, Any]:
        """For machines."""
        found = level_figures(self.levels)
        return {
            "kind": "level",
            "plan": self.superior,
            "with": list(self.levels.plans),
            "figures": {each.code.removeprefix("levels."): each.n for each in found},
            "coverage": {each.code: each.share for each in found}["levels.served"],
            "gaps": list(self.levels.having(GAP)),
            "waiting": list(self.levels.waiting),
        }

    def _marks(self) -> dict[str, str]:
        return {"kind": "level", "office": self.desk.folder.office, "plan": self.superior}
