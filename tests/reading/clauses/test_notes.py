"""A note under a table changes what its lists of units mean."""

import pytest

from tracker.model import Mode, Role
from tracker.reading.clauses.responsibility import read_responsibility
from tracker.reading.clauses.roles import NoteEffect, apply_note, read_note

FIRST = NoteEffect(first_leads=True)
FIRST_AND_OTHERS = NoteEffect(first_leads=True, others=Role.SUPPORT)


@pytest.mark.parametrize(
    ("note", "effect"),
    [
        ("注：责任单位中第一个为牵头单位。", FIRST),
        ("责任单位栏排第一位的为牵头单位，其他单位为配合单位。", FIRST_AND_OTHERS),
        ("备注：排名第一的单位为牵头单位，其余为责任单位", FIRST),
        ("列首位的责任单位为牵头单位,其他为协办单位", FIRST_AND_OTHERS),
        ("第一责任单位由排在首位的单位担任", None),
        (
            "涉及多个责任单位的，排在第一位的为牵头单位",
            NoteEffect(first_leads=True, only_several=True),
        ),
        ("标★的为牵头单位", NoteEffect(star="★")),
        ("带“*”的单位为牵头单位，其他单位配合", NoteEffect(star="*")),
        ("注：★为牵头单位，其余为配合单位", NoteEffect(star="★", others=Role.SUPPORT)),
        ("以下各项均需各乡镇配合，不再逐一列出", NoteEffect(extra_units=("各乡镇",))),
        ("本表由县政府办公室负责解释", None),
        ("完成时限为“长期”的，按季度报送进展", None),
        ("牵头单位负责汇总，配合单位提供材料", None),
    ],
)
def test_a_note_says_what_it_does(note, effect):
    assert read_note(note) == effect


def test_the_first_unit_leads_and_the_others_support():
    told = apply_note(read_responsibility("县水利局、县财政局、各乡镇"), FIRST_AND_OTHERS)

    assert told.names_in(Role.LEAD) == ("县水利局",)
    assert told.names_in(Role.SUPPORT) == ("县财政局", "各乡镇")
    assert told.mode is Mode.LEAD_ALL


def test_without_a_word_about_the_others_they_stay_responsible():
    told = apply_note(read_responsibility("县水利局、县财政局"), FIRST)

    assert told.names_in(Role.RESPONSIBLE) == ("县财政局",)


def test_a_sole_unit_leads_too():
    assert apply_note(read_responsibility("县水利局"), FIRST).names_in(Role.LEAD) == ("县水利局",)


def test_a_sole_unit_stays_as_it_is_where_the_note_speaks_of_several():
    only_several = NoteEffect(first_leads=True, only_several=True)

    assert apply_note(read_responsibility("县水利局"), only_several).names_in(Role.LEAD) == ()


def test_a_cell_that_names_its_lead_is_left_alone():
    cell = read_responsibility("县财政局、县水利局牵头")

    assert apply_note(cell, FIRST) == cell


def test_the_starred_unit_leads_wherever_it_stands():
    text = "县财政局、★县水利局、各乡镇"

    told = apply_note(read_responsibility(text), NoteEffect(star="★", others=Role.SUPPORT), text=text)

    assert told.names_in(Role.LEAD) == ("县水利局",)
    assert told.names_in(Role.SUPPORT) == ("县财政局", "各乡镇")


def test_a_list_without_the_star_is_left_alone():
    cell = read_responsibility("县财政局")

    assert apply_note(cell, NoteEffect(star="★"), text="县财政局") == cell


def test_units_that_a_note_adds_come_last_and_once():
    added = NoteEffect(extra_units=("各乡镇",))
    cell = read_responsibility("县水利局牵头")

    once = apply_note(cell, added)

    assert once.names_in(Role.SUPPORT) == ("各乡镇",)
    assert once.mode is Mode.LEAD_ALL
    assert once.groups == ("各乡镇",)
    assert apply_note(once, added) == once
