"""Text of .pdf files: paragraphs from lines, tables from ruled lines, scans refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support import hostile
from tests.support.word_parts import GOES_ON, RESTART, p, tc
from tracker.files.guard import opening
from tracker.grid import Merge
from tracker.problems.files import ScanFile

_BORDERS = "<w:tblPr><w:tblBorders>" + "".join(
    f'<w:{side} w:val="single" w:sz="8"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
) + "</w:tblBorders></w:tblPr>"  # fmt: skip


def test_a_scan_is_refused_by_its_name() -> None:
    with pytest.raises(ScanFile, match=r"^方案\.pdf：这是扫描件"):
        opening.read_bytes(hostile.picture_pdf(), "方案.pdf")


def test_lines_become_paragraphs_and_ruled_lines_a_table(soffice: str, tmp_path: Path) -> None:
    rows = [
        tc("任务") + tc("责任单位"),
        tc("加强大厅值守") + tc("县政务服务局", RESTART),
        tc("加强设备维护") + tc("", GOES_ON),
    ]
    table = f"<w:tbl>{_BORDERS}" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    long = "各单位要高度重视，明确专人负责，" * 6
    (tmp_path / "a.docx").write_bytes(hostile.document(p("某县2026年工作要点") + p(long) + table + p("完")))
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    source = opening.open_source(tmp_path / "a.pdf")

    assert source.kind == "pdf"
    assert [each.text for each in source.paragraphs] == ["某县2026年工作要点", long, "完"]
    assert source.paragraphs[1].place == "第1页L2"
    (grid,) = source.grids
    assert grid.rows == (("任务", "责任单位"), ("加强大厅值守", "县政务服务局"), ("加强设备维护", None))
    assert grid.merges == (Merge(1, 1, 2, 1),)


def test_a_row_that_a_page_cuts_in_two_is_one_row(soffice: str, tmp_path: Path) -> None:
    text = "".join(f"第{number}段渠道清理淤泥，" for number in range(150)) + "年底前完工。"
    rows = [("序号", "任务", "责任单位"), ("1", text, "县水利局"), ("2", "修建泵站。", "县住建局")]
    widths = (
        "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in (800, 6000, 1800)) + "</w:tblGrid>"
    )
    table = (
        f"<w:tbl>{_BORDERS}{widths}"
        + "".join(f"<w:tr>{''.join(map(tc, row))}</w:tr>" for row in rows)
        + "</w:tbl>"
    )
    (tmp_path / "a.docx").write_bytes(hostile.document(p("某县2026年工作要点") + table))
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    (grid,) = opening.open_source(tmp_path / "a.pdf").grids

    assert grid.rows == tuple(rows)
