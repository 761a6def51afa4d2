"""What can stand in the way of entering a plan into the ledger, and of comparing it from year to year and from level to level."""

from __future__ import annotations

from typing import Any

from tracker.problems.base import FindingKind, ListedQuestion, Severity, TrackerError

UNKNOWN_NAME = FindingKind(
    "unknown-name",
    Severity.WARNING,
    "“{name}”不在单位名单中，与“{near}”相近但不一定是同一单位；请在《单位及联络员名单》的“待确认名称”中确认，"
    "确认前不给它派任务。",
)
NEAR_UNIT = FindingKind(
    "near-unit",
    Severity.WARNING,
    "“{name}”与名单里的“{near}”相近，没有登记为新单位；写错的请改正或删去这一行，确是另一个单位的，请在“待确认名称”表里选“是新单位”"
    "（没有这一行的，写上名称再选）。",
)
RENAMED_UNIT = FindingKind(
    "renamed-unit",
    Severity.INFO,
    "“{before}”改名为“{name}”，今后用新名称，已有的材料和填报不变；改错了的，把名称改回来保存后再更新台账。",
)
NAME_OF_ANOTHER = FindingKind(
    "name-of-another",
    Severity.WARNING,
    "“{name}”已是 {other} 的名称，{unit} 没有改名；{unit} 印发过填报表等，确已并入的，请填写停用日期和接续单位。",
)
CORRECTED_UNIT = FindingKind(
    "corrected-unit", Severity.INFO, "{unit} 原是误写，已按“{name}”（{other}）处理，这一行可以删去。"
)
UNSURE_ANSWER = FindingKind(
    "unsure-answer",
    Severity.WARNING,
    "“{name}”写的是“{text}”，名单里没有，又与“{near}”相近，没有采用；就是那个单位的，请照名单里的名称写，"
    "确是另一个单位的，请先在“单位”表里加上它。",
)
UNKNOWN_SUCCESSOR = FindingKind(
    "unknown-successor",
    Severity.WARNING,
    "“{name}”的接续单位“{heir}”不在名单中，没有采用；请先在名单里加上这个单位，或更正名称。",
)
UNKNOWN_CONTACT = FindingKind(
    "unknown-contact",
    Severity.WARNING,
    "看不出“{unit}”是名单里的哪个单位（相近的：{near}），联络员{name}没有采用，什么都不会发给他；请改成“单位”表里的名称，或先在那里加上；“待确认名称”里问到的，在那里选定。",
)
UNKNOWN_MEMBER = FindingKind(
    "unknown-member",
    Severity.WARNING,
    "看不出“{group}”的成员“{unit}”是名单里的哪个单位（相近的：{near}），没有给它派任务；请改成“单位”表里的名称，或先在那里加上；“待确认名称”里问到的，在那里选定。",
)
NEW_UNITS = FindingKind(
    "new-units",
    Severity.INFO,
    "新登记单位{n}个：{names}，来自{origin}；不是单位的，请从那里改正，并在“单位”表里删去这一行。",
)
LIST_BESIDE = FindingKind("list-beside", Severity.WARNING, "{why}新内容在《{name}》。")
GROUP_WITHOUT_MEMBERS = FindingKind(
    "no-members",
    Severity.WARNING,
    "{wp}：责任单位未明确，“{group}”没有成员；请在《单位及联络员名单》的“单位组”中填写后重新运行。",
)
SUCCESSOR_WITHOUT_DAY = FindingKind(
    "successor-without-day",
    Severity.WARNING,
    "“{name}”填了接续单位，没有填停用日期，没有采用；请补填从哪一天起由接续单位承担。",
)
SUCCEEDED_UNIT = FindingKind(
    "succeeded",
    Severity.INFO,
    "“{name}”已由“{heir}”接续：方案中的名称照原样保留，填报表和督办单发给“{heir}”。",
)
KIND_PROPOSED = FindingKind(
    "kind-proposed",
    Severity.INFO,
    "按名称拟定了单位类别：{what}。这些单位只发联系函或商请函，不催办、不督办、不通报、不排名；"
    "不对的请在《单位及联络员名单》的“类别”栏改选。",
)
NO_YEAR = FindingKind(
    "no-year",
    Severity.WARNING,
    "方案标题和日期里都没有年份，按 {year} 年登记；不对的话，请在分工核对表的“方案信息”里填写年度后重新登记。",
)
NO_ISSUE_DATE = FindingKind(
    "no-issue-date",
    Severity.INFO,
    "文件里没有印发日期，“自发文之日起”一类的时限暂不计算；要计算的，请在分工核对表的“方案信息”里填写印发日期后重新登记。",
)
NOT_AN_ANSWER = FindingKind(
    "plan-answer",
    Severity.ERROR,
    "{conflict} 的回答“{text}”看不明白，没有登记；请写：新方案、修订P1、调整P1、上级、照样登记、取消P1-003，或 位置=事项编号（新的一项写 位置=新增）。",
)


