"""What can be wrong from handing forms out to taking them back into the 台账, which the office edits, too.

Of a form that came back: cells first, then rows and columns, then whole files. A refused cell keeps what the ledger
says; its text stays in the original, which is kept, and in the list.
"""

from __future__ import annotations

from tracker.problems.base import FindingKind, Severity, TrackerError

# Cells.
SPOILED_NUMBER = FindingKind(
    "spoiled-number",
    Severity.ERROR,
    "“{label}”是文字栏，这一格却成了{what}（读到 {text}），原文可能已变形，没有采用；请把单元格设为文本后重填。",
)
ERROR_CELL = FindingKind(
    "error-cell", Severity.ERROR, "“{label}”这一格是错误值 {text}，没有采用；请改为文字。"
)
NO_VALUE = FindingKind(
    "formula-without-value",
    Severity.ERROR,
    "“{label}”这一格是公式而没有计算结果，没有采用；请用 Excel 或 WPS 打开、保存后再报，或直接填文字。",
)
BAD_CHOICE = FindingKind(
    "bad-choice", Severity.ERROR, "“{label}”填的“{text}”不在可选的词里，没有采用；请选：{allowed}。"
)
BAD_DAY = FindingKind(
    "bad-date", Severity.ERROR, "“{label}”填的“{text}”，{why}，没有采用；请核对后写成 2026-06-30。"
)
READ_AS = FindingKind("read-as", Severity.INFO, "“{label}”填的“{text}”按“{word}”采用；不对的，请改正这一格。")
PICTURE_ANSWER = FindingKind(
    "picture-answer",
    Severity.WARNING,
    "“{label}”这一格是图片，不能当文字采用；图片随原件留存，内容请用文字填写。",
)
STRUCK_ANSWER = FindingKind(
    "struck-answer",
    Severity.WARNING,
    "“{label}”这一格有带删除线的文字（原文“{text}”），只采用没有划去的：{left}；不对的，请去掉删除线后重报。",
)
COMMENT_BESIDE = FindingKind(
    "comment-beside", Severity.WARNING, "“{label}”这一格的批注里写着“{text}”，批注没有采用；请写进表格里。"
)
TOO_LONG = FindingKind(
    "too-long", Severity.WARNING, "“{label}”有{length}字，超过{limit}字；已照收，写报告前请压缩。"
)
MERGED_ANSWER = FindingKind(
    "merged-answer",
    Severity.WARNING,
    "“{label}”这一格与上面的格合并了，只采用了合并格所在的第一行，这一行没有采用；请取消合并、逐行填写。",
)

# Rows and columns.
NO_ID = FindingKind(
    "row-without-id",
    Severity.ERROR,
    "这一行没有事项编号，也看不出是哪一项，没有采用；请补填事项编号后重报。写的是：{text}",
)
UNKNOWN_ID = FindingKind(
    "unknown-id", Severity.ERROR, "事项编号“{wp}”没有向这个单位印发过，这一行没有采用；请核对编号。"
)
TWICE = FindingKind(
    "row-twice",
    Severity.ERROR,
    "{wp} 有两行（另见 {other}），“{label}”填的不一样，没有采用；请只留一行。",
)
FOUND_ALONE = FindingKind(
    "row-found-alone",
    Severity.WARNING,
    "表里没有事项编号和具体要求；向这个单位只印发了 {wp} 一项，这一行按它采用，请核对。",
)
FOUND_BY_TEXT = FindingKind(
    "row-found-by-text", Severity.INFO, "这一行的事项编号丢失，已按“具体要求”原文对上 {wp}。"
)
UNKNOWN_COLUMN = FindingKind(
    "unknown-column",
    Severity.WARNING,
    "表里多出一栏“{label}”，没有采用；原件已留存，需要的内容请填到已有栏目。",
)
COLUMNS_READ_AS = FindingKind(
    "columns-read-as",
    Severity.INFO,
    "这张表一个单位一行、一项一栏：{n}栏按栏目名对上了事项（{some}），逐项采用；不对的，请改栏目名后重报。",
)
MISSING_COLUMN = FindingKind(
    "missing-column", Severity.WARNING, "表里没有“{label}”一栏，按未填写处理，台账原有内容不变。"
)
MISSING_ROWS = FindingKind(
    "missing-rows", Severity.WARNING, "比印发的少了{n}项（{some}），按未填写处理，台账原有内容不变。"
)
LEFT_EMPTY = FindingKind(
    "rows-left-empty",
    Severity.INFO,
    "有{n}项（{some}）上次报过、这次整行空着，保留上次报的内容；确要撤回的，请退回上次的报表。",
)
SORTED_ALONE = FindingKind(
    "sorted-alone",
    Severity.ERROR,
    "“{label}”一栏像是单独排过序，{n}行的内容错了位（如 {examples}），这一栏没有采用；请恢复后重报。",
)
ROWS_SCRAMBLED = FindingKind(
    "rows-scrambled",
    Severity.ERROR,
    "事项编号与“具体要求”对不上（如 {examples}），可能只对部分列排过序，整张表没有采用；请用原表重新填报。",
)

