"""From facts to the office: which of two statements holds, and what an edition changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, strategies as st

from tests.support.cells import latest_cells
from tracker import facts
from tracker.facts import ActRow, Entry
from tracker.model import Deadline, DeadlineKind, Mode, Role
from tracker.rules import office as module
from tracker.rules.office import Assignee, Office, fold_facts, fold_news

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # Monday
DAY = dt.timedelta(days=1)


def office(*said: facts.Fact) -> Office:
    """The office after these facts, each in an act of its own, a day apart."""
    entries: dict[type[facts.Fact], list[Entry[Any]]] = {}
    acts = []
    for no, fact in enumerate(said, start=1):
        entries.setdefault(type(fact), []).append(Entry(no, no, "", f"A{no}", fact))
        acts.append(ActRow(no, "sync", "王敏", NOW + (no - 1) * DAY, None, "0", (), no, no))
    return fold_facts(entries, latest_cells(entries.get(facts.Cell, [])), acts)


def edition(number=1, how="new", plan="P1", **more):
    said = {
        "title": f"第{number}版",
        "number": "",
        "issuer": "",
        "issued_on": None,
        "year": 2026,
        "theme": "",
    }
    return facts.PlanEdition(plan, number, how, **{**said, **more})


def words(wp="P1-001", number=1, *, position=1, requirement="甲", retired=False, deadline="", mode="single"):
    return facts.WpText(
        wp, number, position, "一、公开", "（一）", "1", requirement, deadline, mode, False, "new", retired
    )


def minted(wp="P1-001", plan="P1"):
    return facts.PointFact(wp, plan)


def assigned(written, unit="", *, via="", role="responsible", number=1, active=True, wp="P1-001"):
    return facts.AssignmentFact(wp, number, written, unit, role, via, "", active)


PLAN = (edition(), minted(), words())


def test_no_facts_are_an_empty_office():
    assert office() == Office()


def test_the_office_knows_how_far_it_goes():
    assert (office(*PLAN).act, office(*PLAN).seq) == (3, 3)


def test_a_plan_is_its_latest_edition_and_points_stand_in_their_order():
    now = office(
        edition(),
        minted("P1-001"),
        words("P1-001", position=2),
        minted("P1-002"),
        words("P1-002", position=1),
        edition(2, "revision"),
    )

    assert list(now.plans) == ["P1"]
    assert now.plans["P1"].edition.title == "第2版"
    assert [point.id for point in now.plans["P1"].points] == ["P1-002", "P1-001"]


def test_an_amendment_leaves_the_points_it_does_not_name_as_they_were():
    now = office(
        *PLAN,
        minted("P1-002"),
        words("P1-002", position=2, requirement="乙"),
        edition(2, "amendment"),
        words("P1-002", 2, position=2, requirement="丙"),
    )

    assert [point.requirement for point in now.plans["P1"].points] == ["甲", "丙"]


def test_a_point_that_an_edition_dropped_is_kept_and_marked():
    now = office(*PLAN, edition(2, "revision"), words(number=2, retired=True))

    assert [point.is_retired for point in now.plans["P1"].points] == [True]


def test_a_point_says_its_deadline_its_mode_and_its_place():
    deadline = Deadline("6月底前", DeadlineKind.DATE, dt.date(2026, 6, 30), dt.date(2026, 6, 30))

    point = office(edition(), minted(), words(deadline=facts.deadline_to_json(deadline), mode="each")).point(
        "P1-001"
    )

    assert (point.deadline, point.mode, point.place) == (deadline, Mode.EACH, "A3")


def test_plans_and_their_points_keep_apart():
    now = office(*PLAN, edition(plan="P2"), minted("P2-001", "P2"), words("P2-001"))

    assert [[point.id for point in plan.points] for plan in now.plans.values()] == [["P1-001"], ["P2-001"]]


def test_a_point_that_was_minted_and_has_no_words_is_not_shown():
    assert office(edition(), minted()).plans["P1"].points == ()


def answers(*said):
    return office(*PLAN, *said).point("P1-001")


def test_a_name_that_means_a_unit_answers():
    point = answers(assigned("市教育局", "U001", role="lead"))

    assert point.assignees == (Assignee("市教育局", "U001", Role.LEAD),)
    assert point.collectives == ()


def test_a_collective_name_stands_aside_and_its_members_answer():
    point = answers(assigned("各县（市、区）"), assigned("甲县", "U002", via="各县（市、区）"))

    assert point.assignees == (Assignee("甲县", "U002", Role.RESPONSIBLE, "各县（市、区）"),)
    assert point.collectives == (("各县（市、区）", Role.RESPONSIBLE),)


def test_a_collective_name_without_members_is_known_by_going_via_itself():
    point = answers(assigned("市有关单位", via="市有关单位"))

    assert point.assignees == ()
    assert point.collectives == (("市有关单位", Role.RESPONSIBLE),)


def test_a_collective_name_is_known_by_the_members_that_the_plan_has_for_it():
    point = answers(
        facts.Member("P1", 1, "附件1所列单位", "U002", True),
        assigned("附件1所列单位"),
        assigned("市教育局", "U001"),
    )

    assert [(answer.unit, answer.via) for answer in point.assignees] == [
        ("U001", ""),
        ("U002", "附件1所列单位"),
    ]
    assert point.collectives == (("附件1所列单位", Role.RESPONSIBLE),)
    assert point.empty_groups == ()


def test_members_that_are_stated_later_answer_and_who_was_taken_out_does_no_more():
    group, via = assigned("市有关单位", via="市有关单位"), assigned("市有关单位", "U002", via="市有关单位")
    later = [facts.Member("P1", 1, "市有关单位", unit, unit != "U002") for unit in ("U002", "U003")]

    empty, first, then = answers(group), answers(group, via), answers(group, via, *later)

    assert (empty.units(), empty.empty_groups) == ((), ("市有关单位",))
    assert first.units() == ("U002",)
    assert (then.units(), then.empty_groups) == (("U003",), ())


def test_a_name_that_nobody_has_decided_answers_without_a_unit():
    assert answers(assigned("市某局")).assignees == (Assignee("市某局", "", Role.RESPONSIBLE),)


def test_a_name_is_decided_by_ending_the_undecided_assignment():
    point = answers(assigned("市某局"), assigned("市某局", active=False), assigned("市某局", "U003"))

    assert [answer.unit for answer in point.assignees] == ["U003"]


@pytest.mark.parametrize(
    ("said", "units"),
    [
        # The latest edition speaks of the point and names others.
        ([words(number=2), assigned("丙局", "U003", number=2)], ("U003",)),
        # It speaks of the point and names nobody.
        ([words(number=2)], ()),
        # It drops the point: whoever answered for it did.
        ([words(number=2, retired=True)], ("U001",)),
        # It does not speak of the point.
        ([], ("U001",)),
        # It changes only who answers.
        ([assigned("丙局", "U003", number=2)], ("U003",)),
    ],
)
def test_who_answers_is_what_the_latest_edition_says_that_speaks_of_the_point(said, units):
    point = answers(assigned("甲局", "U001"), edition(2, "amendment"), *said)

    assert point.units() == units


def test_members_are_those_of_the_latest_edition_that_lists_any():
    def member(unit, number=1, active=True, collective="各县"):
        return facts.Member("P1", number, collective, unit, active)

    now = office(
        *PLAN,
        member("U1"),
        member("U2"),
        member("U3", collective="各局"),
        member("U2", 1, False),
        member("U4", 2),
    )

    assert now.plans["P1"].members == {"各县": ("U4",), "各局": ("U3",)}


def test_duties_are_those_of_the_latest_whole_edition_and_of_the_amendments_after_it():
    def duty(number, n):
        return facts.PlanDuty("P1", number, n, f"第{number}版第{n}项", "", "")

    now = office(
        edition(),
        duty(1, 1),
        edition(2, "revision"),
        duty(2, 2),
        duty(2, 1),
        edition(3, "amendment"),
        duty(3, 1),
    )

    assert [(each.edition, each.n) for each in now.plans["P1"].duties] == [(2, 1), (2, 2), (3, 1)]


def test_a_unit_has_its_names_links_and_contacts_and_a_correction_moves_none():
    now = office(
        facts.Unit("U001", "市直部门"),
        facts.UnitName("U001", "市某局", None, None, "current"),
        facts.UnitName("U001", "某局", None, None, "short"),
        facts.UnitName("U001", "市某局", None, dt.date(2026, 6, 30), "former"),
        facts.UnitLink("U001", "U002", dt.date(2026, 7, 1), "merge"),
        facts.Contact("U001", "联络员", "丁一", "1", "", True),
        facts.Contact("U001", "联络员", "王敏", "2", "", True),
        facts.Contact("U001", "联络员", "丁一", "1", "", False),
        facts.Unit("U001", "市直部门", True),
    )

    body = now.units["U001"]
    assert [(name.name, name.rank) for name in body.names] == [("市某局", "former"), ("某局", "short")]
    assert [link.successor for link in body.links] == ["U002"]
    assert [contact.name for contact in body.contacts] == ["王敏"]
    assert body.is_retired


def test_rounds_stand_in_the_order_they_open_and_the_latest_dates_hold():
    def opening(name, day):
        return facts.Round(name, "P1", name, day, day + 20 * DAY)

    now = office(
        opening("R2", dt.date(2026, 6, 1)),
        opening("R1", dt.date(2026, 3, 1)),
        opening("R2", dt.date(2026, 6, 8)),
    )

    assert [(name, each.opens.day) for name, each in now.rounds.items()] == [("R1", 1), ("R2", 8)]


def test_a_return_came_when_it_was_first_recorded_whatever_is_said_about_it_later():
    now = office(
        facts.Return("F1", "aa", "taken", "", "{}"),
        facts.Return("F1", "bb", "taken", "", "{}"),
        facts.Return("F1", "aa", "superseded", "", "{}"),
    )

    assert [(when, each.sha, each.outcome) for when, each in now.returns] == [
        (NOW, "aa", "superseded"),
        (NOW + DAY, "bb", "taken"),
    ]


def test_a_conflict_is_open_until_it_is_settled():
    def conflict(name):
        return facts.Conflict(name, "P1-001", "U001", "progress", "R1", "", "甲", "乙", "")

    now = office(conflict("C1"), conflict("C2"), facts.Settled("C1", "ours", ""))

    assert list(now.conflicts) == ["C2"]


def test_a_workbook_is_at_its_latest_revision_and_a_document_in_its_latest_state():
    def slip(state, number):
        return facts.Document("D1", "催办", "U001", ("P1-001",), NOW.date(), state, number, "")

    now = office(
        facts.SheetWritten("工作台账.xlsx", 1, 10, "aa"),
        facts.SheetWritten("工作台账.xlsx", 2, 20, "bb"),
        slip("drafted", ""),
        slip("signed", "3号"),
    )

    assert now.sheets["工作台账.xlsx"].revision == 2
    assert (now.documents["D1"].state, now.documents["D1"].number) == ("signed", "3号")


def test_events_reports_forms_and_files_are_all_there():
    now = office(
        facts.Event("P1-001", "extension", 1, NOW.date(), "{}"),
        facts.Event("P1-001", "extension", 2, NOW.date(), "{}"),
        facts.ReportEdition("年度报告", 1, "P1", NOW.date(), "{}"),
        facts.Form("F1", "R1", "U001", 3, ("P1-001",), ("status",), "填报表/甲.xlsx"),
        facts.File("aa", "甲.xlsx", "", NOW),
    )

    assert [each.n for each in now.events] == [1, 2]
    assert [each.n for each in now.reports] == [1]
    assert (list(now.forms), list(now.files)) == (["F1"], ["aa"])


TODAY = NOW.date()


def message(name):
    return facts.Message(
        name, name, "D1", "U001", "提醒", "reminder", "mail", "a@b.cn", "<1>", "", "", (), ()
    )


SAID = [
    facts.Unit("U001", "市直部门"),
    facts.Unit("U001", "市直部门", True),
    facts.UnitName("U001", "市教育局", None, None, "current"),
    facts.Contact("U001", "联络员", "甲", "0000", "a@b.cn", True),
    facts.Contact("U001", "联络员", "甲", "0000", "", False),
    facts.PlanEdition("P1", 1, "new", "要点", "", "", None, 2026, ""),
    facts.PointFact("P1-001", "P1"),
    facts.WpText("P1-001", 1, 1, "一", "（一）", "1", "公开", "", "single", False, "new", False),
    facts.AssignmentFact("P1-001", 1, "市教育局", "U001", "lead", "", "", True),
    facts.Round("2026-年终", "P1", "年终", TODAY, TODAY),
    facts.Form("F1", "2026-年终", "U001", 1, ("P1-001",), ("status",), "填报表/x.xlsx"),
    facts.Return("F1", "sha", "taken", "", "{}"),
    facts.Return("F1", "sha", "superseded", "", "{}"),
    facts.Conflict("C1", "P1-001", "U001", "progress", "2026-年终", "", "甲", "乙", ""),
    facts.Settled("C1", "ours", "甲"),
    facts.PlanKind("P1", "superior"),
    facts.Carried("P1-001", "P1-002", "split", ""),
    facts.UnitLink("U001", "U002", TODAY, "rename"),
    facts.Serves("P1-001", "P2-001", "serves", "王敏", ""),
    facts.PlanLink("P1", "P2", "year"),
    facts.Setting("设置.xlsx", "sha", "{}"),
    facts.Cell("P1-001", "U001", "progress", "", "办了", "unit", 0),
    facts.Document("D1", "提醒", "U001", ("P1-001",), TODAY, "signed", "", "督办/x/D1.docx"),
    facts.Document("D1", "提醒", "U001", ("P1-001",), TODAY, "sent", "", "督办/x/D1.docx"),
    facts.Event("D1", "sent-by", 1, TODAY, "{}"),
    facts.File("sha", "x.xlsx", "", NOW),
    facts.SheetWritten("台账/工作台账.xlsx", 1, 0, "sha"),
    facts.SheetWritten("台账/工作台账.xlsx", 2, 0, "sha2"),
    message("M1"),
    message("M2"),
    facts.MessageAttempt("M1", 1, "pc:1"),
    facts.MessageOutcome("M1", 1, "unknown", ""),
    facts.MessageOutcome("M1", 1, "sent", ""),
    facts.MessageOutcome("M2", 0, "dropped", ""),
    facts.Slot("chase", NOW),
    facts.SlotAttempt("chase", NOW, 1, "pc:1"),
    facts.SlotOutcome("chase", NOW, 1, "done", ""),
]


@given(st.permutations(SAID))
def test_any_order_of_facts_folded_one_by_one_is_the_fold_of_all(said):
    entries: dict[type[facts.Fact], list[Entry[Any]]] = {}
    acts: list[ActRow] = []
    office = Office()
    for no, fact in enumerate(said, 1):
        entries.setdefault(type(fact), []).append(Entry(no, no, "", "", fact))
        acts.append(ActRow(no, "sync", "王敏", NOW, None, "0", (), no, no))
        cells = latest_cells(entries.get(facts.Cell, []))
        office = fold_news(office, [type(fact)], entries, cells, acts)

        assert office == fold_facts(entries, cells, acts)


@given(st.permutations(SAID), st.integers(0, len(SAID)))
def test_the_way_back_to_an_earlier_moment_is_the_fold_of_the_facts_up_to_it(said, count):
    entries: dict[type[facts.Fact], list[Entry[Any]]] = {}
    earlier: dict[type[facts.Fact], list[Entry[Any]]] = {}
    acts = [ActRow(no, "sync", "王敏", NOW, None, "0", (), no, no) for no in range(1, len(said) + 1)]
    for no, fact in enumerate(said, 1):
        entries.setdefault(type(fact), []).append(Entry(no, no, "", "", fact))
        if no <= count:
            earlier.setdefault(type(fact), []).append(Entry(no, no, "", "", fact))
    office = fold_facts(entries, {}, acts)

    back = fold_news(office, {type(fact) for fact in said[count:]}, earlier, {}, acts[:count])

    assert back == fold_facts(earlier, {}, acts[:count])


def test_every_kind_feeds_a_part_but_cells_and_settings_that_no_part_holds():
    kinds = [kind for kinds, _ in module._PARTS for kind in kinds]

    assert sorted(map(repr, kinds)) == sorted(map(repr, set(facts.KINDS) - {facts.Cell, facts.Setting}))


def test_a_fact_of_one_kind_leaves_every_part_that_it_does_not_feed_as_it_was():
    entries = {type(fact): [Entry(1, 1, "", "", fact)] for fact in SAID}
    acts = [ActRow(1, "sync", "王敏", NOW, None, "0", (), 1, 1)]
    office = fold_facts(entries, {}, acts)

    after = fold_news(office, [facts.Return], entries, {}, acts)

    assert after.plans is office.plans and after.units is office.units


MESSAGE = facts.Message("M1", "k", "D1", "U001", "提醒", "reminder", "folder", "", "<1@x>", "s", "b", (), ())


def office_after(*said):
    """Each fact in an act of its own, a minute apart."""
    entries: dict[type, list] = {}
    acts = []
    for n, fact in enumerate(said, 1):
        acts.append(ActRow(n, "send", "王敏", NOW + dt.timedelta(minutes=n), None, "0", (), n, n))
        entries.setdefault(type(fact), []).append(Entry(n, n, "", "", fact))
    return fold_facts(entries, {}, acts)


def test_an_attempt_without_an_outcome_has_no_state():
    (found,) = office_after(MESSAGE, facts.MessageAttempt("M1", 1, "pc:7")).messages["M1"].attempts

    assert (found.n, found.worker, found.state, found.at) == (1, "pc:7", "", NOW + dt.timedelta(minutes=2))


def test_the_later_outcome_of_an_attempt_holds():
    said = office_after(
        MESSAGE,
        facts.MessageAttempt("M1", 1, "pc:7"),
        facts.MessageOutcome("M1", 1, "unknown", "断线"),
        facts.MessageOutcome("M1", 1, "sent", "电话确认"),
    )

    (found,) = said.messages["M1"].attempts
    assert (found.worker, found.state, found.note) == ("pc:7", "sent", "电话确认")
    assert found.outcome_at == NOW + dt.timedelta(minutes=4)


def test_what_is_said_without_an_attempt_stands_by_itself():
    (found,) = office_after(MESSAGE, facts.MessageOutcome("M1", 0, "dropped", "")).messages["M1"].attempts

    assert (found.n, found.worker, found.state) == (0, "", "dropped")


def test_slots_are_found_by_job_and_moment():
    said = office_after(facts.Slot("chase", NOW), facts.SlotAttempt("chase", NOW, 1, "pc:7"))

    assert said.slots["chase", NOW].attempts[0].worker == "pc:7"
