"""The heavy tests at their full size, one after the other; the figures belong in `docs/trust.md`.

    python scripts/soak.py                    which there are
    python scripts/soak.py merge reading      some of them (with the Python of `.venv`)
    python scripts/soak.py all                all of them, an hour or more
    python scripts/soak.py all --small        all at a size that ends within minutes

Each is a program of its own under `tests/soaks` and prints what it found; its exit code says whether it is
content. What is printed here begins with the commit, so that a figure can be told from an older one.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Name -> (size at full, size when small). Those that want material from elsewhere are not in the list.
SOAKS: dict[str, tuple[int, int]] = {
    "chase": (2_000, 200),
    "clauses": (20_000, 500),
    "door": (10_000, 200),
    # Every so many of the files: a larger number is a smaller soak.
    "entrances": (1, 20),
    "kills": (200, 5),
    "ledger": (200, 10),
    "ledger_speed": (2_000, 200),
    "memory": (4, 1),
    "merge": (20_000, 500),
    "newcomer": (1, 1),
    "orders": (150, 5),
    "page": (200, 5),
    "proof": (2_000, 100),
    "properties": (100, 2),
    "reading": (10_000, 200),
    "report": (2_000, 40),
    "returns": (200, 5),
    "sending": (1_000, 40),
    "scheduler": (300, 12),
    "walls": (1, 1),
    "years": (200, 20),
}


def main(words: list[str]) -> int:
    """Run the named soaks; the exit code counts those that were not content. Without a name none is run."""
    small = "--small" in words
    names = [word for word in words if word != "--small"]
    wanted = list(SOAKS) if names == ["all"] else names
    unknown = [name for name in wanted if name not in SOAKS]
    if unknown or not wanted:
        print(
            *(f"no such soak: {name}" for name in unknown),
            f"There are: {', '.join(SOAKS)}; all is all of them, an hour or more (--small: minutes).",
            sep="\n",
            file=sys.stderr,
        )
        return 2
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    print(
        f"commit {commit.stdout.strip() or 'unknown'}, Python {sys.version.split()[0]}, {sys.platform}",
        flush=True,
    )
    failed = 0
    for name in wanted:
        size = SOAKS[name][1 if small else 0]
        print(f"\n## {name} {size}", flush=True)
        begun = time.perf_counter()
        code = subprocess.run(
            [sys.executable, "-m", f"tests.soaks.{name}", str(size)], check=False, cwd=ROOT
        ).returncode
        print(
            f"{'content' if code == 0 else f'exit code {code}'}, {time.perf_counter() - begun:.0f} s",
            flush=True,
        )
        failed += code != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
