"""What the name of a body looks like, which names are collective, and what stands among names and is none.

No list of units stands here: a name is known by how it ends (局, 委员会, 街道), by what it does not
contain (verbs, particles, dates), and by its level before it (市, 各, 国家). The words given are folded
(`marks.fold_characters`), brackets inside them may be blanked.

    >>> [is_unit(each) for each in ("市场监管局", "市第三人民医院", "加强市场监管", "健全工作机制")]
    [True, True, False, False]
    >>> [is_group(each) for each in ("市有关单位", "各县（市、区）人民政府", "市财政局", "市属企业")]
    [True, True, False, True]
    >>> [is_group(each) for each in ("沿河乡镇人民政府", "三个试点镇", "沿海县（区）政府", "河口镇人民政府", "城区街道办事处")]
    [True, True, True, False, True]
    >>> [denotes_all(each) for each in ("各县（市、区）人民政府", "各乡镇、街道", "各有关区", "各直属学校")]
    [True, True, False, False]

**None** are persons, time limits, references and deeds. A bracket behind a name is part of it, a reference, a role, a share, a note, or a clause of its own (`sort_of_bracket`).
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from tracker import patterns as re
from tracker.model import Role
from tracker.numerals import HAN
from tracker.reading.clauses.words import (
    BEHIND_A_NAME,
    DEEDS,
    JOINT,
    ONE_LETTER,
    RESPONSIBLE,
    SAME_AS_BEFORE,
    SEVERALLY,
    STARS,
    STEM,
    SUPPORT,
    WEAK_RESPONSIBLE,
    WEAK_SUPPORT,
    Sense,
    fold_characters,
)
from tracker.reading.deadlines import FEASTS
from tracker.text import tight
from tracker.values import dataclass

# A level before a name; where a name was complete, the next one begins with it.
LEVEL = r"(?:自治区|自治州|自治县|国家|国务院|中国|中央|中共|全国|全省|全市|全县|全区|全校|各|团[省市县区]|[省市县区州盟旗镇乡])"

_LEVEL = re.compile(LEVEL)
# A plan has the same names on every page, and each is asked about several times.
_NAMES = 8192

# What crews of works and companies do; 培训班 and 夜班 are none.
_CREW = (
    r"(?:维修|维护|检修|抢修|机修|修理|维保|运维|运行|泵站|机电|电气|水暖|保洁|绿化|安保|保安|巡线|巡检|巡查|养护|施工|调度|收费|炊事|后勤|仪表"
    r"|钳工|焊工|锅炉|化验|值守|管网|线路|变电|配电|输电|抄表|营业|计量|装卸|运输|清扫|清运|清淤|[汽货客]车|道|车)"
)

# How bodies end.
_ENDS = re.compile(
    rf"(?:[局委办厅部院会室处科股所站队组社校馆园台库司署府镇乡街县市区州盟旗庭厂店宫所段矿坊联协检]|"
    rf"中心|[银支分商农工建中交总开储招车粮药央洋拍]行|人行|农发行|公司|集团|党校|大学|学院|学校|高校|中学|小学|幼儿园|医院|银行|支行|分行|机关|政府|街道|社区|村|[{HAN}]村|"
    r"部门|单位|企业|国企|央企|民企|机构|平台公司|协会|学会|商会|基金会|联合会|工会|妇联|残联|文联|科协|侨联|台联|工商联|"
    # 各乡镇财政: the field stands for the office, but where it may be a deed.
    rf"各[省市县区州盟旗乡镇街道]{{1,4}}(?!组织|宣传|审计|统计|规划|招商|监察){STEM}|人大|政协|共青团|"
    r"中央|团委|报社|电视台|广播站|融媒体|党组|组织|团体|党工委|纪检组|专班|指挥部|领导小组|联席会议|联席办|总队|支队|大队|中队|"
    r"铁塔|电信|移动|联通|电网|海关|法院|检察院|军分区|武装部|人武部|林场|农场|牧场|水库|食堂|超市|药房|门诊|气象台|地震台|博物馆|"
    r"专员办|发改委|运营商|主体|院系|系部|部室|科室|处室|股室|镇街|县区|区县|镇办|兵团|师市|团场|管委会|管理区|地区|"
    rf"业主|法人|剧团|艺术团|歌舞团|评弹团|文工团|演艺团|乐团|杂技团|班组|车间|工段|{_CREW}班|客运[{HAN}]班|[党团]总支|(?:[渔客货]运?港?|号)码头|[{HAN}]中|(?:服务|值守|值班|观测|供应|收购|代办|联络|医疗|办事)点|分院|校区|园区|景区|景区管理处|新区|特区|经开区|高新区|示范区|实验区|合作区|保税区|功能区|片区|开发区)$"
)
_NOT_ENDS = re.compile(
    r"(?:社会|部署|随[\u4e00-\u9fff]随[\u4e00-\u9fff]|(?<!安)全部|干部|内部|外部|执行|运行|进行|推行|流行|发行|试行|举行|先行|并行|现行|同行|可行|出行|通行|步行|骑行|飞行|航行|绿行|布局|格局|大局|结局|开局|"
    r"(?:数字|法治|服务型|廉洁|阳光|诚信)政府|全局|场所|平台|后台|到处|好处|用处|之处|长处|短处|城市|农村|乡村|校园|家园|田园|网站|互联|教室|主城区|城区|督办|代办|承办|主办|协办|(?<!委)会办|举办|开办|领办|"
    r"家庭|城乡|快办|快处|网办|帮办|好办|易办|专办|机会|一会|议会|大会|晚会|展会|博览会|交流会|座谈会|推介会|例会|班会|小区|山区|灾区|"
    r"阶段|时段|河段|标段|片段|手段|地段|景观带|知识库|项目库|数据库|资源库|信息库|名录库|案例库|台账库|专家库|入库|出库|查处|调处|处|市|区|县|州|省)$"
)
_SOLID_ENDS = re.compile(
    r"(?:[^好用之长短到惩严查调]处|(?:督|检|稽|巡|监)[查察]处|利用处|农发行|公开办|贸易办|目督办|保全部|市场所|安全局|[\u4e00-\u9fff]{2,}[市区县州盟旗]|（□*）[市区县州]|各.{0,6}[市区县州盟旗处])$"
)
# Particles and measures that no name contains.
_PROSE = re.compile(
    r"(?<!设区)的|了|被|谁|必须|不得|进一步|切实|及时|有效|通过|按照|根据|围绕|实现|形成|不断|逐步|以上(?!市)|以下|[0-9]+(?:年|月|日|%|个|项|家|所|万|亿)|"
    # 更换分类桶800组 ends like a body.
    r"(?<![第0-9])[0-9]+(?:[组处座台套部间块条盏株亩辆艘吨场期次名户站]|余[组处座台])|"
    # A sign alone, and 第2、5项, which are items of a list.
    rf"^\W+$|^第(?:[0-9]{{1,2}}|[{HAN}]{{1,3}})(?:[项条件款]|$)|"
    r"[；。，？！]|未(?:写|注|列|标|载)明|未(?:确|指|另)?定|未明确"
)
# Nouns that no body is called by.
_PROSE_ENDS = re.compile(
    r"(?:责任|工作|机制|制度|体系|意识|能力|水平|成效|质量|力度|原则|要求|格局|问题|措施|规划|计划)$"
)
# Verbs that open a sentence and hardly ever a name; 组织部, 推进办 and 指导科 are names.
_OPENERS = re.compile(
    r"(?:今年|明年|去年|年内|目前|正在|支持|督促|鼓励|引导|健全|完善|加强|加快|落实|深化|优化|强化|开展|确保|坚持|提升|提高|依托|按照|根据|围绕|建立|推动|"
    r"发挥|贯彻|严格|全面|扎实|持续|继续(?!教育)|积极|大力|统筹推进|做好|抓好|做强|做优|做大|成立|组建|引进|打造|构建|聚焦|突出|"
    r"改善|改进|规范|畅通|落细|压实|明确|解决|消除|防范|打击|整治|清理|排查|查处|实行|推行|出台|制定|制订|修订|编制|印发|"
    r"举办|召开|开通|开设|设立|实现|完成|争取|探索|创新|拓展|拓宽|扩大|增强|增加|减少|降低|简化|压减|取消|收集|梳理|汇总|"
    r"整合|保证|维护|培育|培养|选派|选聘|搭建|纳入|列入|进入|涉及(?!单位|部门|地|企业|镇|乡|街)|针对|对于|关于|为了|由于|因为|如果|凡是|将|把|并入)"
)
# Verbs that may also be the first word of a name (保护区管理局, 应急办): they open a sentence unless it ends like a name.
_MAYBE_OPENERS = re.compile(
    r"(?:对|在|从|向|使|让|以|按|经|需|应|可|未|不|已|也|又|则|但|且|要|凡|如|若|因|协调|保障|保护)"
)
_OPENERS_OR_UNIT = re.compile(r"(?:组织|推进|指导|实施|执行|监督|协助|配合|参与|负责|牵头|承办|主办|办理)")
_BODY_AFTER_OPENER = re.compile(
    r"(?:人事|人社|人力资源|编制|宣传|指导|指挥|联络|民管|稽查|协作|调度|协调|推进|工作|服务|管理|监督|执法|检查|事务|实施|教育|统战|建设|综合|评价|保障|调解|仲裁|与|和){0,3}(?:部|科|处|室|办|办公室|中心|组|局|股|站|所|队|支队|大队|总队|委员会|小组|部门|单位|专班|领导小组|司|厅)(?![\u4e00-\u9fff])"
)
# 建设局, 督促检查室: only nouns of administration stand between deed and body, and the name ends there.
_OFFICE_BY_DEED = re.compile(
    r"(?:建设|整治|推进|推广|培训|培育|创建|改造|规范|督促|落实|组织|保障|实施|优化|发布|公开|清理|排查|指导|统筹|审批|督查|督察|督导|督办|监督|监察|监管|监测|稽查|审核|征收|征集|采购|评估|评价|收集|编研|保管|检查|考核|协调|调度|执行)"
    rf"(?:(?:管理|检查|督查|宣传|教育|服务|监督|指导|评价|考核|保护|利用|审查|协调|规划|工作|建设|执法){{0,2}}(?:整理|利用|联络)?(?:办公室|中心|[局科处室办股部站所组司]|[{HAN}][科处室股组部庭]|裁决庭)"
    # Nobody builds or approves a 局: 建设交通局.
    r"|(?<=建设)[\u4e00-\u9fff]{2,4}局|(?<=审批|保障|执行)[\u4e00-\u9fff]{2,4}[局科])"
    rf"(?=$|[^\u4e00-\u9fff]|牵头|负责|配合|会同|主办|协办|承办|参与|协助|{BEHIND_A_NAME})"
)

# Endings that leave no doubt that a name is over.
_SURE_END = re.compile(
    r"(?:[局委厅办]|办公室|委员会|中心|公司|集团|政府|管委会|部门|单位|机构|大学|学院|医院|法院|检察院|支队|大队|"
    r"^各(?:县区|市县|区县|镇街|乡镇|镇|区|县|市|街道))$"
)
# The level of the next name hangs on the end of this one: 市教育局市.
_RUNS_ON = re.compile(r"(?:[局厅委办处科]|中心|公司|办公室|委员会|政府)[省市县区州盟旗]$")
_BRACKETS = re.compile(r"（[^（）]*）")
_SHORT = 12


# No name is longer.
LONGEST = 40


def _bare(name: str) -> str:
    """The name without brackets at its end."""
    while name.endswith("）") and "（" in name:
        depth = 0
        for at in range(len(name) - 1, -1, -1):
            depth += {"）": 1, "（": -1}.get(name[at], 0)
            if depth == 0:
                break
        if at == 0:
            return name[1:-1]
        name = name[:at]
    return name


def is_office_by_deed(text: str) -> bool:
    """Whether the words begin with an office called by what it does: a deed, and a body right behind it.

    >>> [is_office_by_deed(each) for each in ("建设局、县财政局", "督促检查室", "建设公共厕所", "整治办牵头")]
    [True, True, False, True]
    """
    return bool(_OFFICE_BY_DEED.match(text))


def opens_a_sentence(text: str) -> bool:
    """Whether the words begin with a verb of doing (加强…, 督促…) rather than with a name."""
    if is_office_by_deed(text):
        return False
    if _OPENERS.match(text):
        return True
    if _MAYBE_OPENERS.match(text) and not _ENDS.search(_bare(text)):
        return True
    verb = _OPENERS_OR_UNIT.match(text)
    return bool(verb and not _BODY_AFTER_OPENER.match(text, verb.end()))


@lru_cache(maxsize=_NAMES)
def is_prose(text: str) -> bool:
    """Whether the words cannot be a name: a particle, a date, a verb at their head, or too long.

    >>> [is_prose(each) for each in ("规划编制的工作", "2026年底", "市教育局", "岚城")]
    [True, True, False, False]
    """
    bare = _bare(text)
    if len(bare) > LONGEST or _PROSE_ENDS.search(bare):
        return True
    return bool(_PROSE.search(_BRACKETS.sub("", bare)) or opens_a_sentence(bare))


@lru_cache(maxsize=_NAMES)
def is_unit(text: str) -> bool:
    """Whether the words, taken alone, are surely the name of a body."""
    bare = _bare(text)
    if (
        len(bare) < 2
        or bare in ("自治区", "自治州", "自治县")
        or is_prose(bare)
        or not _ENDS.search(bare)
        or _RUNS_ON.search(bare)
    ):
        return False
    return not _NOT_ENDS.search(bare) or bool(_SOLID_ENDS.search(bare))


# What no name of a body holds: a sign of another kind, a word of doing, a post that is not part of an office's name.
_NEVER_IN_NAMES = re.compile(
    r"[^\w（()）《》〈〉“”‘’\"「」『』【】〔〕\[\]、·•\-—－/／*＊ ]|^[^\w（《〈“‘\"「*＊]"
    r"|为(?!民|农|老|侨|先|公)|把(?!关)|给(?!排水|水)|将(?!军)|已|让|使(?!用|馆)|从(?!业)|逐|并(?!网|购)|按(?!摩|揭)"
    r"|(?:牵头|负责|配合|落实|承办|主办|(?<!政)协办)(?!单位|部门|科室|处室|机构|企业|[科处室股办局人方督])|会同|上门|定期|及时|全程|开展|做好|抓好|完成|加强|到位|提前"
    r"|到[校场岗]|实行|同步|签字|盯|带头|过问|亲自|兜底|出面|帮忙|把关|拿出|拍板"
    r"|(?:书记|主任|经理|[院校局市县区镇乡处科所站队组股厂班部会园村]长|副总(?!队)|总监|领导(?!小组|干部|人员)|负责人|同志|主席|老师|师傅)"
    r"(?!办公|热线|信箱|室|办$|站$|联席|团|论坛|联谊|学校|协会|负责制|派出|制)"
)


@lru_cache(maxsize=_NAMES)
def is_sound_name(name: str) -> bool:
    """Whether a name that was read may be one: a group or a body by its look, and holds nothing that no name holds.

    >>> [is_sound_name(name) for name in ("市教育局", "各有关单位", "校长办公室", "区残联（区康复中心）")]
    [True, True, True, True]
    >>> [is_sound_name(name) for name in ("采购：财务科", "县残联上门为老人办", "分管副总盯办", "县教体局按期办", "岚城")]
    [False, False, False, False, False]
    """
    folded_text = fold_characters(name)
    # The bracket of a group may hold any mark between its kinds of place.
    if _NEVER_IN_NAMES.search(_BRACKETS.sub("", folded_text)):
        return False
    inside = _LAST_BRACKET.search(folded_text)
    if inside is not None and not (
        is_unit(inside[1]) or _OF_NAME.fullmatch(inside[1]) or is_group(inside[1])
    ):
        return False
    return is_group(name) or is_unit(folded_text)


# 渔船动态监控中心（B座）, 各村（居）, 学生工作部（处）, 采购部（滨江店）: what a bracket at the end of a name holds, beside another name.
_LAST_BRACKET = re.compile(r"（([^（）]*)）$")
_OF_NAME = re.compile(
    r"(?:[、/和及]?[\u4e00-\u9fff]){1,2}|[\u4e00-\u9fffA-Z\d]{1,6}[院店座区园楼厂号库仓器]|[\u4e00-\u9fff、]*(?:区|市|县|旗|乡|镇|街道|政府|管委会|公司)"
)


def ends_like_unit(text: str) -> bool:
    """Whether the words end like a short name, whatever they begin with: 继续教育学院."""
    bare = _bare(text)
    return len(bare) <= _SHORT and bool(_ENDS.search(bare)) and not _PROSE.search(bare)


# What a plan calls its own parties: 单位, 牵头单位, 责任部门（单位）.
_OWN_NOUN = re.compile(
    r"(?:第一|总|主要|具体)?(?:牵头|责任|负责|配合|主办|协办|承办|参与|参加|落实|实施|推进|整改|办理|主责)*"
    r"(?:单位|部门|科室|处室|股室|机构|主体|责任人)(?:（(?:单位|部门|科室|处室|股室|机构|个人)）)?(?:名称|全称)?"
)


@lru_cache(maxsize=_NAMES)
def is_own_noun(name: str) -> bool:
    """Whether the words are what a plan calls its own parties and columns, which names nobody.

    >>> [is_own_noun(name) for name in ("单位", "责任部门（单位）", "各部门", "市直单位", "有关科室")]
    [True, True, False, False, False]
    """
    return _OWN_NOUN.fullmatch(_close(name)) is not None


def is_unit_as_written(name: str) -> bool:
    """The same for a name that was not folded."""
    return is_unit(_close(name))


@lru_cache(maxsize=_NAMES)
def whole_prefix(text: str) -> str:
    """The longest whole name at the head of words that go on as something else: 市住建局 in 市住建局审批.

    Asked only of words that begin with a level; empty if they hold no such name.
    """
    if not starts_like_unit(text):
        return ""
    for end in range(min(len(text), LONGEST), 2, -1):
        head = text[:end]
        if _SURE_END.search(head) and is_unit(head):
            return head
    return ""


def starts_like_unit(text: str) -> bool:
    """Whether the words begin with a level, so that a new name may begin here."""
    return bool(_LEVEL.match(text))


# Kinds of place, from provinces down to villages.
_KIND = (
    r"(?:省直管县|省直管市|县级市|设区的市|设区市|地级市|地级以上市|计划单列市|直辖市|自治区|自治州|自治县|自治旗|林区|特区|地州市|盟市|州市|市州|市地|地市|"
    r"苏木镇|苏木乡镇|苏木|旗县区|旗县|县市区|市县区|区市县|县市|市县|县区|区县|市区|乡镇场|乡镇|镇乡|镇街|街镇|乡街|镇办|街道|街办|街乡|城区|郊区|村居|村社|村组|"
    r"行政村|村|社区|居委会|村委会|省|市|县|区|州|盟|旗|乡|镇|街|地区|地方|地|师市|师|团场|兵团)"
)
_OTHER_KIND = r"(?:开发区|园区|功能区|新区|高新区|经开区|度假区|管理区|示范区|片区|工业园|工业园区|产业园|景区|农场|林场|场|区块|组团)"
_BRACKET = r"(?:（[^（）]*）)"
_PLACE = rf"(?:{_KIND}|{_OTHER_KIND}){_BRACKET}*"
_PLACES = rf"{_PLACE}(?:[、/和及与]?(?:各)?{_PLACE})*"
_RULER = r"(?:级)?(?:人民政府|行政公署|政府|党委(?:和|与|、)?(?:人民)?政府|党委|管理委员会|管委会|办事处|街道办事处|街道办|党工委|人民法院|人民检察院)"
_ALL = re.compile(
    rf"^各(?:级)?{_KIND}(?!属|直(?!管)|政(?!府)|场|域|委|内|外|级(?!人民|政府|以|市|党)|管理|镇银行){_BRACKET}*.*$"
)
_BARE_PLACES = re.compile(rf"^{_PLACES}(?:{_RULER}{_BRACKET}*)*$")
# One of each kind is over every office: 市政府, 省高级人民法院, 经开区管委会; 县政府 can be each of several.
_ONE_BODY = re.compile(
    r"^(?:[省市州](?:人民政府|政府|人民法院|人民检察院)|[省市县区州]?(?:高新区|经开区|度假区)(?:管委会|管理委员会)"
    r"|[省市县区州][\u4e00-\u9fff]{0,8}(?:新区|开发区|示范区|园区)(?:管委会|管理委员会))$"
)
# 县人民法院 is the one of this county; 乡镇人民政府 are many.
_ONE_RULER = re.compile(rf"^(?:[省市县区州盟旗]|新区|开发区|高新区|经开区){_RULER}$")
_KIND_ONLY = re.compile(rf"^(?:各)?{_PLACE}$")
_COLLECTIVE = re.compile(
    r"各|有关|相关|所有(?![者权制])|其他|其它|其余|全体|所在|属地|辖区|沿线|涉及(?=.*(?:单位|部门|地))|成员单位|"
    r"(?:责任|牵头|配合|主管|监管|职能|业务|直属|下属|所属|主办|协办|承办|参与|参加|起草|建设|施工|使用|管理|成员|驻\S{0,4}|[省市县区州]直|[省市县区]级|区属|市属|县属|省属|部属|行业|用人|帮扶|实施|试点|运营|党政机关|预算|公共服务|企事业)"
    r"(?:单位|部门|机构|机关|企业|科室|处室)$|"
    r"(?:单位|部门|部委|企业|国企|央企|高校|院校|机构|(?<!农村)(?<!城市)商业银行|中小学|中小学校|幼儿园|医疗机构|运营商|村居|两级法院|两级检察院|镇街|乡镇|县区|区县|院系)$|"
    # 教科室 is a department of a school.
    r"(?:^|机关|[局院委办]属|[局院委办]内|[局院委]|临床|医技|职能|行政|后勤)(?:科室|处室)$|"
    r"[省市县区州]级[^、，]{0,8}(?:机关|部门|单位|机构)$|(?:两级|三级|各级)"
)
# Places by what they have in common (沿河乡镇, 三个试点镇); a kind with others in a bracket (沿海县（区）) is no single place.
_MANY_PLACES = re.compile(
    rf"^(?:沿\S|库区|矿区|山区|林区|灾区|城区|郊区|涉\S|产\S大?|试点|示范|重点|受益|周边|[{HAN}两\d]{{1,3}}个){{1,2}}"
    rf"(?:乡镇|镇街|街镇|街道|社区|行政村|村居|村社|县区|区县|县市区|[乡镇村]){_RULER}?$"
    rf"|(?:省|市|县|区|州|盟|旗|乡|镇|街道)（(?:[、，/]?(?:市|县|区|州|盟|旗|乡|镇|街道|管委会|开发区))+）{_RULER}?$"
)
_NOT_COLLECTIVE = re.compile(r"^(?:.*[局委办厅院处科中心公司])$")


# 沿线乡镇 are bodies; 沿线设置歇脚亭 says what is done there.
_ALONG = re.compile(r"沿线|沿途|辖区|所在|属地")
_BODY_AT_END = re.compile(
    r"(?:[局委厅办部院会处科所队团府道镇乡县市区州村校企户位门关构社居家业地]|中心|公司|街办)$"
)
# 分到各村管护, 覆盖各乡镇: what is done to all is no name of them.
_TO_ALL = re.compile(r"[\u4e00-\u9fff]{1,4}[到给对向至往入进于盖让使]各")


def denotes_all(name: str) -> bool:
    """Whether a collective name means all counties, districts, cities, towns, streets or villages.

    Such a name needs no list of members: the register knows them. 各有关县 and 各开发区 need one.
    """
    folded_text = _close(name)
    return bool(_ALL.match(folded_text)) or folded_text in {"各地", "各地区", "各级人民政府", "各级政府"}


@lru_cache(maxsize=_NAMES)
def is_group(name: str) -> bool:
    """Whether a name is collective: it stands for several bodies that it does not name."""
    folded_text = _close(name)
    outside = _BRACKETS.sub("", folded_text)
    if _TO_ALL.match(outside):
        return False
    if re.search(r"各|有关|相关|所有(?![者权制])|其他|其它|其余|全体", outside):
        return True
    if _ALONG.match(outside) and not _BODY_AT_END.search(outside):
        return False
    if _MANY_PLACES.search(folded_text):
        return True
    if _ONE_BODY.match(folded_text) or _ONE_RULER.match(folded_text):
        return False
    if _BARE_PLACES.match(folded_text) and not re.match(
        r"^[\u4e00-\u9fff]{0,3}(?:新区|开发区)$", folded_text
    ):
        return True
    return bool(_COLLECTIVE.search(outside)) and not _NOT_COLLECTIVE.match(outside)


def is_place_kind(text: str) -> bool:
    """Whether the words are a bare kind of place (县, 县级市, 街道), with or without 各."""
    return bool(_KIND_ONLY.match(text))


def is_ruled_place(text: str) -> bool:
    """Whether the words are kinds of place with their government (县（市、区）人民政府), without 各."""
    return bool(_BARE_PLACES.match(text)) and not text.startswith("各")


# Rulers that go on with the places of a collective name: 各乡镇党委、政府, 各街道党工委、办事处.
_RULER_ONLY = re.compile(rf"(?:{_RULER}|党（工）委|行政公署){_BRACKET}*")
# 市直有关部门、单位 is one collective name, as 市直有关部门和单位 is.
_BODIES_ONLY = re.compile(r"(?:部门|单位|机构)$")
_RULED_ALL = re.compile(rf"(?:各|有关|相关).*(?:{_RULER}|党（工）委){_BRACKET}*$")
# Kinds of place of one level: 各盟行政公署、市人民政府.
_PREFECTURES = re.compile(
    r"(?:各|有关|相关|各有关|各相关)?(?P<kind>市|州|自治州|盟|地区)(?:行政公署|人民政府|政府)"
)
_BARE_LEVEL = r"(?:中央|国家|省|市|县|区|州|盟|旗|镇|乡|街道|自治区|[省市县区州]直|中央驻\S|国家级|[省市县区]级|[省市县区]属|部属)"


def is_bare_level(text: str) -> bool:
    """Whether the words are a level that waits for what it belongs to (中央 in 中央、省驻市单位)."""
    return bool(
        re.fullmatch(
            rf"{_BARE_LEVEL}(?:(?:以?及|和|与|、){_BARE_LEVEL})*",
            text,
        )
    )


def belong_together(left_name: str, right: str) -> bool:
    """Whether two names of a list are one only together.

    >>> belong_together("各市（州）", "县（市、区）人民政府"), belong_together("各乡镇党委", "政府"), belong_together("中央", "省驻市单位")
    (True, True, True)
    >>> belong_together("有关盟行政公署", "市人民政府"), belong_together("各县区", "市教育局"), belong_together("市委", "政府")
    (True, False, False)
    >>> belong_together("各市", "县气象局"), belong_together("各市（州）", "县（市、区）税务局"), belong_together("各县", "县气象局")
    (True, True, False)
    >>> belong_together("市直有关部门", "单位"), belong_together("各区政府", "街道办事处"), belong_together("各区政府", "管委会")
    (True, False, True)
    """
    left_name, right = fold_characters(left_name), fold_characters(right)
    last = left_name.rsplit("、", 1)[-1]
    if len(right) == 1:
        return left_name.startswith("各") or (is_bare_level(last) and is_bare_level(right))
    if _BODIES_ONLY.fullmatch(right):
        return is_group(left_name) and _BODIES_ONLY.search(last) is not None and not last.endswith(right)
    if _RULER_ONLY.fullmatch(right):
        if right.startswith("街道"):
            return "街道" in last  # a street's office is none of the rulers of a district
        is_party = last.endswith("党委") or (left_name.startswith("各") and last.endswith("委"))
        return (is_party and right.endswith("政府")) or bool(_RULED_ALL.match(left_name))
    left_kind, right_kind = _PREFECTURES.fullmatch(last), _PREFECTURES.fullmatch(right)
    if left_kind and right_kind and re.match(r"各|有关|相关", left_name):
        return right_kind["kind"] == right[: right_kind.end("kind")] != left_kind["kind"]
    if re.fullmatch(r"[省市县区州]委", last):
        return right.startswith(f"{last[0]}政府") and len(right) > len("市政府")
    # 各市、县气象局: the body stands once behind two levels.
    if re.fullmatch(rf"各[市州盟]{_BRACKET}?", left_name) and re.match("[县区旗]", right) and is_unit(right):
        return True
    if re.match(r"各|有关|相关", left_name) and is_place_kind(re.sub(r"^(?:各)?(?:有关|相关)?", "", last)):
        return is_ruled_place(right) or (is_place_kind(right) and not right.startswith("各"))
    is_of_levels = is_group(right) or re.match(r"[省市县区州镇乡村][两三]级", right) is not None
    return is_bare_level(last) and not right.startswith("各") and is_of_levels


def _close(name: str) -> str:
    return tight(fold_characters(name))


_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "曲金樊兰殷施陶洪翟颜倪温芦季俞葛伍韦尤毕聂丛焦柳邢岳梅莫庄辛祝左涂谷祁耿牟卜肖詹苗凌费纪靳童欧甄裴屈鲍覃霍翁隋阮桂闵柯冉饶瞿戚滕"
    "臧褚娄符奚穆郎邸冀栾郁窦迟卓虞卞佟栗匡巫鞠桑荆谌岑胥蔺牛宁柏安齐鲁章严"
)
# Words that begin as a surname does.
_NO_PERSON = "金融|施工|温泉|苗圃|苗木|季度|费用|纪[委检律]|符合|左右|卓越|曲艺|洪水|安[全置保监]|齐全|章程|严[格禁]|牛羊|梅花|桂花"
_TITLE = (
    r"(?:(?:常务)?副?(?:市长|县长|区长|省长|州长|旗长|盟长|镇长|乡长|局长|厅长|处长|科长|股长|校长|院长|部长|司长|所长|站长|队长|会长|馆长|行长|"
    r"书记|主任|秘书长|主席|组长|总经理|董事长|理事长|专员|巡视员|调研员|委员|常委|行长|关长)|负责人|负责同志|一把手|(?:领导)?班子成员|领导|领导同志|同志|联络员|联系人|经理|指挥长|河长|路长|林长"
    r"|[\u4e00-\u9fff]{2}(?<![委会成全党团议动演])员|副总|总监|总工程师|总工|总裁|厂长|矿长|园长|村长|庭长|检察长|支书|护士长|班主任|辅导员|网格员|值班员|值班长|保管员|安全员|法定代表人|楼栋?长|专干)"
)
# 支部书记带头, 分管副总盯办: a person and what he does; 县长热线, 校长办公室 and 书记办公会 are none.
_PERSON_ACTS = re.compile(
    rf"[\u4e00-\u9fff]{{0,12}}?{_TITLE}(?!办公|热线|信箱|室|办$|接待|联席|团|论坛|班|制|会|期|效|远|和|与|及|、|等)[\u4e00-\u9fff]{{2,6}}"
)
_PERSON = re.compile(
    rf"(?:[老小大][{_SURNAMES}]|[\u4e00-\u9fff]{{0,20}}{_TITLE}|[\u4e00-\u9fff]{{0,12}}{_TITLE}\s*(?:[{_SURNAMES}][\u4e00-\u9fff×·]{{1,2}}|[\u4e00-\u9fff]某某?)|[0-9\-－—（）()+ ]{{7,}})"
)
_TIME = re.compile(
    rf"(?:于|在|截至|截止|至|到|自|从|力争|确保)?(?:[0-9〇零○{HAN}]{{1,4}}年|[0-9{HAN}]{{1,2}}月|今年|本年|年底|年内|月底|季度|每年|每月|每季|每半年|每周|每旬|每天|每日|上半年|下半年|长期|"
    rf"(?:{'|'.join(FEASTS)})节?(?:之|以)?前|适时|及时$|随时$|尽快|不?定期|动态|按[年月季周旬日需]$|待定|"
    r"全年|常年|近期|即时|立即|持续|常态化|[0-9]{1,2}日|[0-9]{4}[.\-/][0-9]{1,2}|第[一二三四]季度|[一二三四]季度|春节|国庆)"
    # 印发之日起30日内, 收到申请后3个工作日内
    rf"|[^、，。；]{{1,14}}?(?:起|后)[0-9{HAN}]{{1,3}}个?(?:工作日|日|天|月|年)(?:之|以)?内"
)
# By an event, a season, or somebody else's schedule: 汛前, 雨季来临前, 旅游旺季, 收到预警后, 按上级时间节点.
_OF_EVENT = re.compile(
    r"[^、，。；：（）0-9]{1,14}(?:(?<![省市县区州镇乡街空射])前夕?|(?<![售午幕])后|期间|之际|来临)|(?:收到|接到|发生|出现)[^、，。；：（）]{2,10}时"
    r"|[^、，。；：（）]{0,4}(?:[旺淡雨旱冬春夏秋]季|[汛暑寒学假]期|[高主][汛温]期|旺季|[寒暑]假|[\u4e00-\u9fff]节)"
    r"|即[日时]起.*|当[天日月年]|次日|实时|越快越好|随[\u4e00-\u9fff]随[\u4e00-\u9fff]|按(?:照)?[^、，。；：（）]{0,8}(?:时间节点|时限|进度|要求|部署|安排|通知|计划)"
)
_REFERENCES = frozenset(
    ("同左", "〃", "无", "暂无", "略", "待定", "另行通知", "不涉及", "附后",
     "见附件", "详见附件")
)  # fmt: skip


# 厂长经理联谊会, 护士长站: a body called by posts.
_BODY_BEHIND_POST = re.compile(r"(?:[局委厅院处科室股站组会部队社]|中心|公司|学校|单位|部门|机构|企业)$")
# 市长亲自抓: the person is meant, not the office.
_IN_PERSON = re.compile(r"(?:(?:亲自|具体|直接)抓?[\u4e00-\u9fff]{0,4}|挂帅|带队)$")


# A person and a telephone: 周明 13800000000.
_WITH_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,4})[\s，：、]*(?:电话|手机)?[：\s]*[0-9\-－]{6,}")


@lru_cache(maxsize=_NAMES)
def is_person(text: str) -> bool:
    """Whether the words are a person's title, with or without a name, or a telephone number.

    >>> [is_person(words) for words in ("副市长周明", "市政府分管副市长", "市长", "市长热线办", "0756-1234567")]
    [True, True, True, False, True]
    >>> [is_person(words) for words in ("支部书记带头", "分管副总盯办", "校长办公室", "县长热线办公室", "书记办公会")]
    [True, True, False, False, False]
    """
    bare = _IN_PERSON.sub("", re.sub(r"\s+", "", text))
    if (caller := _WITH_NUMBER.fullmatch(bare)) is not None and is_person_name(caller[1]):
        return True
    if _PERSON_ACTS.fullmatch(bare) and not _BODY_BEHIND_POST.search(bare):
        return True
    return bool(_PERSON.fullmatch(bare)) and not (is_unit(bare) and not re.search(rf"{_TITLE}$", bare))


@lru_cache(maxsize=_NAMES)
def is_person_name(text: str) -> bool:
    """Whether the words are a person's name: a usual surname and one or two characters.

    Asked only of what stands behind a unit, in a bracket or behind a blank: 市商务局 张伟. A place is no person.
    """
    return bool(
        re.fullmatch(rf"(?!{_NO_PERSON})[{_SURNAMES}][\u4e00-\u9fff]{{0,1}}[^东西南北区县镇乡新市州湾]", text)
    ) and not is_unit(text)


def is_time(text: str) -> bool:
    """Whether the words say by when.

    >>> [is_time(words) for words in ("6月底前", "汛前", "雨季来临前", "收到预警信号时", "按上级时间节点", "市前进街道", "县政府")]
    [True, True, True, True, True, False, False]
    """
    words = text.strip()
    return bool(_TIME.match(words) or _OF_EVENT.fullmatch(words)) and not is_unit(words)


def is_reference(text: str) -> bool:
    """Whether the words only point elsewhere: 同上, 见附件."""
    bare = re.sub(r"^(?:责任|牵头|配合|主办|协办|负责)(?:单位|部门)(?=同)", "", text.strip(" （）"))
    return bare in _REFERENCES or bool(
        re.fullmatch(SAME_AS_BEFORE + r"|(?:详|具体)?(?:名单)?见.{1,12}|下同|.{0,6}附后|以下简称.*", bare)
    )


_DEED = re.compile(
    "|".join(
        sorted(
            {*DEEDS, *WEAK_RESPONSIBLE, *WEAK_SUPPORT, *RESPONSIBLE, *SUPPORT},
            key=len,
            reverse=True,
        )
    )
)


def is_deed(text: str) -> bool:
    """Whether the words after a role verb are a deed (制定细则) rather than a share (校园部分)."""
    return (
        bool(_DEED.match(text))
        or (is_prose(text) and len(text) > 2)
        or len(text) < 2
        or bool(re.fullmatch(r"(?:工作|完成|到位|日常|事宜|相关|有关).*|.{0,2}(?:工作|事宜)", text))
    )


def holds_deed(text: str) -> bool:
    """Whether the words, though they end like a name, are a deed done to one: 成果汇总区行政审批局."""
    if re.match(rf"(?:报送|上报|报|提交|抄送|移交|反馈|经){LEVEL}", text):
        return True
    for match in re.finditer(r"汇总|提交|报送|报|移交|抄送|交由|反馈|送", text):
        rest = text[match.end() :]
        if starts_like_unit(rest) and is_unit(rest) and not is_unit(text[: match.start()]):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a statement without a verb.

    Attributes:
        is_listed: 、 is right before it.
        in_deed: The object of a verb, which 、 may go on listing.
        in_prose: A sentence without a unit, which 、 may go on.
        in_list_of_units: The same list holds a whole name already.
        opens_list: A whole name stands behind the next mark of the list.
        a_unit_and_blank: A name and a blank.
        all_is_said: The end of a sentence, behind one that says who answers.
    """

    is_listed: bool = False
    in_deed: bool = False
    in_prose: bool = False
    in_list_of_units: bool = False
    opens_list: bool = False
    a_unit_and_blank: bool = False
    all_is_said: bool = False


