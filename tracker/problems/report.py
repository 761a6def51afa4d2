"""What can keep a report from being written, or somebody else's table from being filled."""

from __future__ import annotations

from tracker.problems.base import FindingKind, ListedQuestion, Severity, TrackerError


class NothingToReport(TrackerError):
    """No plan has been recorded."""

    code = "nothing-to-report"
    sentence = "还没有录入方案，无法生成报告。请先运行 tracker record 方案文件。"


class UnknownPlan(TrackerError):
    """There is no plan of that id."""

    code = "unknown-plan"
    sentence = "没有编号为 {plan} 的方案；现有方案：{plans}。请写其中一个。"


class NotRecordedYet(TrackerError):
    """A day was asked for on which the office had no plan yet."""

    code = "not-recorded-yet"
    sentence = "{day}还没有登记{titles}，出不了那一天的情况。请改写登记方案以后的日期或季度。"


class NoSuchEdition(TrackerError):
    """There is no edition to compare with."""

    code = "no-such-edition"
    sentence = "方案 {plan} 没有第{n}次{kind}，无法比较。请先生成一次。"


class QuarterNotBegun(TrackerError):
    """A circular was asked for about a quarter that lies ahead."""

    code = "quarter-not-begun"
    sentence = "{year}年第{quarter}季度还没有开始，不能出这个季度的通报。请改写已经开始的季度。"


REGISTER_SPOILED = FindingKind(
    "register-spoiled",
    Severity.ERROR,
    "找不到“登记号”“收到日期”“申请人类型”“答复日期”“办理结果”这几个栏目，没有统计；请恢复表头。",
)
BAD_DAY = FindingKind(
    "application-day", Severity.ERROR, "“{label}”填的“{text}”看不出是哪一天，没有采用；请写成 2026-06-30。"
)
BAD_APPLICANT = FindingKind(
    "application-applicant",
    Severity.ERROR,
    "“申请人类型”填的“{text}”不在可选的词里，这一件没有归入哪一列；请从下拉框选。",
)
BAD_RESULT = FindingKind(
    "application-result",
    Severity.ERROR,
    "“办理结果”填的“{text}”不在可选的词里，这一件没有计入办理结果；请从下拉框选。",
)
NUMBER_TWICE = FindingKind(
    "application-twice", Severity.WARNING, "登记号“{no}”用了两次（另见 {other}），两行都计数，请核对。"
)
NOT_RECEIVED = FindingKind(
    "application-received", Severity.ERROR, "{no}没有收到日期，没有计入新收或结转；请补填。"
)
NO_APPLICANT = FindingKind(
    "application-column", Severity.ERROR, "{no}没有写明申请人类型（{known}），只计入总计；请补填。"
)
NO_ANSWER_DAY = FindingKind(
    "application-answer-day", Severity.ERROR, "{no}有办理结果而没有答复日期，不知计入哪一年；请补填答复日期。"
)
NO_RESULT = FindingKind(
    "application-no-result", Severity.ERROR, "{no}有答复日期而没有办理结果，没有计入办理结果；请补填。"
)
ANSWERED_EARLY = FindingKind("application-early", Severity.ERROR, "{no}的答复日期早于收到日期，请核对。")
SUMS_PART = FindingKind(
    "sums-part",
    Severity.ERROR,
    "“{applicant}”一列勾稽不符：一（{new}）+二（{before}）≠三（{done}）+四（{after}），请先改正上面列出的各行。",
)
COLUMNS_PART = FindingKind(
    "columns-part", Severity.ERROR, "第{line}项各类申请人合计{parts}件，总计{whole}件，请补填申请人类型。"
)

UNKNOWN_COLUMN = FindingKind(
    "unknown-column",
    Severity.ERROR,
    "“{label}”这一栏不确定要填什么，先空着。可能是：{candidates}。已列入《待核对事项清单》，说明一次（不用填的写“留空”），以后同样的表头不再问。",
)
ROW_NOT_FOUND = FindingKind(
    "row-not-found",
    Severity.ERROR,
    "台账里找不到与“{text}”对应的{what}，这一行先空着。{candidates}已列入《待核对事项清单》，请写{answer}（不用填的写“留空”）。",
)
ROW_UNCLEAR = FindingKind(
    "row-unclear",
    Severity.ERROR,
    "“{text}”在台账里对应{count}{what}，这一行先空着：{candidates}。已列入《待核对事项清单》，请写是哪一个的{answer}。",
)
ROW_WITHHELD = FindingKind(
    "row-withheld", Severity.WARNING, "{wp} 在台账里标了“不通报”，这一行没有填；确要报的，请自己填写。"
)
ROW_OF_OTHERS = FindingKind(
    "row-of-others", Severity.WARNING, "{wp} 不是这个单位承担的事项，这一行没有填，请核对单位。"
)
ROW_BY_BEGINNING = FindingKind(
    "row-by-beginning", Severity.INFO, "“{text}”按开头文字认作 {wp} {requirement}，请核对。"
)
DIFFERS = FindingKind(
    "cell-differs", Severity.WARNING, "“{label}”已填“{theirs}”，台账是“{ours}”；没有改动表里的，请核对。"
)
NO_KEY = FindingKind(
    "no-key",
    Severity.ERROR,
    "表里看不出哪一行是哪一项：没有写任务、编号或单位的栏。写着任务的那一栏已列入《待核对事项清单》的，请选“具体要求”；没有这样一栏的，请在表里加一栏“事项编号”再填。",
)
MANY_UNITS = FindingKind(
    "many-units",
    Severity.INFO,
    "{some} 有很多单位报送，一格写不下：填的是牵头单位的进展，或各状态的单位数；要用别的说法，请在工作台账的“核定表述”里写好再填。",
)
UNPUBLISHED = FindingKind(
    "fill-unpublished",
    Severity.WARNING,
    "{some} 在台账里标了“不公开”，已照填；这张表要公开或转给外单位的，请先核对这几行。",
)
FORMULA_KEPT = FindingKind("formula-kept", Severity.INFO, "“{label}”这一格有公式，没有改动。")


