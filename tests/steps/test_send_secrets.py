"""Planted secrets: in no file, no line, no JSON, no finding and no fault that is kept, whatever others quote."""

from __future__ import annotations

import base64
import datetime as dt
import json
import sys
import tempfile

import pytest

from tests.support.mailbox import MAIL, MORNING, Clock, call, change_settings, make_office, sign, slip
from tests.support.platforms import Platform
from tests.support.servers import MailRoom
from tracker.cli.commandline import main
from tracker.settings import Robot
from tracker.steps.send import send

PASSWORD = "Geheim-Passwort-7351"
TOKEN = "geheimtoken0123456789abcdef"
KEY = "SECgeheimkey0123456789"
PLANTED = (PASSWORD, TOKEN, KEY)
ADDRESSES = {
    "dingtalk": f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}",
    "wecom": f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={TOKEN}",
    "feishu": f"https://open.feishu.cn/open-apis/bot/v2/hook/{TOKEN}",
}
NOW = MORNING.isoformat()


@pytest.fixture(autouse=True)
def planted(monkeypatch, tmp_path):
    """Nothing is asked of this machine's key store; faults are kept where the test can see them."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setenv("TRACKER_SECRET_MAIL", PASSWORD)
    monkeypatch.setenv("TRACKER_SECRET_QUN_SIGN", KEY)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    monkeypatch.delenv("TRACKER_DEBUG", raising=False)


def forms(secret):
    """How a secret may turn up."""
    yield secret.encode()
    yield secret.encode("utf-16-le")
    yield base64.b64encode(secret.encode()).rstrip(b"=")


def found(tmp_path, *said):
    """Where a secret turned up: in what was said, or in any file (the ledger, its log, backups, faults, archives)."""
    texts = {f"said {n}": text.encode() for n, text in enumerate(said)}
    files = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    return [
        name
        for name, data in {**texts, **files}.items()
        if any(form in data for secret in PLANTED for form in forms(secret))
    ]


@pytest.fixture
def mail():
    with MailRoom(login=True) as room:
        yield room


@pytest.fixture
def office(tmp_path, mail):
    values = {**MAIL, "mail_port": str(mail.port), "mail_user": "office"}
    root = make_office(tmp_path / "办公", values)
    slip(root, 1, "U001")
    sign(root, slip(root, 2, "U002", "催办"))
    return root


def cli(root, capsys, *words):
    main([*words, "--office", str(root), "--now", NOW])
    shown = capsys.readouterr()
    return shown.out, shown.err


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize(
    "answer",
    [
        "250 OK",
        f"550 {PASSWORD} is not welcome",
        f"451 {PASSWORD}",
        f"550 {base64.b64encode(PASSWORD.encode()).decode()}",
    ],
    ids=["taken", "quoted", "quoted for later", "quoted as it was sent"],
)
def test_a_password_is_nowhere_whatever_the_server_quotes(
    office, mail, tmp_path, capsys, monkeypatch, answer, debug
):
    monkeypatch.setenv("TRACKER_DEBUG", debug)
    mail.answer = lambda _: answer

    said = [
        *cli(office, capsys, "send"),
        *cli(office, capsys, "send", "--json"),
        *cli(office, capsys, "send", "--dry-run"),
        *cli(office, capsys, "status", "--json"),
    ]

    assert mail.recipients
    assert found(tmp_path, *said) == []


@pytest.mark.parametrize("platform", ADDRESSES)
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_the_address_and_the_key_of_a_robot_are_nowhere_whatever_the_platform_quotes(
    tmp_path, monkeypatch, platform, right
):
    monkeypatch.setenv("TRACKER_SECRET_QUN", ADDRESSES[platform])
    root = make_office(tmp_path / "办公", {}, (Robot("群", platform, "qun"),))
    slip(root, 1, "U001")
    clock = Clock()
    with Platform(platform, clock.now) as room:
        # It quotes what it was sent, as some do.
        room.judge = lambda path, body: (
            200,
            {"errcode": 0 if right else 1, "code": 0 if right else 1, "errmsg": path},
        )
        answer = send(call(root), clock=clock, patience=0, bases={platform: room.base})
        answer2 = send(
            call(root, MORNING + dt.timedelta(hours=1)), clock=clock, patience=0, bases={platform: room.base}
        )

        assert TOKEN in room.heard[0][0]

    said = [*answer.lines, *answer2.lines, json.dumps(answer.data), json.dumps(answer2.data)]
    assert found(tmp_path, *said) == []


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_of_a_library_that_quotes_a_secret_is_kept_without_it(
    office, tmp_path, capsys, monkeypatch, debug
):
    import smtplib

    def quote(self, user, password, **_):
        raise RuntimeError(f"cannot log in as {user} with {password!r}")

    monkeypatch.setattr(smtplib.SMTP, "login", quote)
    monkeypatch.setenv("TRACKER_DEBUG", debug)

    said = cli(office, capsys, "send")

    kept = [path.read_text(encoding="utf-8") for path in (tmp_path / "temp").rglob("*.txt")]
    assert "cannot log in as office with '***'" in (said[1] if debug else kept[0])
    assert found(tmp_path, *said) == []


def test_an_address_that_was_typed_into_the_settings_is_not_said_again(tmp_path, capsys):
    root = make_office(tmp_path / "办公", {}, (Robot("群", "dingtalk", "qun"),))
    slip(root, 1, "U001")
    settings = root / "设置.xlsx"
    import openpyxl

    book = openpyxl.load_workbook(settings)
    cell = next(
        cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value == "qun"
    )
    cell.value = ADDRESSES["dingtalk"]
    book.save(settings)

    said = [*cli(root, capsys, "send"), *cli(root, capsys, "send", "--json")]

    assert any("机器人地址和密钥不要填在表里" in each for each in said)
    settings.unlink()
    assert found(tmp_path, *said) == []


def test_keeping_a_secret_says_nothing_of_it(tmp_path, capsys, monkeypatch):
    import io

    class Refuses:
        """A key store that complains with what it got."""

        def set_password(self, service, name, text):
            raise OSError(f"cannot keep {text}")

    monkeypatch.setitem(sys.modules, "keyring", Refuses())
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))

    said = cli(tmp_path, capsys, "send", "--secret", "mail")

    assert "不能使用系统的凭据管理器" in said[1]
    assert found(tmp_path, *said) == []


def test_the_settings_that_are_recorded_name_no_secret(office, tmp_path):
    change_settings(office, {**MAIL, "mail_user": "office"}, (Robot("群", "wecom", "qun"),))

    send(call(office), clock=Clock(), patience=0)

    assert found(tmp_path) == []
