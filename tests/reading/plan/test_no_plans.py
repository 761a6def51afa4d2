"""Tables that look a little like a plan and are none: a wrong unit is worse than a refused file."""

import pytest

from tests.support.drawn_plans import read
from tracker.grid import from_table
from tracker.problems.reading import NotAPlan

CONTACTS = """
| 全县各单位值班联系表 | <          | <      | <           |
| 序号                 | 单位名称   | 联系人 | 联系电话    |
| 1                    | 县教育局   | 某某某 | 13100000000 |
| 2                    | 县水利局   | 某某某 | 13200000000 |
"""
BUDGET = """
| 2026年部门预算支出表 | <          | <              | <        |
| 项目编码             | 单位名称   | 支出功能分类   | 预算金额 |
| 20101                | 县教育局   | 教育支出       | 1200.5   |
| 20102                | 县卫健局   | 卫生健康支出   | 830.2    |
"""
ROSTER = """
| 五月份值班安排表 | <    | <        | <        |
| 日期             | 星期 | 带班领导 | 值班人员 |
| 5月1日           | 五   | 某某某   | 某某、某某 |
| 5月2日           | 六   | 某某某   | 某某、某某 |
"""
STATISTICS = """
| 一季度主要经济指标 | <        | <      | <        |
| 指标名称           | 计量单位 | 一季度 | 同比增长 |
| 地区生产总值       | 亿元     | 52.3   | 5.1%     |
| 社会消费品零售总额 | 亿元     | 19.8   | 6.4%     |
"""
AGENDA = """
| 专题会议议程   | <                | <      |
| 时间           | 议程             | 主持人 |
| 9:00—9:10      | 通报上季度情况   | 某某某 |
| 9:10—9:40      | 县教育局作发言   | 某某某 |
"""
PRICES = """
| 办公用品采购清单 | <        | <    | <    | <      |
| 序号             | 品名     | 规格 | 单价 | 供货单位 |
| 1                | 复印纸   | A4   | 22   | 县文具公司 |
| 2                | 档案盒   | 5厘米 | 6   | 县文具公司 |
"""
EXAMS = """
| 期末考试时间安排表 | <    | <          | <    |
| 日期               | 科目 | 时间       | 考场 |
| 6月28日            | 语文 | 9:00—11:00 | 一楼 |
| 6月28日            | 数学 | 14:00—16:00 | 一楼 |
"""
SEATS = """
| 参会人员名单 | <          | <      | <    |
| 序号         | 工作单位   | 姓名   | 职务 |
| 1            | 县教育局   | 某某某 | 科长 |
| 2            | 县水利局   | 某某某 | 主任 |
"""
MATERIALS = """
| 防汛物资储备情况统计表 | <        | <    | <    | <        |
| 储备单位               | 物资名称 | 单位 | 数量 | 存放地点 |
| 县应急局               | 编织袋   | 条   | 5000 | 一号库   |
| 县水利局               | 救生衣   | 件   | 300  | 二号库   |
"""
APPOINTMENT = """
| 姓名     | 某某某     | 性别     | 男       |
| 工作单位 | 县教育局   | 现任职务 | 科员     |
| 主要业绩 | 完成课题两项 | <      | <        |
| 单位意见 |            | <        | <        |
"""
AWARDS = """
| 2025年度先进集体名单 | <          | <          |
| 序号                 | 获奖单位   | 奖项名称   |
| 1                    | 县教育局   | 先进集体   |
| 2                    | 县水利局   | 优秀组织奖 |
"""
RECEIPT = """
| 文件签收登记表 | <        | <            | <      |
| 序号           | 签收单位 | 文件名称     | 签收人 |
| 1              | 县教育局 | 关于春耕的通知 | 某某 |
| 2              | 县水利局 | 关于防汛的通知 | 某某 |
"""
EVERY = {
    name.lower(): text
    for name, text in list(globals().items())
    if name.isupper() and isinstance(text, str) and text.startswith("\n|")
}


@pytest.mark.parametrize("drawing", EVERY.values(), ids=EVERY)
def test_a_table_that_gives_nobody_a_task_is_refused(drawing):
    with pytest.raises(NotAPlan):
        read(from_table(drawing))


def test_a_sheet_whose_units_stand_under_no_head_is_refused_and_not_read_as_one_long_sentence(sheet):
    """
    | 序号 | 工作任务 | 具体要求 | | 完成时限 |
    | 1 | 修渠 | 修建水渠三公里。 | 市甲局 | 6月底前 |
    | 2 | 清淤 | 清理河道五公里。 | 市乙局牵头，市丙局配合 | 9月底前 |
    """
    with pytest.raises(NotAPlan, match="找到了表头"):
        read(sheet)
