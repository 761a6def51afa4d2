"""Which mentions inside a requirement are time limits, and which only speak of time.

A requirement names many times that bind nobody: the date of another document, a year's work that is done
(2018年度预算公开), a comparison (较2020年末), a service (24小时自助), a day that is kept (12月4日宪法日). So a
mention inside a sentence is a limit only if the sentence says so:

    mention                  is a limit if
    with 前 底 内 末 旬 …     its year is not over when the plan's year begins, nothing before it compares or quotes,
                             and no 的 makes it a quality of something (6月30日前登记的企业)
    bare month or day        it leads its clause or follows 于 在 力争 …, and an action follows (9月举办, 5月启动);
                             elsewhere only right before what ends or begins a work (该路6月建成通车)
    bare quarter, half-year  likewise; elsewhere only if the action follows at once (三季度交付, but not 三季度台账)
    bare year, span of years after 到 or 至 (到2025年), or before 完成 and the like (今年完成); 2023—2025年 is a plan's span
    length of time           not 近三年内, 毕业2年内; needs 内, an anchor, 压缩至 or the like
    repetition               not an amount of money (每人每月补贴300元)
    全年, 长期, 持续 …        an action follows at once (持续推进, 全年组织), and no other limit is there; 日常 never is
"""

from __future__ import annotations

import re

from tracker.reading.deadlines.mentions import Mention
from tracker.reading.deadlines.mentions import MentionSort
from tracker.reading.deadlines.mentions import Precision

_NEAR = 40
_CLAUSE_START = re.compile(r"(?:^|[,，。;；:：、(\n①-⑳])$")
_SAYS_WHEN = re.compile(r"(?:于|在|争取|力争|计划|预计|拟|将|确保|务必|须|应|要|至|到|并|其中|分别|今年)$")
_COMPARES = re.compile(
    r"(?:比|较|与|同|对|以|据|按|按照|根据|依据|截至|截至到|截止|截止到|围绕|结合|纳入|作为|列入|对照|落实|执行|自|从|近|每到|原则上自)$"
)
_CUT_OFF = re.compile(r"截[至止]到?$")
_QUALITY = re.compile(
    r"^[^,，。;；]{0,10}?(?:发布|印发|下发|出台|制定|召开|施行|公布|通过|修订|登记|注册|出生|设立|成立|建成|签订|批准|立项|毕业|取得"
    r"|形成|产生|存在|入库|确定|提出|作出|实施|交办|反馈|受理|开工|投产)的(?!目标|要求|基础)"
)
_KEPT_DAY = re.compile(
    r"^(?:的|是|世界|全国|国际|国家|中国|全市|全省|“|\"|《|以来|[^,，。;；]{0,10}?(?:[^当今每次日即]日(?![前内])|安全生产月|宣传月|宣传周|活动月|会议|讲话|精神|批示|通报要求))"
)
_NOUN = re.compile(
    r"^(?:考核|绩效|述职|评议|评优|奖|决算|人口|常住|户籍|余额|结余|结转|存量|总量|在校|经济|运行|数据|情况|工作(?:会|总结|要点|计划|报告)|预算|财政收|固定资产|gdp|GDP)"
)
_ACTION = re.compile(
    r"完成|启动|出台|印发|召开|举办|开展|组织|上线|建成|开工|投产|竣工|验收|公布|发布|公开|投入|运行|实施|实现|达到|形成|制定|编制|上报|报送|提交"
    r"|试点|挂牌|通过|交付|投用|开放|部署|总结|评估|检查|整改|建立|开通|启用|封顶|移交|修订|推出|举行|汇总|销号|摸底|动工|施工|建设|申报|评选"
    r"|盘活|新建|改建|改造|扩建|疏浚|拆除|拨付|兑现|发放|下达|签约|落地|设立|成立|开馆|开园|开业|开幕|开诊|通车|通水|通气|供水|供暖|到位|入驻|开始|起草|征求|审议|落实|全面|基本|全部|收官|结束|到达|报|交|不少于|新增|达|培训|安装|更新|覆盖|解决|办理|招聘|引进"
)
_ACTS_AT_ONCE = re.compile(rf"(?:并|全面|基本|全部|组织|初步|正式)*(?:{_ACTION.pattern})")
# A month in the middle of a clause is a limit only right before what ends or begins a work: 该路6月建成通车.
_COMES_TO = re.compile(
    r"(?:并|全面|基本|全部|正式|如期)*(?:建成|投用|投产|开工|动工|竣工|交付|启用|上线|通车|投入(?:使用|运营|运行)|开业|挂牌|落成|开幕)(?!的|以来|后)"
)
# 开展常态化走访 goes on for ever; 建立常态化机制 is a thing.
_STEADY_WORK = re.compile(r"(?:开展|实施|组织|进行)$")
# With these a bare year is a limit: 今年完成清零.
_COMPLETION = re.compile(r"(?:要|将|力争|确保|全部|全面|基本)*(?:完成|实现|建成)(?!的)")
_NO_SPAN_BEFORE = re.compile(
    r"(?:近|过去|最近|此前|毕业|离校|注册|成立|满|有效期|工龄|任期|服务|连续|上市|入职|退役|退休|出生|每|任意)$"
)
_NO_SPAN_AFTER = re.compile(
    r"^(?:的?(?:高校)?毕业|无|未|没有|不得|不再|免|有效|曾|受过|发生过|的?(?:未就业|高校|应届|企业|人员|新办|初创|平均)|累计|生活圈|便民|交通圈|经济圈|通勤)"
)
_MONEY = re.compile(r"^[^,，。;；]{0,8}?\d+(?:\.\d+)?(?:万|亿|千|百)?元")
_STEADY_ACTION = re.compile(
    r"^(?:地|性|长效|化)?(?:推进|开展|发布|公开|更新|坚持|实施|深化|加强|做好|抓好|落实|优化|完善|推动|提升|巩固|强化|加大|跟踪|调整|管理|监测"
    r"|监管|整治|抓|推行|保持|组织|运行|用力|发力|攻坚|改善|扩大|压减|打击|治理|清理|维护|关注|化解|培育|宣传|排查|巡查|净化|规范|健全|放大|拓展"
    r"|提高|增强|建设|支持|引导|监督|整改|推广|执行|举办|抽查|检查|摸排|帮扶|跟进|丰富|创新|营造|压实|夯实|做优|做大|做强|开放|清零|调度|接访)"
)
_STEADY_BEFORE = re.compile(
    r"(?:^|[,，。;；:：、()“”]|要|应|须|将|并|继续|坚持|做到|实现|实行|进行|予以|常态化|机制|工作|全面|加以|要求|确保|贯穿)$"
)
_YEAR_NOUN = re.compile(
    r"^(?:无|不|目标|任务|经济|生产|财政|工作|gdp|GDP|各项|预期|计划|收入|地区|一般|落实情况|重点|增长|旅游|粮食|实现|完成|总|进出口|空气)"
)


