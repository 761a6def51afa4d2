"""What a slip says, and that every sentence of it comes from the words that the office may change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tracker.files.templates import fill_template, words
from tracker.outline import Fields, Text
from tracker.rules.slips import (
    NO_DAY,
    Sender,
    SlipLine,
    file_name,
    next_number,
    sample_slips,
    slip_outline,
    slip_values,
)
from tracker.table import Table
from tracker.tiers import Tier

SAY = words("slips.txt")
SENDER = Sender("云溪市人民政府办公室", "云溪市人民政府督查室", "督查科 0000-8210000", "云溪政务督查")
SIX = {"单号", "工作事项", "工作要求", "责任单位", "责任人", "时限要求"}
TASK = SlipLine("P1-003", "市财政局", "预算公开", "公开部门预算。", "2026年6月30日前", "牵头", 16)
FORM = SlipLine(
    "R1", "市民政局", "报送“上半年”填报表", "逐项填写。", "2026年6月30日前", late=16, is_form=True
)


def laid_out(tier, *lines):
    slip = replace(sample_slips(tier)[0], lines=lines) if lines else sample_slips(tier)[0]
    return slip_outline(slip, SAY, SENDER)


def said(official):
    return "\n".join(each.text for each in official.blocks if isinstance(each, Text))


@pytest.mark.parametrize("tier", [Tier.ASSIGN, Tier.REMIND, Tier.CALL, Tier.SUPERVISE])
def test_a_slip_about_one_matter_states_the_six_fields(tier):
    [grid] = [each for each in laid_out(tier).blocks if isinstance(each, Fields)]

    assert {label for label, _ in grid.pairs} == SIX | {"已逾期", "任务来源", "此前催办"}
    assert all(value for _, value in grid.pairs)


def test_what_is_not_known_leaves_no_empty_field_but_the_person_whom_the_unit_names():
    bare = replace(TASK, role="", late=0)
    slip = replace(sample_slips(Tier.ASSIGN)[0], lines=(bare,), person="")
    [grid] = [each for each in slip_outline(slip, SAY, SENDER).blocks if isinstance(each, Fields)]

    assert {label for label, _ in grid.pairs} == SIX
    assert [label for label, value in grid.pairs if not value] == ["责任人"]


@pytest.mark.parametrize("tier", [Tier.ASSIGN, Tier.REMIND, Tier.CIRCULATE, Tier.TALK])
def test_a_table_names_the_plan_where_matters_come_from_several(tier):
    here, there = replace(TASK, source="《甲方案》"), replace(TASK, subject="P2-001", source="《乙方案》")

    assert "任务来源" not in heads_of(laid_out(tier, here, replace(here, subject="P1-004")))
    assert "任务来源" in heads_of(laid_out(tier, here, there))


def heads_of(official):
    blocks = [*official.blocks, *(block for each in official.attachments for block in each.blocks)]
    return {column.label for each in blocks if isinstance(each, Table) for column in each.columns}


def test_a_call_is_copied_to_the_leader_of_the_unit_and_to_the_supervision_office():
    assert laid_out(Tier.CALL).copies == "市财政局分管负责同志，云溪市人民政府督查室"
    assert slip_outline(sample_slips(Tier.CALL)[0], SAY, Sender("某办")).copies == "市财政局分管负责同志"
    assert [laid_out(tier).copies for tier in Tier if tier is not Tier.CALL] == [""] * 6


def test_a_proposal_names_who_and_how_many_leaves_room_for_the_leader_and_tells_what_was_asked_before():
    before = "2026年7月1日催办（2026-催办-007）"
    proposal = laid_out(Tier.TALK, replace(TASK, before=before), replace(TASK, subject="P1-004"), FORM)
    [grid] = [each for each in proposal.blocks if isinstance(each, Fields)]

    pairs = dict(grid.pairs)
    assert pairs["单号"] == "2026-约谈-001"
    assert pairs["建议约谈单位"] == "市财政局（2项）；市民政局（1项）"
    assert pairs["领导批示"].strip() == ""
    assert {"逾期（天）", "此前催办", *SIX} - heads_of(proposal) == {"单号", "责任人"}
    assert before in {cell for row in proposal.attachments[0].blocks[0].rows for cell in row}


@pytest.mark.parametrize("tier", [Tier.ASSIGN, Tier.REMIND])
def test_a_slip_about_several_matters_states_the_six_fields_over_and_in_a_table(tier):
    blocks = laid_out(tier, TASK, FORM).blocks
    heads = {label for each in blocks if isinstance(each, Fields) for label, _ in each.pairs}
    heads |= {column.label for each in blocks if isinstance(each, Table) for column in each.columns}

    assert heads >= SIX


@pytest.mark.parametrize("tier", list(Tier))
def test_a_draft_has_a_place_for_its_date_and_a_signed_one_the_date(tier):
    signed, draft = sample_slips(tier)
    day = slip_values(signed, SAY, SENDER)["成文日期"]

    assert day == "2026年7月6日"
    assert slip_values(draft, SAY, SENDER)["成文日期"] == NO_DAY


@pytest.mark.parametrize(
    ("tier", "signs"), [(Tier.CALL, SENDER.office), (Tier.SUPERVISE, SENDER.supervision)]
)
def test_the_supervision_office_signs_what_comes_from_it(tier, signs):
    assert laid_out(tier).signature == signs


def test_a_bulletin_has_its_head_its_issue_its_issuer_and_its_day():
    head = laid_out(Tier.CIRCULATE).masthead

    assert head.mark == "云溪政务督查"
    assert head.number.split("\n")[0] == "第3期"
    assert head.number.endswith("云溪市人民政府督查室　　　　　　2026年7月6日")


def test_a_bulletin_goes_from_the_basis_to_the_demands():
    text = said(laid_out(Tier.CIRCULATE, TASK, replace(TASK, subject="P1-004"), FORM))

    order = [
        "按照《2026年",
        "37项任务中，已完成20项，按时限推进15项，逾期未完成2项",
        "其中经催办、督办仍未办结2项，涉及1个单位",
    ]
    order += ["另有1个单位", "督查中发现", "市财政局2项", "报送材料不及时", "市民政局", "限期办结"]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_a_bulletin_about_tasks_alone_says_nothing_of_returns_and_the_other_way_round():
    tasks, forms = said(laid_out(Tier.CIRCULATE, TASK)), said(laid_out(Tier.CIRCULATE, FORM))

    assert "报送" not in tasks.replace("报告", "")
    assert "督查中发现" not in forms


def test_a_file_name_holds_nothing_that_windows_refuses_and_is_not_too_long():
    name = file_name("工作催办单", "×督〔2026〕3号", 'A/B:"C"' + "某" * 200)

    assert not set(name) & set('\\/:*?"<>|')
    assert len(name) <= 80


def test_a_new_year_begins_with_the_first_issue():
    assert next_number(Tier.CIRCULATE, 2027, ["2026年第9期"]) == "2027年第1期"
    assert next_number(Tier.CALL, 2027, ["2026-催办-099"]) == "2027-催办-001"


def test_every_name_of_the_field_list_can_stand_in_the_office_s_template(tmp_path):
    import docx

    for tier in Tier:
        for sample in sample_slips(tier):
            values = slip_values(sample, SAY, SENDER)
            word = docx.Document()
            word.add_paragraph("".join(f"{{{{ {name} }}}}" for name in values))
            word.save(tmp_path / "单.docx")

            assert fill_template(tmp_path / "单.docx", values)


def test_a_number_that_the_office_gave_by_hand_is_gone_on_from():
    given = ["2026年第1期", "第7期", "×督〔2026〕12号"]

    assert next_number(Tier.CIRCULATE, 2026, given) == "2026年第8期"
    assert dt.date(2026, 7, 6) == sample_slips(Tier.CIRCULATE)[0].day
