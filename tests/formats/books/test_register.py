"""单位及联络员名单.xlsx: both directions of one workbook."""

import datetime as dt

from tracker.files.guard.opening import read_bytes
from tracker.formats.books.register import (
    ContactRow,
    NameRow,
    RegisterBook,
    UnitGroupRow,
    UnitRow,
    lay_out_register,
    missing_register_rows,
    read_register,
)
from tracker.grid import Source, from_table

BOOK = RegisterBook(
    units=(
        UnitRow("U001", "市教育局", ("教育局", "市教委"), "市直部门"),
        UnitRow("U002", "市工商局", (), "市直部门", None, dt.date(2019, 1, 31), ("市市场监管局",), "合并"),
    ),
    groups=(
        UnitGroupRow("市有关单位", ("市教育局", "市工商局"), until=dt.date(2019, 1, 31)),
        UnitGroupRow("市有关单位", ("市教育局", "市市场监管局"), since=dt.date(2019, 2, 1)),
        UnitGroupRow("重点领域相关单位"),
    ),
    contacts=(ContactRow("市教育局", "周宁", "科长", "0756-2120001", "zn@example.cn"),),
    names=(NameRow("市教育", "市教育局"),),
)


def without_places(book):
    def clean(row):
        return tuple(
            getattr(row, name)
            for name in row.__slots__
            if name not in ("place", "row", "id_column", "kind_column")
        )

    return [[clean(row) for row in rows] for rows in (book.units, book.groups, book.contacts, book.names)]


def test_what_was_laid_out_reads_back_equal():
    found = read_register(read_bytes(lay_out_register(BOOK), "单位及联络员名单.xlsx"))

    assert without_places(found) == without_places(BOOK)


def test_columns_are_found_by_their_labels_in_any_order():
    grid = from_table(
        """
        | 类别     | 单位名称 | 备忘 | 编号 |
        | 市直部门 | 市审计局 | 新   | U007 |
        |          |          |      |      |
        |          | 市统计局 |      |      |
        """,
        name="单位",
    )

    found = read_register(Source("xlsx", "x.xlsx", (grid,)))

    assert [(each.unit, each.name, each.kind, each.place) for each in found.units] == [
        ("U007", "市审计局", "市直部门", "单位!B2"),
        ("", "市统计局", "", "单位!B4"),
    ]


def test_only_rows_that_the_office_does_not_have_are_missing():
    grown = RegisterBook(
        units=(*BOOK.units, UnitRow("U003", "市数据局")),
        groups=(*BOOK.groups, UnitGroupRow("市直各单位")),
        names=BOOK.names,
    )

    missing = missing_register_rows(BOOK, grown)

    assert [each.unit for each in missing.units] == ["U003"]
    assert [each.name for each in missing.groups] == ["市直各单位"]
    assert missing.names == ()
