"""What the sample units answer: a made-up year that is the same every time.

`answer` is a pure function of the unit, the work point, the round and the day, so the sample office shows one
year and not a random one. Most units answer well; some leave rows open, one is always late, and some work
points are never finished, as in life.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from tracker.model import DeadlineKind
from tracker.rules.state import Point

DEPARTMENTS = (
    "市政府办公室", "市委编办", "市委网信办", "市发展改革委", "市教育局", "市科技局", "市工业和信息化局", "市公安局",
    "市民政局", "市司法局", "市财政局", "市人力资源社会保障局", "市自然资源局", "市生态环境局", "市住房城乡建设局",
    "市交通运输局", "市水利局", "市农业农村局", "市商务局", "市文化广电旅游局", "市卫生健康委", "市退役军人局",
    "市应急局", "市审计局", "市国资委", "市市场监管局", "市体育局", "市统计局", "市医保局", "市数据局",
    "市行政审批局", "市城市管理局", "市信访局", "市政府新闻办", "市税务局",
)  # fmt: skip
COUNTIES = ("东城区人民政府", "西城区人民政府", "江北县人民政府", "云山县人民政府", "高新区管委会")

# What a unit did, by how far it is; braces are figures.
_FIRST_STEPS = (
    "已制定任务清单，明确{a}个科室分头落实，召开部署会{b}次。",
    "完成前期调研，走访{a}家单位，梳理问题{b}个。",
    "已成立工作专班，印发工作提示{b}份。",
)
_UNDER_WAY = (
    "本期发布信息{c}条，答复群众留言{a}件，按期答复率100%。",
    "完成阶段任务{b}项，开展业务指导{a}次，更新栏目{d}个。",
    "组织培训{b}期、{c}人次参加，抽查网页{c}个，发现并更正差错{b}处。",
    "完成系统对接{b}个，上线事项{c}项，群众在线查询{e}次。",
)
_DONE = (
    "任务已全部完成：公开信息{c}条，配套制度{b}项，成果已在门户网站专栏公布。",
    "已按要求完成，形成清单{b}份，覆盖{a}个单位，经自查无遗漏。",
    "已办结并建立长效机制，全年累计服务{e}人次，满意率98.6%。",
)
_BRIEF = (
    "累计公开信息{c}条，完成任务{b}项。",
    "覆盖{a}个单位，形成清单{b}份。",
    "服务群众{e}人次，培训{c}人次。",
)
_HINDERED = (
    "数据接口尚未打通，需上级平台配合；已书面协调，预计下一期完成。",
    "经办人员调整，进度滞后；已明确专人，倒排工期推进。",
)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a unit answers.

    Attributes:
        late_days: Days after the due day on which it sends its form; negative is before.
        skips: One row in so many is left open; 0 is none.
        silent_from: From this round on (0 is the first) it sends nothing.
    """

    late_days: int = -2
    skips: int = 0
    silent_from: int = 99


def habit_of(position: int) -> Habit:
    """The habit of the n-th unit of the list: most are punctual, every ninth is late, some leave rows open."""
    if position % 17 == 16:
        return Habit(silent_from=2)
    if position % 9 == 8:
        return Habit(late_days=6)
    if position % 7 == 6:
        return Habit(skips=4)
    return Habit(late_days=-1 - position % 5)


def unit_texts(point: Point, unit: str, round_no: int, day: dt.date) -> dict[str, str]:
    """What a unit writes about a work point in the n-th round (0 is the first), by column name."""
    dice = _dice(f"{point.id}|{unit}")
    figures = {
        "a": 3 + dice % 9,
        "b": 1 + dice % 4,
        "c": 20 + dice % 180,
        "d": 2 + dice % 6,
        "e": 300 + dice % 4000,
    }

    def pick(sentences: tuple[str, ...]) -> str:
        return sentences[(dice + round_no) % len(sentences)].format(**figures)

    if point.deadline.kind in (DeadlineKind.ONGOING, DeadlineKind.RECURRING, DeadlineKind.NONE):
        return {"status": "持续推进", "progress": pick(_UNDER_WAY), "summary": pick(_BRIEF)}
    due = point.deadline.due
    never = dice % 19 == 0
    if due is not None and not never and day + dt.timedelta(days=10 + dice % 30) >= due:
        done_day = min(day, due - dt.timedelta(days=1 + dice % 9))
        return {
            "status": "已完成",
            "progress": pick(_DONE),
            "summary": pick(_BRIEF),
            "done_on": done_day.isoformat(),
            "evidence": f"门户网站政务公开专栏（{done_day.year}年{done_day.month}月）",
        }
    if never and round_no >= 2:
        return {"status": "进展滞后", "progress": pick(_UNDER_WAY), "problem": pick(_HINDERED)}
    if round_no == 0 and dice % 5 == 0:
        return {"status": "未启动", "progress": pick(_FIRST_STEPS), "problem": "已列入下一期工作计划。"}
    return {
        "status": "正在推进",
        "progress": pick(_UNDER_WAY if round_no else _FIRST_STEPS),
        "summary": pick(_BRIEF),
    }


def _dice(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:4], "big")
