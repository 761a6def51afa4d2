"""Old text documents come in through LibreOffice, and without it the refusal says what to do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support import hostile
from tests.support.word_parts import p
from tracker.files import programs
from tracker.files.guard import opening
from tracker.problems.files import NeedsOffice, NotConverted


@pytest.mark.parametrize("ending", ["doc", "rtf", "odt"])
def test_an_old_document_is_converted_and_read(ending: str, soffice: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(hostile.document(p("工作要点") + p("1.甲（市教育局负责）")))
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", ending,
         "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    source = opening.open_source(tmp_path / f"a.{ending}")

    assert source.kind == ending
    assert [each.text for each in source.paragraphs] == ["工作要点", "1.甲（市教育局负责）"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_a_sheet_in_the_xml_of_excel_2003_is_converted_and_read(soffice: str, encoding: str) -> None:
    cell = '<Cell{}><Data ss:Type="String">{}</Data></Cell>'
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="分工表"><Table>'
        f"<Row>{cell.format('', '任务')}{cell.format('', '责任单位')}</Row>"
        f"<Row>{cell.format('', '甲')}{cell.format('', '市教育局')}</Row>"
        "</Table></Worksheet></Workbook>"
    )

    source = opening.read_bytes(sheet.encode(encoding), "方案.xls")

    assert source.kind == "xml-sheet"
    assert source.grids[0].name == "分工表"
    assert source.grids[0].rows == (("任务", "责任单位"), ("甲", "市教育局"))


def test_without_an_office_program_the_refusal_says_how_to_save(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(programs, "_LIBREOFFICE_PLACES", ())

    with pytest.raises(NeedsOffice, match=r"这是RTF 文件.*另存为 \.docx"):
        opening.read_bytes(b"{\\rtf1 x}", "方案.rtf")


def test_a_conversion_that_takes_too_long_is_given_up(soffice: str) -> None:
    with pytest.raises(NotConverted, match="转换超时"):
        opening.convert(b"{\\rtf1 x}", kind="rtf", name="方案.rtf", seconds=0.01)
