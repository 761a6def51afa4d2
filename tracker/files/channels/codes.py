"""What the codes of robots mean: which pass by themselves, and which need a person, and for what.

Platforms answer HTTP 200 and say in a code what went wrong. A code means one of three things:

    PASSES    too fast, busy: the same text may be taken later                        tried again, the channel rests
    ROBOT     the robot, its address, its key or its safety settings                  a person; the channel stops
    WORDS     this one text: too long, unsuitable                                     a person; others go on

0 alone is success. A code that is not in the table is for a person, and the channel stops. Sources: the platforms' pages
on robots (open.dingtalk.com custom-robots-send-group-messages, developer.work.weixin.qq.com path/91770 and
path/90313, open.feishu.cn custom bot guide) and what their users report; no platform was asked (no account).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from tracker.values import dataclass


class FailureKind(Enum):
    """What has to happen after a code."""

    # It passes by itself.
    PASSES = "passes"
    # Somebody has to mend the robot or its settings.
    ROBOT = "robot"
    # Somebody has to look at this text.
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Code:
    """A code: its meaning, and what a person reads."""

    kind: FailureKind
    why: str


_FAST = Code(FailureKind.PASSES, "发得太快被限流，稍后自动再发")
_BUSY = Code(FailureKind.PASSES, "对方系统繁忙，稍后自动再发")
_ADDRESS = Code(
    FailureKind.ROBOT, "机器人地址无效或机器人已被移出群，请核对后重新存入（tracker send --secret）"
)
_OFF = Code(FailureKind.ROBOT, "机器人已停用，请在群设置里启用")
_SAFETY = Code(FailureKind.ROBOT, "没有通过机器人的安全设置，请核对关键词、加签密钥、IP 白名单和电脑时间")
_FORMAT = Code(FailureKind.ROBOT, "对方不认这种格式，请告诉维护的同事")
_LONG = Code(FailureKind.WORDS, "内容超过长度上限")
_EMPTY = Code(FailureKind.WORDS, "内容为空")
_UNSUITABLE = Code(FailureKind.WORDS, "内容没有通过对方的审核，请改由人发")
OTHER_CODE = Code(FailureKind.ROBOT, "不认识的错误码，请查对方的说明")

CODES: Mapping[str, Mapping[int, Code]] = {
    "dingtalk": {
        -1: _BUSY,
        88: _ADDRESS,
        40035: _FORMAT,
        43004: _FORMAT,
        90030: _FAST,
        101002: _LONG,
        130101: _FAST,
        130102: _FAST,
        300001: _ADDRESS,
        300005: _ADDRESS,
        310000: _SAFETY,
        400013: Code(FailureKind.ROBOT, "群已解散，请在设置中去掉这个群"),
        400101: _ADDRESS,
        400102: _OFF,
        400103: _OFF,
        400105: _FORMAT,
        400106: _ADDRESS,
        400107: _ADDRESS,
        410100: _FAST,
        410101: _FAST,
        430101: _UNSUITABLE,
        430102: _UNSUITABLE,
        430103: _UNSUITABLE,
        430104: _UNSUITABLE,
        430105: _UNSUITABLE,
        460101: _LONG,
    },
    "wecom": {
        -1: _BUSY,
        40001: _ADDRESS,
        40008: _FORMAT,
        40014: _ADDRESS,
        40058: _FORMAT,
        41001: _ADDRESS,
        44004: _EMPTY,
        45002: _LONG,
        45009: _FAST,
        45033: _FAST,
        45047: _FAST,
        93000: _ADDRESS,
        93004: _OFF,
        93008: _ADDRESS,
    },
    "feishu": {
        # Said of what cannot be understood, too; then it is on the list after the last try.
        9499: _FAST,
        10003: _ADDRESS,
        11220: _FAST,
        11232: _FAST,
        19001: _ADDRESS,
        19002: _FORMAT,
        19021: _SAFETY,
        19022: _SAFETY,
        19024: _SAFETY,
        230001: _FORMAT,
        230020: _FAST,
        99991400: _FAST,
    },
}


def meaning_of(platform: str, code: int) -> Code:
    """What a code other than 0 means.

    >>> meaning_of("dingtalk", 130101).kind.name, meaning_of("wecom", 12345).kind.name
    ('PASSES', 'ROBOT')
    """
    return CODES[platform].get(code, OTHER_CODE)
