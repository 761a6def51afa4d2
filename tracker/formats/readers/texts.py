r"""Text files: prose as numbered lines, separated values as a grid, Markdown with its tables.

A line is a physical line, counted from 1 (`L7`), empty ones too. In separated values a record is a row
(`R5C3`), counted in records: a line break inside quotes belongs to the cell.

Encodings, told by the bytes: a mark at the start (UTF-8, UTF-16, UTF-32) that the bytes do not contradict; else UTF-16 where many of every other
byte are zero; else UTF-8 where it is valid; else GB18030, what Chinese Windows writes. A few broken bytes become
U+FFFD and spoil nothing else. Bytes that none of them explains, or that hold control characters, are no text.

    >>> decode("一、甲".encode("gb18030")), decode("一、甲".encode("utf-16"))
    ('一、甲', '一、甲')
    >>> decode(b"\x00\x01\x02\x03\x1b\x07") is None
    True
    >>> [decode(mark + "一、甲\n".encode("gb18030")) for mark in (b"\xef\xbb\xbf", b"\xff\xfe")]
    ['一、甲\n', '一、甲\n']
"""

from __future__ import annotations

import csv
from collections import Counter

from tracker import patterns as re
from tracker.grid import Block, Grid, Notation, Paragraph, Source, Value
from tracker.problems.files import Oversized, UnknownEncoding

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS = "\t,;|"
_LINES = 400_000
_AREA = 3_000_000
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\s*")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")