class PlanQuestion(ListedQuestion):
    """A person has to say what a file is before it is entered; the question stays in 待核对事项清单.

    Facts beside those of the sentence: `how` and `plan` are what the program takes the file for, `agreement` what 是
    would mean, `changes` the lines that were shown.
    """

    @property
    def agreement(self) -> dict[str, Any] | None:
        """What 是 adds to what was said when calling; None where it says nothing."""
        agreement = self.facts.get("agreement")
        return agreement if isinstance(agreement, dict) else None

    @property
    def changes(self) -> tuple[str, ...]:
        """What would change, a line each."""
        changes = self.facts.get("changes")
        return changes if isinstance(changes, tuple) else ()


class UnconfirmedPlan(PlanQuestion):
    """The file changes a recorded plan, and nobody has agreed yet."""

    code = "unconfirmed-plan"
    sentence = "{file}：这是对 {plan}《{title}》的{label}：{counts}，还没有登记。{told}请在《待核对事项清单》里选定（“用新报送的”即登记）后运行 tracker settle。"


class UndecidedPlan(PlanQuestion):
    """Nothing in the file says whether it is a new plan or changes an old one."""

    code = "undecided-plan"
    sentence = "{file}：看不出是新方案，还是改已有的方案（{plans}），没有登记。请在《待核对事项清单》里选“另行填写”，写“新方案”“修订P1”（全文重印）“调整P1”（只改几项）或“上级”，再运行 tracker settle。"


class RetiresMuch(PlanQuestion):
    """A revision would retire more than a fifth of the plan."""

    code = "retires-much"
    sentence = "{file}：这样登记会取消 {plan} 共{total}项里的{count}项，可能选错了文件，没有登记。请在《待核对事项清单》里选定：确要取消的选“用新报送的”，只改几项的选“另行填写”，写“调整{plan}”，上级的方案写“上级”；再运行 tracker settle。"


class TiedPoints(PlanQuestion):
    """A point could continue several old ones."""

    code = "tied-points"
    sentence = "{file}：有{count}项分不清是原来的哪一项，没有登记：{ties}。请在《待核对事项清单》里选“另行填写”，写“位置=事项编号”（新的一项写“位置=新增”），再运行 tracker settle。"


class LetterOnly(PlanQuestion):
    """A text without work points that asks for something by a day, or for logbooks to be kept."""

    code = "letter-only"
    sentence = "{file}：没有任务事项，只有{count}处有时限的要求、涉及{books}个登记簿，没有写责任单位，没有登记。只登记这些的，请在《待核对事项清单》里选“用新报送的”，再运行 tracker settle；不是的，请核对文件。"


class LooksSuperior(PlanQuestion):
    """A plan was entered as ours and may be the superior's."""

    code = "looks-superior"
    sentence = "{file}：{told}如确是上级方案，请选“另行填写”，写“上级”；是本级方案的，选“用台账现有”。"


class NoSuchPlan(TrackerError):
    """A plan id was typed that the ledger does not hold."""

    code = "no-such-plan"
    sentence = "没有编号为“{plan}”的方案。已登记的方案：{plans}。"


class NoSuchPoint(TrackerError):
    """A place or an id that was typed does not exist."""

    code = "no-such-point"
    sentence = "{file}：“{what}”不存在：位置应是新文件里某一项的位置（tracker read 可看），编号应是还在执行的事项编号。"


