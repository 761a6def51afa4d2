"""What can be wrong with the ledger database."""

from __future__ import annotations

from tracker.problems.base import TrackerError


class LedgerBusy(TrackerError):
    """Another seat has been writing for longer than we wait."""

    code = "ledger-busy"
    sentence = "{ledger}：台账正被另一个程序写入，等了10秒仍未结束。请稍后重新运行；本次没有写入任何内容。"


class LedgerDamaged(TrackerError):
    """The database file is no database, or fails its check."""

    code = "ledger-damaged"
    sentence = "{ledger}：台账数据库已损坏或不是数据库文件。请不要删除它，从 .tracker 中最近的备份恢复。"


class LedgerWrong(TrackerError):
    """The ledger contradicts itself: a check of its facts against what was derived from them finds a difference."""

    code = "ledger-wrong"
    sentence = "台账数据库自查不符：{what}。请不要再录入，先从 .tracker 中最近的备份恢复，并联系维护人员。"


class LedgerFull(TrackerError):
    """The disk has no room for another fact."""

    code = "ledger-full"
    sentence = "{ledger}：磁盘空间不足，本次没有写入任何内容。请清理磁盘后重新运行。"


class LedgerUnwritable(TrackerError):
    """The file or its folder cannot be opened for writing."""

    code = "ledger-unwritable"
    sentence = "{ledger}：台账数据库打不开或不能写入。请检查文件夹权限和只读属性后重新运行。"


class LedgerUnreachable(TrackerError):
    """The PostgreSQL server does not answer, or the connection broke."""

    code = "ledger-unreachable"
    sentence = "{ledger}：连不上台账数据库服务器。请检查网络和设置.xlsx中的地址后重新运行；没有应答的那次写入可能已经保存，重新运行不会重复记录。"


class LedgerTooNew(TrackerError):
    """A newer version of the program has upgraded this ledger."""

    code = "ledger-too-new"
    sentence = (
        "{ledger}：台账由更新版本的程序写过（第{found}版，本程序只认到第{known}版）。请换用新版程序后再运行。"
    )


class LedgerPlace(TrackerError):
    """The folder cannot hold a ledger safely: write-ahead logging is not possible there."""

    code = "ledger-place"
    sentence = "{ledger}：台账数据库放在这里不安全（常见于网络共享盘）。请把办公文件夹放到本机磁盘；几台电脑要共用的，请懂电脑的同志在设置.xlsx 的“技术设置”里改用共用数据库。"


class AlreadyRecorded(TrackerError):
    """A second fact of a kind that is stated once was offered."""

    code = "already-recorded"
    sentence = (
        "{ledger}：另一个窗口或定时任务刚刚记录了同样的内容，本次没有写入任何内容。请等它做完，再运行一次。"
    )


class UnkeepableText(TrackerError):
    """A text holds what no database keeps: a NUL, or half of a surrogate pair."""

    code = "unkeepable-text"
    sentence = "“{text}”含有不能保存的字符（{character}），多为文件损坏或复制时带入。请在原文件中删除该字符后重试；本次没有写入任何内容。"


class FactsAreInsertOnly(TrackerError):
    """Somebody tried to change or remove what is recorded."""

    code = "insert-only"
    sentence = "{ledger}：已记录的内容不能修改或删除，只能另记更正。"


class BackupFailed(TrackerError):
    """A backup was made and did not pass its own check."""

    code = "backup-failed"
    sentence = "{ledger}：备份没有通过检查，已丢弃，原有备份未动。请检查目标磁盘后重试。"


class BadDatabase(TrackerError):
    """The address of the shared ledger is not one of a PostgreSQL database."""

    code = "database-address"
    sentence = "设置.xlsx 的“数据库地址”无法识别。请写成 postgresql://用户名@服务器/库名，不共用台账就空着。"


class PasswordInSettings(TrackerError):
    """The address of the shared ledger has a password in it."""

    code = "database-password"
    sentence = "设置.xlsx 的“数据库地址”里写了密码，谁都能看到。请从地址中删去密码，改用 tracker send --secret database 存入系统。"


class TwoLedgers(TrackerError):
    """The folder brought a ledger along, and another one of the same office is in its place."""

    code = "two-ledgers"
    sentence = (
        "{ledger}：这个办公文件夹有两个台账数据库，内容不同（另一个在 {other}），没有读取也没有改动。"
        "请确认哪一个是正在用的，把另一个改名后重新运行。"
    )


class LedgerElsewhere(TrackerError):
    """The ledger of this folder lies on another computer, or under another account."""

    code = "ledger-elsewhere"
    sentence = "{folder}：这个办公文件夹的台账存在电脑“{computer}”上（{path}），这里没有，什么都没有做。请在那台电脑上办；要换到这台的，把那个文件或 .tracker 里最近的备份复制为 {place} 再运行。"


class LedgerOfOriginal(TrackerError):
    """The folder is a copy of one that is still there and works in the ledger of this office."""

    code = "ledger-of-original"
    sentence = (
        "{folder}：这是 {original} 的副本，台账数据库正由那个文件夹使用，什么都没有做。"
        "请在原文件夹里运行；要改用这一个的，请先把原文件夹改名或移走。"
    )


class LedgerMoved(TrackerError):
    """The ledger was moved to a server, and the settings name none any more."""

    code = "ledger-moved"
    sentence = (
        "{ledger}：台账已搬到共用的数据库，本机这份不再更新。请在设置.xlsx 填回“数据库地址”后重新运行。"
    )