def decode(data: bytes, *, partial: bool = False) -> str | None:
    """Decode text; None when the bytes are none. `partial` allows a last character that is cut off."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _try(data, encoding, partial)
            rest = data[len(mark) :]
            if encoding == "utf-8-sig":
                # A program put the mark of UTF-8 before bytes of another encoding.
                return decode(rest, partial=partial) if text is None else _checked(text)
            other = _try(rest, "gb18030", partial)
            if other is not None and _share(other) > 0.9 and (text is None or _share(text) < 0.5):
                return _checked(other)
            return _checked(text)
    head = data[:4096]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros and zeros.count(0) > len(zeros) // 4:
            return _checked(_try(data, encoding, partial))
    text = _try(data, "utf-8", partial)
    if text is not None:
        return _checked(text)
    nearly = _nearly(data, "utf-8")
    if nearly is not None:
        return _checked(nearly)
    return _checked(_try(data, "gb18030", partial) or _nearly(data, "gb18030"))


def _share(text: str) -> float:
    """How much of a text is made of what Chinese texts are made of: ASCII, Han characters, their punctuation."""
    usual = sum(
        "\t" <= sign < "\x7f" or "\u3000" <= sign < "\ua000" or "\uff00" <= sign < "\uffef" for sign in text
    )
    return usual / max(len(text), 1)


def _nearly(data: bytes, encoding: str) -> str | None:
    """Decode text that holds a few broken bytes, each read as U+FFFD; None when they are more than a few.

    A broken character among a hundred whole ones is damage on the way; one among five is another encoding.
    """
    text = data.decode(encoding, "replace")
    damage = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - damage
    return text if damage * 50 <= whole else None


def _try(data: bytes, encoding: str, partial: bool) -> str | None:
    for cut in range(4 if partial else 1):
        try:
            return data[: len(data) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _checked(text: str | None) -> str | None:
    if text is None:
        return None
    controls = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13, 26))
    return None if controls * 200 > len(text) else text


def read_text(data: bytes, name: str) -> Source:
    """Read a text file as prose, as separated values or as Markdown."""
    text = decode(data)
    if text is None:
        raise UnknownEncoding(file=name)
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").rstrip("\x1a")
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) > _LINES:
        raise Oversized(file=name, what=f"文件有 {len(lines)} 行")
    records = _separated_values(text, lines, is_named_so=name.lower().endswith((".csv", ".tsv")))
    if records is not None:
        width = max(map(len, records))
        if len(records) * width > _AREA:
            raise Oversized(file=name, what=f"文件有 {len(records)} 行、{width} 列")
        rows = tuple(
            tuple((cell if cell.strip() else None) for cell in record) + (None,) * (width - len(record))
            for record in records
        )
        return Source(kind="csv", name=name, blocks=(Grid("", rows, notation=Notation.BARE),))
    if any(_RULE.fullmatch(line) for line in lines) or any(line.startswith("## ") for line in lines):
        return Source(kind="md", name=name, blocks=_markdown(lines))
    return Source(kind="txt", name=name, blocks=tuple(_paragraph(n, line) for n, line in enumerate(lines)))


def _paragraph(index: int, line: str, style: str = "") -> Paragraph:
    return Paragraph(line, f"L{index + 1}", style)


def _separated_values(text: str, lines: list[str], *, is_named_so: bool) -> list[list[str]] | None:
    r"""Parse separated values, or return None where the text is prose.

    A table has at least two records, and most of them (four of five; every second one in a file that calls
    itself .csv, whose title rows may stand alone) have the same number of fields, two or more. Prose has
    commas too, but never so evenly; the ending only moves the bar, it does not decide.

    >>> _separated_values("a,b\n1,2", ["a,b", "1,2"], is_named_so=False)
    [['a', 'b'], ['1', '2']]
    >>> _separated_values("first, second\nthird", ["first, second", "third"], is_named_so=True)
    """
    if len(lines) < 2:
        return None
    best: tuple[float, int, list[list[str]]] | None = None
    for separator in _SEPARATORS:
        if sum(separator in line for line in lines[:50]) < min(len(lines), 50) // 3 or separator not in text:
            continue
        if separator == "|" and any(_RULE.fullmatch(line) for line in lines[:50]):
            continue
        records = _parse(text, lines, separator)
        counts = Counter(len(record) for record in records if any(cell.strip() for cell in record))
        if not counts:
            continue
        fields, times = counts.most_common(1)[0]
        share = times / sum(counts.values())
        if not is_named_so and separator in _SIGNS_OF_PASTES and _is_pasted(records, fields):
            continue
        if not is_named_so and _are_sentences(records):
            continue
        if fields >= 2 and times >= 2 and share > (0.5 if is_named_so else 0.8 - 1e-9):
            score = (share, fields, records)
            if best is None or score[:2] > best[:2]:
                best = score
    return best[2] if best else None


# 责任单位:市甲局 inside a cell
_LABEL_IN_CELL = re.compile(r"(?:单位|部门|科室|时限|期限|时间|牵头|配合|责任)[:：]\S")


def _are_sentences(records: list[list[str]]) -> bool:
    """Whether the marks of sentences part most records: their cells break brackets or hold labels with what these say.

    >>> _are_sentences([["1.修渠(市甲局", "6月底前)"], ["2.植树(市乙局", "长期)"]]), _are_sentences([["修渠", "市甲局"], ["植树", "市乙局"]])
    (True, False)
    >>> _are_sentences([["1)修渠.责任单位:市甲局", "完成时限:6月底"], ["2)植树.责任单位:市乙局", "完成时限:9月底"]])
    True
    """
    rows = [record for record in records if len(record) > 1]
    broken = sum(
        any(cell.count("(") + cell.count("（") != cell.count(")") + cell.count("）") for cell in row)
        or sum(_LABEL_IN_CELL.search(cell) is not None for cell in row) > 1
        for row in rows
    )
    return 2 * broken > len(rows)


# What parts the cells of a table that was copied from a page.
_SIGNS_OF_PASTES = "\t|"


def _is_pasted(records: list[list[str]], fields: int) -> bool:
    """Whether rows of a table lack fields, or end in a sign.

    >>> _is_pasted([["a", "b"], ["1", "2"]], 2), _is_pasted([["a", "b"], ["2"], ["1", "2"]], 2), _is_pasted([["a", ""], ["1", ""]], 2)
    (False, True, True)
    """
    first = next((at for at, record in enumerate(records) if len(record) == fields), 0)
    rows = [record for record in records[first:] if any(cell.strip() for cell in record)]
    return any(len(row) < fields for row in rows) or 2 * sum(not row[-1].strip() for row in rows) > len(rows)


def _parse(text: str, lines: list[str], separator: str) -> list[list[str]]:
    csv.field_size_limit(1 << 24)
    # Web systems write ="0102" to keep leading zeros.
    text = re.sub(rf'(^|{re.escape(separator)})="', r'\1"', text, flags=re.MULTILINE)
    try:
        return list(
            csv.reader(
                text.splitlines(keepends=True) if "\x0b" not in text else [f"{x}\n" for x in lines],
                delimiter=separator,
            )
        )
    except csv.Error:
        return [line.split(separator) for line in lines]


def _markdown(lines: list[str]) -> tuple[Block, ...]:
    """Pipe tables as grids `T1`, `T2` …, headings with their level as style, all else as lines."""
    blocks: list[Block] = []
    tables = 0
    at = 0
    while at < len(lines):
        if "|" in lines[at] and at + 1 < len(lines) and _RULE.fullmatch(lines[at + 1]):
            end = at + 2
            while end < len(lines) and "|" in lines[end] and lines[end].strip():
                end += 1
            tables += 1
            blocks.append(_pipe_table([lines[at], *lines[at + 2 : end]], f"T{tables}"))
            at = end
            continue
        heading = _HEADING.fullmatch(lines[at])
        if heading:
            blocks.append(_paragraph(at, heading[2], f"heading {len(heading[1])}"))
        else:
            blocks.append(_paragraph(at, lines[at]))
        at += 1
    return tuple(blocks)


def _pipe_table(lines: list[str], name: str) -> Grid:
    rows = [re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|")) for line in lines]
    width = max(map(len, rows))
    full_rows: list[tuple[Value, ...]] = []
    for row in rows:
        cells = [re.sub(r"<br\s*/?>", "\n", cell.replace(r"\|", "|")).strip() for cell in row]
        full_rows.append(tuple(cell or None for cell in cells) + (None,) * (width - len(row)))
    return Grid(name, tuple(full_rows), notation=Notation.TABLE)
