"""Write the locks anew: exact versions with hashes for every supported Python and system.

    python scripts/relock.py          (wants uv)

`scripts/lock/run.txt` is what the product needs, `scripts/lock/test.txt` that and what its tests need. They
name no package index, so an office behind a mirror uses the same files.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"run": ("build",), "test": ("build", "test")}


def main() -> int:
    """Compile every lock; the exit code is that of the first compiler that failed."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        print("uv is not installed", file=sys.stderr)
        return 2
    for name, groups in LOCKS.items():
        command = [uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]
        for group in groups:
            command += ["--group", group]
        command += ["-o", str(Path("scripts", "lock", f"{name}.txt"))]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