def sense_without_verb(plain: str, folded_text: str, before: Before) -> Sense | None:
    """What a statement without a verb is; None if it is names. The first row that fits holds.

    begins with a date or 长期                                    time limit
    a title, not in a sentence; a person's name behind a unit    person
    同上, 见附件                                                   reference
    goes on a list of objects, and is no whole name               deed
    goes on a list of units, and ends like a name                 names
    goes on a sentence, or is one; a deed done to a unit          prose
    many words that are no name, in a sentence of their own       prose
    anything else                                                 names
    """
    reads_as_prose = is_prose(re.sub(r"等.*$", "", plain))
    if is_time(plain):
        return Sense.TIME
    if (is_person(folded_text) and not reads_as_prose) or (
        before.a_unit_and_blank and is_person_name(folded_text)
    ):
        return Sense.PERSON
    if is_reference(folded_text):
        return Sense.REFERENCE
    if before.is_listed and before.in_deed and not (is_unit(plain) and starts_like_unit(plain)):
        return Sense.DEED
    is_in_list = (before.is_listed and before.in_list_of_units) or (
        before.opens_list and not holds_deed(plain)
    )
    if is_in_list and ends_like_unit(plain):
        return None
    if before.in_prose or reads_as_prose or holds_deed(plain):
        return Sense.PROSE
    return Sense.PROSE if before.all_is_said and is_wordy(plain) else None


