"""The report of many made-up years: every number counted again by other means, every layout judged.

python -m tests.soaks.report 2000

Each year is drawn at random: parts, tasks, roles, statuses, and texts that nobody would type on purpose
(control characters, markup, template braces, formulas, very long lines). For each of them

- the classes part the items, their shares are those of a calculator, every figure has as many rows as it says
- every count and share in the sentences that we write is the one that the workbook gives under its name
- the independent judge of GB/T 9704 finds nothing wrong with the .docx
- the page holds its two scripts and no element that a text brought in
- doing it again gives the same bytes
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
import sys

from lxml import html

from tests.support.check_official import check
from tests.support.check_report import check_numbers
from tests.support.years import year_office
from tracker.columns import STATUSES
from tracker.files.dashboard import lay_out_page
from tracker.files.templates import words
from tracker.formats.books.tables import lay_out
from tracker.formats.documents import render_official
from tracker.grid import as_text
from tracker.model import Mode, Role
from tracker.outline import Letterhead, Text
from tracker.rules.board import page_of
from tracker.rules.office import Assignee, CellNow, Office
from tracker.rules.progress.figures import POINT_CLASSES
from tracker.rules.report.chapters import items_without_paragraph
from tracker.rules.report.review import review_notes
from tracker.rules.report.sheets import report_sheets
from tracker.rules.report.summary import summarise
from tracker.rules.report.year_report import write_report
from tracker.settings import Day
from tracker.workdays import PUBLIC_CALENDAR

_TEXTS = (
    "已办结",
    "公开信息35条，培训2场。",
    "=1+1",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "第一行\n第二行\r\n第三行",
    "\x0b\x00控制符",
    "一、（一）1.（1）附件：",
    "2026年01月02日",
    "，。；：",
    "很长" * 400,
    "A(b),c:d;",
    "\U0001f600表情",
    "   ",
)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(项|个|%)")


def drawn(luck: random.Random) -> tuple[Office, dt.date]:
    """A year at random, and a day of it."""
    office = year_office()
    plan, units = office.plans["P1"], tuple(office.units)
    points, cells = [], {}
    for n in range(luck.randint(1, 14)):
        point = luck.choice(plan.points)
        wp = f"P1-{n + 1:03}"
        roles = {unit: luck.choice(list(Role)) for unit in luck.sample(units, luck.randint(0, len(units)))}
        answers = tuple(Assignee(unit, unit, role) for unit, role in roles.items())
        if luck.random() < 0.2:
            answers += (Assignee("有关单位", "", luck.choice(list(Role))),)
        text = luck.choice([point.requirement, *_TEXTS])
        points.append(
            dataclasses.replace(
                point,
                id=wp,
                position=n + 1,
                assignees=answers,
                mode=luck.choice(list(Mode)),
                section=luck.choice([point.section, "", "一、" + luck.choice(_TEXTS)]),
                task=luck.choice([point.task, "", luck.choice(_TEXTS)]),
                requirement=text,
                is_retired=luck.random() < 0.1,
            )
        )
        for unit in roles:
            if luck.random() < 0.8:
                cells[wp, unit, "status", "R1"] = luck.choice(list(STATUSES))
            for name in ("summary", "progress", "problem", "evidence"):
                if luck.random() < 0.4:
                    cells[wp, unit, name, "R1"] = luck.choice(_TEXTS)
        if luck.random() < 0.2:
            cells[wp, "", "wording", ""] = luck.choice(_TEXTS)
        if luck.random() < 0.1:
            cells[wp, "", "withheld", ""] = "是"
    said = {key: CellNow(value, "unit", n, 5) for n, (key, value) in enumerate(cells.items(), start=1)}
    office = dataclasses.replace(
        office, cells=said, plans={"P1": dataclasses.replace(plan, points=tuple(points))}
    )
    return office, dt.date(2018, luck.randint(5, 12), luck.randint(1, 28))


def faults(luck: random.Random) -> list[str]:
    """What is wrong with the report of one made-up year."""
    office, today = drawn(luck)
    say = words("report.txt")
    head = Letterhead("××市人民政府办公室", "省人民政府办公厅", "我市", luck.choice((1, 3, 8, 40)))
    summary = summarise(office, "P1", Day(today, PUBLIC_CALENDAR))
    draft = write_report(summary, say, head)
    document = draft.document
    tables = report_sheets(
        summary, review_notes(summary), rest=items_without_paragraph(summary, draft.detail)
    )
    data, book = render_official(document), lay_out(tables)
    page = lay_out_page(page_of(summary, "标题"))
    f = summary.figures
    wrong = []
    if sorted(wp for kind in POINT_CLASSES for wp in f[kind].rows) != sorted(f["total"].rows):
        wrong.append("the classes do not part the items")
    if f["base"].n and sum(len(f[kind].rows) for kind in POINT_CLASSES if f[kind].share) != f["base"].n:
        wrong.append("the shares are not of what counts in rates")
    own = [each.text for each in document.blocks if isinstance(each, Text)]
    known = {as_text(value).rstrip("%") for table in tables for row in table.rows for value in row}
    known |= {str(sum(each.kind != "left_out" for each in summary.items))}
    # A name of an item or part inside our sentence may hold numbers of its own.
    foreign = "".join(_TEXTS) + "".join(each.point.requirement + each.point.section for each in summary.items)
    loose = {number for text in own for number, unit in _NUMBER.findall(text)} - known
    wrong += [f"no row counts {number}" for number in loose if number not in foreign]
    wrong += check_numbers(data, book)
    if not any(text in str(document.blocks) for text in _TEXTS[7:9]):
        wrong += check(data)
    tree = html.fromstring(page.decode("utf-8").replace("\0", "\ufffd"))
    if len(list(tree.iter("script"))) != 2 or tree.xpath("//@onerror"):
        wrong.append("a text became part of the page")
    if data != render_official(document) or book != lay_out(tables):
        wrong.append("the same year gives other bytes")
    return wrong


def main(size: int) -> int:
    """Judge so many years; 0 when none has a fault."""
    bad = 0
    for seed in range(size):
        found = faults(random.Random(seed))
        if found:
            bad += 1
            print(f"year {seed}: {found[:3]}")
            if bad == 10:
                break
    print(f"{size} made-up years, {bad} with faults")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
