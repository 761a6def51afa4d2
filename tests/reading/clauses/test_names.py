"""What is a name, and which names are collective."""

import pytest

from tracker.reading.clauses.names import denotes_all, is_group, is_unit

ALL = """各县（市、区）人民政府 各县(市、区)政府（管委会） 各乡镇人民政府 各街道办事处 各镇街 各区 各设区市 各设区的市人民政府
各市（州）、县（市、区）人民政府 各区、县级市 各盟市 各旗县区人民政府 各地级以上市人民政府 各地 各村（居） 各社区 各县区河长办
各乡镇卫生院 各縣區文化部門 各省级人民政府 各州（市）人民政府"""
OTHER_GROUPS = """市有关单位 市直各部门 各有关县（区） 各相关单位 各直属学校 各区属国有企业 各市直部门 各部门 相关街道 各行业主管部门 成员单位
市属企业 驻市各单位 全市中小学校 市安委会成员单位 机关各科室 局属各单位 其他区直部门 所在乡镇人民政府 各开发区管委会 各市政公用单位 各级部门
区直部门 国资部门 各银行机构 中央驻省有关机构 各村镇银行 用人单位 配合单位 沿线乡镇"""
UNITS = """市财政局 市场监管局 市机关事务管理局 城北街道办事处 红旗镇 东岭区 市直机关工委 松江有限责任公司 县委组织部 团市委 国网松江供电公司
市第三人民医院 省委网信办 国家税务总局松江县税务局 市公安局交警支队 市有线电视台 松江新区管委会 经济开发区管委会 市编办
市政府 省人民政府 市人民检察院 高新区管委会 资源所有者权益科 松江农村商业银行"""
NO_UNITS = """加强市场监管 推进项目建设 健全工作机制 落实责任 督促企业 2026年底 规范执法行为 规划编制的工作 全面推行网上办 社会 执行"""


@pytest.mark.parametrize("name", ALL.split())
def test_a_name_that_means_all_places_of_a_kind_needs_no_list_of_members(name):
    assert is_group(name)
    assert denotes_all(name)


@pytest.mark.parametrize("name", OTHER_GROUPS.split())
def test_any_other_collective_name_does(name):
    assert is_group(name)
    assert not denotes_all(name)


@pytest.mark.parametrize("name", UNITS.split())
def test_one_body_is_no_group(name):
    assert is_unit(name)
    assert not is_group(name)


@pytest.mark.parametrize("text", NO_UNITS.split())
def test_a_sentence_or_half_of_one_is_no_name(text):
    assert not is_unit(text)
