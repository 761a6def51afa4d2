"""How much work a take-back is: counted, not timed."""

from __future__ import annotations

import pytest

from tests.support.year import call, fill, form_of, make_year
from tracker.files.guard import opening
from tracker.files.guard.pool import Pool
from tracker.files.ledger import ledger as ledger_module
from tracker.files.ledger.ledger import Act
from tracker.formats.books import returns
from tracker.steps.desk import keep_original, open_desk
from tracker.steps.hand_out import hand_out
from tracker.steps.take_back import take_back


@pytest.fixture
def counts(monkeypatch):
    """How often each of these was called."""
    counted: dict[str, int] = {}

    def count(owner, name):
        whole = getattr(owner, name)

        def counting(*args, **kwargs):
            counted[name] = counted.get(name, 0) + 1
            return whole(*args, **kwargs)

        monkeypatch.setattr(owner, name, counting)

    count(ledger_module, "fold_news")
    count(Act, "flush")
    count(Pool, "_ask")
    count(returns._FormReader, "read")
    return counted


def returned(root, units):
    """An office of so many units, each of which has sent its form back."""
    names = {f"U{n:03}": f"市第{n}局" for n in range(1, units + 1)}
    make_year(root, points=units, units=names)
    hand_out(call(root))
    for name in names.values():
        form = form_of(root, name)
        answers = {
            f"P1-{n:03}": {"自报状态": "正在推进", "进展情况": f"{name}办了"} for n in range(1, units + 1)
        }
        fill(form, answers, root / "各单位报送" / form.name)
    return root


def test_an_act_folds_and_writes_as_often_for_ten_files_as_for_two(tmp_path, counts):
    work = []
    for units in (2, 10):
        root = returned(tmp_path / str(units), units)
        counts.clear()
        answer = take_back(call(root))
        assert len(answer.data["taken"]) == units
        work.append((counts["fold_news"], counts["flush"]))

    assert work[0] == work[1]


def test_each_file_is_read_once_and_all_of_them_in_one_question(tmp_path, counts):
    root = returned(tmp_path, 10)
    opening.close()
    counts.clear()

    take_back(call(root))

    assert counts["read"] == 10
    # 设置.xlsx is known from the time before.
    assert counts["_ask"] == 1


def test_what_was_taken_before_is_not_read_again(tmp_path, counts):
    root = returned(tmp_path, 4)
    take_back(call(root))
    counts.clear()

    answer = take_back(call(root))

    assert answer.data["repeated"] == 4
    assert counts.get("read", 0) == 0


def test_originals_have_their_names_before_the_act_is_kept_and_none_stays_of_one_that_is_undone(
    tmp_path, monkeypatch
):
    make_year(tmp_path)
    kept = []
    whole = Act.close
    monkeypatch.setattr(
        Act, "close", lambda act: kept.append(len(list((tmp_path / "原件留存").rglob("*.txt")))) or whole(act)
    )
    with open_desk(call(tmp_path)) as desk:
        with pytest.raises(ZeroDivisionError), desk.act("take-back") as act:
            keep_original(desk, act, b"first", "a.txt", "ab12")
            raise ZeroDivisionError
        assert not list((tmp_path / "原件留存").rglob("*.txt"))
        with desk.act("take-back") as act:
            keep_original(desk, act, b"second", "b.txt", "cd34")

    assert kept == [1]
