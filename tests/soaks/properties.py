"""Every property of the tests at a hundred times its size, with seeds that nobody saw before.

    python -m tests.soaks.properties 100

What it finds becomes a drawn test beside the property; the seed that is printed at the beginning draws it again:
`python -m tests.soaks.properties 100 SEED`.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(scale: int, seed: int) -> bool:
    """Run the properties; true when all of them hold."""
    print(f"{scale} times the size, seed {seed}", flush=True)
    words = ["-q", "-m", "hypothesis", "tests", "-n", "2", "--dist", "worksteal", f"--hypothesis-seed={seed}"]
    return (
        subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            check=False,
            cwd=ROOT,
            env={**os.environ, "TRACKER_PROPERTY_SCALE": str(scale)},
        ).returncode
        == 0
    )


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    scale, seed = (
        numbers[0] if numbers else 100,
        numbers[1] if len(numbers) > 1 else secrets.randbelow(1 << 32),
    )
    sys.exit(0 if main(scale, seed) else 1)
