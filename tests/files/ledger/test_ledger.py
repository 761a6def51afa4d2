"""Acts: kept whole or not at all, numbered, minted from, and read back as they were."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from tests.support.moments import NOW
from tracker import facts
from tracker.files.ledger.ledger import Ledger, open_ledger
from tracker.files.ledger.schema import shape
from tracker.problems.office import (
    AlreadyRecorded,
    FactsAreInsertOnly,
    LedgerBusy,
    LedgerDamaged,
    LedgerUnreachable,
    UnkeepableText,
)

DAY = dt.timedelta(days=1)


def cell(value, point="P1-001", field="note", **more):
    return facts.Cell(
        **{
            "subject": point,
            "unit": "",
            "field": field,
            "period": "",
            "value": value,
            "origin": "office",
            "base_seq": 0,
            **more,
        }
    )


def values(cells):
    return {key[0]: now.value for key, now in cells.items()}


def test_an_act_keeps_who_when_and_what_and_each_fact_its_place(ledger, act):
    with act("sync", effective_on=dt.date(2026, 3, 1), settings=("ab",)) as doing:
        last = doing.add(cell("甲"), cell("乙", "P1-002"), file="sha", place="任务事项!K3")

    assert last == 2
    assert ledger.acts() == [
        facts.ActRow(1, "sync", "王敏", NOW, dt.date(2026, 3, 1), ledger.acts()[0].version, ("ab",), 1, 2)
    ]
    assert ledger.entries(facts.Cell) == [
        facts.Entry(1, 1, "sha", "任务事项!K3", cell("甲")),
        facts.Entry(2, 1, "sha", "任务事项!K3", cell("乙", "P1-002")),
    ]


def test_acts_and_facts_are_numbered_without_gaps_across_their_kinds(ledger, act):
    for number in range(3):
        with act() as doing:
            doing.add(facts.Unit(f"U00{number}", "市直部门"), cell("甲"))

    assert [(each.no, each.first_seq, each.last_seq) for each in ledger.acts()] == [
        (1, 1, 2),
        (2, 3, 4),
        (3, 5, 6),
    ]
    assert (ledger.last_act, ledger.last_seq) == (3, 6)
    assert ledger.check() == []


def test_marks_that_an_earlier_version_kept_come_out_clean_and_hide_nothing_else(address):
    bad, good = "已\u202e办\u200b\x1b[2J结\r\n乙", "已办结\n乙"
    with open_ledger(address) as ledger, ledger.act("record", person="王敏", at=NOW) as act:
        act.add(
            facts.UnitName("U001", "市财\u202e政局", None, None, "current"),
            facts.UnitName("U002", "市教育局", None, None, "current"),
            facts.Cell("P1-001", "U001", "progress", "R1", bad, "unit", 0),
            facts.Cell("P1-002", "U001", "progress", "R1", "如常", "unit", 0),
        )

    with open_ledger(address) as ledger:
        office, names = ledger.office(), [entry.fact.name for entry in ledger.entries(facts.UnitName)]
        assert ledger.check() == []

    assert [cell.value for cell in office.cells.values()] == [good, "如常"]
    assert names == ["市财政局", "市教育局"]


def test_an_act_without_a_fact_leaves_no_trace(ledger, act):
    with act() as doing:
        doing.mint("P")

    assert ledger.acts() == []


def test_an_error_inside_an_act_undoes_all_of_it(ledger, act):
    with pytest.raises(ZeroDivisionError), act() as doing:
        doing.add(cell("甲"))
        doing.office()
        raise ZeroDivisionError

    assert (ledger.acts(), ledger.cells(), ledger.entries(facts.Cell)) == ([], {}, [])
    assert ledger.office().cells == {}


def test_after_an_error_the_ledger_goes_on(ledger, act):
    with pytest.raises(ZeroDivisionError), act():
        raise ZeroDivisionError

    with act() as doing:
        doing.add(cell("甲"))

    assert values(ledger.cells()) == {"P1-001": "甲"}


def test_an_act_inside_an_act_is_a_mistake_of_the_program(act):
    with pytest.raises(RuntimeError), act(), act():
        pass


def test_the_moment_of_an_act_has_a_time_zone(act):
    with pytest.raises(ValueError, match="time zone"), act(at=NOW.replace(tzinfo=None)):
        pass


def test_ids_are_minted_one_after_another_and_never_twice(ledger, act):
    with act() as doing:
        assert [doing.mint("P"), doing.mint("P"), doing.mint("U")] == ["P1", "P2", "U001"]
        assert [doing.mint_point("P1"), doing.mint_point("P1"), doing.mint_point("P2")] == [
            "P1-001",
            "P1-002",
            "P2-001",
        ]
        doing.add(facts.Unit("U001", ""), facts.PointFact("P1-999", "P1"))

    with act() as doing:
        assert [doing.mint("P"), doing.mint("U"), doing.mint_point("P1")] == ["P1", "U002", "P1-1000"]
        assert [doing.mint(each) for each in "RFCD"] == ["R1", "F1", "C1", "D1"]


def test_what_an_act_added_is_seen_inside_it_before_anybody_else_sees_it(address, act, ledger):
    with open_ledger(address) as other, act() as doing:
        doing.add(cell("甲"))

        assert values(doing.office().cells) == {"P1-001": "甲"}
        assert values(ledger.cells()) == {"P1-001": "甲"}
        assert other.cells() == {}


def test_a_second_statement_of_what_is_stated_once_is_refused_with_its_whole_act(ledger, act):
    with act() as doing:
        doing.add(facts.PointFact("P1-001", "P1"))

    with pytest.raises(AlreadyRecorded), act() as doing:
        doing.add(cell("甲"), facts.PointFact("P1-001", "P2"))

    assert (ledger.last_act, ledger.cells()) == (1, {})


def test_offices_in_one_database_never_see_each_other(address):
    for office in ("政务公开", "营商环境"):
        with (
            open_ledger(address, office=office) as ledger,
            ledger.act("init", person="王敏", at=NOW) as doing,
        ):
            assert doing.no == 1
            doing.add(facts.Unit(doing.mint("U"), office), cell(office))

    with open_ledger(address, office="政务公开") as ledger:
        assert values(ledger.cells()) == {"P1-001": "政务公开"}
        assert ledger.check() == []


def test_two_seats_never_write_at_once(address, ledger, act):
    """The second one waits, and says so when it has waited long enough."""
    with open_ledger(address) as other:
        other.store.patience_ms = 50
        with act(), pytest.raises(LedgerBusy), other.act("sync", person="丁一", at=NOW):
            pass


def test_who_waited_decides_on_what_the_other_wrote(address, ledger, act):
    minted = []

    def wait_and_mint():
        with open_ledger(address) as other, other.act("record", person="丁一", at=NOW) as doing:
            minted.append(doing.mint("U"))

    with act() as doing:
        doing.add(facts.Unit(doing.mint("U"), ""))
        waiting = threading.Thread(target=wait_and_mint)
        waiting.start()
        waiting.join(0.3)
    waiting.join()

    assert minted == ["U002"]


def test_offices_on_one_server_do_not_wait_for_each_other(postgresql):
    address = postgresql.database()
    with open_ledger(address, office="甲") as one, open_ledger(address, office="乙") as other:
        other.store.patience_ms = 50
        with one.act("sync", person="王敏", at=NOW) as doing:
            doing.add(cell("甲"))
            with other.act("sync", person="丁一", at=NOW) as doing_too:
                doing_too.add(cell("乙"))

        assert (values(one.cells()), values(other.cells())) == ({"P1-001": "甲"}, {"P1-001": "乙"})


SAMPLES = {
    str: "甲'\"；%s :name {table}\n乙",
    int: 3,
    bool: True,
    dt.date: dt.date(2026, 6, 30),
    dt.date | None: None,
    dt.datetime: NOW,
    tuple[str, ...]: ("P1-001", "P1,\"002'"),
}


def sample(kind):
    from typing import get_type_hints

    hints = get_type_hints(kind)
    return kind(**{name: SAMPLES[hints[name]] for name in shape(kind).columns})


def test_every_kind_of_fact_comes_back_as_it_was(ledger, act):
    with act() as doing:
        for kind in facts.KINDS:
            doing.add(sample(kind))

    for kind in facts.KINDS:
        assert [entry.fact for entry in ledger.entries(kind)] == [sample(kind)]
    assert ledger.check() == []


@pytest.mark.parametrize("bad", ["\0", "\ud83d"])
def test_a_text_that_no_database_keeps_is_refused_by_its_character(ledger, act, bad):
    with pytest.raises(UnkeepableText, match=r"甲□乙.*unkeepable-text") as refused, act() as doing:
        doing.add(cell(f"甲{bad}乙"))

    assert f"U+{ord(bad):04X}" in str(refused.value)
    assert ledger.acts() == []


def test_a_recorded_fact_or_act_can_neither_be_changed_nor_removed(ledger, act):
    with act() as doing:
        for kind in facts.KINDS:
            doing.add(sample(kind))

    for table in ["act", *(shape(kind).table for kind in facts.KINDS)]:
        for statement in (f'update "{table}" set office = office', f'delete from "{table}"'):
            with pytest.raises(FactsAreInsertOnly):
                ledger.store.run(statement)


def test_a_fact_cannot_be_replaced_past_its_guard(tmp_path):
    """SQLite's `insert or replace` removes a row without asking its triggers, unless told otherwise."""
    with open_ledger(tmp_path / "ledger.db") as ledger:
        with ledger.act("record", person="王敏", at=NOW) as doing:
            doing.add(facts.PointFact("P1-001", "P1"))

        with pytest.raises(FactsAreInsertOnly):
            ledger.store.run(
                "insert or replace into work_point values ('office', 1, null, '', 'P1-001', 'P9')"
            )


