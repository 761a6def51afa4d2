"""政府信息公开申请: the words of the office's register of applications, as the format of 2021 (国办公开办函〔2021〕30号) has them.

The register's book reads them, the annual report counts them (`rules.report.applications`).
"""

from __future__ import annotations

import datetime as dt

from tracker.values import dataclass

# Who applies: the columns of the table, in order; all but the first are 法人或其他组织.
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
# What the register calls a result -> the group and the words of the table's row, in order.
RESULTS: dict[str, tuple[str, str]] = {
    "予以公开": ("（一）予以公开", ""),
    "部分公开": ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    "不予：国家秘密": ("（三）不予公开", "1.属于国家秘密"),
    "不予：法律禁止": ("（三）不予公开", "2.其他法律行政法规禁止公开"),
    "不予：三安全一稳定": ("（三）不予公开", "3.危及“三安全一稳定”"),
    "不予：第三方权益": ("（三）不予公开", "4.保护第三方合法权益"),
    "不予：内部事务": ("（三）不予公开", "5.属于三类内部事务信息"),
    "不予：过程性信息": ("（三）不予公开", "6.属于四类过程性信息"),
    "不予：执法案卷": ("（三）不予公开", "7.属于行政执法案卷"),
    "不予：行政查询": ("（三）不予公开", "8.属于行政查询事项"),
    "无法：不掌握": ("（四）无法提供", "1.本机关不掌握相关政府信息"),
    "无法：需另行制作": ("（四）无法提供", "2.没有现成信息需要另行制作"),
    "无法：内容不明确": ("（四）无法提供", "3.补正后申请内容仍不明确"),
    "不处理：信访投诉": ("（五）不予处理", "1.信访举报投诉类申请"),
    "不处理：重复申请": ("（五）不予处理", "2.重复申请"),
    "不处理：公开出版物": ("（五）不予处理", "3.要求提供公开出版物"),
    "不处理：大量反复": ("（五）不予处理", "4.无正当理由大量反复申请"),
    "不处理：确认重出": ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
    "其他：逾期不补正": (
        "（六）其他处理",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    "其他：逾期不缴费": (
        "（六）其他处理",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    "其他：其他": ("（六）其他处理", "3.其他"),
}


@dataclass(frozen=True, slots=True)
class Application:
    """A row of the register; what could not be read is empty and was said where it was read.

    Attributes:
        no: 登记号.
        receipt_day: Day on which it was received.
        applicant: One of `APPLICANTS`.
        answer_day: Day of the answer.
        result: One of the keys of `RESULTS`.
        place: The row in the workbook.
    """

    no: str
    receipt_day: dt.date | None
    applicant: str
    answer_day: dt.date | None = None
    result: str = ""
    place: str = ""
