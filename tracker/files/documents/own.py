"""The office's own Word template in place of our layout (模板/落实情况报告.docx).

The template is the office's: its typefaces, its red head, its order. It names what it wants in double braces
(docxtpl): `{{ 标题 }}`, `{{ 主送机关 }}`, `{{ 署名 }}`, `{{ 成文日期 }}`, `{{ 数字.已完成 }}`, `{{ 占比.已完成 }}`,
`{%p for 段 in 正文 %}{{ 段.文 }}{%p endfor %}` (`段.级` is 0 for text, 1 to 4 for a heading),
`{%tr for 行 in 一览表 %}{{ 行.具体要求 }}{%tr endfor %}` with the columns of annex 1, 未完成 and 抽查整改 with those of theirs.
A name that we do not supply is refused. The only module that imports docxtpl.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from tracker.files.documents.packing import repack
from tracker.files.templates import refuse_unknown
from tracker.files.templates import refusing
from tracker.files.templates import sandbox


def fill_template(path: Path, values: dict[str, Any]) -> bytes:
    """The template with its places filled; every value is escaped, nothing of the template can run."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(path.read_bytes()))
    with refusing(path.name, "正文"):
        names = template.get_undeclared_template_variables(jinja_env=sandbox(autoescape=True))
        refuse_unknown(path.name, "正文", names, values)
        template.render(values, jinja_env=sandbox(autoescape=True), autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return repack(out.getvalue())
