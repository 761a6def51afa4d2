"""Units across the top and ticks below them: where such a table ends, and units that have no tick."""

from tests.support.drawn_plans import allotments, read


def test_a_head_of_units_that_returns_in_the_middle_is_the_same_head(sheet):
    """
    | 某县2026年任务矩阵 | <        | <      | <      |
    | 事项               | 工作内容 | 县一局 | 县二局 |
    | 饮水               | 新打机井六眼，年底前通水。 | ● |   |
    | 事项               | 工作内容 | 县一局 | 县二局 |
    | 道路               | 铺石渣路四公里。 | ○ | ● |
    | 照明               | 换灯八十盏。     |   | ● |
    | 注：●为牵头单位，○为配合单位。 | < | < | <  |
    """
    reading = read(sheet)

    assert allotments(reading) == [
        ("新打机井六眼，年底前通水。", "牵:县一局"),
        ("铺石渣路四公里。", "牵:县二局 配:县一局"),
        ("换灯八十盏。", "牵:县二局"),
    ]
    assert not reading.findings


def test_a_list_of_persons_below_ticks_makes_no_unit_of_them_a_remark(sheet):
    """
    | 某县2026年任务矩阵 | <      | <      | <      |
    | 工作内容           | 县一局 | 县二局 | 县三局 |
    | 新打机井六眼。     | √      |        |        |
    | 铺石渣路四公里。   |        | √      |        |
    | 序号               | 单位   | 联系人 | 电话    |
    | 1                  | 县一局 | 王大山 | 6123456 |
    | 2                  | 县二局 | 李小河 | 6123457 |
    """
    reading = read(sheet)

    assert allotments(reading) == [("新打机井六眼。", "责:县一局"), ("铺石渣路四公里。", "责:县二局")]


def test_a_body_called_by_what_it_does_has_ticks_like_any_other(sheet):
    """
    | 某区2026年任务矩阵 | <          | <      |
    | 工作内容           | 建设交通局 | 城投公司 |
    | 新打机井六眼。     | ▲          | ●      |
    | 铺石渣路四公里。   |            | ▲      |
    | 图例：▲牵头单位　●责任单位 | < | <      |
    """
    assert allotments(read(sheet)) == [
        ("新打机井六眼。", "牵:建设交通局 责:城投公司"),
        ("铺石渣路四公里。", "牵:城投公司"),
    ]


def test_a_unit_without_a_tick_has_no_part_and_is_no_finding(sheet):
    """
    | 某县2026年任务矩阵 | <      | <      | <      |
    | 工作内容           | 县一局 | 县二局 | 县三局 |
    | 新打机井六眼。     | √      |        |        |
    | 铺石渣路四公里。   |        | √      |        |
    """
    reading = read(sheet)

    assert allotments(reading) == [("新打机井六眼。", "责:县一局"), ("铺石渣路四公里。", "责:县二局")]
    assert not reading.findings
