"""Rows of labels below a work point."""

from tests.support.drawn_plans import allotments, places, read


def test_a_row_of_labels_below_a_task_says_who_answers_and_by_when(sheet):
    """
    | 2026年惠民事项 | <                            | <                |
    | 序号           | 任务内容、责任单位及完成时限 | <                |
    | 一、出行       | <                            | <                |
    | 1              | 新设公交站亭六座             | <                |
    | ^              | 责任单位：区交通局（牵头）、区城管局 | 完成时限：8月底 |
    | 二、居住       | <                            | <                |
    | 2              | 加装电梯九部                 | <                |
    | ^              | 责任单位：区住建局           | 完成时限：年底   |
    """
    reading = read(sheet)

    assert allotments(reading) == [
        ("新设公交站亭六座", "牵:区交通局 责:区城管局"),
        ("加装电梯九部", "责:区住建局"),
    ]
    points = reading.plan.work_points
    assert [(str(point.deadline.due), point.section) for point in points] == [
        ("2026-08-31", "一、出行"),
        ("2026-12-31", "二、居住"),
    ]
    assert points[0].place == "Sheet1!B4"


def test_labels_may_stand_in_cells_of_their_own_and_in_several_rows(sheet):
    """
    | 序号 | 工作内容     | <        |
    | 1    | 修缮祠堂屋面 | <        |
    |      | 牵头单位     | 镇文化站 |
    |      | 配合单位     | 镇建设办 |
    | 2    | 整理民歌曲谱 | <        |
    |      | 牵头单位     | 镇文化站 |
    """
    assert allotments(read(sheet)) == [
        ("修缮祠堂屋面", "牵:镇文化站 配:镇建设办"),
        ("整理民歌曲谱", "牵:镇文化站"),
    ]


def test_a_task_without_such_a_row_has_no_unit_and_takes_none_from_its_neighbours(sheet):
    """
    | 序号 | 任务内容、责任单位及完成时限 |
    | 1    | 清查固定资产                 |
    |      | 责任单位：财务科             |
    | 2    | 更新设备台账                 |
    | 3    | 处置报废车辆                 |
    |      | 责任单位：后勤科             |
    """
    reading = read(sheet)

    assert [units for _, units in allotments(reading)] == ["责:财务科", "", "责:后勤科"]
    assert places(reading, "no-unit") == ["Sheet1!B4"]


def test_a_label_before_the_first_task_speaks_for_all_until_the_next_one(sheet):
    """
    | 序号 | 任务         | 时限 |
    | 责任单位：县一局 | < | <    |
    | 1    | 甲事要办     | 6月  |
    | 2    | 乙事要办     | 7月  |
    | 责任单位：县二局 | < | <    |
    | 3    | 丙事要办     | 8月  |
    """
    assert [units for _, units in allotments(read(sheet))] == ["责:县一局", "责:县一局", "责:县二局"]


def test_a_note_goes_on_in_the_numbered_rows_below_it(sheet):
    """
    | 任务                                 | 责任单位           |
    | 甲事要办                             | 县一局、联办部门   |
    | 乙事要办                             | 县二局             |
    | 注：1.排在首位的为牵头单位。         | <                  |
    | 2.联办部门是指：县三局、县四局。     | <                  |
    """
    reading = read(sheet)

    assert [units for _, units in allotments(reading)] == ["牵:县一局 责:联办部门", "牵:县二局"]
    assert [group.members for group in reading.plan.groups] == [("县三局", "县四局")]
