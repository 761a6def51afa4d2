"""The year's page as one .html file: no network, no script but its own, every text escaped.

Style and script are put into the page and named by their hashes in its content security policy; anything
else that found its way into the page would not run. The policy asks for hashes of the exact text between the
tags, which is why both are put in unescaped: they are our own files and hold no data.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from tracker.files.templates import find_template
from tracker.files.templates import page
from tracker.files.templates import trusted
from tracker.rules.reporting.page import Page


def lay_out_page(content: Page, *, office: Path | None = None) -> bytes:
    """The bytes of the .html file."""
    style, script = (_own(find_template(name, office=office)) for name in ("report.css", "report.js"))
    html = page(
        "report.html",
        office=office,
        p=content,
        style=trusted(style),
        script=trusted(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return html.encode("utf-8")


def _own(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig").strip()


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