def test_a_fact_of_a_file_that_nobody_wrote_down_is_refused(ledger):
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        ledger.store.run("insert into work_point values ('office', 1, 1, '', 'P1-001', 'P1')")


def test_a_file_is_written_down_once_whatever_comes_from_it(ledger, act):
    for file in ("甲", "乙"):
        with act() as doing:
            doing.add(cell(file), facts.Unit(f"U-{file}", ""), file=file)
            doing.add(cell("丙", "P1-002"), file="甲")
            doing.add(cell("丁", "P1-003"))
    with pytest.raises(ZeroDivisionError), act() as doing:
        doing.add(cell("戊"), file="丙")
        doing.office()
        raise ZeroDivisionError

    assert ledger.sources() == {1: "甲", 2: "乙"}
    assert [(entry.act, entry.file) for entry in ledger.entries(facts.Cell)] == [
        (1, "甲"),
        (1, "甲"),
        (1, ""),
        (2, "乙"),
        (2, "甲"),
        (2, ""),
    ]
    assert {key[0]: now.file for key, now in ledger.cells().items()} == {
        "P1-001": "乙",
        "P1-002": "甲",
        "P1-003": "",
    }


# As it was


def year(act):
    """Three acts: in March, in June, and in July about June."""
    for value, at, effective_on in [
        ("三月", NOW, None),
        ("六月", NOW + 120 * DAY, None),
        ("补记六月", NOW + 130 * DAY, dt.date(2026, 6, 29)),
    ]:
        with act(at=at, effective_on=effective_on) as doing:
            doing.add(cell(value), facts.Event("P1-001", value, 1, at.date(), "{}"))


