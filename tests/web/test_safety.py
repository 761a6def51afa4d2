"""Who may ask the page, and what may be named to it: small domains whole, paths as attackers write them."""

from __future__ import annotations

import itertools
import os
from pathlib import PurePosixPath

import pytest
from hypothesis import given, strategies as st

from tracker.problems.office import NotADocument, OutsideOffice
from tracker.web.safety import Gate, document_inside, path_inside, safe_upload

HOSTS = (
    "127.0.0.1:5000",
    "127.0.0.1",
    "127.0.0.1:5001",
    "localhost:5000",
    "evil.example:5000",
    "[::1]:5000",
    "",
)
ORIGINS = (None, "http://127.0.0.1:5000", "http://127.0.0.1:5001", "https://127.0.0.1:5000", "null", "")
SITES = (None, "same-origin", "none", "same-site", "cross-site")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")


def test_a_request_is_let_in_when_host_origin_and_site_are_all_our_own():
    gate = Gate(5000)

    let_in = {
        combination
        for combination in itertools.product(METHODS, HOSTS, ORIGINS, SITES)
        if gate.is_own(*combination)
    }

    own = "http://127.0.0.1:5000"
    assert let_in == {
        (method, "127.0.0.1:5000", origin, site)
        for method in METHODS
        for origin in ((own, None) if method in ("GET", "HEAD") else (own,))
        for site in (None, "same-origin", "none")
    }


def test_the_entrance_opens_once_and_only_for_its_token():
    gate = Gate(5000)
    token = gate.token

    assert [gate.enter(""), gate.enter("x"), gate.enter(token), gate.enter(token), gate.enter("")] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert [gate.is_known(word) for word in (None, "", token, gate.secret)] == [False, False, False, True]


def test_every_run_has_secrets_of_its_own():
    assert len({secret for gate in (Gate(1), Gate(1)) for secret in (gate.token, gate.secret)}) == 4


@pytest.fixture
def office(tmp_path):
    root = tmp_path / "办公"
    for name in (
        "方案/a.xlsx",
        "方案/工具.exe",
        "方案/页.html",
        "报告/页.html",
        ".tracker/ledger.db",
        # A device is no file on Windows.
        *(["CON.txt"] if os.name != "nt" else []),
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "外面.xlsx").write_bytes(b"x")
    return root


@pytest.mark.parametrize("path", ["", "方案", "方案/a.xlsx", "报告/页.html"])
def test_what_lies_in_the_office_folder_can_be_shown(office, path):
    assert document_inside(office, path) == office / path


@pytest.mark.parametrize(
    "path",
    [
        "..",
        "../外面.xlsx",
        "方案/../../外面.xlsx",
        "方案/../方案/a.xlsx",
        "./方案",
        "/etc/passwd",
        "//server/share/a.xlsx",
        "\\\\server\\share\\a.xlsx",
        "方案\\a.xlsx",
        "C:\\Windows\\win.ini",
        "C:方案",
        "方案/a.xlsx:stream",
        "CON.txt",
        "方案/NUL",
        "方案/com1.xlsx",
        ".tracker/ledger.db",
        ".tracker",
        "方案/没有.xlsx",
        "方案//a.xlsx",
        "方案/",
        "方案/a.xlsx.",
        "方案/a.xlsx ",
        "方案/a\0.xlsx",
        "x" * 5000,
    ],
)
def test_what_lies_elsewhere_or_is_not_to_be_touched_is_refused(office, path):
    with pytest.raises(OutsideOffice):
        path_inside(office, path)


@pytest.mark.skipif(os.name == "nt", reason="such names exist elsewhere only")
@pytest.mark.parametrize("name", ["方案\\a.xlsx", "C:a.xlsx", "NUL.xlsx", " .xlsx.", ".a.xlsx"])
def test_a_name_that_means_something_else_on_windows_is_refused_though_the_file_is_there(office, name):
    (office / name).write_bytes(b"x")

    with pytest.raises(OutsideOffice):
        path_inside(office, name)


@pytest.mark.parametrize("path", ["方案/工具.exe", "方案/页.html"])
def test_what_could_be_a_program_or_a_units_own_page_is_not_opened(office, path):
    with pytest.raises(NotADocument):
        document_inside(office, path)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("target", ["..", "../外面.xlsx", "链接.xlsx"])
def test_a_link_that_leads_out_or_round_in_a_circle_is_refused(office, target):
    (office / "链接.xlsx").symlink_to(target)

    with pytest.raises(OutsideOffice):
        path_inside(office, "链接.xlsx")


NAMES = st.lists(
    st.sampled_from([*"ab表 ./\\:*?<>|~$\0\n", "..", "CON", "nul", "C:", ".xlsx"]), max_size=12
).map("".join)


@given(NAMES)
def test_a_file_that_comes_in_always_lies_in_its_folder_under_a_name_that_every_system_takes(
    tmp_path_factory, name
):
    folder = tmp_path_factory.mktemp("各单位报送")

    target = safe_upload(folder, name)

    assert target.resolve().is_relative_to(folder.resolve())
    parts = target.relative_to(folder).parts
    assert 1 <= len(parts) <= 3
    for part in parts:
        assert not set(part) & set('\\/:*?"<>|\0\n')
        assert part == part.strip(" .") and not part.startswith(("~", ".")) and part
        assert PurePosixPath(part).stem.upper() not in ("CON", "NUL")


def test_a_file_that_comes_in_lies_over_nothing(tmp_path):
    for n in range(3):
        safe_upload(tmp_path, "表.xlsx").write_bytes(bytes([n]))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["表.xlsx", "表（2）.xlsx", "表（3）.xlsx"]


def test_a_long_name_keeps_its_ending(tmp_path):
    assert safe_upload(tmp_path, "长" * 300 + ".xlsx").name.endswith("长.xlsx")
