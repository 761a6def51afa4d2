"""The verbs that work, in the order of the year, and the module that knows the words of each.

A verb is listed here on the day it works, and not before. Its module in `tracker.cli` has two functions:
`arguments(parser)` declares what may be typed after it, `run(args, call)` calls the step and returns an
`Answer`. The modules are imported one at a time, when their verb is typed, so that `--help` stays quick.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: what is typed, what it does in one Chinese sentence, and its module under `tracker.cli`.

    `daily` verbs first make up for what the scheduler should have done by now (`steps.catch_up`).
    """

    name: str
    does: str
    module: str
    daily: bool = False


VERBS: tuple[Verb, ...] = (
    Verb("init", "建立办公文件夹", "init"),
    Verb("read", "读一份分工方案，显示读懂的内容和需要核对之处，不写任何东西", "read"),
    Verb("record", "登记分工方案（先说明是新方案、修订还是局部调整）", "record"),
    Verb("hand-out", "下发填报表：每个单位一份，只问还没完成的", "hand_out", daily=True),
    Verb("take-back", "收表汇总：把“各单位报送”里的表逐格收进台账，列出需要核对的", "take_back", daily=True),
    Verb("send-back", "退回重报：撤回一份报表收进来的内容，记下原因", "send_back"),
    Verb("sync", "台账双向更新：读取您在工作台账里改的，写入新的进展", "sync", daily=True),
    Verb("settle", "按《待核对事项清单》里的处理意见更新台账", "settle", daily=True),
    Verb("chase", "今天该提醒、催办、督办谁；单子都是拟稿，签发后才发", "chase", daily=True),
    Verb("send", "发出已签发的单子和提醒：默认放进“督办/待发”，设置后可发邮件和群消息", "send", daily=True),
    Verb("report", "生成落实情况报告（Word、Excel、网页），并说明与上期的差异", "report", daily=True),
    Verb("compare", "对照上年方案和上级方案：延续、新增、不再列入，承接和未承接，在对照表里确认", "compare"),
    Verb("fill", "按表取数：别人发来的空表，按台账填好，拿不准的先问", "fill"),
    Verb("run", "定时任务：到时间的自动做，关机漏掉的补做一次", "run"),
    Verb("status", "今年进展到哪里，今日待办", "status", daily=True),
    Verb("history", "一项任务或一个单位的全部记录：谁、何时、哪个文件、哪一格", "history"),
    Verb("demo", "建一个演示用的办公文件夹，走完一整年", "demo"),
    Verb("explain", "说明一段责任分工或完成时限的文字是怎样理解的", "explain"),
)