def test_the_office_after_an_act_is_what_the_facts_up_to_it_say(ledger, act):
    year(act)

    assert [values(ledger.cells(until=no)) for no in (0, 1, 2)] == [
        {},
        {"P1-001": "三月"},
        {"P1-001": "六月"},
    ]
    after = ledger.office(until=1)
    assert (after.act, after.seq, values(after.cells)) == (1, 2, {"P1-001": "三月"})
    assert [event.kind for event in after.events] == ["三月"]
    assert len(ledger.entries(facts.Cell, until=2)) == 2


def test_the_office_on_a_day_knows_what_was_recorded_later_about_it(ledger, act):
    year(act)

    on = {
        day: ledger.office_as_of(dt.date.fromisoformat(day))
        for day in ("2026-03-01", "2026-06-28", "2026-06-29")
    }
    assert [values(each.cells).get("P1-001") for each in on.values()] == [None, "三月", "补记六月"]
    assert [len(each.events) for each in on.values()] == [0, 1, 2]


def test_the_office_that_is_kept_follows_what_others_write(address, ledger, act):
    with act() as doing:
        doing.add(cell("甲"))
    first = ledger.office()

    with open_ledger(address) as other, other.act("sync", person="丁一", at=NOW) as doing:
        doing.add(cell("乙"), cell("丙", "P1-002"))

    assert values(first.cells) == {"P1-001": "甲"}
    assert values(ledger.office().cells) == {"P1-001": "乙", "P1-002": "丙"}
    assert ledger.office() is ledger.office()