_MANY_WORDS = 7


def is_wordy(plain: str) -> bool:
    """Whether words are too many for a name that nothing shows to be one: 依据议程确定人数."""
    return len(plain) >= _MANY_WORDS and not is_unit(plain) and not starts_like_unit(plain)


class BracketSort(Enum):
    """What a bracket behind a name is."""

    # Belongs to the name: （市、区）, （管委会）, （市大数据局）.
    NAME = "name"
    # 见附件1，下同.
    REFERENCE = "reference"
    # 牵头.
    ROLE = "role"
    # 负责校园部分, 1-2.
    PART = "part"
    # 第一个为牵头单位.
    NOTE = "note"
    # 市财政局配合.
    CLAUSE = "clause"


# What a unit does of it: 资金保障, 检测验收.
_SHARE = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:保障|验收|检测|检验|审核|审批|审查|审计|管护|维护|运维|宣传|培训|执法|监测|统计|采购|施工|设计|测绘"
    r"|整治|清理|清运|救援|救治|安置|补偿|征收|处置|评估|调度|巡查|巡护|落实|支撑|推广|研发|发放|供应|储备|收购|培育|招商|筹集|拨付|兑现|招标|招采|申报|审定|把关|会签|签批|起草|编制|立项|报批|汇总|报送)"
)
_REFERENCE = re.compile(
    r"见|详见|下同|附后|附件|附表|名单|另附|以下(?:简称|均|同)|简称|同上|如下|排名|排序|按.{0,6}(?:顺序|排列)|含本数|具体(?:名单|分工)|参照|略"
)
_NOTE = re.compile(
    r"第一|首位|首个|排在|排(?:名)?(?:第一|在前|首)|列(?:第一|首)|在前的?为|标[★☆▲△●◎※*＊#]|带[★☆▲△●◎※*＊#]|以下均|^[★☆▲△●◎※*＊#](?:为|是|号)"
)
_ROLE_ONLY = re.compile(
    r"(?:为)?(?:总|技术|业务|政策)?(牵头|主办|第一责任|责任|负责|主责|承办|配合|协办|协同|协作|会办|参与|参加|协助|指导|监督|监管|督促|督导|督办|督查|支持|落实)(?:负责|落实)?(?:单位|部门|科室|处室|方|人)?"
)
# 会同市财政局, 商市人社局: who acts together with the one before the bracket.
_WITH_OTHERS = re.compile(rf"(?P<verb>{'|'.join(JOINT)})(?P<names>[\u4e00-\u9fff].+)")
_NUMBERS = re.compile(
    rf"(?:第)?[0-9{HAN}、，,\-－—~至和及.项条款号（）①-⑳ ]+(?:项|条|款|号)?(?:任务|工作|问题)?"
)


