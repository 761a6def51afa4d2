"""The verbs that work, in the order of the year, and what may be typed after each: plain tuples, nothing imported.

A verb is listed here on the day it works, and not before: its name, what it does in one Chinese sentence, whether it
first makes up for what the scheduler should have done by now (`steps.catch_up`), and its arguments. The function of
`tracker.cli.calls` that carries the verb's name (`hand_out` for `hand-out`) calls the step.

An argument is its word, its kind (`KINDS` of `tracker.cli.calls`), what stands for its value in the help, and its
help; a dictionary after these holds what only this one has: `argparse`'s keywords, or under `one_of` the name of a
group of which only one may be typed.
"""

from __future__ import annotations

import os

Argument = tuple[str, str, str, str, dict[str, object]] | tuple[str, str, str, str]
Verb = tuple[str, str, bool, tuple[Argument, ...]]

VERBS: tuple[Verb, ...] = (
    (
        "desk",
        "打开工作台：在本机浏览器里点着办，不联网",
        False,
        (("--no-browser", "flag", "", "不打开浏览器，只显示网址"),),
    ),
    (
        "init",
        "建立办公文件夹",
        False,
        (
            ("folder", "path", "文件夹", "新办公文件夹的位置"),
            ("--name", "text", "单位", "本单位名称，填入设置.xlsx"),
            ("--contact", "text", "联系人及电话", "各单位有问题找谁，填入设置.xlsx"),
            ("--year", "number", "年份", "报送期次按哪一年排；默认今年"),
            (
                "--units",
                "path",
                "名单",
                "单位名单：一张有“单位名称”栏的表，可以有“联络员”“电话”“邮箱”栏；或只有单位名称，一行一个",
            ),
            (
                "--send-by",
                "text",
                "方式",
                "怎样发给单位：文件夹（由人发出）或 邮件",
                {"choices": ("文件夹", "邮件")},
            ),
        ),
    ),
    (
        "read",
        "读一份分工方案，显示读懂的内容和需要核对之处，不写任何东西",
        False,
        (
            ("file", "path", "文件", "分工方案文件（表格、文档、网页或文本）"),
            (
                "--workbook",
                "path",
                "核对表.xlsx",
                "另外生成分工核对表，供核对和更正；默认放在方案旁边",
                # Typed without a place: beside the plan (argparse makes a path of it).
                {"nargs": "?", "const": ""},
            ),
        ),
    ),
    (
        "record",
        "登记分工方案（先说明是新方案、修订还是局部调整）",
        False,
        (
            (
                "file",
                "path",
                "方案文件",
                "工作要点分工方案，什么格式都可以；或改好的分工核对表",
                {"nargs": "?", "default": None},
            ),
            ("--new", "flag", "", "当作新方案登记", {"one_of": "how"}),
            ("--revises", "text", "编号", "是这个方案的全文修订", {"one_of": "how"}),
            ("--amends", "text", "编号", "是这个方案的局部调整", {"one_of": "how"}),
            (
                "--undo",
                "flag",
                "",
                "撤回最近一次登记（写了文件的，撤回它那一次）；已按它印发、填写过的撤不回，会说明原因",
                {"one_of": "how"},
            ),
            (
                "--superior",
                "flag",
                "",
                "是上级的方案：只用来与本级对照，不印发、不催办、不计入统计",
            ),
            ("--year", "number", "年份", "方案年度（文件里没写时）"),
            ("--issued", "text", "日期", "印发日期（文件里没写时），如 2026-03-01"),
            (
                "--match",
                "list",
                "位置=编号",
                "这一项就是原来的哪一项；全新的写 位置=新增；一项拆成几项的，几个位置写同一编号；"
                "几项合并的，写 位置=编号+编号",
            ),
            ("--retires", "list", "编号", "取消这一项（可写多个）"),
            ("--force", "flag", "", "取消的事项超过两成、核对表有无法识别的填写，也照样登记"),
        ),
    ),
    (
        "hand-out",
        "印发填报表：每个单位一份，只问还没完成的",
        True,
        (
            ("--round", "text", "期次", "只印发这一期，如 年终；不写就印发所有到时候的"),
            ("--due", "text", "日期", "这一期的截止日期（设置.xlsx 里没有这一期时），如 2026-12-10"),
            ("--zip", "flag", "", "另给每个单位打一个压缩包（填报表和通知），在“打包”文件夹"),
            ("--as-last-year", "flag", "", "不印发，只确认今年的报送期次仍按上年的日子，写进设置.xlsx"),
        ),
    ),
    (
        "take-back",
        "收表汇总：把“各单位报送”里的表逐格收进台账，列出需要核对的",
        True,
        (
            ("--old-rounds", "flag", "", "以前收过的旧期又报来更正的，也收"),
            ("--attach", "path", "文件", "附上一份扫描件、照片或电话记录（与 --unit 同用）"),
            ("--unit", "text", "单位", "--attach 的文件是哪个单位的"),
            ("--round", "text", "期次", "是哪一期的；不写就是最近一期"),
            (
                "--as",
                "text",
                "类别",
                "属于什么：盖章件、原件、佐证材料；不写时文件名带“盖章”的算盖章件，其余算原件",
                {"dest": "what", "choices": ("盖章件", "原件", "佐证材料")},
            ),
        ),
    ),
    (
        "send-back",
        "退回补正：撤回一份报表收进来的内容，记下原因",
        False,
        (
            ("file", "text", "文件名", "要退回的报表，名称见台账/报送情况.xlsx", {"nargs": "?"}),
            ("--round", "text", "期次", "把这一期收来的报表全部退回，恢复到收表之前"),
            ("--reason", "text", "原因", "为什么退回，记入台账", {"required": True}),
        ),
    ),
    ("sync", "台账双向更新：读取您在工作台账里改的，写入新的进展", True, ()),
    (
        "settle",
        "按《待核对事项清单》里的处理意见更新台账",
        True,
        (
            (
                "--decide",
                "list",
                "编号=意见",
                "直接说定一条（可写多个），如 C3=用台账现有、C3=用新报送的、C3=另行填写:文字；比清单里的先用",
            ),
            ("--undo", "flag", "", "撤回上一次处理（单元格和文件的），重新选"),
        ),
    ),
    (
        "chase",
        "今天该提醒、催办、督办谁；督办单都是拟稿，签发后才发",
        True,
        (("--all", "flag", "", "逐项列出催谁、为什么，不催谁、为什么"),),
    ),
    (
        "send",
        "发出已签发的督办单和提醒函：默认放进“督办/待发”，设置后可发邮件和群消息",
        True,
        (
            ("--force", "flag", "", "确认就是要发这么多"),
            ("--delivered", "several", "编号", "这些消息：确认已经送达（电话问过等）"),
            ("--again", "several", "编号", "这些消息：再发一次"),
            ("--drop", "several", "编号", "这些消息：不再发"),
            ("--release", "several", "编号", "这些消息：确认收件人没有填串，可以发"),
            ("--readdress", "several", "编号", "这些消息：改发到该单位现在的联络员"),
            ("--sign", "several", "编号", "这些督办单（编号见送签单）：领导已签发，随即发出"),
            ("--sent", "several", "编号", "这些督办单：已由人发出（OA、微信、当面等）"),
            ("--withdraw", "several", "编号", "这些督办单：作废，不再发"),
            (
                "--secret",
                "text",
                "名称",
                "把密码或机器人地址存入系统的凭据管理器（邮箱密码的名称是 mail）",
            ),
        ),
    ),
    (
        "check",
        "检查：随机抽查、时限和各登记簿、问题整改",
        True,
        (
            (
                "what",
                "text",
                "做什么",
                "draw：按抽查设置抽取；verify：重新核验历次抽取；不写：读取登记簿和检查表，列出逾期的",
                {"nargs": "?", "choices": ("", "draw", "verify")},
            ),
        ),
    ),
    (
        "score",
        "考核评分：按考核方案给各单位算分，每一分都有依据",
        True,
        (
            (
                "what",
                "text",
                "做什么",
                "issue：定稿，固定结果并起草考核结果通报；不写：只算分",
                {"nargs": "?", "choices": ("", "issue")},
            ),
        ),
    ),
    (
        "report",
        "生成落实情况报告（Word、Excel、网页），并说明与上期的差异",
        True,
        (
            ("--plan", "text", "编号", "只做这个方案的报告，如 P1；默认每个方案各一份，已有下一年方案的除外"),
            ("--as-of", "text", "日期", "按这一天的情况出报告，如 2026-06-30；默认是今天"),
            (
                "--known-on",
                "text",
                "日期",
                "只用到这一天为止已经录入的内容，如 2026-06-30；可与 --as-of 一起用",
            ),
            (
                "--insert",
                "number",
                "级数",
                "另存一份“任务落实情况”段落，标题下移1至3级，供插入年度报告等文件",
                {"choices": (1, 2, 3), "default": 0},
            ),
            (
                "--why",
                "number",
                "次数",
                "不出报告，只说与上次（或第几次）相比哪些事项变了、为什么；可与 --circular、--public、--brief 一起用",
                {"nargs": "?", "const": 0},
            ),
            (
                "--annual",
                "number",
                "年份",
                "不出总报告，按台账/依申请公开登记.xlsx 统计年报第三张表，并核对一+二=三+四",
                {"nargs": "?", "const": 0},
            ),
            ("--unit", "text", "单位", "不出总报告，起草这个单位给本办的自查报告", {"one_of": "kind"}),
            ("--circular", "flag", "", "不出总报告，起草发给各单位的情况通报", {"one_of": "kind"}),
            ("--public", "flag", "", "不出总报告，起草可以公开的版本", {"one_of": "kind"}),
            (
                "--review",
                "flag",
                "",
                "不出总报告，给每个单位一页复核表，并汇总各单位的核对意见",
                {"one_of": "kind"},
            ),
            (
                "--brief",
                "flag",
                "",
                "不出总报告，起草给领导的内部专报：进展、需要协调的事项、滞后的单位和要求",
                {"one_of": "kind"},
            ),
            (
                "--quarter",
                "number",
                "季度",
                "与 --circular 一起用：出第几季度的通报，按该季度最后一天的情况",
                {"choices": (1, 2, 3, 4), "default": 0},
            ),
        ),
    ),
    (
        "compare",
        "对照上年方案和上级方案：延续、新增、不再列入，承接和未承接，在对照表里确认",
        False,
        (
            (
                "--plan",
                "text",
                "编号",
                "只对照这个方案：本级的与上年对照，上级的与本级对照；默认最近一年的全部",
            ),
            (
                "--with",
                "list",
                "编号",
                "与这个方案对照（可写多个），以后都照此；默认同一主题的上年方案、同年的本级方案",
                {"dest": "beside"},
            ),
        ),
    ),
    (
        "fill",
        "按表填报：别人发来的空表，按台账填好，拿不准的先问",
        False,
        (
            ("file", "path", "空表", "别人发来要填的表（.xlsx 或 .docx）"),
            ("--plan", "text", "编号", "按哪个方案填，如 P1；只有一个方案时不用写"),
            ("--unit", "text", "单位", "只填这个单位的事项，内容用它报的"),
            ("--section", "text", "板块", "只填方案的这个板块"),
            (
                "--column",
                "list",
                "他们的列名=我们的列名",
                "说明一栏要填什么（可写多个）；不用填的写 他们的列名=留空。同样的表头以后不再问",
            ),
            (
                "--row",
                "list",
                "位置=编号",
                "说明一行是哪一项，如 Sheet1!B5=P1-012；不用填的写 位置=留空",
            ),
            ("--in-place", "flag", "", "直接写进这个文件；默认另存为“（已填）”"),
        ),
    ),
    (
        "run",
        "定时任务：到时间的自动做，关机漏掉的补做一次",
        False,
        (
            ("--once", "flag", "", "只把现在到时间的和漏掉的做完，就结束"),
            ("--clock-ok", "flag", "", "确认电脑时间没有错，恢复定时任务和发送"),
            (
                "--install",
                "text",
                "系统",
                "写出让系统每5分钟运行一次的文件：windows、systemd 或 cron",
                {
                    "nargs": "?",
                    "const": "windows" if os.name == "nt" else "systemd",
                    "choices": ("windows", "systemd", "cron"),
                },
            ),
        ),
    ),
    (
        "status",
        "今年进展到哪里，今日待办",
        True,
        (
            ("--html", "flag", "", "生成一页看板（网页）和图表（Excel），放在“报告”文件夹"),
            ("--a4", "flag", "", "再生成一张A4的PDF和图片，可以打印或发到群里（需要几秒）"),
        ),
    ),
    ("today", "按《工作台》里选好的意见办，重写今天的工作台.xlsx，并说今日待办", True, ()),
    (
        "export",
        "把台账导出成表格，供数据透视表、Power Query 和 pandas 使用",
        False,
        (
            ("folder", "path", "文件夹", "导出到哪个文件夹"),
            ("--as-of", "text", "日期", "按这一天的情况，如 2026-06-30；默认是今天"),
        ),
    ),
    (
        "history",
        "一项任务或一个单位的全部记录：谁、何时、哪个文件、哪一格",
        False,
        (("what", "text", "编号或单位", "事项编号（P1-003）、单位名称、期次编号（R1）等"),),
    ),
    (
        "demo",
        "建一个演示用的办公文件夹，走完一整年",
        False,
        (
            ("folder", "path", "文件夹", "演示用的办公文件夹建在哪里"),
            (
                "--field",
                "text",
                "领域",
                "演示哪个领域的一年：政务公开（默认）或安全生产",
                {"choices": ("政务公开", "安全生产"), "default": "政务公开"},
            ),
        ),
    ),
    (
        "explain",
        "说明一段责任分工或完成时限的文字是怎样理解的",
        False,
        (
            ("what", "text", "种类", "responsibility（责任分工）或 deadline（完成时限）"),
            ("text", "text", "文字", "要解释的一段文字", {"nargs": "?", "default": None}),
            ("--column", "text", "栏目", "这段文字所在栏目的名称，如 牵头单位"),
            ("--year", "number", "年份", "方案的年度，供推算时限"),
            ("--issued-on", "text", "日期", "发文日期，如 2026-03-02，供推算时限"),
            ("--json-lines", "flag", "", "从标准输入逐行读取 JSON，逐行输出 JSON"),
        ),
    ),
)


def overview() -> str:
    """Every verb with what it does: the answer to `tracker --help`."""
    lines = ["用法：tracker 命令 [参数]", "", "命令："]
    lines += [f"  {name:<12}{does}" for name, does, *_ in VERBS]
    lines += ["", "每个命令的写法：tracker 命令 --help", "版本：tracker --version"]
    return "\n".join(lines)
