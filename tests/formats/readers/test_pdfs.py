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


def test_a_paragraph_goes_on_wherever_its_lines_break(soffice: str, tmp_path: Path) -> None:
    long = "推行电子证照，2026年6月底前实现“跨省互认”，抽检合格率达到100.0%以上，培训1500人次。"
    texts = [f"{number}.{'市' * number}{long}{long}" for number in range(1, 41)]
    (tmp_path / "a.docx").write_bytes(hostile.document("".join(map(p, texts))))
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    assert [paragraph.text for paragraph in opening.open_source(tmp_path / "a.pdf").paragraphs] == texts


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


def _printed(*pages: tuple[tuple[int, int, str], ...]) -> bytes:
    """A .pdf of lines of characters 14 points wide, each with its distance from left and top."""
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/Ascent 880/Descent -120/FontBBox[0 -120 1000 880]>>",
    ]
    for n, page in enumerate(pages):
        text = "".join(
            f"BT /F 14 Tf {left} {800 - top} Td <{line.encode('utf-16-be').hex()}> Tj ET\n"
            for left, top, line in page
        )
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {7 + 2 * n} 0 R>>")
        objects.append(f"<</Length {len(text)}>>stream\n{text}\nendstream")
    return hostile.pdf_of([thing.encode("ascii") for thing in objects])


def _paragraphs(*pages: tuple[tuple[int, int, str], ...]) -> list[str]:
    return [paragraph.text for paragraph in opening.read_bytes(_printed(*pages), "方案.pdf").paragraphs]


FULL = "（一）疏浚县城至河口的航道，拆除阻碍行船的旧桥，重建"  # a printed line, set in by two characters


def test_a_running_head_parts_no_sentence_and_stays_where_the_first_page_shows_it() -> None:
    head = (90, 50, "某县人民政府文件")
    pages = [
        (head, (118, 100, FULL)),
        (head, (90, 100, "闸门两座。（县水利局）")),
        (head, (118, 100, "（二）种树。")),
    ]

    assert _paragraphs(*pages) == [head[2], FULL + "闸门两座。（县水利局）", "（二）种树。"]
    assert _paragraphs(((118, 50, FULL),), *pages[1:]) == [FULL + "闸门两座。（县水利局）", "（二）种树。"]
    other = ((90, 60, "某县人民政府文件"), (90, 100, "闸门两座。"))
    assert "某县人民政府文件" in "".join(_paragraphs(((118, 50, FULL),), other))


@pytest.mark.parametrize(("short", "is_one"), [(0, True), (1, True), (3, True), (6, False)])
def test_a_line_that_is_a_few_characters_short_because_of_a_comma_goes_on(short: int, is_one: bool) -> None:
    lines = (
        (118, 100, FULL),
        (90, 124, "码头。"),
        (118, 148, FULL[: len(FULL) - short]),
        (90, 172, "照，年底前互认。"),
    )

    assert len(_paragraphs(lines)) == (2 if is_one else 3)


def test_a_sentence_that_ends_before_the_margin_ends_its_paragraph() -> None:
    assert len(_paragraphs(((90, 100, FULL), (90, 124, FULL[:-4] + "。"), (90, 148, "县水利局负责。")))) == 3