NOT_A_WORD = FindingKind(
    "fill-answer", Severity.ERROR, "{conflict} 的回答“{text}”看不明白，没有填；请写：{allowed}。"
)
FILE_GONE = FindingKind(
    "fill-file-gone",
    Severity.WARNING,
    "《{file}》已不在原来的位置，所作说明已经记住；请把它放回去，或对新的位置再运行 tracker fill。",
)


class NoTable(TrackerError):
    """No head of a table in it is known."""

    code = "no-table"
    sentence = "{file}：没有找到能填的表：至少要有两栏的表头认得出。请把两三栏的表头改成常用的说法（如 序号、任务、责任单位、完成时限、进展情况）再填；认得的有：{labels}。"


class TurnedTable(TrackerError):
    """The table lies on its side."""

    code = "turned-table"
    sentence = (
        "这张表是横过来的（栏目在左边，事项在上面），不能直接填。"
        "请在 Excel 里复制后用“选择性粘贴—转置”变成一行一项，填好再转置回去。"
    )


class NestedTable(TrackerError):
    """The only table stands inside a cell of another one."""

    code = "nested-table"
    sentence = (
        "{file}：要填的表（{place}）套在另一张表的格子里，不能直接填。请把里面的表单独复制到一个新文档再填。"
    )


class NotFillable(TrackerError):
    """A file of another kind."""

    code = "not-fillable"
    sentence = "{file}：只能填 .xlsx 和 .docx 的表。请用 Excel、WPS 或 Word 另存为 .xlsx 或 .docx 后重试。"


class WhichPlan(ListedQuestion):
    """Several plans, and nothing says which."""

    code = "which-plan"
    sentence = (
        "{file}：台账里有几个方案：{plans}，不知道按哪一个填，还没有填。已列入《待核对事项清单》：选“另行填写”，"
        "写方案编号，保存关闭后运行 tracker settle。"
    )


class NoSuchColumn(TrackerError):
    """A word for a column that is none of ours."""

    code = "no-such-column"
    sentence = "没有“{label}”这一栏。可以写：{labels}。"


class NotInTable(TrackerError):
    """A head or a place that somebody spoke of and that the file does not have."""

    code = "not-in-table"
    sentence = "表里没有“{what}”。表头有：{labels}。"


class WhichUnit(TrackerError):
    """A unit's name that means none, or several."""

    code = "which-unit"
    sentence = "“{name}”看不出是哪个单位{near}；请写单位名单里的名称。"


class WhichSection(TrackerError):
    """A part of the plan that is none."""

    code = "which-section"
    sentence = "方案里没有“{name}”这个板块。现有：{sections}。"


class NoRoom(TrackerError):
    """Fewer empty rows than work points, and something below."""

    code = "no-room"
    sentence = (
        "{place}：表里只留了{room}行空行，台账有{count}行要填，下面还有别的内容。"
        "请在 Excel 里插入空行后重试，或按单位、按板块分开填。"
    )


class NoEmptyRow(TrackerError):
    """A table of a document that has no row to copy."""

    code = "no-empty-row"
    sentence = "{place}：表头下面没有空行，不知道新行该是什么样子。请在 Word 里加一行空行后重试。"


# 起草素材表
BAD_MATERIAL_CELL = FindingKind(
    "bad-material-cell",
    Severity.WARNING,
    "“{label}”填的“{text}”不能用，没有采用；请改为{words}。",
)
MATERIAL_ROW_WITHOUT_ID = FindingKind(
    "material-row-without-id",
    Severity.WARNING,
    "这一行写了“{text}”，但“事项编号”空着，没有采用；请补填事项编号。",
)
TOTAL_WITHOUT_SOURCE = FindingKind(
    "total-without-source",
    Severity.WARNING,
    "全年数据“{name}”缺少指标、数值、来源或截止日，全表没有采用。请填全后重新运行。",
)
MATERIAL_OF_ANOTHER_PLAN = FindingKind(
    "material-of-another-plan",
    Severity.WARNING,
    "看不出这是哪个方案的素材表（隐藏的标记丢了或不符），没有采用。请把它改名，再运行一次另生成一份，把改过的抄过去。",
)
NO_SUCH_MATERIAL_POINT = FindingKind(
    "no-such-material-point",
    Severity.WARNING,
    "没有编号为“{point}”的事项，这一行没有采用。请核对编号。",
)
NO_SUCH_PARAGRAPH = FindingKind(
    "no-such-paragraph",
    Severity.WARNING,
    "没有第{number}段（共{count}段），这一项仍写在原来的段落。请改段落号。",
)

# 复核表
BAD_REVIEW_WORD = FindingKind(
    "bad-review-word",
    Severity.WARNING,
    "“核对意见”填的“{text}”不在可选的词里，没有采用；请与单位核实后选：同意、修改。",
)
REVIEW_WITHOUT_TEXT = FindingKind(
    "review-without-text", Severity.WARNING, "选了“修改”而没有写改后的文字，没有采用。请与单位核实后补上。"
)
REVIEW_OF_NOBODY = FindingKind(
    "review-of-nobody",
    Severity.WARNING,
    "这份复核表的单位或方案不在台账中，没有采用。请核对是不是本办发出的。",
)
