"""What can stop a return from being sent back."""

from __future__ import annotations

from tracker.problems import TrackerError


class NoSuchReturn(TrackerError):
    """No return that counts has this name."""

    code = "no-such-return"
    sentence = "{file}：没有收过这份报表，或它已被后来的报送替换。文件名见台账/报送情况.xlsx。"


class SeveralReturns(TrackerError):
    """Several returns have one name."""

    code = "several-returns"
    sentence = "{file}：有几份报表都叫这个名字，请改用编号指明：{some}。"


class NothingOfRound(TrackerError):
    """A round has no return that counts."""

    code = "nothing-of-round"
    sentence = "“{round}”没有收过报表，没有可退回的。期次名称见设置.xlsx。"
