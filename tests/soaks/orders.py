"""Commands in any order: what is official never leaves unsigned, and never twice; drawn by hypothesis, on a real office.

    python -m tests.soaks.orders 150

The machine is `tests.support.ordering`, which `tests/steps/test_send_orders.py` runs at a small size.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

STEPS = 40


def main(size: int = 150) -> bool:
    """Run so many orders; true when none of them let anything leave that must not."""
    from tests.support.ordering import Orders, prepare

    orders, commands, letters = 0, 0, 0

    class Counted(Orders):
        def teardown(self) -> None:
            nonlocal orders, commands, letters
            orders += 1
            commands += self.commands
            letters += sum(self.kept.values())
            super().teardown()

    with tempfile.TemporaryDirectory() as scratch:
        root = prepare(Path(scratch) / "办公")
        machine: Any = type("OrdersHere", (Counted,), {"PREPARED": root})
        how = settings(
            max_examples=size,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            phases=(
                Phase.generate,
            ),  # the first order that fails is told as it is: making it shorter takes minutes
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(machine, settings=how)
            wrong = ""
        except AssertionError as error:
            wrong = "\n".join([str(error), *getattr(error, "__notes__", ())])
        for path in root.rglob("*"):
            if path.is_file():
                path.chmod(0o600)
        shutil.rmtree(root)
    print(f"{orders} orders, {commands} commands, {letters} official letters arrived")
    print(wrong or "0 of them unsigned, 0 of them twice without a person's word")
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 150) else 1)