def test_an_act_that_kept_nothing_is_not_taken_for_the_one_that_got_its_number(address, ledger, act):
    with act():
        pass
    with open_ledger(address) as other, other.act("sync", person="丁一", at=NOW) as doing:
        doing.add(cell("乙"))

    assert values(ledger.office().cells) == {"P1-001": "乙"}
    with act() as doing:
        doing.add(cell("丙"))
        assert values(doing.office().cells) == {"P1-001": "丙"}


def test_reads_see_one_moment_while_others_write(address, ledger, act):
    with ledger._one_moment():
        assert ledger.acts() == []
        with open_ledger(address) as other, other.act("sync", person="丁一", at=NOW) as doing:
            doing.add(cell("甲"))

        assert (ledger.acts(), ledger.cells()) == ([], {})


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path):
    path = tmp_path / "ledger.db"
    path.write_bytes("这不是数据库".encode() * 400)

    with pytest.raises(LedgerDamaged, match="ledger-damaged"):
        open_ledger(path)
    assert path.read_bytes() == "这不是数据库".encode() * 400


def test_a_server_that_does_not_answer_is_named_without_its_password():
    with pytest.raises(LedgerUnreachable) as refused:
        open_ledger("postgresql://wang:secret@127.0.0.1:1/office")

    assert "secret" not in str(refused.value)


def steps_of_one_act(ledger):
    """How much work SQLite does for one act with one cell, in hundreds of its own steps."""
    steps = []
    ledger.store.connection.set_progress_handler(lambda: steps.append(1), 100)
    with ledger.act("sync", person="王敏", at=NOW) as doing:
        doing.add(cell("甲"))
    ledger.store.connection.set_progress_handler(None, 100)
    return len(steps)


def test_an_act_costs_the_same_however_much_is_recorded():
    """An act may not make SQLite read what was recorded before."""
    with open_ledger(":memory:") as ledger:
        at_first = steps_of_one_act(ledger)
        for _ in range(3):
            with ledger.act("sync", person="王敏", at=NOW) as doing:
                doing.add(*(cell(str(number)) for number in range(1000)))

        assert steps_of_one_act(ledger) <= at_first + 5


def test_the_connection_is_opened_as_safely_as_sqlite_can(tmp_path):
    with open_ledger(tmp_path / "ledger.db") as ledger:
        said = {
            name: ledger.store.rows(f"pragma {name}")[0][0]
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "recursive_triggers")
        }

    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 10_000,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }


def test_what_an_act_added_is_not_read_again_and_the_office_is_the_same_as_if_it_were(
    ledger, act, monkeypatch
):
    ledger.office()
    tables = []
    whole = ledger.store.rows
    monkeypatch.setattr(
        ledger.store, "rows", lambda query, parameters=None: tables.append(query) or whole(query, parameters)
    )
    with act() as doing:
        doing.add(
            facts.Unit("U001", "市直部门"), facts.Cell("P1-001", "U001", "status", "R1", "甲", "unit", 0)
        )
        inside = doing.office()
    after = ledger.office()

    assert not [query for query in tables if "from cell" in query or '"unit"' in query]
    monkeypatch.undo()
    fresh = Ledger(ledger.store, ledger.name).office()
    assert inside == after == fresh
    assert dict(after.cells) == dict(fresh.cells)


def test_the_office_of_the_past_is_the_same_from_the_one_at_hand_as_from_its_facts(ledger, act):
    for n in range(1, 4):
        with act() as doing:
            doing.add(
                facts.Unit(f"U00{n}", "市直部门"),
                facts.Cell("P1-001", "U001", "status", "R1", f"{n}", "unit", 0),
            )
    ledger.office()

    for no in range(4):
        fresh = Ledger(ledger.store, ledger.name).office(until=no)
        assert ledger.office(until=no) == fresh
        assert dict(ledger.office(until=no).cells) == dict(fresh.cells)


def test_what_another_window_recorded_at_the_same_time_is_refused_in_words_of_ours(tmp_path):
    path = tmp_path / "ledger.db"
    with open_ledger(path, office="a") as one, open_ledger(path, office="a") as two:
        with one.act("sync", person="王敏", at=NOW) as act:
            act.add(facts.SheetWritten("台账", 1, 0, "x"))
        with pytest.raises(AlreadyRecorded) as refusal, two.act("sync", person="王敏", at=NOW) as act:
            act.add(facts.SheetWritten("台账", 1, 0, "y"))

    assert "再运行一次" in str(refusal.value)
    assert "UNIQUE" not in str(refusal.value)