LINES_UNEVEN = FindingKind(
    "uneven-lines",
    Severity.ERROR,
    "粘贴成文字后，这一项有{n}行，而表头有{width}栏，分不清哪一行是哪一栏，这一项没有采用；请用印发的表填报。",
)
STACKED_PARTS = FindingKind(
    "stacked",
    Severity.WARNING,
    "有{n}个部门分别填写（{some}），文字栏已按部门名依次排列，请由一人合并成一段。",
)
PARTS_DIFFER = FindingKind(
    "parts-differ",
    Severity.ERROR,
    "事项{wp}的“{label}”各部门填的不一致（{told}），没有采用；请由一人统一后再报。",
)
NO_UNIT_IN_ROW = FindingKind(
    "row-without-unit", Severity.ERROR, "这一行没有写是哪个单位，填写的内容没有采用；请补填单位名称。"
)
UNKNOWN_UNIT = FindingKind(
    "unknown-unit", Severity.ERROR, "“{unit}”不在单位名单里，这一行没有采用；请改成名单里的名称。"
)
FOUND_BY_CONTACT = FindingKind(
    "found-by-contact", Severity.INFO, "“{name}”是{unit}的联络员，这一行按{unit}采用。"
)
NOT_ASKED = FindingKind(
    "not-asked", Severity.ERROR, "没有向{unit}印发过 {wp}，这一行没有采用；请核对单位和编号。"
)

# Whole files.
NOT_A_FORM = FindingKind(
    "not-a-form",
    Severity.ERROR,
    "不是印发的填报表：没有找到表号，也没有填报表的栏目。请放到别处，或改用印发的表。",
)
NO_TOKEN = FindingKind(
    "no-token",
    Severity.ERROR,
    "像是填报表，但表号丢失，无法确定是哪个单位、哪一期。知道是谁的，请在《报送情况》的“未收的文件”里写明单位，再运行一次；也可以请对方用印发的原表填报。",
)
FOUND_BY_STRUCTURE = FindingKind(
    "found-by-structure", Severity.INFO, "表号丢失，已按填报单位和事项编号认出是{unit}的填报表。"
)
FOUND_BY_FOLDER = FindingKind(
    "found-by-folder",
    Severity.WARNING,
    "表号丢失，按所在的文件夹或文件名，像是{unit}“{round}”的填报表，暂未采用；请在《待核对事项清单》里确认一次。",
)
FOUND_BY_SENDER = FindingKind(
    "found-by-sender",
    Severity.INFO,
    "表号丢失，发件人 {sender} 是{unit}的联络员，按{unit}的填报表采用；不对的，请退回后更正。",
)
FOREIGN = FindingKind(
    "foreign-form", Severity.ERROR, "表号 {token} 不是本办公文件夹印发的，没有采用。请核对是否放错了文件夹。"
)
TWO_TOKENS = FindingKind(
    "two-tokens",
    Severity.ERROR,
    "表内有几个表号（{tokens}），像是把几张表拼在一起了，又分不清哪些行是哪张表的，没有采用；请分开报送。",
)
OLD_ROUND = FindingKind(
    "old-round",
    Severity.ERROR,
    "这是“{round}”的填报表，该期已过；现在报的是“{now}”，请改用“{now}”的表（{form}）。",
)
OLD_TEXTS = FindingKind(
    "old-round-texts",
    Severity.WARNING,
    "表里新写的{n}格已列入《待核对事项清单》：选“用新报送的”即记入“{now}”；确是补报、更正“{round}”的，选“另行填写”并写“{round}”。",
)
OTHER_UNIT = FindingKind(
    "other-unit",
    Severity.ERROR,
    "按表号这是印发给{unit}的填报表，表上的填报单位却写着“{printed}”，没有采用；请{printed}改用印发给本单位的表填报。",
)
OTHER_NAME = FindingKind(
    "other-name",
    Severity.WARNING,
    "按表号和表上的填报单位是{unit}的填报表，文件名却是{other}，暂未采用；请在《待核对事项清单》里选定一次。",
)
LONG_TEXT = FindingKind(
    "long-text",
    Severity.WARNING,
    "这一格有{n}字，表格一格最多放32,767字：填报表、工作台账和清单里只显示前面的，格末注明；全文已记入台账，没有丢失。",
)
LONG_CELLS = FindingKind(
    "long-cells",
    Severity.INFO,
    "{some}的文字一格放不下，只写了前面的，格末注明；全文在台账记录里，没有丢失。要全文的，看方案和各单位报送的原件。",
)
EMPTY_RETURN = FindingKind("empty-return", Severity.ERROR, "全部未填写，请退回{unit}填写。")
WHICH_IS_LATER = FindingKind(
    "which-is-later",
    Severity.WARNING,
    "和先收的“{other}”内容不同，又不能确定以哪份为准，暂未采用；请在《待核对事项清单》里选定一次。",
)

