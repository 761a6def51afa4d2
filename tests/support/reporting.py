"""An office on disk whose report is written."""

from __future__ import annotations

import datetime as dt

from tests.support.years import NAMES, year_office
from tracker import facts
from tracker.facts import deadline_to_json
from tracker.files.folders import make_office
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path
from tracker.formats.books.settings import lay_out_settings
from tracker.settings import Settings
from tracker.steps.call import CHINA, Call


def at(day, root, **more):
    return Call(dt.datetime(2018, *day, 9, tzinfo=CHINA), "王敏", root, **more)


def said(root, day, *cells):
    """Units or the office say something on a day."""
    folder = make_office(root, now=dt.datetime(2018, 5, 4, tzinfo=CHINA))
    with (
        open_ledger(ledger_path(folder.root, folder.office), office=folder.office) as ledger,
        ledger.act("take-back", person="王敏", at=dt.datetime(2018, *day, 8, tzinfo=CHINA)) as act,
    ):
        for (wp, unit, name, round_), value in cells:
            cell = facts.Cell(wp, unit, name, round_, value, "unit" if unit else "office", 0)
            act.add(cell, file="sha1" if unit else "", place="填报表!H7")


def report_office(tmp_path):
    """The drawn office of `tests.support.years`, recorded in a ledger."""
    folder = make_office(tmp_path / "办公", now=dt.datetime(2018, 5, 4, tzinfo=CHINA))
    settings = Settings(values={"office_name": "市政府办公室"})
    (folder.root / "设置.xlsx").write_bytes(lay_out_settings(settings))
    drawn = year_office()
    plan = drawn.plans["P1"]
    with (
        open_ledger(ledger_path(folder.root, folder.office), office=folder.office) as ledger,
        ledger.act("record", person="王敏", at=dt.datetime(2018, 5, 4, 9, tzinfo=CHINA)) as act,
    ):
        for unit, name in NAMES.items():
            act.add(facts.Unit(unit, "市直部门"))
            act.add(facts.UnitName(unit, name, None, None, "current"))
        act.add(plan.edition)
        for point in plan.points:
            act.add(facts.PointFact(point.id, "P1"))
            act.add(
                facts.WpText(
                    point.id, 1, point.position, point.section, point.task, point.no, point.requirement,
                    deadline_to_json(point.deadline), point.mode.value, False, "new", False,
                ),
                place=point.place,
            )  # fmt: skip
            for answer in point.assignees:
                act.add(
                    facts.AssignmentFact(
                        point.id, 1, answer.written, answer.unit, answer.role.value, "", "", True
                    )
                )
        for file in drawn.files.values():
            act.add(file)
        for round_ in drawn.rounds.values():
            act.add(round_)
        for form in drawn.forms.values():
            act.add(form)
        for _, returned in drawn.returns:
            act.add(returned)
    said(folder.root, (12, 12), *((key, cell.value) for key, cell in drawn.cells.items()))
    return folder.root


def written(root):
    return {each.name: each.read_bytes() for each in (root / "报告").iterdir()}


def editions(root):
    folder = make_office(root, now=dt.datetime(2018, 5, 4, tzinfo=CHINA))
    with open_ledger(ledger_path(folder.root, folder.office), office=folder.office) as ledger:
        return [each.fact for each in ledger.entries(facts.ReportEdition)], ledger.last_seq