def sort_of_bracket(content: str) -> BracketSort:
    """What the bracket with this (folded) content is.

    >>> [sort_of_bracket(text).name for text in ("市、区", "见附件1，下同", "牵头", "负责校园部分", "6-7", "市财政局配合", "会同市财政局")]
    ['NAME', 'REFERENCE', 'ROLE', 'PART', 'PART', 'CLAUSE', 'CLAUSE']
    """
    text = content.strip()
    if text in ONE_LETTER:
        return BracketSort.ROLE
    if not text or _ROLE_ONLY.fullmatch(text):
        return BracketSort.ROLE if text else BracketSort.REFERENCE
    if (timeless := _timeless(text)) != text:
        sort = sort_of_bracket(timeless)
        return BracketSort.PART if sort is BracketSort.NAME else sort
    if _NOTE.search(text) and re.search(r"牵头|主办|配合|责任", text):
        return BracketSort.NOTE
    if _REFERENCE.search(text) and not is_unit(text):
        return BracketSort.REFERENCE
    if all(letter in STARS for letter in text):
        return BracketSort.REFERENCE
    if _NUMBERS.fullmatch(text):
        return BracketSort.PART
    if re.match(r"(?:负责|牵头)[\u4e00-\u9fff]{2,}", text) or re.search(
        r"(?:部分|领域|环节|方面|事项|工作|业务)$", text
    ):
        return BracketSort.PART
    if _SHARE.fullmatch(text) and not is_unit(text):
        return BracketSort.PART
    if SEVERALLY.match(text) or _names_others(text):
        return BracketSort.CLAUSE
    if re.search(r"牵头|负责|配合|协办|协助|参与|承办|主办|单位：|部门：", text) and not is_unit(text):
        return BracketSort.CLAUSE
    if re.match(r"(?:联系人|联系电话|电话|责任人|负责人|联络员|手机)[：:]?", text):
        return BracketSort.REFERENCE
    match = _WITH_NUMBER.fullmatch(text)
    if (
        is_time(text)
        or re.fullmatch(r"[0-9\-－ ]{6,}", text)
        or all(is_person(part) or is_person_name(part) for part in re.split("[、，]", text))
        or (match and is_person_name(match[1]))
    ):
        return BracketSort.REFERENCE
    return BracketSort.NAME


def _names_others(content: str) -> bool:
    """Whether a bracket says with whom somebody acts; 商事登记科 and 商务局 are names."""
    others = _WITH_OTHERS.fullmatch(content)
    if others is None or others["verb"] != "商":
        return others is not None
    return starts_like_unit(others["names"]) or re.match(STEM, others["names"]) is not None


def _timeless(content: str) -> str:
    """What a bracket says beside a time limit or a person (标准起草，11月底前; 牵头，赵主任); the whole where it says nothing else."""
    words = re.split("[，；]", content)
    return "，".join(word for word in words if not (is_time(word) or is_person(word))) or content


def role_of_bracket(content: str) -> Role:
    """The role that a bracket of one role word gives."""
    words = _timeless(content.strip())
    if words in ONE_LETTER:
        return ONE_LETTER[words]
    match = _ROLE_ONLY.fullmatch(words)
    word = match.group(1) if match else ""
    if word in ("牵头", "主办", "第一责任"):
        return Role.LEAD
    if word in ("责任", "负责", "主责", "承办", "落实"):
        return Role.RESPONSIBLE
    return Role.SUPPORT
