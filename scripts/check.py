"""Everything that decides whether a change is good: layout, lint, types, shape, tests; stops at the first failure.

python scripts/check.py [--no-tests]      (with the Python of `.venv`, after `scripts/bootstrap.py test`)
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEPS = (
    ("ruff", "format", "--check", "--no-cache", "."),
    ("ruff", "check", "--no-cache", "."),
    ("mypy",),
    ("scripts.house",),
    ("pytest", "-q", "-n", "2", "--dist", "worksteal"),
)


def main(words: list[str]) -> int:
    """Run the steps; the exit code is that of the first that failed."""
    for step in STEPS:
        if step[0] == "pytest" and "--no-tests" in words:
            continue
        print("+", *step, flush=True)
        code = subprocess.run([sys.executable, "-m", *step], check=False, cwd=ROOT).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
