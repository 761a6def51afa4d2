"""The year's page as one .html file: no network, no script but its own, every text escaped.

Style, script and the charting library (templates/echarts, see docs/page.md) are put into the page and named by
their hashes in its content security policy; anything else that found its way into the page would not run. The
policy asks for hashes of the exact text between the tags, which is why they are put in unescaped: they are our own
files and hold no data. The library is taken as it was shipped, never from the office's own templates.

Pictures are drawn by the browser from tables that stand in the page; without JavaScript those tables are what one
sees, with plain bars in them.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from tracker.board import MONTH_CLASSES, BoardPage, PageLine
from tracker.files.templates import find_template, page, safe_markup, shipped_path
from tracker.rules.board import one_page_of

LIBRARY = "echarts.common.min.js"
# So many items stand in the page as rows; the rest are data, of which the script draws what a filter asks for.
DRAWN_ROWS = 50
_CELLS = (
    "wp", "section", "task", "requirement", "lead", "others", "deadline", "due", "kind", "word", "light", "colour", "says",
    "rank", "late", "text", "problem", "section_key",
)  # fmt: skip


def _pack(items: Sequence[PageLine]) -> str:
    """Items as JSON that may stand in a page: every text once, and a row of numbers of texts for each item."""
    numbers: dict[str, int] = {}
    rows = [
        [
            numbers.setdefault(text, len(numbers))
            for text in (*(str(getattr(item, name)) for name in _CELLS), " ".join(item.units))
        ]
        for item in items
    ]
    text = json.dumps({"texts": list(numbers), "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def lay_out_page(content: BoardPage, *, office: Path | None = None) -> bytes:
    """The bytes of the .html file."""
    style, script = (_file_text(find_template(name, office=office)) for name in ("report.css", "report.js"))
    library = _file_text(shipped_path("templates", "echarts", LIBRARY))
    today = f' data-today="{content.timeline.today}"'
    html = page(
        "report.html",
        office=office,
        p=content,
        a=one_page_of(content, rest="后面的清单"),
        month_classes=MONTH_CLASSES,
        section_numbers={section.key: number for number, section in enumerate(content.sections)},
        today_attribute=safe_markup(today),
        drawn_rows=DRAWN_ROWS,
        rest=safe_markup(_pack(content.items[DRAWN_ROWS:])),
        style=safe_markup(style),
        library=safe_markup(library),
        script=safe_markup(script),
        style_hash=_hash(style),
        library_hash=_hash(library),
        script_hash=_hash(script),
    )
    return html.encode("utf-8")


def _file_text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig").strip()


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