def is_limit(mention: Mention, text: str, plan_year: int | None) -> bool:
    """Whether a mention inside a folded sentence binds somebody; the module's docstring has the table."""
    # Nearby words decide; a window keeps a long text from being searched again for each mention.
    before, behind = (
        text[max(0, mention.start - _NEAR) : mention.start],
        text[mention.end : mention.end + _NEAR],
    )
    if mention.sort is MentionSort.DAY:
        return _is_day_limit(mention, text, before, behind, plan_year)
    if mention.sort is MentionSort.WRONG:
        return True
    if mention.sort is MentionSort.START:
        is_new = plan_year is None or mention.due is None or mention.due.year >= plan_year
        leads = bool(re.search(r"(?:自|从)$", before) or _CLAUSE_START.search(before))
        return (
            is_new and leads and text[: mention.end].endswith(("起", "开始")) and not behind.startswith("的")
        )
    if mention.sort is MentionSort.SPAN:
        return not (_NO_SPAN_BEFORE.search(before) or _NO_SPAN_AFTER.search(behind))
    if mention.sort is MentionSort.REPEAT:
        return not _MONEY.search(behind)
    if mention.sort is MentionSort.WHOLE_YEAR:
        return not _YEAR_NOUN.search(behind)
    if text[mention.start : mention.end].startswith(("日常", "经常", "始终", "一直")):
        return False
    if text[mention.start : mention.end].startswith("常态化") and _STEADY_WORK.search(before):
        return not re.match(r"[^,，。;；]{0,6}(?:机制|制度|体系|模式)", behind)
    return bool(_STEADY_BEFORE.search(before)) and bool(
        _STEADY_ACTION.search(behind) or "起" in text[mention.start : mention.end]
    )


def _is_day_limit(mention: Mention, text: str, before: str, behind: str, plan_year: int | None) -> bool:
    if plan_year is not None and mention.due is not None and mention.due.year < plan_year:
        return False
    if mention.precision is Precision.YEAR:
        if _COMPLETION.match(behind) and not _COMPARES.search(before):
            return True
        return bool(re.search(r"[到至]$", before)) and not re.match(r"的|度|级|全国|版", behind)
    if _QUALITY.search(behind):
        return False
    if _CUT_OFF.search(before):
        return mention.has_year and mention.precision is Precision.PART
    if _COMPARES.search(before):
        return False
    if text[: mention.end].endswith(("前", "内", "止")):
        return True
    if _KEPT_DAY.search(behind) or _NOUN.search(behind):
        return False
    if mention.precision is Precision.PART and not text[: mention.end].endswith(("季", "度", "半年")):
        return True
    leads = bool(_CLAUSE_START.search(before) or _SAYS_WHEN.search(before) or re.search(r"[-~]$", before))
    if _CLAUSE_START.search(behind[:1]):
        # 11月，完成验收 is a limit; 11月，市政府印发通知 tells what happened.
        return leads and (len(behind) <= 1 or behind[0] not in ",，" or bool(_ACTS_AT_ONCE.match(behind, 1)))
    if mention.precision is Precision.PART and not leads:
        # 三季度交付 is a limit, 三季度台账 is not.
        return bool(_ACTS_AT_ONCE.match(behind)) and not _CLAUSE_START.search(behind[:1])
    if mention.precision is Precision.MONTH and not mention.has_year and _COMES_TO.match(behind):
        return True
    return leads and (not behind or bool(_ACTION.search(behind[:14])))
