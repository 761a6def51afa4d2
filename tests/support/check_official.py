"""An independent judge of official documents: does a .docx hold the measures of GB/T 9704-2012?

Reads the package with zipfile and lxml and the printed pages with poppler, and imports nothing of ours. What
a paragraph is, is told by what stands in it and where, not by the name of its style. Every problem is one
sentence; a document in order gives none.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"

MM = 1440 / 25.4
CHINESE = "一二三四五六七八九十"
DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
LEVELS = (
    (1, re.compile(rf"^([{CHINESE}]+)、"), "黑体"),
    (2, re.compile(rf"^（([{CHINESE}]+)）"), "楷体_GB2312"),
    (3, re.compile(r"^(\d+)\."), "仿宋_GB2312"),
    (4, re.compile(r"^（(\d+)）"), "仿宋_GB2312"),
)


@dataclass
class Look:
    """What a paragraph or a run looks like once its styles are followed."""

    face: str = ""
    size: int = 0
    closer: int = 0
    align: str = "left"
    line: int = 0
    rule: str = ""
    first: int = 0
    left: int = 0
    hanging: int = 0
    right: int = 0
    left_chars: int = 0
    right_chars: int = 0
    snap: bool = True


@dataclass
class Seen:
    """A paragraph of the body outside tables."""

    text: str
    look: Look
    section: int
    runs: list[tuple[str, str, int]] = field(default_factory=list)


class Package:
    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            self.parts = {name: parts.read(name) for name in parts.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])
        styles = etree.fromstring(self.parts["word/styles.xml"])
        self.styles = {each.get(f"{W}styleId"): each for each in styles.iter(f"{W}style")}
        self.defaults = styles.find(f"{W}docDefaults")
        self.settings = etree.fromstring(self.parts["word/settings.xml"])
        rels = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        self.targets = {each.get("Id"): each.get("Target") for each in rels}

    def chain(self, style: str | None) -> list[etree._Element]:
        """The style and those it is based on, the base first."""
        found = []
        while style and style in self.styles:
            found.append(self.styles[style])
            base = self.styles[style].find(f"{W}basedOn")
            style = base.get(f"{W}val") if base is not None else None
        return found[::-1]

    def look(self, paragraph: etree._Element, run: etree._Element | None = None) -> Look:
        look = Look()
        if self.defaults is not None:
            for each in self.defaults.iter(f"{W}rPr"):
                _dress_run(look, each)
        properties = paragraph.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        for style in self.chain(named.get(f"{W}val") if named is not None else "Normal"):
            _dress_paragraph(look, style.find(f"{W}pPr"))
            _dress_run(look, style.find(f"{W}rPr"))
        _dress_paragraph(look, properties)
        own = run.find(f"{W}rPr") if run is not None else None
        if own is not None:
            named = own.find(f"{W}rStyle")
            for style in self.chain(named.get(f"{W}val") if named is not None else None):
                _dress_run(look, style.find(f"{W}rPr"))
            _dress_run(look, own)
        return look


def _number(element: etree._Element, name: str, default: int = 0) -> int:
    value = element.get(f"{W}{name}")
    return int(value) if value is not None else default


def _dress_run(look: Look, properties: etree._Element | None) -> None:
    if properties is None:
        return
    for each in properties:
        if each.tag == f"{W}rFonts" and each.get(f"{W}eastAsia"):
            look.face = each.get(f"{W}eastAsia")
        elif each.tag == f"{W}sz":
            look.size = _number(each, "val")
        elif each.tag == f"{W}spacing":
            look.closer = _number(each, "val")


def _dress_paragraph(look: Look, properties: etree._Element | None) -> None:
    if properties is None:
        return
    for each in properties:
        if each.tag == f"{W}jc":
            look.align = each.get(f"{W}val")
        elif each.tag == f"{W}spacing" and each.get(f"{W}line"):
            look.line, look.rule = _number(each, "line"), each.get(f"{W}lineRule", "auto")
        elif each.tag == f"{W}snapToGrid":
            look.snap = each.get(f"{W}val") not in ("0", "false")
        elif each.tag == f"{W}ind":
            look.first = _number(each, "firstLineChars", look.first)
            look.left = _number(each, "left", look.left)
            look.right = _number(each, "right", look.right)
            look.hanging = _number(each, "hanging", look.hanging)
            look.left_chars = _number(each, "leftChars", look.left_chars)
            look.right_chars = _number(each, "rightChars", look.right_chars)


def text_of(paragraph: etree._Element) -> str:
    parts = []
    for each in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        # A tab stop of the properties is no tab.
        if each.tag == f"{W}tab" and each.getparent().tag != f"{W}r":
            continue
        parts.append(each.text or "" if each.tag == f"{W}t" else "\t" if each.tag == f"{W}tab" else "\n")
    return "".join(parts)


def check(data: bytes) -> list[str]:
    """What is wrong with a document."""
    package = Package(data)
    body = package.document.find(f"{W}body")
    paragraphs, section = [], 0
    for each in body:
        # What stands in a box is no line of the text.
        if each.tag == f"{W}p" and each.find(f".//{W}txbxContent") is None:
            look = package.look(each)
            runs = [(text_of(run), *_face(package, each, run)) for run in each.iter(f"{W}r")]
            paragraphs.append(Seen(text_of(each), look, section, [run for run in runs if run[0].strip()]))
            if each.find(f"{W}pPr/{W}sectPr") is not None:
                section += 1
    return [
        *_package(package),
        *_pages(package),
        *_footers(package),
        *_title(paragraphs),
        *_body(paragraphs),
        *_numbering(paragraphs),
        *_attachments(paragraphs),
        *_signature(paragraphs),
        *_tables(package, body),
    ]


def _face(package: Package, paragraph: etree._Element, run: etree._Element) -> tuple[str, int]:
    look = package.look(paragraph, run)
    return look.face, look.size


# A typeface that a plain Windows may lack, and a name under which it has it or one near it.
WANTED_NAMES = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "华文中宋"}


def _package(package: Package) -> list[str]:
    """Nothing of another program, faces with their other names, no single lines, no heading cut off."""
    wrong = [f"the package brings along {name}" for name in package.parts if "thumbnail" in name]
    application = package.parts.get("docProps/app.xml", b"").decode("utf-8")
    if "<Application>" in application:
        wrong.append("the package names another application")
    fonts = etree.fromstring(package.parts["word/fontTable.xml"])
    names = {
        font.get(f"{W}name"): (font.find(f"{W}altName").get(f"{W}val") or "").split(",")
        for font in fonts
        if font.find(f"{W}altName") is not None
    }
    wrong += [
        f"{face} has no other name"
        for face, other in WANTED_NAMES.items()
        if other not in names.get(face, [])
    ]
    normal = package.styles["Normal"].find(f"{W}pPr/{W}widowControl")
    if normal is None or normal.get(f"{W}val") in ("0", "false"):
        wrong.append("single lines are not kept from standing alone")
    for style in package.styles.values():
        level, kept = style.find(f"{W}pPr/{W}outlineLvl"), style.find(f"{W}pPr/{W}keepLines")
        if level is not None and kept is None:
            wrong.append("a heading may be cut in two")
    return wrong


def _pages(package: Package) -> list[str]:
    wrong = []
    if package.settings.find(f"{W}evenAndOddHeaders") is None:
        wrong.append("odd and even pages have the same footer")
    for number, section in enumerate(package.document.iter(f"{W}sectPr"), start=1):
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        width, height = _number(size, "w"), _number(size, "h")
        across = width > height
        if sorted((width, height)) != [11906, 16838]:
            wrong.append(f"section {number}: the paper is not A4")
        wanted = {"top": 37, "bottom": 35, "left": 28, "right": 26}
        if across:
            wanted = {"top": 28, "bottom": 26, "left": 35, "right": 37}
        for side, millimetres in wanted.items():
            if abs(_number(margins, side) / MM - millimetres) > (1 if side == "top" else 0.5):
                wrong.append(f"section {number}: margin {side} is not {millimetres} mm")
        grid = section.find(f"{W}docGrid")
        if grid is None or grid.get(f"{W}type") != "lines":
            wrong.append(f"section {number}: no grid of lines")
        elif not 570 <= _number(grid, "linePitch") <= 580:
            wrong.append(f"section {number}: the grid is not one of 22 lines")
    return wrong


def _footers(package: Package) -> list[str]:
    wrong = []
    for number, section in enumerate(package.document.iter(f"{W}sectPr"), start=1):
        size = section.find(f"{W}pgSz")
        across = _number(size, "w") > _number(size, "h")
        found = {each.get(f"{W}type"): each.get(f"{R}id") for each in section.iter(f"{W}footerReference")}
        for kind, side in (("default", "right"), ("even", "left")):
            if kind not in found:
                wrong.append(f"section {number}: no footer for {kind} pages")
                continue
            footer = etree.fromstring(package.parts[f"word/{package.targets[found[kind]]}"])
            boxes = list(footer.iter(f"{WPS}bodyPr"))
            if across and [each.get("vert") for each in boxes] != ["vert"]:
                wrong.append(f"section {number}: the number of a page that lies across is not turned")
            lines = [each for each in footer.iter(f"{W}p") if each.find(f".//{W}p") is None and text_of(each)]
            if len(lines) != 1:
                wrong.append(f"section {number}: the footer has {len(lines)} lines")
                continue
            look = package.look(lines[0], lines[0].find(f"{W}r"))
            codes = "".join(each.text or "" for each in lines[0].iter(f"{W}instrText"))
            if not re.fullmatch(r"— \d+ —", text_of(lines[0])) or codes.strip() != "PAGE":
                wrong.append(f"section {number}: the page number is not — 1 —")
            if (look.face, look.size) != ("宋体", 28):
                wrong.append(f"section {number}: the page number is not 宋体 of size 4")
            if look.align != side or getattr(look, f"{side}_chars") != 100:
                wrong.append(f"section {number}: the {kind} page number is not {side}, one character in")
    return wrong


def _title(paragraphs: list[Seen]) -> list[str]:
    black = [each for each in paragraphs if each.section == 0 and each.text.strip() and each.look.size != 80]
    titles = [each for each in black if each.look.size == 44]
    if not titles:
        return ["there is no title of size 2"]
    title = titles[0]
    wrong = []
    if title.look.face != "方正小标宋简体" or title.look.align != "center":
        wrong.append("the title is not centred 小标宋")
    lines = title.text.split("\n")
    if any(sum(0.5 if c.isascii() else 1 for c in line) > 20 for line in lines):
        wrong.append("a line of the title is longer than the type area")
    if any(re.match(r"[，、。；：）》”的]", line) for line in lines[1:]):
        wrong.append("a line of the title begins with a mark or 的")
    return wrong


def _is_body(each: Seen) -> bool:
    return bool(each.text.strip()) and each.look.size == 32 and each.look.align == "both"


def _body(paragraphs: list[Seen]) -> list[str]:
    wrong = []
    first = next((each for each in paragraphs if _is_body(each)), None)
    for each in paragraphs:
        if not _is_body(each):
            continue
        start = each.text[:12]
        level = next((face for _, pattern, face in LEVELS if pattern.match(each.text)), "")
        face = each.runs[0][1] if each.runs else each.look.face
        if face != (level or "仿宋_GB2312"):
            wrong.append(f"“{start}” is set in {face}")
        if any(run[2] != 32 for run in each.runs):
            wrong.append(f"“{start}” is not of size 3")
        if any(run[1] != "仿宋_GB2312" for run in each.runs[1:]):
            wrong.append(f"“{start}”: the text after the heading is not 仿宋")
        if each.look.rule != "exact" or not 560 <= each.look.line <= 580:
            wrong.append(f"“{start}” has not lines of 28 to 29 points")
        if each.look.closer != -5:
            wrong.append(f"“{start}”: 28 characters do not fit its lines")
        flush = each is first and each.text.endswith("：")
        if each.look.first != (0 if flush else 200):
            wrong.append(f"“{start}” is not two characters in")
    return wrong


def _counted(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, ones = text.partition("十") if "十" in text else ("", "", text)
    if "十" not in text:
        return CHINESE.index(ones) + 1
    return (CHINESE.index(tens) + 1 if tens else 1) * 10 + (CHINESE.index(ones) + 1 if ones else 0)


def _numbering(paragraphs: list[Seen]) -> list[str]:
    wrong, counts = [], [0, 0, 0, 0]
    for section in {each.section for each in paragraphs}:
        counts = [0, 0, 0, 0]
        for each in paragraphs:
            if each.section != section or not _is_body(each):
                continue
            for level, pattern, _ in LEVELS:
                if found := pattern.match(each.text):
                    number = _counted(found.group(1))
                    if number != counts[level - 1] + 1:
                        wrong.append(f"“{each.text[:12]}” does not follow number {counts[level - 1]}")
                    counts[level - 1] = number
                    counts[level:] = [0] * (4 - level)
                    break
    return wrong


def _attachments(paragraphs: list[Seen]) -> list[str]:
    wrong, listed = [], []
    for position, each in enumerate(paragraphs):
        if each.section or each.look.align == "center":
            continue
        if each.text.startswith("附件："):
            if paragraphs[position - 1].text.strip():
                wrong.append("no empty line before 附件：")
            if each.look.left - each.look.hanging != 2 * 315:
                wrong.append("附件： is not two characters in")
            listed.append(each.text.removeprefix("附件："))
        elif listed and re.match(r"\d+\.\t", each.text):
            if each.look.left - each.look.hanging != 5 * 315:
                wrong.append(f"“{each.text[:8]}” does not stand below the first number")
            listed.append(each.text)
    names = [re.sub(r"^\d+\.\t", "", each) for each in listed]
    wrong += [f"“{each}” ends with a mark" for each in names if re.search(r"[。；，、.]$", each)]
    if len(listed) > 1 and [each.split(".")[0] for each in listed] != [
        str(n + 1) for n in range(len(listed))
    ]:
        wrong.append("the attachments are not numbered from 1")
    for section in sorted({each.section for each in paragraphs} - {0}):
        page = [each for each in paragraphs if each.section == section]
        label = page[0]
        wanted = "附件" if len(listed) == 1 else f"附件{section}"
        if label.text != wanted or label.look.align != "left" or label.look.left:
            wrong.append(f"annex {section} does not begin with {wanted}, flush left")
        if label.runs and label.runs[0][1:] != ("黑体", 32):
            wrong.append(f"annex {section}: its label is not 黑体 of size 3")
        title = page[2] if len(page) > 2 else page[-1]
        if page[1].text or title.look.size != 44 or title.look.align != "center":
            wrong.append(f"annex {section}: its title does not stand on the third line, centred")
        if section <= len(names) and title.text.replace("\n", "") != names[section - 1]:
            wrong.append(f"annex {section}: its title is not the one that is listed")
    return wrong


def _signature(paragraphs: list[Seen]) -> list[str]:
    front = [each for each in paragraphs if each.section == 0]
    dates = [n for n, each in enumerate(front) if re.match(r"^\d{4}年", each.text) and len(each.text) < 12]
    wrong = []
    for position in dates:
        date, name = front[position], front[position - 1]
        if not DATE.match(date.text) or re.search(r"年0|月0", date.text):
            wrong.append(f"“{date.text}” is not a date without leading zeros")
        width = {True: 0.5, False: 1.0}
        name_wide = sum(width[c.isascii()] for c in name.text)
        date_wide = sum(width[c.isascii()] for c in date.text)
        name_at, date_at = name.look.left / 315, date.look.left / 315
        unsealed = abs(date_at - name_at - 2) < 0.1 and (
            abs(name_at + name_wide - 26) < 0.2 or abs(date_at + date_wide - 26) < 0.2
        )
        sealed = (
            abs(date_at + date_wide - 24) < 0.2
            and abs(name_at + name_wide / 2 - date_at - date_wide / 2) < 0.2
        )
        alone = not name.text.strip() and abs(date_at + date_wide - 26) < 0.2
        if not (unsealed or sealed or alone):
            wrong.append("signature and date do not stand where the standard has them")
        if (name.text.strip() and name.look.size != 32) or date.look.size != 32:
            wrong.append("signature and date are not of size 3")
    return wrong


def _tables(package: Package, body: etree._Element) -> list[str]:
    wrong = []
    areas = [
        _number(each.find(f"{W}pgSz"), "w")
        - _number(each.find(f"{W}pgMar"), "left")
        - _number(each.find(f"{W}pgMar"), "right")
        for each in body.iter(f"{W}sectPr")
    ]
    section = 0
    for each in body:
        if each.find(f"{W}pPr/{W}sectPr") is not None:
            section += 1
        if each.tag != f"{W}tbl":
            continue
        rows = each.findall(f"{W}tr")
        widths = [_number(column, "w") for column in each.iter(f"{W}gridCol")]
        if abs(sum(widths) - areas[section]) > 20:
            wrong.append("a table is not as wide as the type area")
        # A slip's grid of labels and values is set larger than a table, and has no head.
        is_form = package.look(next(each.iter(f"{W}p"))).size == 28
        if not is_form and rows[0].find(f"{W}trPr/{W}tblHeader") is None:
            wrong.append("the head of a table is not repeated")
        if any(row.find(f"{W}trPr/{W}cantSplit") is None for row in rows):
            wrong.append("a row may be torn apart")
        if any(package.look(p).snap for p in each.iter(f"{W}p")):
            wrong.append("text in a table stands on the page's grid and doubles its rows")
        above = [False] * len(widths)
        for row in rows:
            now, column = [False] * len(widths), 0
            for cell in row.findall(f"{W}tc"):
                merge, span = cell.find(f"{W}tcPr/{W}vMerge"), cell.find(f"{W}tcPr/{W}gridSpan")
                if merge is not None:
                    if merge.get(f"{W}val") != "restart" and not above[column]:
                        wrong.append("a cell continues a merge that never began")
                    now[column] = True
                column += _number(span, "val", 1) if span is not None else 1
            above = now
    return wrong


# The printed pages


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


def printed_lines(pdf: Path) -> list[tuple[float, float, list[list[Word]]]]:
    """Each page: width, height in points, and its lines from top to bottom."""
    html = subprocess.run(
        ["pdftotext", "-bbox-layout", str(pdf), "-"], capture_output=True, check=True, timeout=120
    ).stdout
    tree = etree.fromstring(html, etree.XMLParser(recover=True))
    pages = []
    for page in tree.iter("{*}page"):
        words = [
            Word(each.text or "", *(float(each.get(name)) for name in ("xMin", "yMin", "xMax", "yMax")))
            for each in page.iter("{*}word")
        ]
        lines: list[list[Word]] = []
        for word in sorted(words, key=lambda each: ((each.top + each.bottom) / 2, each.left)):
            middle = (word.top + word.bottom) / 2
            if lines and abs(middle - (lines[-1][0].top + lines[-1][0].bottom) / 2) < 6:
                lines[-1].append(word)
            else:
                lines.append([word])
        pages.append((float(page.get("width")), float(page.get("height")), lines))
    return pages


def check_printed(pdf: Path) -> list[str]:
    """What is wrong with the page numbers of a printed document."""
    wrong = []
    point = 72 / 25.4
    for number, (width, height, lines) in enumerate(printed_lines(pdf), start=1):
        if width > height:
            marks = [word for line in lines for word in line if word.right < 35 * point]
            if not marks:
                wrong.append(f"page {number}: no number at the left edge of a page that lies across")
                continue
            middle = sum((word.left + word.right) / 2 for word in marks) / len(marks)
            if abs(middle / point - 28) > 1.5:
                wrong.append(f"page {number}: its number is not 7 mm beside the type area")
            end = max(word.bottom for word in marks) if number % 2 else min(word.top for word in marks)
            wanted = height - 26 * point - 14 if number % 2 else 28 * point + 14
            if abs(end - wanted) > 3:
                wrong.append(f"page {number}: its number is not one character in")
            continue
        foot = [line for line in lines if line[0].top > height - 35 * point]
        if len(foot) != 1 or "".join(word.text for word in foot[0]).replace(" ", "") != f"—{number}—":
            wrong.append(f"page {number}: its foot is not — {number} —")
            continue
        if abs(dash_height(pdf, number) - (height / point - 35 + 7)) > 1:
            wrong.append(f"page {number}: the dash is not 7 mm below the type area")
        if number % 2:
            off = foot[0][-1].right - (width - 26 * point - 14)
        else:
            off = foot[0][0].left - (28 * point + 14)
        if abs(off) > 3:
            wrong.append(f"page {number}: its number is not one character in")
    return wrong


HEADING_ALONE = re.compile(rf"^(?:[{CHINESE}]+、|（[{CHINESE}]+）)[^。]*$")


def check_lines(pdf: Path) -> list[str]:
    """Single lines of paragraphs, and headings that stand last, on the upright pages of a printed document."""
    point = 72 / 25.4
    wrong: list[str] = []
    pages: list[list[tuple[bool, bool, str]]] = []
    for width, height, lines in printed_lines(pdf):
        body = [
            line
            for line in lines
            if width < height
            and 36 * point < line[0].top < height - 35 * point
            # The cells of a table's row stand apart.
            and all(right.left - left.right < 20 for left, right in pairwise(line))
            and line[0].bottom - line[0].top > 13
        ]
        pages.append(
            [
                (
                    line[0].left
                    > 28 * point + 16,  # begins a paragraph: moved in, or centred, or at the right
                    line[-1].right > width - 26 * point - 24,  # goes on
                    "".join(word.text for word in line),
                )
                for line in body
            ]
        )
    for number, (page, following) in enumerate(pairwise(pages), start=1):
        if not page or not following:
            continue
        begins, goes_on, text = page[-1]
        if HEADING_ALONE.match(text) and not goes_on:
            wrong.append(f"page {number}: the heading “{text[:12]}” stands last")
        if begins and goes_on and not following[0][0]:
            wrong.append(f"page {number}: the first line of a paragraph stands alone: {text[:12]}")
        if not following[0][0] and (not following[0][1] or (len(following) > 1 and following[1][0])):
            wrong.append(
                f"page {number + 1}: the last line of a paragraph stands alone: {following[0][2][:12]}"
            )
    return wrong


def dash_height(pdf: Path, page: int, dpi: int = 150) -> float:
    """Where the dashes of an upright page's number stand, in millimetres from the top: the row with most ink."""
    grey = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-gray", "-f", str(page), "-l", str(page), str(pdf)],
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout
    _, size, _, pixels = grey.split(b"\n", 3)
    width, height = (int(each) for each in size.split())
    first = int((297 - 35 + 1) / 25.4 * dpi)
    ink = {
        row: sum(1 for value in pixels[row * width : (row + 1) * width] if value < 128)
        for row in range(first, height)
    }
    most = max(ink.values())
    rows = [row for row, count in ink.items() if count == most]
    return (sum(rows) / len(rows) + 0.5) * 25.4 / dpi
