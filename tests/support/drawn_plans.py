"""Plans drawn in tests: reading them, and saying briefly what was read."""

from __future__ import annotations

from tracker.grid import Grid, Paragraph, Source
from tracker.model import Role, WorkPoint
from tracker.reading.plan import PlanReading, read_plan

_LETTERS = {Role.LEAD: "牵", Role.RESPONSIBLE: "责", Role.SUPPORT: "配"}


def read(*blocks: Grid | Paragraph, kind: str = "xlsx") -> PlanReading:
    """The reading of a file that holds these blocks."""
    return read_plan(Source(kind, "方案.xlsx", blocks))


def lines(text: str) -> list[Paragraph]:
    """A text of lines, each where it would stand in a .txt."""
    rows = [row.strip() for row in text.strip().splitlines()]
    return [Paragraph(row, f"L{number}") for number, row in enumerate(rows, 1)]


def who(point: WorkPoint) -> str:
    """Who answers for a work point: `牵:市一局 配:市二局`."""
    said = point.responsibility
    return " ".join(
        f"{_LETTERS[role]}:{'、'.join(said.names_in(role))}" for role in Role if said.names_in(role)
    )


def allotments(reading: PlanReading) -> list[tuple[str, str]]:
    """Every requirement, and who answers for it."""
    return [(point.requirement, who(point)) for point in reading.plan.work_points]


def places(reading: PlanReading, code: str) -> list[str]:
    """Where findings of a code stand."""
    return [finding.place for finding in reading.findings if finding.code == code]
