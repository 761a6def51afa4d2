"""A verb is a program of its own: it may be stopped, it says what it said, and only one runs."""

from __future__ import annotations

import time

import pytest

from tests.support.desk import NOW
from tests.support.year import ledger_of, make_year
from tracker.problems.office import JobRunning
from tracker.web.jobs import JobOrder, JobState, Workshop


@pytest.fixture
def root(tmp_path):
    return make_year(tmp_path / "办公")


@pytest.fixture
def workshop():
    workshop = Workshop(("--now", NOW))
    yield workshop
    running = workshop.job_now()
    if running is not None:
        workshop.stop(running.number)
        over(workshop)


def order(*words, act="act"):
    return JobOrder(act, "试一试", "page", words)


def over(workshop):
    while workshop.job_now() is not None:
        time.sleep(0.05)
    return workshop.views()[0]


def test_a_verb_that_is_done_gives_its_words_and_its_data(root, workshop):
    workshop.start(order("hand-out"), root)

    view = over(workshop)

    assert view.state is JobState.DONE
    assert view.data["rounds"][0]["round"] == "第三季度"
    assert any("印发" in line for line in view.lines)


@pytest.mark.parametrize(
    ("words", "state", "sentence"),
    [
        (("hand-out", "--round=没有这一期"), JobState.REFUSED, "没有名为“没有这一期”的报送期次"),
        (("hand-out", "--no-such-word"), JobState.REFUSED, "命令写法有误"),
    ],
)
def test_a_refusal_is_told_in_its_own_sentence(root, workshop, words, state, sentence):
    workshop.start(order(*words), root)

    view = over(workshop)

    assert (view.state, view.data) == (state, {})
    assert view.lines[-1].startswith(sentence)


def test_one_that_is_stopped_is_over_and_the_next_does_the_rest(root, workshop):
    number = workshop.start(order("hand-out"), root).number
    workshop.stop(number)
    view = over(workshop)
    assert (view.state, "再做一次" in view.lines[-1]) == (JobState.STOPPED, True)

    workshop.start(order("hand-out"), root)

    assert over(workshop).state is JobState.DONE
    with ledger_of(root) as ledger:
        assert all((root / form.path).exists() for form in ledger.office().forms.values())


def test_a_second_one_waits_for_a_person_while_the_first_runs(root, workshop):
    workshop.start(order("hand-out"), root)

    with pytest.raises(JobRunning, match="试一试"):
        workshop.start(order("sync"), root)

    over(workshop)
    workshop.start(order("sync"), root)
    assert over(workshop).state is JobState.DONE


def test_to_stop_what_is_over_or_never_was_does_nothing(root, workshop):
    number = workshop.start(order("hand-out"), root).number
    before = over(workshop)

    workshop.stop(number)
    workshop.stop(99)

    assert workshop.views() == (before,)


def test_the_latest_of_some_acts_is_remembered_for_their_page(root, workshop):
    for act in ("a", "b", "a"):
        workshop.start(order("hand-out", "--dry-run", act=act), root)
        over(workshop)

    assert [workshop.latest("a").number, workshop.latest("b").number, workshop.latest("c")] == [3, 2, None]


def test_a_line_reaches_the_verb_and_is_in_no_command(root, workshop):
    view = workshop.start(order("send", "--secret=not a name"), root, "geheim")

    over(workshop)

    assert "geheim" not in repr(view)
    assert "geheim" not in repr(workshop.views())
