"""What can be wrong with the office folder, its ledger and its calendar, with what was typed, and with what the local page is asked."""

from __future__ import annotations

from tracker.problems.base import Exit, FindingKind, Severity, TrackerError


class ForeignSettings(TrackerError):
    """设置.xlsx is another workbook: none of our tables stands in it."""

    code = "foreign-settings"
    sentence = (
        "{file}：这不是本程序的设置表（没有“基本设置”等任何一张表），没有读取也没有改动。"
        "请把它改名或移走，把原来的设置表放回来；没有原件的，移走后运行 tracker init 另建一份。"
    )


class NoOffice(TrackerError):
    """The command stands outside every office folder."""

    code = "no-office"
    sentence = "{folder}：这里不是办公文件夹。请进入办公文件夹后再运行；还没有的，先运行 tracker init。"


class WrongUsage(TrackerError):
    """The words typed contradict each other."""

    code = "usage"
    sentence = "{what}"
    exit = Exit.USAGE


BAD_NUMBER = FindingKind(
    "bad-number", Severity.WARNING, "“{label}”填的“{text}”不是整数，这次按 {default} 计算；请改正。"
)
BAD_CHOICE = FindingKind(
    "bad-setting",
    Severity.WARNING,
    "“{label}”填的“{text}”不在可选的词里，这次按“{holds}”处理；请选：{allowed}。",
)
FIGURE_WITHOUT_UNIT = FindingKind(
    "figure-without-unit",
    Severity.WARNING,
    "统计指标“{name}”没有写全指标名称和提供单位，没有向任何单位要。请在设置.xlsx 填全。",
)
TOO_MANY_FIGURES = FindingKind(
    "too-many-figures",
    Severity.WARNING,
    "统计指标“{name}”没有采用：每个方案不超过{limit}个。请删去不必要的。",
)
BAD_TICK = FindingKind(
    "bad-tick", Severity.WARNING, "“{label}”填的“{text}”不是“是”或“否”，这次按“是”处理；请改正。"
)
BAD_DATE = FindingKind(
    "bad-date", Severity.WARNING, "“{label}”填的“{text}”看不出是哪一天，这一行没有采用；请写成 2026-06-30。"
)
ROUND_BACKWARDS = FindingKind(
    "round-backwards", Severity.WARNING, "“{name}”的截止日期早于开始日期，这一行没有采用，请改正。"
)


NO_HEAD = FindingKind(
    "settings-head",
    Severity.WARNING,
    "这张表里找不到{heads}这些栏目，表里填的没有采用，按默认值运行；请恢复表头（多出来的栏目不要紧）。",
)
SETTINGS_OPEN = FindingKind(
    "settings-open",
    Severity.INFO,
    "文件正开着，没有动它；新增的{what}先按默认值，关闭以后下次运行时补进去。",
)
SETTINGS_FIXED = FindingKind(
    "settings-fixed",
    Severity.INFO,
    "本版本新增的{what}补不进这个文件（{why}），按默认值运行；可把文件移走后运行 tracker init，再填回您的设置。",
)


class NotInLedger(TrackerError):
    """Nothing in the ledger has the id or the name that was typed."""

    code = "unknown"
    sentence = "台账里没有“{what}”。请写事项编号（如 P1-003）、单位名称或期次编号（如 R1）。"


class NoUnitList(TrackerError):
    """What was named as the list of units holds none."""

    code = "no-unit-list"
    sentence = "{file}：里面没有“单位名称”栏，或栏下是空的，也不是一行一个单位名称，没有建立办公文件夹。请补上表头后重试，也可以先不填名单。"


class FolderInUse(TrackerError):
    """A folder that was to be made holds other things."""

    code = "folder-in-use"
    sentence = "{folder}：文件夹里已有别的内容，没有动它。请换一个空文件夹。"


NO_CALENDAR_YET = FindingKind(
    "no-calendar",
    Severity.WARNING,
    "期限涉及{year}年，但还没有{year}年的节假日安排，无法推算工作日；请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。",
)


NO_ISSUER = FindingKind(
    "no-issuer",
    Severity.ERROR,
    "“本单位名称”是空的，{what}没有落款单位，没有拟。请在设置.xlsx 里填写本单位名称，保存后再运行一次。",
)


class NoIssuer(TrackerError):
    """An official paper without anybody who issues it."""

    code = NO_ISSUER.code
    sentence = f"设置.xlsx：{NO_ISSUER.sentence}"


class NoCalendar(TrackerError):
    """A day falls in a year whose days off nobody has announced."""

    code = "no-calendar"
    sentence = "没有{year}年的节假日安排，无法推算工作日。请按国务院办公厅通知填写设置.xlsx 的“节假日安排”。"

    @property
    def year(self) -> int:
        """The year without an arrangement."""
        return int(str(self.facts["year"]))


class ForeignRequest(TrackerError):
    """A request that does not come from the page of this program."""

    code = "desk-foreign"
    sentence = "这个请求不是从本机的工作台页面发出的，没有执行。请关闭这一页，重新双击“打开工作台”。"


class OutsideOffice(TrackerError):
    """A path that does not lie in the office folder, or is not to be touched."""

    code = "desk-outside"
    sentence = "“{path}”不在办公文件夹里，没有打开；要看的，请从它所在的文件夹打开。"


class NotADocument(TrackerError):
    """A file that could be a program."""

    code = "desk-program"
    sentence = "“{name}”不是表格、文档或图片，为安全起见不从工作台打开；请打开所在文件夹查看。"


class NoProgramForIt(TrackerError):
    """The PC could not open a file."""

    code = "desk-no-program"
    sentence = "这台电脑没有能打开“{name}”的程序，请打开所在文件夹查看。"


class UploadTooLarge(TrackerError):
    """More was dropped on the page than it takes."""

    code = "desk-too-large"
    sentence = "文件太大（一个不超过{file}MB，一次合计不超过{total}MB），没有收。请把文件直接放进办公文件夹里的“{folder}”。"


class NoFileChosen(TrackerError):
    """A button was pressed and no file was named."""

    code = "desk-no-file"
    sentence = "还没有选文件。请把文件拖到框里，或点“选择文件”。"


class NothingChosen(TrackerError):
    """A button was pressed and nothing was ticked or typed."""

    code = "desk-nothing"
    sentence = "还没有选：{what}。"


class JobRunning(TrackerError):
    """Something is being done already."""

    code = "desk-busy"
    sentence = "“{title}”还在进行，这次没有开始。请等它做完，或先点“停止”。"


class FilesWait(TrackerError):
    """Files came in while something else is being done: they lie where they belong, and wait."""

    code = "desk-files-wait"
    sentence = (
        "{count}个文件已放进“{folder}”文件夹，还没有处理：“{title}”还在进行。等它做完再点这一页上的按钮。"
    )


class NoSuchPage(TrackerError):
    """An address that leads nowhere."""

    code = "desk-no-page"
    sentence = "没有这一页。请点上方的菜单。"


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
