"""What an office's own Word template may name: the report's parts under Chinese names."""

from __future__ import annotations

from typing import Any

from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Attachment
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.outline import number_headings


def template_values(summary: YearSummary, document: Official) -> dict[str, Any]:
    """The values by name; see `files.documents.own` for how a template uses them."""
    parts = [
        {"级": block.level, "文": block.text + block.run_in}
        if isinstance(block, Heading)
        else {"级": 0, "文": block.text}
        for block in number_headings(document.blocks)
        if isinstance(block, Heading | Text)
    ]
    plain = {code: figure for code, figure in summary.figures.items() if "." not in code}
    return {
        "标题": document.title,
        "主送机关": document.addressee,
        "署名": document.signature,
        "成文日期": long_date(document.date) if document.date else "",
        "正文": parts,
        "数字": {figure.label: figure.n for figure in plain.values()},
        "占比": {figure.label: f"{figure.share}%" for figure in plain.values() if figure.share},
        "一览表": _annex(document, "落实情况"),
        "未完成": _annex(document, "原因、措施和预计完成时间"),
        "抽查整改": _annex(document, "整改结果"),
    }


def _annex(document: Official, column: str) -> list[dict[str, str]]:
    """The rows of the annex that has a column; none where it is not there."""
    tables = (_rows(attachment) for attachment in document.attachments)
    return next((rows for rows in tables if rows and column in rows[0]), [])


def _rows(attachment: Attachment) -> list[dict[str, str]]:
    return [
        {column.label: value for column, value in zip(block.columns, row, strict=True)}
        for block in attachment.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