# Papers that are no forms.
WHOSE_PAPER = FindingKind(
    "whose-paper",
    Severity.ERROR,
    "这不是填报表，看不出是哪个单位的；是盖章件、扫描件或佐证的，请放进以单位名称命名的文件夹，或在《报送情况》里写明单位。",
)
NO_ROUND_OF = FindingKind(
    "no-round-of-unit",
    Severity.ERROR,
    "{unit}没有对应的报送期次，或同时有几个期次分不清；请在《报送情况》里写明期次。",
)
PAPER_BY_NAME = FindingKind(
    "paper-by-name", Severity.INFO, "只凭文件名“{part}”认出单位；不对的，请放进以单位名称命名的文件夹。"
)
PAPER_BY_SENDER = FindingKind(
    "paper-by-sender",
    Severity.INFO,
    "发件人 {sender} 是这个单位的联络员，按此认出单位；不对的，请放进以单位名称命名的文件夹。",
)
ITEM_MOVED = FindingKind(
    "item-moved",
    Severity.INFO,
    "{wp} 在印发后已并入或拆成 {heirs}：所报内容照收，记在原编号下，并显示在 {heirs} 的最新进展里。",
)
ITEM_DROPPED = FindingKind(
    "item-dropped", Severity.INFO, "{wp} 在印发后已取消：所报内容照收，记在原编号下，不再催报。"
)

NO_UNIT_NAMED = FindingKind(
    "nobody-to-ask",
    Severity.WARNING,
    "{wp} 没有写责任单位，没有印发；请在《分工核对表》里补填责任单位，再登记一次。",
)
PLAN_WITHOUT_ROUND = FindingKind(
    "plan-without-round",
    Severity.WARNING,
    "《{title}》（{plan}）是{year}年的方案，“报送期次”里没有它的期次，不会印发填报表；"
    "请在设置.xlsx 的“报送期次”里增加{year}年的期次。",
)
YEARLY_ROUNDS = FindingKind(
    "rounds-carried",
    Severity.INFO,
    "{plan}：“报送期次”没有{year}年的，暂按上年的日子：{rounds}；定时任务等确认后才印发。不改的，在“填报表”页点“今年仍按此期次”；要改的，在设置.xlsx 的“报送期次”里写上{year}年的。",
)
LOGBOOK_WITHOUT_FORM = FindingKind(
    "logbook-without-form",
    Severity.INFO,
    "登记簿（{books}）附在填报表里由单位填写，这一期没有填报表的{n}个单位不会收到：{units}。要他们登记的，请问清后在“台账”的同名登记簿里代录。",
)
PAST_DUE = FindingKind(
    "round-past-due",
    Severity.WARNING,
    "“{name}”的截止日期 {due} 已过，还有{n}个单位没有印发；确要补发的，请在设置.xlsx 的“报送期次”里把截止日期改到今天以后，再运行。",
)

SPLIT_UNIT = FindingKind(
    "split-unit",
    Severity.WARNING,
    "“{name}”已由 {heirs} 分别接续，分不清{some}归谁，填报表仍发“{name}”。都归一个单位的，请在《单位及联络员名单》的“接续单位”只写它；各有所归的，请登记局部调整写明。",
)


class NoRound(TrackerError):
    """No round is set, or none of that name."""

    code = "no-round"
    sentence = "{what}请在设置.xlsx 的“报送期次”里填写期次名称、开始日期和截止日期。"


class NothingToConfirm(TrackerError):
    """The rounds of the year are typed, or there are none of the year before."""

    code = "nothing-to-confirm"
    sentence = (
        "没有要确认的报送期次：今年的已经写在设置.xlsx 的“报送期次”里，或者没有上年的可以照用，请在那里填写。"
    )


class SettingsHeld(TrackerError):
    """设置.xlsx is open while rounds are to be written into it."""

    code = "settings-held"
    sentence = "设置.xlsx 正开着，没有改动。请保存并关闭它，再点“今年仍按此期次”；也可以就在“报送期次”里照上年的各行写上今年的。"


class NothingDecided(TrackerError):
    """No decision about a cell or a file holds that could be taken back."""

    code = "nothing-decided"
    sentence = "没有可以撤回的处理。登记方案的，请在“方案”页撤回最近一次登记；按表填报的，请重新填一次。"


