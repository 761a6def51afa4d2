"""Clauses written from random names and roles, in every way of a table, and word salad: what comes back, and what is lost.

python -m tests.soaks.clauses 20000
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Mapping

from tests.support.drawn_clauses import draw_clause, read_ways
from tracker.model import Role
from tracker.reading.clauses.responsibility import Walk, read_responsibility, senses_of
from tracker.reading.clauses.roles import Roster
from tracker.reading.clauses.words import Clause

LEVELS = ("省", "市", "县", "区", "自治区")
STEMS = (
    *("教育", "财政", "市场监管", "应急管理", "住房和城乡建设", "文化和旅游", "人力资源社会保障", "经济发展", "就业指导"),
    *("行政审批", "综合执法", "重点项目推进", "机关事务", "农业农村", "生态环境", "退役军人事务", "卫生监督", "政务服务"),
)  # fmt: skip
ENDINGS = ("局", "中心", "委员会", "办公室", "服务中心", "处", "公司")
GROUPS = (
    "各县（市、区）人民政府",
    "市有关单位",
    "各乡镇（街道）",
    "市直各部门",
    "各有关部门和单位",
    "各区、县级市",
)
VERBS = {
    Role.LEAD: ("牵头", "总牵头", "牵头负责", "主办", "负责牵头"),
    Role.RESPONSIBLE: ("负责", "承办", "具体负责", "组织实施", "负责落实", "按职责分工负责"),
    Role.SUPPORT: ("配合", "协办", "协助", "参与", "积极配合", "负责指导", "配合做好保障工作"),
}
LABELS = {
    Role.LEAD: ("牵头单位", "牵头科室", "牵头", "主办单位"),
    Role.RESPONSIBLE: ("责任单位", "责任部门", "承办单位", "落实单位"),
    Role.SUPPORT: ("配合单位", "协办单位", "参与单位", "配合部门"),
}
SALAD = (
    *("市教育局", "县财政局", "各乡镇（街道）", "中央、省驻市单位", "市委", "配合单位", "市长", "张三", "牵头", "总牵头", "负责"),
    *("配合", "协助", "指导", "会同", "联合", "商", "按职责分工", "分别", "各负其责", "等", "等部门", "责任单位：", "牵头单位：", "完成时限："),
    *("联系人：", "由", "对", "在", "和", "及", "、", "，", "；", "。", "\n", " ", "（", "）", "[", "]", "“", "”", "（牵头）", "（6-7）"),
    *("见附件1", "2026年6月底前", "加强监督管理", "制定方案", "副市长李明", "长期", "★", "①", "1.", "同上", "部分", "以市教育局为主"),
)  # fmt: skip


def written(draw: random.Random) -> tuple[str, Mapping[Role, tuple[str, ...]]]:
    """A clause, and what it says."""
    listed: list[str] = []
    while len(listed) < 3 or draw.random() < 0.6:
        name = draw.choice(LEVELS) + draw.choice(STEMS) + draw.choice(ENDINGS)
        name = draw.choice(GROUPS) if draw.random() < 0.2 else name
        if name not in listed:
            listed.append(name)
        if len(listed) > 10:
            break
    first = draw.randint(1, len(listed))
    second = draw.randint(first, len(listed))
    shares = (tuple(listed[:first]), tuple(listed[first:second]), tuple(listed[second:]))
    told = {role: share for role, share in zip(Role, shares, strict=True) if share}
    if draw.random() < 0.5:
        clause = draw.choice("，,；").join("、".join(told[role]) + draw.choice(VERBS[role]) for role in told)
    else:
        mark = draw.choice(("；", "，", "。", "\n", " "))
        clause = mark.join(
            draw.choice(LABELS[role]) + draw.choice("：:") + "、".join(told[role]) for role in told
        )
    return (f"（{clause}）" if draw.random() < 0.3 else clause), told


def lost(text: str) -> str:
    """The Han characters that the walk over a text gave no sense, and names that were never written."""
    walk = Walk(Clause(text), Roster(Role.RESPONSIBLE))
    walk.run()
    letters = [
        letter
        for letter, sense in zip(walk.clause.text, walk.clause.senses, strict=True)
        if sense is None and re.match(r"[\u4e00-\u9fff]", letter)
    ]
    packed = re.sub(r"\s+", "", text)
    found = [each.unit for each in read_responsibility(text).assignments]
    invented = [each for name in found for each in name.split("、") if each not in packed]
    changed = [] if "".join(words for _, words in senses_of(text)) == text else ["text"]
    return "".join(letters + invented + changed)


def main(size: int) -> int:
    """Try `size` clauses and `size` salads; the number of failures."""
    draw = random.Random(20260101)
    failures = 0
    for _ in range(size):
        clause, shares = written(draw)
        responsibility = read_responsibility(clause)
        if {role: responsibility.names_in(role) for role in Role if responsibility.names_in(role)} != shares:
            failures += 1
            print("not as written:", repr(clause))
        salad = "".join(draw.choice(SALAD) for _ in range(draw.randint(0, 16)))
        if lost(salad):
            failures += 1
            print("lost:", repr(salad), lost(salad))
    ways = read_ways()
    for _ in range(size):
        way = draw.choice(ways)
        clause, answers = draw_clause(way, draw)
        responsibility = read_responsibility(clause)
        if {
            role: {*responsibility.names_in(role)} for role in Role if responsibility.names_in(role)
        } != answers:
            failures += 1
            print("not as written:", repr(clause))
    print(f"{size} clauses of two kinds, {size} salads, {failures} failures")
    return failures


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000) else 0)
