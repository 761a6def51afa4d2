"""Tasks with a time somewhere in their sentence: a limit, or a day of something else, in the ways in which offices write both.

Each kind is a place of a time in a sentence or a thing that has a time of its own. A text of a kind has items of that
kind among plain ones, and says in one of several habits who answers.

    draw_times(seed, kind)         a text with its work points
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from tests.support.drawn_texts import TITLES, UNITS, Drawing, DrawnPoint
from tracker.grid import Paragraph, Source

# What is done, to what, how much of it.
DEEDS = (
    ("疏浚", "西河支渠", "三公里"),
    ("拆除", "违章雨棚", "二十处"),
    ("检测", "老旧电梯", "五十部"),
    ("更换", "盲文站牌", "四十块"),
    ("编印", "方言绘本", "两千册"),
    ("补植", "岸坡柳树", "一千株"),
    ("加装", "食堂摄像头", "八十个"),
    ("改造", "公共厕所", "六座"),
    ("走访", "独居老人", "三百户"),
    ("登记", "山洪危险户", "五百户"),
)
MARKED = (
    *(
        "6月底前",
        "9月30日前",
        "年底前",
        "11月中旬前",
        "2026年8月15日前",
        "第三季度末前",
        "8月上旬前",
        "10月底",
    ),
    *("年内", "国庆节前", "三季度末", "2026年11月30日前", "5月20日前", "上半年前", "12月10日前", "七月底前"),
)
BARE = (
    "11月",
    "第三季度",
    "上半年",
    "5月份",
    "10月15日",
    "7月至9月",
    "8—10月",
    "下半年",
    "四季度",
    "9月上旬",
)
ANY = (*MARKED, *BARE)
AGAIN = ("每月", "每季度", "每周", "每半年", "每年")
# Forms with {t} for a time, {v} {n} {c} for the deed; what is the limit: {t}, another phrase, or nothing.
Form = tuple[str, str]
LIMITS: Mapping[str, Sequence[Form]] = {
    "at the end": (
        ("{v}{n}{c}，{m}完成。", "{m}"),
        ("{v}{n}{c}，{m}全部完成。", "{m}"),
        ("{v}{n}{c}，确保{m}完工。", "{m}"),
        ("{v}{n}{c}，力争{m}投入使用。", "{m}"),
        ("{v}{n}{c}，{m}。", "{m}"),
        ("{v}{n}{c}，于{t}完成。", "{t}"),
        ("{v}{n}{c}，计划{t}完成。", "{t}"),
        ("{v}{n}{c}（{m}）。", "{m}"),
        ("{v}{n}{c}（{m}完成）。", "{m}"),
        ("{v}{n}{c}，{m}见到成效，群众满意。", "{m}"),
    ),
    "at the head": (
        ("{m}，{v}{n}{c}。", "{m}"),
        ("{m}{v}{n}{c}。", "{m}"),
        ("{t}完成{n}{v}{c}。", "{t}"),
        ("{t}，完成{n}{v}{c}。", "{t}"),
        ("{t}，{v}{n}{c}。", "{t}"),
        ("{t}组织人员{v}{n}{c}。", "{t}"),
        ("{t}集中{v}{n}{c}。", "{t}"),
        ("在{m}{v}{n}{c}。", "{m}"),
        ("于{m}完成{n}{v}。", "{m}"),
    ),
    "behind its noun": (
        ("{n}{m}完成{v}。", "{m}"),
        ("{n}{v}{m}完成。", "{m}"),
        ("{n}{c}{m}{v}到位。", "{m}"),
        ("{n}{v}{t}启动。", "{t}"),
        ("{n}{v}{t}完工。", "{t}"),
        ("{n}的{v}工作{m}结束。", "{m}"),
        ("{n}{v}方案{m}印发，经费随年度预算下达。", "{m}"),
        ("全县{n}{t}全部{v}。", "{t}"),
        ("对{n}{m}完成{v}。", "{m}"),
        ("将{n}{m}{v}完毕。", "{m}"),
    ),
    "among deeds": (
        ("3月底前完成设计、6月底前完成招标、{late}完工。", "{late}"),
        ("{v}{n}{c}，5月底前开工，{late}竣工。", "{late}"),
        ("4月启动{v}，{late}完成{n}{c}。", "{late}"),
        ("4月底前，摸清{n}底数；{late}，{v}{c}。", "{late}"),
        ("{late}完成{n}{v}和资料归档。", "{late}"),
        ("{late}，{v}{n}{c}、建立台账、落实管护。", "{late}"),
        ("{v}{n}{c}，上半年完成一半，{late}全部完成。", "{late}"),
        ("一季度拿出方案，二季度{v}，{late}验收{n}。", "{late}"),
        ("{v}{n}{c}，{late}完成，建立台账，落实管护。", "{late}"),
        ("摸清{n}底数，{late}前期工作全部就绪，随后{v}。", "{late}"),
    ),
    "aims": (
        ("到{late}，{v}{n}{c}。", "{late}"),
        ("到2026年底，{n}{v}率达到九成。", "2026年底"),
        ("力争到{late}{v}{n}{c}。", "{late}"),
        ("{v}{n}，到2027年覆盖全县。", "到2027年"),
        ("确保{late}{n}{v}率达到百分之九十。", "{late}"),
        ("{late}{n}{v}率不低于八成。", "{late}"),
        ("今年{v}{n}{c}，年内完成。", "年内"),
        ("年内{v}{n}{c}。", "年内"),
        ("今年底{v}{n}{c}。", "今年底"),
        ("{v}{n}{c}，本年度内全部完成。", "本年度内"),
    ),
    "again and again": (
        ("{a}{v}{n}一次。", "{a}"),
        ("{a}对{n}{v}一遍，结果公示。", "{a}"),
        ("{n}{a}{v}一次。", "{a}"),
        ("{v}{n}，{a}通报进展。", "{a}"),
        ("每季度末月25日前{v}{n}。", "每季度末月25日前"),
        ("{v}{n}，于每月5日前公示。", "每月5日前"),
        ("{n}按月{v}，结果上墙。", "按月"),
        ("按季度{v}{n}。", "按季度"),
        ("每逢周五{v}{n}。", "每逢周五"),
        ("{v}{n}，每两个月一次。", "每两个月一次"),
    ),
    "without end": (
        ("长期坚持{v}{n}。", "长期坚持"),
        ("常态化{v}{n}。", "长期坚持"),
        ("{v}{n}，长期坚持。", "长期坚持"),
        ("{v}{n}，持续推进。", "持续推进"),
        ("持续开展{n}{v}。", "持续开展"),
        ("{n}{v}常态化开展。", "常态化开展"),
        ("{n}常态化{v}，发现一处处理一处。", "长期坚持"),
        ("{v}{n}{c}，并长期坚持下去。", "长期坚持"),
    ),
    "feasts and parts": (
        ("春节前{v}{n}{c}。", "春节前"),
        ("五一前完成{n}{v}。", "五一前"),
        ("{v}{n}{c}，国庆节前交付。", "国庆节前"),
        ("{v}{n}{c}，元旦前完成。", "元旦前"),
        ("{v}{n}{c}，7月中旬完成。", "7月中旬"),
        ("年中前完成{n}{v}。", "年中前"),
        ("10月上旬前{v}{n}{c}。", "10月上旬前"),
        ("{v}{n}{c}，三季度末前完成。", "三季度末前"),
        ("{v}{n}{c}，12月上中旬完成。", "12月上中旬"),
    ),
}
# What has a time of its own; behind it maybe a limit.
OTHERS: Mapping[str, Sequence[str]] = {
    "rules": (
        "落实{past}施行的《石桥县河道管理办法》，{v}{n}{c}",
        "宣传《石桥县养犬条例》（2026年5月1日起施行），{v}{n}{c}",
        "按照2026年1月1日起执行的新标准{v}{n}{c}",
        "对照国家2026年7月1日实施的新规{v}{n}{c}",
        "根据县政府2026年第2次常务会议纪要，{v}{n}{c}",
        "依据石政办〔2025〕12号文件，{v}{n}{c}",
        "贯彻新修订的条例（2026年6月1日施行），{v}{n}{c}",
    ),
    "meetings": (
        "落实3月15日县长办公会精神，{v}{n}{c}",
        "按照2月20日全县大会部署，{v}{n}{c}",
        "根据县委4月8日专题会议要求，{v}{n}{c}",
        "针对5月12日督查反馈的问题，{v}{n}{c}",
        "落实县长6月3日调研时的讲话要求，{v}{n}{c}",
        "办好3月县人代会上提出的建议，{v}{n}{c}",
        "结合4月份现场会部署，{v}{n}{c}",
    ),
    "past": (
        "对{past}前建成的{n}逐处{v}",
        "对去年{v}的{n}开展回头看",
        "在去年{v}{n}{c}的基础上扩大范围",
        "对2020年以来{v}的{n}逐一复核",
        "{v}2000年以前建成的{n}{c}",
        "把上年结转的{n}{v}到位",
        "对上半年漏检的{n}逐处{v}",
        "截至3月底已{v}{n}{c}，其余继续推进",
        "{v}2026年6月30日前登记的{n}",
        "补齐去年12月底前应完成的{n}{v}",
    ),
    "statistics": (
        "分析一季度{n}用电数据，{v}{c}",
        "对6月份空气质量排名后三位的乡镇{v}{n}",
        "做好上半年经济运行分析，{v}{n}{c}",
        "{n}{v}量较2025年底增加一成",
        "公开2025年度部门决算，{v}{n}{c}",
        "按照1—5月排名{v}{n}{c}",
        "{v}{n}{c}，数量比上年末增加两成",
        "以2026年6月30日为时点{v}{n}",
        "以5月1日为界，新建的{n}{c}按新标准{v}",
        "以上年末数为基数{v}{n}{c}",
        "对三季度考核末位的单位{v}{n}",
    ),
    "names": (
        "编制2027年项目计划，{v}{n}{c}",
        "衔接“十五五”规划，{v}{n}{c}",
        "落实三年行动方案（2026—2028年），{v}{n}{c}",
        "办好2026年春季学期开学工作，{v}{n}{c}",
        "做好2026—2027学年招生，{v}{n}{c}",
        "开展“6月安全生产月”宣传，{v}{n}{c}",
        "组织3月5日学雷锋日活动，{v}{n}{c}",
        "结合12月4日宪法日{v}{n}{c}",
        "深化“春风行动”，{v}{n}{c}",
        "筹备第十届县运会，{v}{n}{c}",
        "谋划2027年民生实事，{v}{n}{c}",
    ),
    "lengths": (
        "对连续三个月排名末位的{n}{v}",
        "{v}使用满15年的{n}{c}",
        "{v}3年以上未维护的{n}{c}",
        "把服务时间延长至晚上9点，{v}{n}{c}",
        "推行24小时自助服务，{v}{n}{c}",
        "为毕业两年内的高校毕业生提供岗位，{v}{n}{c}",
        "对逾期30日未办的{n}逐件{v}",
        "办理时限由20个工作日减少一半，{v}{n}{c}",
        "发放5年期以上贷款，{v}{n}{c}",
        "为3月龄以上犬只免疫，{v}{n}{c}",
        "质保期不少于两年，{v}{n}{c}",
    ),
    "amounts again": (
        "每户每年补助六百元，{v}{n}{c}",
        "按每人每月三百元发放补贴，{v}{n}{c}",
        "由按年申领改为按季申领，{v}{n}{c}",
        "将每年一次的例行检查改为随机抽查，{v}{n}{c}",
        "每日客流超过千人的{n}{v}到位",
        "年产值五百万元以上的企业{n}{v}到位",
        "把每周五的例会改到现场，{v}{n}{c}",
        "每年汛期易淹的{n}逐处{v}",
    ),
    "seasons": (
        "抓好秋冬季管护，{v}{n}{c}",
        "春耕期间{v}{n}{c}",
        "汛期加密巡查，{v}{n}{c}",
        "做好冬季供暖准备，{v}{n}{c}",
        "假期错峰开放，{v}{n}{c}",
        "暑期预防溺水，{v}{n}{c}",
    ),
}
KINDS = (*LIMITS, *OTHERS)
LATE = ("11月底前", "12月10日前", "年底前", "10月底前", "2026年12月15日前", "11月中旬前")
PAST = ("2025年12月1日", "2025年6月30日", "2024年5月1日")


def draw_times(seed: int, kind: str) -> Drawing:
    """Draw a text with times of a kind."""
    rng = random.Random(f"{seed} {kind} times")
    pick = rng.choice
    lines = [pick(TITLES)]
    who = pick(("bracket", "bracket", "label", "line", "sentence", "head"))
    number = pick(("{}.", "（{}）", "{}、"))
    label = pick(("责任单位", "牵头单位"))
    points: list[DrawnPoint] = []
    deeds = rng.sample(DEEDS, rng.randint(5, 8))
    for n, deed in enumerate(deeds, 1):
        text, limit = _sentence(rng, kind, deed) if rng.random() < 0.6 else _plain(rng, deed)
        names = rng.sample(UNITS, rng.randint(1, 3))
        listed = "、".join(names)
        role = "lead" if who in ("label", "line") and label == "牵头单位" else "responsible"
        if who == "sentence":
            text = f"{text[:-1]}，由{listed}负责。"
        tail = {"bracket": f"（{listed}负责）", "label": f"（{label}：{listed}）"}.get(who, "")
        head = f"{listed}：" if who == "head" else ""
        lines.append(f"{number.format(n)}{head}{text}{tail}")
        points.append(DrawnPoint(text, f"L{len(lines)}", frozenset((name, role) for name in names), limit))
        lines += [f"{label}：{listed}"] if who == "line" else []
    blocks = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))
    return Drawing(Source("txt", "方案.txt", blocks), tuple(points))


def _sentence(rng: random.Random, kind: str, deed: tuple[str, str, str]) -> tuple[str, str]:
    """A sentence with a time of a kind, and its limit."""
    words = {
        "t": rng.choice(ANY),
        "m": rng.choice(MARKED),
        "a": rng.choice(AGAIN),
        "late": rng.choice(LATE),
        "past": rng.choice(PAST),
    } | dict(zip("vnc", deed, strict=True))
    if kind in LIMITS:
        form, limit = rng.choice(LIMITS[kind])
        return form.format(**words), limit.format(**words)
    text = rng.choice(OTHERS[kind]).format(**words)
    if rng.random() < 0.3:
        return f"{text}，{words['late']}完成。", words["late"]
    return f"{text}。", ""


def _plain(rng: random.Random, deed: tuple[str, str, str]) -> tuple[str, str]:
    """A sentence of the usual kind, with a limit at its end or none."""
    limit = rng.choice(("", rng.choice(MARKED)))
    text = "".join(deed)
    return (f"{text}，{limit}完成。", limit) if limit else (f"{text}。", "")