class NoPlanYet(TrackerError):
    """Nothing was recorded yet."""

    code = "no-plan"
    sentence = "还没有登记任何方案。请先运行 tracker record 方案文件。"


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


NO_CHOICE = FindingKind(
    "no-choice", Severity.ERROR, "{conflict} 的“处理意见”填的“{text}”不在可选的词里，没有处理；请从下拉框选。"
)
NO_QUESTION = FindingKind(
    "no-question",
    Severity.WARNING,
    "{conflict} 现在不在待核对事项里：可能已经处理过，或单位又报来了新的；没有再处理。",
)
NO_TEXT = FindingKind(
    "no-text-given", Severity.ERROR, "{conflict} 选了“另行填写”，但右边一栏是空的，没有处理；请补上文字。"
)

NOT_YOURS = FindingKind(
    "not-editable",
    Severity.WARNING,
    "“{label}”{why}，已恢复为“{ours}”；这里改成的“{theirs}”没有采用（原件已留存）。",
)
ROW_TWICE = FindingKind(
    "ledger-row-twice",
    Severity.ERROR,
    "{key}有两行（另见 {other}），两行都没有读取；请只留一行。",
)
ROWS_GONE = FindingKind(
    "ledger-rows-gone",
    Severity.WARNING,
    "台账里少了{n}行（{some}），已接在最后一行下面补回；台账记录没有丢失。",
)
ROWS_BELOW_OWN = FindingKind(
    "ledger-rows-below-own",
    Severity.INFO,
    "第{row}行是您自己写的，没有移动；新补的{n}行接在下面。筛选时看不到新行的，把表格范围拉到最后一行即可。",
)
ROWS_RETIRED = FindingKind(
    "ledger-rows-retired",
    Severity.INFO,
    "{n}项（{some}）在最新方案中已取消或换了责任单位，台账里的行已标灰，可自行删除或移走；以后不再提示。",
)
ROWS_WITH_TEXT = FindingKind(
    "ledger-rows-with-text",
    Severity.WARNING,
    "{n}项（{some}）在最新方案中已取消或换了责任单位，台账里的行已标灰；行里有报过、写过的内容，请保留，不要删除；记录在台账里没有丢失。以后不再提示。",
)
NO_ROUND_YET = FindingKind(
    "no-round-yet",
    Severity.ERROR,
    "还没有印发过任何一期，“{label}”没有期次可以记，暂未采用，内容留在原处；印发以后再更新台账。",
)
COLUMN_GONE = FindingKind(
    "ledger-column-gone",
    Severity.INFO,
    "没有“{label}”一栏（{purpose}）。要用的话，在表里任意位置插入一列，表头写“{label}”（原有的一栏改了表头的，改回即可）；"
    "不用的，不必理会，这一栏不再提示。",
)
NO_MARK = FindingKind(
    "ledger-mark-gone",
    Severity.WARNING,
    "这份台账不知是哪一次写出的（里面隐藏的标记丢了），已按最近一次的比对；请核对这次采用的改动。",
)
FIGURE_NOT_ASKED = FindingKind(
    "figure-not-asked",
    Severity.WARNING,
    "统计指标“{name}”这一期没有要：名单里没有设置.xlsx 写的提供单位，或者它这一期没有填报表。请核对单位名称，或在起草素材表“全年数据”里填写。",
)
FIGURE_WITHOUT_SOURCE = FindingKind(
    "figure-without-source",
    Severity.WARNING,
    "统计数据“{name}”填了{value}，没有写来源或截止日，没有采用。请单位写全后重新报送。",
)
SHEET_GONE = FindingKind(
    "ledger-sheet-gone",
    Severity.ERROR,
    "找不到“{name}”工作表（或它的栏目名称改过），没有读取也没有更新；请把名称改回来，再更新台账。",
)

TYPED_UNCLEAR = FindingKind(
    "typed-item-unclear",
    Severity.WARNING,
    "这一行没有事项编号，像是临时交办的任务，还没有登记：{why}。写清牵头或责任单位（只写名称，用顿号分开）后再运行；"
    "只是随手记的，不用理会。",
)


class ForeignLedger(TrackerError):
    """The workbook was written by another office folder."""

    code = "foreign-ledger"
    sentence = "{file}：这份台账是另一个办公文件夹生成的，没有读取也没有改动。请确认文件没有放错。"


class UnknownRevision(TrackerError):
    """The workbook is newer than the ledger: a backup was restored, or the folder was copied."""

    code = "unknown-revision"
    sentence = "{file}：这份台账比程序里记录的新（第{revision}版），可能恢复过旧备份，没有读取也没有改动。请先运行 tracker doctor，或把这份台账改名另存后重新运行。"
