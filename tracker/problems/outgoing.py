"""What can be wrong while messages leave and jobs run."""

from __future__ import annotations

from tracker.problems.base import Exit, FindingKind, Severity, TrackerError

BAD_SENDING_CHOICE = FindingKind(
    "bad-choice",
    Severity.WARNING,
    "“{label}”填的“{text}”不能用，这次按“{default}”处理；请对照右边的说明改正。",
)
BAD_SECRET_NAME = FindingKind(
    "bad-secret-name",
    Severity.ERROR,
    "群“{robot}”的“密钥名称”应是字母开头的短名称（如 bangong），这个机器人没有启用；机器人地址和密钥不要填在表里，请删掉后用 tracker send --secret 存入系统。",
)
BAD_DAYS = FindingKind(
    "bad-days",
    Severity.WARNING,
    "任务“{job}”的日子“{text}”看不明白，这次按“{default}”；请写每天、每个工作日、每周一或每月25日。",
)
BAD_TIMES = FindingKind(
    "bad-times", Severity.WARNING, "任务“{job}”的时间“{text}”看不明白，这次按“{default}”；请写如 09:00。"
)
NO_ADDRESS = FindingKind(
    "no-address", Severity.WARNING, "{unit} 没有登记邮箱，放进了“督办/待发”，请补填联络员邮箱或由人发出。"
)
NO_FILE = FindingKind(
    "no-file",
    Severity.WARNING,
    "{document} 的文件“{file}”还没有生成或正被占用，这次没有发；请运行 tracker chase 后再发。",
)
STALE_SLIP = FindingKind(
    "stale-slip",
    Severity.WARNING,
    "{document}（{tier}）签发已久，没有自动发出；已用其他方式发的，请在送签单中改为“已发”，不再需要的改为“作废”。",
)


class NoMessage(TrackerError):
    """A message that was named does not exist."""

    code = "no-message"
    sentence = "没有编号为“{message}”的消息。运行 tracker send --dry-run 可以看到全部编号。"


class NotSent(TrackerError):
    """What a person says of a message does not fit where it stands."""

    code = "not-to-be-said"
    sentence = "{message} 现在是“{fate}”，不能这样处理；请刷新后按它现在的情况选。"


class NoSecret(TrackerError):
    """Neither the key store nor the environment holds the secret."""

    code = "no-secret"
    sentence = "没有找到名为“{name}”的密码或机器人地址。请运行 tracker send --secret {name} 存入，或设置环境变量 {variable}。"


class NoKeyStore(TrackerError):
    """The system's key store cannot be used here."""

    code = "no-key-store"
    sentence = "这台电脑上不能使用系统的凭据管理器（没有安装 keyring）。请改用环境变量 {variable}。"


class BadSecretName(TrackerError):
    """A secret needs a plain name."""

    code = "bad-secret"
    sentence = "密钥名称“{name}”不行，请用字母开头的短名称，如 mail、bangong。"
    exit = Exit.USAGE


class ClockHeld(TrackerError):
    """The clock of the PC cannot be believed."""

    code = "clock"
    sentence = "电脑时间（{now}）与上次运行（{last}）对不上，{how}，所有定时任务和发送都已暂停。请核对电脑时间；确认无误后运行 tracker run --clock-ok。"
