"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.postgresql import PrivateServer, find_programs
from tests.support.properties import load_profile
from tracker.grid import Grid, from_table

HERE = Path(__file__).resolve().parent
# Material that stands beside a checkout and is not part of it.
SHARED = HERE.parent.parent / "shared"
# Programs, started by `scripts/soak.py`; no tests.
collect_ignore = ["soaks"]
# On the machine that decides, nothing that a test wants may be missing.
ALL = os.environ.get("TRACKER_TEST_ALL") == "1"


load_profile()


def _missing(reason: str) -> None:
    if ALL:
        pytest.fail(f"TRACKER_TEST_ALL=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture
def sheet(request: pytest.FixtureRequest) -> Grid:
    """The sheet drawn in the test's own docstring."""
    return from_table(request.function.__doc__)


class OwnerFile:
    """The file by which a program says that it has a workbook open: on Windows it is held, or it does not count."""

    def __init__(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        self._path, self._file = path, path.open("rb") if os.name == "nt" else None

    def close(self) -> None:
        """The program dies and leaves the file."""
        if self._file is not None:
            self._file.close()

    def unlink(self) -> None:
        """The program closes the workbook."""
        self.close()
        self._path.unlink()


@pytest.fixture
def owner_file() -> Iterator[Callable[..., OwnerFile]]:
    """Write an owner file, as long as the test lasts or until it is unlinked."""
    files: list[OwnerFile] = []

    def write(path: Path, content: bytes = b"") -> OwnerFile:
        files.append(OwnerFile(path, content))
        return files[-1]

    yield write
    for file in files:
        file.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measured material beside the checkout."""
    if not SHARED.is_dir():
        _missing("there is no ../shared beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice's command."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        _missing("LibreOffice is not installed")
    return str(found)


@pytest.fixture(scope="session")
def chromium() -> str:
    """A headless browser's command."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        _missing("Chromium is not installed")
    return str(found)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PrivateServer]:
    """A PostgreSQL server of the tests' own, started on demand and stopped at the end."""
    programs = find_programs()
    if programs is None:
        _missing("PostgreSQL's programs are not installed")
        return
    with PrivateServer(programs) as server:
        yield server


@pytest.fixture(scope="session")
def soffice_profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A profile of LibreOffice for this run; making one takes seconds."""
    return tmp_path_factory.mktemp("soffice").as_uri()


@pytest.fixture
def printed(soffice: str, soffice_profile: str, tmp_path: Path) -> Callable[[bytes, str], Path]:
    """Print a document or a workbook to PDF with LibreOffice and stand-ins for the typefaces of office PCs."""
    if not shutil.which("pdftotext"):
        _missing("poppler-utils is not installed")

    def to_pdf(data: bytes, name: str) -> Path:
        source = tmp_path / name
        source.write_bytes(data)
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation={soffice_profile}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(tmp_path),
                str(source),
            ],
            env={**os.environ, "FONTCONFIG_FILE": str(HERE / "fonts.conf")},
            capture_output=True,
            check=True,
            timeout=180,
        )
        return source.with_suffix(".pdf")

    return to_pdf
