"""Cells of a Word table are changed, rows copied, and every other byte stays."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from tracker.files.guard import read_bytes
from tracker.formats.documents.wordtable import CellText, RowCopies, change_tables
from tracker.problems.files import CannotPatch

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body, namespaces=""):
    word = docx.Document()
    buffer = io.BytesIO()
    word.save(buffer)
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = (
                    f'<w:document xmlns:w="{W}"{namespaces}><w:body>{body}</w:body></w:document>'.encode()
                )
            new.writestr(name, content)
    return out.getvalue()


def cell(inner="<w:p/>", properties=""):
    return f"<w:tc>{properties}{inner}</w:tc>"


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


def xml(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read("word/document.xml").decode()


def read(data):
    return [[each.text for each in line.cells] for line in docx.Document(io.BytesIO(data)).tables[0].rows]


def test_a_text_takes_the_look_of_the_paragraph_and_lines_become_breaks():
    look = "<w:pPr><w:jc w:val='center'/><w:rPr><w:sz w:val='21'/></w:rPr></w:pPr>"
    data = document(f"<w:tbl>{row(cell(f'<w:p>{look}</w:p>'))}</w:tbl><w:p/>")

    new = change_tables(data, [CellText("T1", 0, 0, "甲<乙\n丙 ")])

    assert read(new) == [["甲<乙\n丙 "]]
    assert "<w:r><w:rPr><w:sz w:val='21'/></w:rPr><w:t" in xml(new)


def test_nothing_changes_but_the_cell():
    data = document(f"<w:tbl>{row(cell(), cell())}</w:tbl><w:p><w:r><w:t>后文 &amp; 其他</w:t></w:r></w:p>")

    new = change_tables(data, [CellText("T1", 0, 1, "甲")])

    run = '<w:p><w:r><w:t xml:space="preserve">甲</w:t></w:r></w:p>'
    assert xml(new) == xml(data).replace("<w:tc><w:p/></w:tc></w:tr>", f"<w:tc>{run}</w:tc></w:tr>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "<w:tcPr><w:shd/></w:tcPr>"),
        ("<w:tcPr/>", "<w:tcPr><w:shd/></w:tcPr>"),
        (
            "<w:tcPr><w:vAlign w:val='center'/></w:tcPr>",
            "<w:tcPr><w:shd/><w:vAlign w:val='center'/></w:tcPr>",
        ),
        (
            "<w:tcPr><w:tcW w:w='9'/><w:noWrap/></w:tcPr>",
            "<w:tcPr><w:tcW w:w='9'/><w:shd/><w:noWrap/></w:tcPr>",
        ),
        ("<w:tcPr><w:shd w:fill='FF0000'/></w:tcPr>", "<w:tcPr><w:shd/></w:tcPr>"),
    ],
)
def test_a_gap_is_shaded_in_the_place_that_the_schema_wants(before, after):
    data = document(f"<w:tbl>{row(cell(properties=before))}</w:tbl>")

    new = change_tables(data, [CellText("T1", 0, 0, "")])

    shading = '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>'
    assert f"<w:tc>{after.replace('<w:shd/>', shading)}<w:p/></w:tc>" in xml(new)


def test_copied_rows_follow_the_empty_one_without_what_may_stand_only_once():
    spaces = ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    mark = "<w:bookmarkStart w:id='1' w:name='a'/><w:bookmarkEnd w:id='1'/>"
    marked = cell(f"<w:p w14:paraId='2B'>{mark}</w:p>")
    empty = f"<w:tr w14:paraId='1A'>{marked}{cell()}</w:tr>"
    data = document(f"<w:tbl>{row(cell('<w:p/>'), cell())}{empty}</w:tbl>", spaces)

    new = change_tables(
        data, [CellText("T1", 1, 0, "一")], [RowCopies("T1", 1, ({0: "二"}, {0: "三", 1: "末"}))]
    )

    assert read(new) == [["", ""], ["一", ""], ["二", ""], ["三", "末"]]
    assert xml(new).count("paraId") == 2
    assert xml(new).count("bookmarkStart") == 1


def test_columns_count_on_the_full_grid():
    wide = cell(properties="<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>")
    data = document(f"<w:tbl>{row(wide, cell())}</w:tbl>")

    assert "甲" in xml(change_tables(data, [CellText("T1", 0, 2, "甲")]))
    with pytest.raises(CannotPatch):
        change_tables(data, [CellText("T1", 0, 1, "甲")])


def test_a_cell_that_a_merge_hides_is_refused():
    going_on = cell(properties="<w:tcPr><w:vMerge/></w:tcPr>")
    data = document(f"<w:tbl>{row(cell())}{row(going_on)}</w:tbl>")

    with pytest.raises(CannotPatch):
        change_tables(data, [CellText("T1", 1, 0, "甲")])


def test_characters_that_xml_cannot_hold_are_left_out():
    data = document(f"<w:tbl>{row(cell())}</w:tbl>")

    assert read(change_tables(data, [CellText("T1", 0, 0, "甲\x07乙")])) == [["甲乙"]]


CONTROL = "<w:sdt><w:sdtPr><w:alias w:val='进展'/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
PLACEHOLDER = "<w:r><w:rPr><w:color w:val='808080'/></w:rPr><w:t>单击此处输入</w:t></w:r>"


@pytest.mark.parametrize(
    "tc",
    [
        cell(f"<w:p>{CONTROL.format(PLACEHOLDER)}</w:p>"),
        cell(CONTROL.format(f"<w:p>{PLACEHOLDER}</w:p>")),
        CONTROL.format(cell(f"<w:p>{PLACEHOLDER}</w:p>")),
    ],
    ids=["in a paragraph", "around a paragraph", "around the cell"],
)
def test_a_content_control_that_shows_its_placeholder_is_empty_and_takes_the_text(tc):
    data = document(f"<w:tbl>{row(cell(), tc)}</w:tbl><w:p/>")
    assert read_bytes(data, "空表.docx").grids[0].text(0, 1) == ""

    new = change_tables(data, [CellText("T1", 0, 1, "已办理10件")])

    assert read_bytes(new, "空表.docx").grids[0].text(0, 1) == "已办理10件"
    assert "<w:alias w:val='进展'/>" in xml(new)
    assert "showingPlcHdr" not in xml(new)
    assert "808080" not in xml(new)
