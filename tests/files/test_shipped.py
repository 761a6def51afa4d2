"""Templates and samples are found from a clone, an editable install and a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tracker.files.templates import shipped_path

ROOT = Path(__file__).resolve().parents[2]
SAY = "from tracker.files.templates import shipped_path; print(shipped_path('templates', 'report.txt'))"


def found(python_path: Path, cwd: Path) -> Path:
    """What another process finds whose package lies at `python_path`."""
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "utf8",
            "-P",
            "-c",
            f"import sys; sys.path.insert(0, {str(python_path)!r}); {SAY}",
        ],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return Path(done.stdout.strip())


def test_in_a_clone_they_stand_beside_the_package(tmp_path):
    assert shipped_path("templates", "report.txt") == ROOT / "templates" / "report.txt"
    assert found(ROOT, tmp_path) == ROOT / "templates" / "report.txt"


def test_in_an_editable_install_the_path_file_leads_to_the_clone(tmp_path):
    (tmp_path / "editable.pth").write_text(str(ROOT), encoding="utf-8")
    code = f"import site, sys; site.addsitedir({str(tmp_path)!r}); {SAY}"

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-P", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert Path(done.stdout.strip()) == ROOT / "templates" / "report.txt"


def test_in_a_wheel_they_lie_inside_the_package(tmp_path):
    wheel = pytest.importorskip("hatchling.builders.wheel")
    (built,) = wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path / "dist"), versions=["standard"])

    with zipfile.ZipFile(built) as archive:
        archive.extractall(tmp_path / "site")

    place = found(tmp_path / "site", tmp_path)
    assert place == tmp_path / "site" / "tracker" / "shipped" / "templates" / "report.txt"
    assert (place.parent / "report.html").is_file()


def test_what_was_not_shipped_is_no_silent_nothing():
    with pytest.raises(FileNotFoundError):
        shipped_path("templates", "没有.txt")
