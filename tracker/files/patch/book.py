"""The workbook around the sheets: which part is which sheet, its tables, its names, its calendar."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.files.patch.areas import Area
from tracker.files.patch.areas import area
from tracker.files.patch.package import Package
from tracker.files.patch.package import Relation
from tracker.files.patch.rows import MAIN
from tracker.files.patch.spans import Malformed
from tracker.files.patch.spans import Node
from tracker.files.patch.spans import Splices
from tracker.files.patch.spans import check
from tracker.files.patch.spans import read

_TRUE = ("1", "true")

# What stands before calcPr in a workbook part (ECMA-376 part 1, 18.2.27), last first.
_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table on a sheet.

    Attributes:
        name: As formulas call it.
        part: Its part.
        root: The part's elements.
        area: All of it, header and totals included.
        header_rows: 1, or 0 without a header.
        totals_rows: 1 where it has a row of totals, else 0.
    """

    name: str
    part: str
    root: Node
    area: Area
    header_rows: int
    totals_rows: int

    @property
    def columns(self) -> list[Node]:
        """Its columns, left to right."""
        node = self.root.child("tableColumns")
        return node.children if node else []


class Workbook:
    """A workbook's parts and what they are.

    Raises:
        Malformed: It is no workbook that can be patched.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        check(package.part("[Content_Types].xml"))
        self.part = next(
            (relation.target for relation in package.relations("") if relation.kind == "officeDocument"), ""
        )
        if not self.part.lower().endswith(".xml"):
            raise Malformed("不是 .xlsx 或 .xlsm 工作簿")
        self.root = read(package.part(self.part))
        if self.root.local != "workbook" or self.root.space not in MAIN:
            raise Malformed("不是 .xlsx 或 .xlsm 工作簿")
        self.relations = package.relations(self.part)

    @property
    def sheets(self) -> dict[str, Node]:
        """The sheets by name, in the order of their tabs."""
        node = self.root.child("sheets")
        return {sheet.attributes.get("name", ""): sheet for sheet in (node.children if node else [])}

    @property
    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        properties = self.root.child("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in _TRUE

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed the whole file; any change would break the signature."""
        return any(
            relation.kind == "origin" and "digital-signature" in relation.node.attributes.get("Type", "")
            for relation in self.package.relations("")
        )

    def worksheet_part(self, name: str) -> str:
        """The part of a worksheet.

        Raises:
            Malformed: There is no such sheet, or it has no cells (a chart sheet, a dialog, a macro sheet).
        """
        sheet = self.sheets.get(name)
        if sheet is None:
            raise Malformed("没有这个工作表，现有：" + "、".join(self.sheets))
        id_ = next(
            (value for key, value in sheet.attributes.items() if key.endswith("/relationships id")), ""
        )
        relation = next((link for link in self.relations if link.id == id_), None)
        if relation is None or relation.kind != "worksheet" or relation.target not in self.package:
            raise Malformed("不是普通工作表（图表页、宏表或已损坏），不能写入")
        return relation.target

    def worksheet_parts(self) -> list[str]:
        """The parts of all worksheets."""
        return [
            relation.target
            for relation in self.relations
            if relation.kind == "worksheet" and relation.target in self.package
        ]

    def relation(self, kind: str) -> Relation | None:
        """The workbook's first relation of a kind, where its part exists."""
        return next((e for e in self.relations if e.kind == kind and e.target in self.package), None)

    def tables(self, sheet_part: str) -> list[SheetTable]:
        """The tables of a sheet."""
        tables = []
        for relation in self.package.relations(sheet_part):
            if relation.kind == "table" and relation.target in self.package:
                root = read(self.package.part(relation.target))
                tables.append(_table(relation.target, root))
        return tables

    def pivots(self, sheet_part: str) -> list[Area]:
        """The ranges that pivot tables fill on a sheet, with the filters that stand above them."""
        ranges = []
        for relation in self.package.relations(sheet_part):
            if relation.kind == "pivotTable" and relation.target in self.package:
                location = read(self.package.part(relation.target)).child("location")
                if location is not None and "ref" in location.attributes:
                    ranges.append(_with_page_filters(location))
        return ranges

    def recalculate(self, changes: Splices) -> None:
        """Ask the next program to calculate all formulas when it opens the workbook."""
        calc = self.root.child("calcPr")
        if calc is not None:
            if calc.attributes.get("fullCalcOnLoad") not in _TRUE:
                changes.attribute(calc, "fullCalcOnLoad", "1")
            return
        before = next(node for name in _BEFORE_CALC if (node := self.root.child(name)) is not None)
        changes.replace(before.end, before.end, f'<{self.root.prefix}calcPr fullCalcOnLoad="1"/>'.encode())

    def names_of(self, sheet: str) -> list[Node]:
        """The names that belong to a sheet: its print area, its filter and others."""
        node = self.root.child("definedNames")
        index = str(list(self.sheets).index(sheet))
        return [e for e in (node.children if node else []) if e.attributes.get("localSheetId") == index]


def _with_page_filters(location: Node) -> Area:
    table_area = area(location.attributes["ref"])
    down = int(location.attributes.get("rowPageCount", "0"))
    across = int(location.attributes.get("colPageCount", "0"))
    if not down:
        return table_area
    # One row stays empty between the filters and the table; each filter is a name, a choice and a gap.
    return Area(
        max(table_area.top - down - 1, 0),
        table_area.left,
        table_area.bottom,
        max(table_area.right, table_area.left + 3 * across - 2),
    )


def _table(part: str, root: Node) -> SheetTable:
    try:
        return SheetTable(
            name=root.attributes.get("displayName") or root.attributes.get("name", ""),
            part=part,
            root=root,
            area=area(root.attributes.get("ref", "")),
            header_rows=int(root.attributes.get("headerRowCount", "1")),
            totals_rows=int(root.attributes.get("totalsRowCount", "0")),
        )
    except ValueError as error:
        raise Malformed(f"文件内部的 {part} 已损坏") from error
