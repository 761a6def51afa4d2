"""Files of every container, damaged at random, through the door: nothing may hang, leak or show a traceback.

Two kinds of damage: bytes of the file itself, and bytes of the parts inside a packed file, which is then packed
anew with right check sums, so that the parsers behind the gate see them. The same size gives the same files.

    python -m tests.soaks.door 10000
"""

from __future__ import annotations

import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable

import xlsxwriter

from tracker.files.guard.pool import Died, Pool

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_BITS = (b"<", b">", b'"', b"&", b"\0", b"\xff", b"0", b"99999999", b"-1", b"</", b"/>", b"r=", b"'")


def workbook() -> bytes:
    """A workbook with merges, hidden rows, formulas and an error."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("分工表")
        sheet.write_row("A1", ["序号", "任务", "责任单位", "时限"])
        for row in range(1, 12):
            sheet.write_row(row, 0, [row, f"第{row}项任务", "市教育局牵头", "6月底前"])
        sheet.merge_range("C3:C5", "市水务局")
        sheet.write_formula("D5", "=1/0", None, "#DIV/0!")
        sheet.set_row(6, None, None, {"hidden": True})
    return out.getvalue()


def document() -> bytes:
    """A Word document with a table and a merge."""
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(
        "<w:tr>" + cell.format("<w:vMerge/>" if n else '<w:vMerge w:val="restart"/>', "甲")
        + cell.format('<w:gridSpan w:val="2"/>', f"任务{n}") + "</w:tr>"
        for n in range(4)
    )  # fmt: skip
    body = f"<w:p><w:r><w:t>工作要点</w:t></w:r></w:p><w:tbl>{rows}</w:tbl>"
    return _pack(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'.encode(),
        }
    )


def open_sheet() -> bytes:
    """An OpenDocument sheet with a merge and repeats."""
    names = " ".join(f'xmlns:{each}="{_OFFICE}{each}:1.0"' for each in ("office", "table", "text"))
    row = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string" '
        'table:number-columns-spanned="2"><text:p>甲</text:p></table:table-cell><table:table-cell '
        'office:value-type="float" office:value="1"/></table:table-row>'
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name='A'>"
        f"{row * 3}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return _pack({"mimetype": kind, "content.xml": content.encode()})


def page() -> bytes:
    """A web page with a table."""
    cells = "<tr><td rowspan=2>甲</td><td>市教育局</td></tr><tr><td colspan=2>乙</td></tr>"
    return f"<html><head><meta charset=utf-8></head><body><p>要点</p><table>{cells}</table></body></html>".encode()


def table() -> bytes:
    """Separated values."""
    return "序号,任务,单位\n1,甲,市教育局\n2,乙,市水务局\n".encode() * 3


FILES: tuple[Callable[[], bytes], ...] = (workbook, document, open_sheet, page, table)


def _pack(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def _hurt(data: bytes, chance: random.Random) -> bytes:
    hurt = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(hurt) + 1)
        what = chance.randrange(4)
        if what == 0:
            hurt[at : at + 1] = bytes([chance.randrange(256)])
        elif what == 1:
            hurt[at:at] = chance.choice(_BITS)
        elif what == 2:
            del hurt[at : at + chance.randint(1, 40)]
        else:
            start = chance.randrange(len(hurt) + 1)
            hurt[at:at] = hurt[start : start + chance.randint(1, 200)]
    return bytes(hurt)


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """A file of the same container, hurt outside or inside."""
    if not whole.startswith(b"PK") or chance.random() < 0.3:
        return _hurt(whole, chance)
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = {part.filename: packed.read(part) for part in packed.infolist()}
    for name in chance.sample(sorted(parts), chance.randint(1, min(2, len(parts)))):
        parts[name] = _hurt(parts[name], chance)
    return _pack(parts)


def main(size: int) -> dict[str, int]:
    """Read `size` damaged files and count what came of them; raises when one did what none may do."""
    chance = random.Random(size)
    wholes = [draw() for draw in FILES]
    pool = Pool()
    came: Counter[str] = Counter()
    slowest = 0.0
    try:
        for number in range(size):
            data = damaged(wholes[number % len(wholes)], chance)
            begun = time.perf_counter()
            try:
                word, value = pool.ask("方案.xlsx", data)
            except Died as death:
                word, value = "died", death.what
            slowest = max(slowest, time.perf_counter() - begun)
            detail = value.code if word == "refusal" else value if word in ("broken", "died", "old") else ""
            came[f"{word} {detail}".strip()] += 1
    finally:
        pool.close()
    came["slowest, ms"] = round(slowest * 1000)
    return dict(sorted(came.items()))


if __name__ == "__main__":
    for what, times in main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000).items():
        print(f"{times:8}  {what}")
