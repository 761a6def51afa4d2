"""The formulas that stand in a workbook and are not ours."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>(.*?)</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>", re.S)
# Those that we write: how many characters a 摘要 has left, and a link of two literal texts into 原件留存.
_LITERAL = rb'"(?:[^"]|"")*"'
_OURS = re.compile(
    rb'\d+-LEN\([A-Z]+\d+\)|HYPERLINK\((?="\.\./\xe5\x8e\x9f)' + _LITERAL + b"," + _LITERAL + rb"\)"
)


def foreign_formulas(path: Path) -> list[bytes]:
    """Every formula of a workbook's sheets that is not the counter of a 填报表."""
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        found = [each[1] or b"" for name in sheets for each in _FORMULA.finditer(parts.read(name))]
    return [each for each in found if not _OURS.fullmatch(each)]
