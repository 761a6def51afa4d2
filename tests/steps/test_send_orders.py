"""An official slip without signature never leaves, whatever the order of commands."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.ordering import Orders, prepare
from tracker.rules import outgoing

FEW = settings(
    max_examples=5,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    root = prepare(tmp_path_factory.mktemp("orders") / "办公")
    yield type("OrdersHere", (Orders,), {"PREPARED": root})
    for path in root.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
    shutil.rmtree(root)


def test_whatever_the_order_of_commands(machine):
    run_state_machine_as_test(machine, settings=FEW)


def test_without_the_guard_the_machine_finds_an_order_in_which_it_leaves(machine, monkeypatch):
    """Sign, let the server fail, take the signature back, send: only the look at the last moment holds it."""
    monkeypatch.setattr(outgoing, "_document", lambda *_: None)
    run = machine()
    try:
        run.write_into_the_list("已签发", 0)
        run.the_server_is("451 later")
        run.send_(force=False, dry_run=False)
        run.write_into_the_list("拟稿", 0)
        run.the_server_is("250 OK")
        run.time_passes(20)
        run.send_(force=False, dry_run=False)

        assert run.wrong
    finally:
        run.teardown()