class SplitOrMerged(PlanQuestion):
    """Items look split or put together, and nobody said so."""

    code = "split-or-merged"
    sentence = "{file}：有事项像是拆开或合并了，没有登记：{told}。确是这样的，在《待核对事项清单》里选“用新报送的”，原来的进展带到新事项下；不是的，选“另行填写”，写“位置=新增”或“照样登记”；再运行 tracker settle。"


class CannotUndo(TrackerError):
    """Something was done on a record that is to be taken back."""

    code = "cannot-undo"
    sentence = "《{title}》（{plan}）的登记不能撤回：{told}。什么都没有改动。"


class NothingToUndo(TrackerError):
    """No plan was entered, or none from that file."""

    code = "nothing-to-undo"
    sentence = "{what}没有可以撤回的登记。"


UNKNOWN_ROW = FindingKind(
    "unknown-row", Severity.ERROR, "“{row}”不是本表的事项，没有处理；请在程序列出的行里填写，不要改动编号。"
)
ROW_TWICE = FindingKind("row-twice", Severity.ERROR, "{row} 有两行，填的不一样，都没有处理；请只留一行。")
NO_SUCH_WORD = FindingKind(
    "no-such-word", Severity.ERROR, "“判断”填的“{word}”不在可选的词里，没有处理；请选：{words}。"
)
NO_IDS = FindingKind(
    "no-ids",
    Severity.ERROR,
    "“对应编号”填的“{text}”看不出是哪几项，没有处理；请写事项编号，如 P1-003，几项的用顿号分开。",
)
NOTHING_PROPOSED = FindingKind(
    "nothing-proposed", Severity.ERROR, "这一行没有建议，不能选“按建议”；请直接选判断，需要编号的填上编号。"
)
PROPOSED_OTHERS = FindingKind(
    "proposed-others",
    Severity.ERROR,
    "选了“按建议”，对应编号却改成了“{others}”，没有处理；要按改后的编号，请直接选判断。",
)
DECIDED_MEANWHILE = FindingKind(
    "decided-meanwhile",
    Severity.ERROR,
    "{row} 在这份表生成之后已另行定为“{held}”，这里填的“{typed}”没有采用；仍要改的，请在更新后的表里重新选。",
)
NO_SUCH_ITEM = FindingKind(
    "no-such-item", Severity.ERROR, "对应编号 {wp} 不是{side}的事项，没有处理；请核对编号。"
)
WRONG_COUNT = FindingKind("wrong-count", Severity.ERROR, "{why}，没有处理；请补正编号或改选判断。")
CLAIMED_TWICE = FindingKind(
    "claimed-twice",
    Severity.ERROR,
    "{old} 同时对应 {news}，没有处理；如确是一项拆成几项，请在这几行都选“拆分”，否则只留一行。",
)
CONTRADICTS = FindingKind(
    "contradicts", Severity.ERROR, "{rows} 的判断互相矛盾（{why}），都没有处理；请改正其中一处。"
)
LOOKS_SUPERIOR = FindingKind(
    "looks-superior",
    Severity.WARNING,
    "发文单位“{issuer}”就是设置里的报告主送机关，像是上级的方案，现已按本级方案登记；已列入《待核对事项清单》，请选定一次。",
)


class NothingToCompare(TrackerError):
    """No plan has another one beside it."""

    code = "nothing-to-compare"
    sentence = (
        "没有可以对照的方案。与上年对照：先用 tracker record 登记上年和今年的方案；"
        "主题名称不同的，对照时写明两个方案的编号。与上级对照：登记上级方案，并说明它是“上级”。"
    )


class CannotCompare(TrackerError):
    """The plans named do not go together."""

    code = "cannot-compare"
    sentence = "{what}，没有对照。已登记的方案：{plans}。"


class ForeignComparison(TrackerError):
    """The workbook is not the one that we wrote for these plans."""

    code = "foreign-comparison"
    sentence = "{file} 不是程序为这两个方案生成的对照表（或里面隐藏的一页被删了），没有读取也没有覆盖。请把它移走或改名，再运行一次生成新表。"


class AlreadyOurs(TrackerError):
    """A plan that was entered as ours is said to be the superior's, and work has begun on it."""

    code = "already-ours"
    sentence = (
        "{file}：已作为本级方案 {plan} 登记，并且已经印发、催办或填过进展，不能改作上级方案，没有登记。"
    )
