"""What an official document says, before anybody lays it out: its parts in order, as plain values.

A report, a slip or a circular is an `Official`; `formats.documents` turns one into the bytes of a .docx in the layout
of GB/T 9704-2012. The words come from templates (`Say` gives the sentence of an entry), the numbers from the rules,
the measures from the layout; here is only the order of the parts, and what stands at the head (`Letterhead`).

Headings carry no number of their own. They are numbered where the document is laid out, by the levels of
the standard, so a chapter can be inserted one level deeper without a change of its words:

    level   number   typeface
    1       一、     黑体
    2       （一）   楷体
    3       1.       仿宋
    4       （1）    仿宋
    5       ——       仿宋 (not in the standard; annual reports open an item so)

    >>> blocks = (Heading(1, "总体情况"), Text("共有三项。"), Heading(2, "解读"), Heading(2, "公开"), Heading(1, "下一步"))
    >>> [block.text for block in number_headings(blocks)]
    ['一、总体情况', '共有三项。', '（一）解读', '（二）公开', '二、下一步']
    >>> [block.text for block in number_headings(deeper(blocks, 2))]
    ['1.总体情况', '共有三项。', '（1）解读', '（2）公开', '2.下一步']
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

from tracker.numerals import chinese_number
from tracker.table import Table
from tracker.values import dataclass

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 5, without its number.

    Attributes:
        level: 1 to 5; deeper ones are laid out like level 5.
        text: Its words.
        run_in: Body text that goes on in the same paragraph; empty where the heading stands alone.
    """

    level: int
    text: str
    run_in: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A body paragraph; a line break in it begins another paragraph.

    Attributes:
        text: Its words.
        indent: Whether its first line is two characters in, as the standard has it.
    """

    text: str
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """One empty line."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A slip's grid of labels and values, one or two pairs in a line.

    >>> Fields(((("单号", "督办〔2026〕3号"), ("日期", "2026年6月30日")), (("工作事项", "公开预算"),))).pairs
    (('单号', '督办〔2026〕3号'), ('日期', '2026年6月30日'), ('工作事项', '公开预算'))
    """

    rows: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """All label and value pairs, in reading order."""
        return tuple(pair for row in self.rows for pair in row)


Block = Heading | Text | Gap | Table | Fields


@dataclass(frozen=True, slots=True)
class Attachment:
    """An 附件: it begins on a new page.

    Attributes:
        title: Its title, as the list below the body names it.
        blocks: Its content.
        landscape: Whether its pages lie across (a wide table).
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the title where the office's OA does not make it: the red head.

    Attributes:
        mark: 发文机关标志 (`××市人民政府办公室文件`, `××市政务督查`).
        number: 发文字号 (`×府办〔2026〕3号`) or 期号 (`第3期`).
        signer: 签发人; a report to a superior names one. The number then stands left, as the standard has it.
    """

    mark: str
    number: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Official:
    """An official document.

    Attributes:
        title: Its title, without line breaks; they are set where it is laid out.
        blocks: The body.
        addressee: 主送机关, without its colon; empty for a slip.
        signature: 署名.
        date: 成文日期; None leaves a place for it (`　　年　　月　　日`), as in a draft.
        attachments: In order; listed below the body and laid out after it.
        note: 附注 without its brackets (`此件公开发布`).
        masthead: The red head; None where the OA makes it.
        sealed: Whether a seal goes on it, which moves the signature and the date.
        copies: 抄送, without the word and its full stop; empty leaves the whole 版记 out.
    """

    title: str
    blocks: tuple[Block, ...]
    addressee: str = ""
    signature: str = ""
    date: dt.date | None = None
    attachments: tuple[Attachment, ...] = ()
    note: str = ""
    masthead: Masthead | None = None
    sealed: bool = False
    copies: str = ""


def heading_number(level: int, number: int) -> str:
    """The number of a heading, as GB/T 9704-2012 section 7.3.3 writes it.

    >>> [heading_number(level, 2) for level in (1, 2, 3, 4, 5)]
    ['二、', '（二）', '2.', '（2）', '——']
    """
    if level <= 1:
        return f"{chinese_number(number)}、"
    if level == 2:
        return f"（{chinese_number(number)}）"
    if level == 3:
        return f"{number}."
    return f"（{number}）" if level == 4 else "——"


def number_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with each heading's number before its words; a deeper level restarts below a higher one."""
    counts = [0, 0, 0, 0, 0]
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            level = min(max(block.level, 1), 5)
            counts[level - 1] += 1
            counts[level:] = [0] * (5 - level)
            block = replace(block, text=heading_number(level, counts[level - 1]) + block.text)
        done.append(block)
    return tuple(done)


def deeper(blocks: Iterable[Block], levels: int) -> tuple[Block, ...]:
    """The blocks with every heading moved down, to be inserted into another document."""
    return tuple(
        replace(block, level=block.level + levels) if isinstance(block, Heading) else block
        for block in blocks
    )


def long_date(day: dt.date) -> str:
    """Write a date as a document does: Arabic, no leading zeros.

    >>> long_date(dt.date(2018, 6, 29))
    '2018年6月29日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a report says about the office that signs it; see `settings` for the fields.

    `red_head` prints the red head (版头), which the office's OA prints otherwise; `code` is the 机关代字 of its number;
    `contact` is 联系人及电话.
    """

    office_name: str = ""
    superior: str = ""
    place_name: str = ""
    pages: int = 8
    signer: str = ""
    red_head: bool = False
    code: str = ""
    contact: str = ""

    def masthead(self, year: int, *, upward: bool = False) -> Masthead | None:
        """The red head with a place for the number; upward (上行文) it names the signer, or leaves a place for one."""
        if not self.red_head:
            return None
        return Masthead(
            f"{self.office_name}文件",
            f"{self.code}〔{year}〕　号",
            (self.signer or "　　　") if upward else "",
        )
