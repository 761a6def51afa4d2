"""Papers are for tasks: what an office drafts when it sets nothing, what late forms bring instead, and who is only asked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.support.chasing import drafted, sign
from tests.support.year import EVERY_RUNG, ROUNDS, call, ledger_of, make_year
from tracker import facts
from tracker.formats.books.settings import lay_out_settings
from tracker.rules.progress import todos
from tracker.settings import Settings
from tracker.steps.call import CHINA
from tracker.steps.chase import chase
from tracker.steps.desk import open_desk
from tracker.steps.hand_out import hand_out
from tracker.steps.history import history
from tracker.steps.slips import Press
from tracker.tiers import SUPERVISION_TIERS, TIER_RULES, UNIT_KINDS, Tier, is_asked, slip_title


def at(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), CHINA)


def settle(root: Path, ladder=TIER_RULES, **values: str) -> Path:
    values = {"office_name": "市政府办公室", **values}
    (root / "设置.xlsx").write_bytes(
        lay_out_settings(Settings(values=values, rounds=ROUNDS, tier_rules=ladder))
    )
    return root


def kinds_of(root: Path, **kinds: str) -> None:
    with ledger_of(root) as ledger, ledger.act("register", person="王敏", at=at("2018-08-10")) as act:
        act.add(*(facts.Unit(unit, kind) for unit, kind in kinds.items()))


def waits(desk):
    return todos(desk.office(), desk.today)


def texts(path: Path) -> list[str]:
    page = openpyxl.load_workbook(path).worksheets[0]
    return [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell not in (None, "")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return settle(make_year(tmp_path, points=2))


def climb(root: Path, days: tuple[str, ...]) -> list[str]:
    """The tiers drafted from day to day, each signed on its day."""
    tiers = []
    for day in days:
        tiers += sorted({tier for tier, _, _ in drafted(chase(call(root, at(day))))})
        sign(root, day)
    return tiers


DAYS = ("2018-09-03", "2018-12-20", "2019-01-02", "2019-01-09", "2019-01-16", "2019-01-23", "2019-01-30")


def test_without_a_supervision_office_a_late_task_is_called_and_never_supervised(root):
    assert climb(root, DAYS) == ["提醒", "催办", "催办"]  # again after a month, no higher rung is on


def test_an_office_that_names_its_supervision_office_climbs_the_whole_ladder(root):
    settle(root, supervision_name="市政府督查室")

    assert climb(root, DAYS) == ["提醒", "催办", "督办", "通报", "约谈"]


def test_only_the_rungs_of_supervision_wait_for_its_office():
    off = {tier for tier in Tier if not Settings().ladder.rule(tier).on}

    assert off - {Tier.ASSIGN} == set(SUPERVISION_TIERS)


def test_late_forms_bring_a_word_for_the_group_a_call_and_one_list_and_no_paper(root):
    hand_out(call(root, at("2018-09-03")))
    for day in ("2018-09-10", "2018-09-11", "2018-09-21", "2018-09-25", "2018-10-30"):
        assert drafted(chase(call(root, at(day)))) == []

    folder = root / "督办"
    words = sorted(path.name for path in folder.glob("*群发文字*"))
    assert words == ["2018-09-10 群发文字（市直部门）.txt", "2018-09-21 群发文字（市直部门）.txt"]
    before, after = ((folder / name).read_text(encoding="utf-8-sig") for name in words)
    assert "“第三季度”填报表请于9月20日前报送，还没有报送的单位：市教育局、市司法局、市财政局。" in before
    assert "“第三季度”填报表已过报送时间（9月20日），请以下单位尽快补报" in after
    assert len([text for text in texts(folder / "电话记录.xlsx") if text == "催报"]) == 3
    assert [path.name for path in folder.glob("催报名单*")] == ["催报名单 2018-第三季度（P1）.xlsx"]
    assert "市教育局" in texts(folder / "催报名单 2018-第三季度（P1）.xlsx")
    assert not (folder / "送签单.xlsx").exists()


def test_the_list_of_a_round_says_when_all_are_in(root):
    hand_out(call(root, at("2018-09-03")))
    chase(call(root, at("2018-09-21")))
    with ledger_of(root) as ledger, ledger.act("take-back", person="王敏", at=at("2018-09-25")) as act:
        for n, form in enumerate(ledger.office().forms):
            act.add(facts.File(f"sha{n}", "x.xlsx", "", at("2018-09-25")))
            act.add(facts.Return(form, f"sha{n}", "taken", "{}", ""))

    chase(call(root, at("2018-09-26")))

    said = texts(root / "督办" / "催报名单 2018-第三季度（P1）.xlsx")
    assert any("各单位已全部报送" in text for text in said)
    assert "市教育局" not in said


def test_when_the_next_round_is_out_nobody_is_called_or_listed_for_the_one_before(root):
    hand_out(call(root, at("2018-09-03")))
    chase(call(root, at("2018-09-21")))
    hand_out(call(root, at("2018-11-20")))

    chase(call(root, at("2018-11-21")))

    list_texts = texts(root / "督办" / "催报名单 2018-第三季度（P1）.xlsx")
    assert any("这一期不再催报。" in text for text in list_texts)
    assert "市教育局" not in list_texts
    with open_desk(call(root, at("2018-11-21"))) as desk:
        assert not [todo for todo in waits(desk) if todo.code == "late-returns"]


def test_those_who_are_no_subordinates_are_asked_for_a_late_form_and_not_called_to_account(root):
    kinds_of(root, U001="人大政协法检")
    hand_out(call(root, at("2018-09-03")))
    chase(call(root, at("2018-09-21")))

    rows = {
        name: list(openpyxl.load_workbook(root / "督办" / name).worksheets[0].iter_rows(values_only=True))
        for name in ("电话记录.xlsx", "催报名单 2018-第三季度（P1）.xlsx")
    }
    for lines in rows.values():
        words = {"商请" if "商请" in line else "催报": line for line in lines if {"商请", "催报"} & set(line)}
        assert "市教育局" in words["商请"] and "市教育局" not in words["催报"]
    with open_desk(call(root, at("2018-09-21"))) as desk:
        late = [todo for todo in waits(desk) if todo.code == "late-returns"]
    assert [(todo.names, todo.advice.split("；")[0]) for todo in late] == [
        (("市司法局", "市财政局"), "打电话催报"),
        (("市教育局",), "打电话商请报送"),
    ]
    # The list that is there is the paper that the line carries.
    assert {todo.papers for todo in late} == {("督办/催报名单 2018-第三季度（P1）.xlsx",)}


def test_what_was_answered_on_the_telephone_about_a_form_is_kept_with_it(root):
    hand_out(call(root, at("2018-09-03")))
    chase(call(root, at("2018-09-21")))
    path = root / "督办" / "电话记录.xlsx"
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    row = next(row for row in page.iter_rows() if row[0].value == "F1")
    row[8].value = "明天报送"
    book.save(path)

    chase(call(root, at("2018-09-25")))

    assert any(
        "电话催办" in line and "明天报送" in line
        for line in history(call(root, at("2018-09-25")), "F1").lines
    )


@pytest.mark.parametrize("kind", UNIT_KINDS)
def test_what_a_late_task_brings_depends_on_the_kind_of_its_unit(root, kind):
    settle(root, EVERY_RUNG, supervision_name="市政府督查室", form_slips="是")
    kinds_of(root, U001=kind)
    hand_out(call(root, at("2018-09-03")))
    for day in ("2018-09-03", "2018-09-19", "2018-09-21", *DAYS[1:], "2019-03-01"):
        chase(call(root, at(day)))
        sign(root, day)

    with open_desk(call(root, at("2019-03-04"))) as desk:
        office, press = desk.office(), Press(desk)
        slips = [document for document in office.documents.values() if document.unit == "U001"]
        named = [document for document in office.documents.values() if not document.unit]
        units = {line.unit for document in named for line in press.slip(document, desk.ledger.last_act).lines}
    tiers = {document.tier for document in slips}
    if is_asked(kind):
        assert tiers == {"联系"}
        assert [document.path.split("/")[2].split(" ")[0] for document in slips] == [
            slip_title(Tier.LETTER, kind)
        ]
        assert "市教育局" not in units
    else:
        assert tiers == {"交办", "提醒", "催办", "督办"}
        assert "市教育局" in units


def test_about_forms_nothing_above_a_call_is_ever_drafted_whatever_is_set(root):
    settle(root, EVERY_RUNG, supervision_name="市政府督查室", form_slips="是")
    hand_out(call(root, at("2018-09-03")))
    days = [dt.date(2018, 9, 3) + dt.timedelta(days=n) for n in range(0, 110, 3)]
    tiers = set()
    for day in days:
        for tier, _, subjects in drafted(chase(call(root, at(day.isoformat())))):
            tiers |= {tier} if any(subject.startswith("R") for subject in subjects) else set()
        sign(root, day.isoformat())

    assert tiers == {"提醒", "催办"}
