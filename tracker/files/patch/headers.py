"""The head of a table: its cells and the names of its columns say the same, or Excel repairs the file."""

from __future__ import annotations

import re

from tracker.files.patch.book import SheetTable
from tracker.files.patch.package import Package
from tracker.files.patch.rewrite import AtCell
from tracker.files.patch.rewrite import Targets
from tracker.files.patch.spans import Splices
from tracker.files.patch.spans import quote_value
from tracker.files.patch.values import encode_text

# Excel's own limit of a column name.
_LONGEST = 255


def rename_columns(table: SheetTable, targets: Targets, package: Package) -> bytes | None:
    """The part of a table whose head changes; None where it does not.

    Raises:
        AtCell: The new head is empty, no text, taken, or formulas call the column by its old one.
    """
    head = table.area.top
    if not table.header_rows or head not in targets:
        return None
    names = [column.attributes.get("name", "") for column in table.columns]
    changes = Splices(package.part(table.part))
    for column, target in sorted(targets[head].items()):
        n = column - table.area.left
        if not 0 <= n < len(names):
            continue
        content = target.content
        text = _plain(content.text)
        if content.tag != "is" or len(text) > _LONGEST:
            raise AtCell(head, column, f"是表格“{table.name}”的表头，只能是不超过 {_LONGEST} 个字的文字")
        new = encode_text(text).replace("\r", "_x000d_").replace("\n", "_x000a_")
        if new == names[n]:
            continue
        if new.casefold() in (name.casefold() for m, name in enumerate(names) if m != n):
            raise AtCell(head, column, f"表格“{table.name}”已有名为“{text}”的列")
        user = _user_of(names[n], package)
        if user:
            raise AtCell(
                head, column, f"是表格“{table.name}”的表头，有公式按“{names[n]}”引用这一列（{user}）"
            )
        names[n] = new
        changes.attribute(table.columns[n], "name", new)
    return changes.done() if changes else None


def _plain(text: str) -> str:
    """The text of a cell's content, which is escaped for XML."""
    for code, character in (("&#13;", "\r"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(code, character)
    return re.sub(r"_x005F(_x[0-9A-Fa-f]{4}_)", r"\1", text)


def _user_of(name: str, package: Package) -> str:
    """The first part with a formula that calls a column by its name; empty where there is none."""
    reference = b"[" + quote_value(name)[1:-1] + b"]"
    return next(
        (
            part
            for part in package.names
            if part.lower().endswith(".xml") and "/media/" not in part and reference in package.part(part)
        ),
        "",
    )
