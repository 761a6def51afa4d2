"""A hostile page in the same browser, another program on the PC, a name that points here: real requests, all refused."""

from __future__ import annotations

import http.client

import pytest

from tests.support.desk import let_in, running_desk
from tests.support.year import make_year, snapshot


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    root = make_year(tmp_path_factory.mktemp("desk") / "办公")
    with running_desk(root) as (entrance, visitor):
        yield root, entrance, let_in(entrance, visitor)


def test_the_page_is_shown_to_the_browser_that_was_let_in(desk):
    _, _, visitor = desk

    answer = visitor.get("/")

    assert (answer.status, "本机运行，不联网，不得处理涉密信息" in answer.text) == (200, True)


@pytest.mark.parametrize(
    "path", ["/", "/plans", "/jobs", "/beat", "/desk.js", "/enter/x", "/enter/", "/nowhere"]
)
def test_without_the_cookie_nothing_is_shown(desk, path):
    _, _, visitor = desk

    assert visitor.get(path, Cookie="").status == 403


def test_the_entrance_is_closed_behind_the_first_browser(desk):
    _, entrance, visitor = desk

    assert visitor.ask("GET", entrance, without=("Origin", "Cookie")).status == 403


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(tmp_path):
    with running_desk(make_year(tmp_path)) as (entrance, visitor):
        answer = visitor.ask("GET", entrance, without=("Origin", "Cookie"))

    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "heads",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:{port}"},
        {"Host": "localhost:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=lambda heads: str(heads),
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_host_or_origin_is_refused_even_with_the_cookie(desk, heads, method):
    root, _, visitor = desk
    before = snapshot(root)
    heads = {name: value.format(port=visitor.port) for name, value in heads.items()}
    address = "/" if method == "GET" else "/do/hand-out"

    answer = visitor.ask(method, address, **{name.replace("-", "_"): value for name, value in heads.items()})

    assert answer.status in (400, 403)
    assert snapshot(root) == before


def test_an_act_without_origin_is_refused(desk):
    root, _, visitor = desk
    before = snapshot(root)

    answer = visitor.ask("POST", "/do/hand-out", without=("Origin",))

    assert (answer.status, snapshot(root)) == (403, before)


@pytest.mark.parametrize("act", ["hand-out", "chase", "send", "record"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_acts_are_done_by_post_alone(desk, act, method):
    root, _, visitor = desk
    before = snapshot(root)

    answer = visitor.ask(method, f"/do/{act}")

    assert (answer.status >= 400 or not answer.text, snapshot(root)) == (True, before)


@pytest.mark.parametrize("act", ["init/../send", "demo", "--help", "explain", "…"])
def test_only_the_acts_of_the_page_can_be_started(desk, act):
    import urllib.parse

    _, _, visitor = desk

    assert visitor.post(f"/do/{urllib.parse.quote(act)}").status in (404, 405)


@pytest.mark.parametrize(
    "path",
    ["../x.xlsx", "/etc/passwd", "..\\x", "C:\\x", "\\\\server\\share", "CON", ".tracker/ledger.db", "没有"],
)
@pytest.mark.parametrize("address", ["/open", "/do/read", "/do/record", "/do/fill"])
def test_no_path_leads_out_of_the_office_folder(desk, path, address):
    root, _, visitor = desk
    before = snapshot(root)

    answer = visitor.post(address, {"path": path, "file": path})

    assert (answer.status, "没有打开" in answer.text, snapshot(root)) == (409, True, before)


def test_a_file_with_a_hostile_name_lies_where_files_of_its_kind_lie(desk):
    root, _, visitor = desk

    visitor.drop("plans", {"../../../evil.xlsx": b"x", "CON.txt": b"y", "C:\\Windows\\a.bat": b"z"})
    visitor.wait()

    names = {
        path.relative_to(root / "方案").as_posix() for path in (root / "方案").rglob("*") if path.is_file()
    }
    assert {"evil.xlsx", "CON_.txt", "C_/Windows/a.bat"} <= names
    assert not list(root.parent.glob("evil*"))


def test_a_huge_upload_is_refused_before_it_is_read(desk):
    root, _, visitor = desk
    before = snapshot(root)
    connection = http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=30)
    connection.putrequest("POST", "/drop/returns", skip_host=True)
    for name, value in visitor.own.items():
        connection.putheader(name, value)
    connection.putheader("Content-Type", "multipart/form-data; boundary=cut")
    connection.putheader("Content-Length", str(1 << 40))
    connection.endheaders(b"--cut\r\n")

    status = connection.getresponse().status
    connection.close()

    assert (status, snapshot(root)) == (413, before)
    assert visitor.get("/").status == 200


def test_nothing_that_is_named_is_taken_for_markup_or_for_an_option(desk):
    _, _, visitor = desk

    visitor.drop("plans", {"<script>alert(1)</script>.txt": b"x", "--force.txt": b"x"})
    visitor.wait()

    page = visitor.get("/plans").text
    assert "<script>alert" not in page
    assert "--force.txt" in page


@pytest.mark.parametrize("path", ["/", "/plans", "/desk.css"])
def test_the_page_may_load_nothing_from_elsewhere_and_be_shown_in_no_other(desk, path):
    _, _, visitor = desk

    heads = visitor.get(path).headers

    policy = heads["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert heads["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in heads or "waitress" not in heads["Server"]
