"""What can be wrong while slips are drafted, signed, sent and followed up, by hand or as scheduled, and with the lists that people work in.

The lists are 送签单, 电话记录 and 事项调整.
"""

from __future__ import annotations

from tracker.problems.base import Exit, FindingKind, Severity, TrackerError

BAD_STATE = FindingKind(
    "signing-state",
    Severity.ERROR,
    "{document} 的“状态”填的“{text}”不在可选的词里，没有采用，这份督办单不会发出；请选：拟稿、已签发、已发、作废。",
)
BAD_VERDICT_WORD = FindingKind(
    "signing-verdict",
    Severity.ERROR,
    "{document} 的“签发意见”填的“{text}”不在可选的词里，没有采用，这份督办单不会发出；请选：签发、作废。",
)
BAD_DAY = FindingKind(
    "signing-day",
    Severity.WARNING,
    "{document} 的日期“{text}”看不出是哪一天，这次按今天计；请写成 2026-06-30。",
)
ROW_TWICE = FindingKind(
    "signing-row-twice",
    Severity.ERROR,
    "{document} 有两行，填的不一样（另见 {other}），两行都没有采用；请只留一行。",
)
TIER_UNCLEAR = FindingKind(
    "signing-tier",
    Severity.ERROR,
    "编号“全部”的一行没有采用：请写明种类（现为“{tier}”），“状态”选“已签发”或“已发”，并填写日期。",
)
HAS_LEFT = FindingKind(
    "slip-has-left",
    Severity.WARNING,
    "{document} 已经发出，不能再改为“{word}”，没有采用；确需收回的，请另行发文说明。",
)


class NoDraft(TrackerError):
    """A slip does not stand where it could be signed, marked as sent or withdrawn."""

    code = "no-draft"
    sentence = "送签单里的 {slips} 不能这样办：可能已经签发、发出或作废。请刷新后再选，或打开送签单查看。"


class SigningBookOpen(TrackerError):
    """The signing list is open, so that nothing can be written into it."""

    code = "signing-open"
    sentence = "{file}正开着，没有签发。请先保存关闭，或直接在里面改“状态”。"


UNKNOWN_SLIP = FindingKind(
    "unknown-slip", Severity.WARNING, "台账里没有编号为 {document} 的督办单，这一行没有采用；请核对编号。"
)
UNKNOWN_DUTY = FindingKind(
    "unknown-duty", Severity.WARNING, "台账里没有编号为 {text} 的通知要求，这一行没有采用；请核对编号。"
)
BAD_DUTY_WORD = FindingKind(
    "duty-word",
    Severity.WARNING,
    "“办理情况”填的“{text}”不在可选的词里，没有采用；请选：{words}，还没有办的空着。",
)
STALE_DRAFT = FindingKind(
    "stale-draft",
    Severity.WARNING,
    "{n}份督办单还是拟稿，所涉事项已办结、延期或调整：{documents}。不需要再发的，请在送签单中改为“作废”。",
)
EDITED_SLIP = FindingKind(
    "slip-edited",
    Severity.INFO,
    "您改过这份督办单，程序没有覆盖；签发日期、文号请自行填在文件里。",
)
UNKNOWN_POINT = FindingKind(
    "adjustment-unknown",
    Severity.ERROR,
    "“{text}”不是台账里的事项编号，这一行没有采用；请写成工作台账“事项编号”栏的样子（如 P1-003）。",
)
BAD_CHANGE = FindingKind(
    "adjustment-kind",
    Severity.ERROR,
    "“调整类别”填的“{text}”不在可选的词里，这一行没有采用；请选：延期、终止、销号、恢复。",
)
BAD_VERDICT = FindingKind(
    "adjustment-verdict",
    Severity.ERROR,
    "“审批意见”填的“{text}”不在可选的词里，这一行没有采用；请选：同意、不同意、撤回，还没有审批的空着。",
)
NO_NEW_DAY = FindingKind(
    "adjustment-day",
    Severity.ERROR,
    "延期要写明“新期限”，现在填的“{text}”看不出是哪一天，这一行没有采用；请写成 2026-09-30。",
)
NOT_ITS_UNIT = FindingKind(
    "adjustment-unit",
    Severity.ERROR,
    "“适用单位”写的“{text}”不是 {wp} 的责任单位，这一行没有采用；请按《单位及联络员名单》的名称写，全部单位都延期的空着。",
)
WHOLE_POINT = FindingKind(
    "adjustment-whole",
    Severity.ERROR,
    "“适用单位”只用于延期，{kind}是对整项任务的，这一行没有采用；确是整项的，请把“适用单位”清空。",
)
NO_APPROVER = FindingKind(
    "adjustment-approver",
    Severity.WARNING,
    "{wp} 的{kind}已同意，但没有写“审批人”；已采用，请补填。",
)
ASKED_LATE = FindingKind(
    "extension-asked-late",
    Severity.INFO,
    "{wp} 的延期是在期限（{due}）之后申请的，按规定应在到期前提出；已按审批意见采用。",
)

LIST_SPOILED = FindingKind(
    "list-spoiled",
    Severity.ERROR,
    "《{list}》里找不到{labels}栏，整份表没有读取，也没有往里补写；请恢复表头（栏目可以移动、可以加），或把文件移走后重新运行。",
)
COLUMN_GONE = FindingKind(
    "list-column-gone",
    Severity.WARNING,
    "找不到“{label}”栏，这一栏里填的没有读取；请把栏目名称改回“{label}”。",
)
COLUMN_TWICE = FindingKind(
    "list-column-twice",
    Severity.ERROR,
    "“{label}”有两栏（另见 {other}），不知道以哪一栏为准，整份表没有读取；请删去或改名其中一栏。",
)
LIST_TWICE = FindingKind(
    "list-twice",
    Severity.WARNING,
    "这张工作表和“{first}”栏目相同，只读取“{first}”，这里填的没有采用；请把要改的写到“{first}”，再删去这一张。",
)
LIST_ELSEWHERE = FindingKind(
    "list-elsewhere",
    Severity.WARNING,
    "程序只读《{list}》，这个文件里填的没有采用；请在 WPS 或 Excel 中另存为 {list}（.xlsx 格式）替换原文件，再删去这一个。",
)
ROW_WITHOUT_ID = FindingKind(
    "list-row-without-id",
    Severity.WARNING,
    "这一行写了“{text}”，但“{label}”空着，不知道是哪一份、哪一项，没有采用；请补填{label}。",
)
ROW_AGAIN = FindingKind(
    "list-row-again",
    Severity.INFO,
    "这一行和 {other} 一样，只算一次；请只留一行。",
)
CALL_TWICE = FindingKind(
    "call-row-twice",
    Severity.ERROR,
    "{document} 有两行，答复不一样（另见 {other}），两行都没有采用；请只留一行。",
)


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
    sentence = "这台电脑上不能使用系统的凭据管理器。请管电脑的同志改用环境变量 {variable}。"


class BadSecretName(TrackerError):
    """A secret needs a plain name."""

    code = "bad-secret"
    sentence = "密钥名称“{name}”不行，请用字母开头的短名称，如 mail、bangong。"
    exit = Exit.USAGE


class ClockHeld(TrackerError):
    """The clock of the PC cannot be believed."""

    code = "clock"
    sentence = "电脑时间（{now}）与上次运行（{last}）对不上，{how}，所有定时任务和发送都已暂停。请核对电脑时间；确认无误后运行 tracker run --clock-ok。"
