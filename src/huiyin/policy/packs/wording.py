"""What a pack says of wording (C14): which findings of the coach hold a message back, and how much fits an hour.

One key for each of the coach's categories: `[coach] stiff = "hint"`. Somebody in danger, and a message without words,
are no matter of taste: no key softens them.
"""

# ruff: noqa: RUF009 (key gives a dataclass field, which is what belongs there)

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from huiyin.policy.packs.declaring import key

Level = Literal["hint", "block"]
PREFIX = "coach_"


def _level(category: str, default: Level, zh: str, en: str) -> Any:
    return key(f"coach.{category}", "C14", default, zh, en, order=("hint", "block"), stricter="more")


@dataclass(frozen=True)
class Wording:
    coach_stiff: Level = _level("stiff", "block", "生硬用语", "Stiff language")
    coach_shirking: Level = _level("shirking", "block", "推卸", "Shirking")
    coach_blaming: Level = _level("blaming", "block", "怪罪客户", "Blaming the customer")
    coach_rebutting: Level = _level("rebutting", "block", "反驳争论", "Rebuttal")
    coach_impatient: Level = _level("impatient", "block", "急躁打发", "Impatience")
    coach_excusing: Level = _level("excusing", "block", "为自己开脱", "Excuses")
    coach_disparaging: Level = _level("disparaging", "block", "轻视贬低", "Belittling")
    coach_threatening: Level = _level("threatening", "block", "威胁", "Threats")
    coach_buck_passing: Level = _level("buck_passing", "block", "推来推去", "Passing on of the customer")
    coach_company_work: Level = _level("company_work", "block", "让客户代办公司的事", "Company's work for the customer")
    coach_settlement: Level = _level("settlement", "block", "限制投诉的和解条件", "Terms that forbid complaining")
    coach_recommendation: Level = _level("recommendation", "block", "解决前推荐", "Recommendation before resolution")
    coach_pressure: Level = _level("pressure", "block", "不实催逼", "Untrue pressure")
    coach_cold: Level = _level("cold", "hint", "冷淡", "Coldness")
    coach_formulaic_apology: Level = _level("formulaic_apology", "block", "公式化道歉", "Formulaic apology")
    coach_apology_type: Level = _level("apology_type", "block", "道歉与结论不符", "Apology against the finding")
    coach_please: Level = _level("please", "hint", "首句没有“请”", "No please at first")
    coach_address: Level = _level("address", "hint", "没有用“您”", "No polite address")
    coach_farewell: Level = _level("farewell", "hint", "末句没有道别", "No goodbye at last")
    coach_subjective: Level = _level("subjective", "hint", "“我觉得”“我认为”", "What one feels")
    coach_pending: Level = _level("pending", "block", "让客户空等", "Waiting without a step")
    coach_vague_time: Level = _level("vague_time", "hint", "时间含糊", "Vague times")
    coach_overpromise: Level = _level("overpromise", "block", "过度承诺", "Excessive promises")
    coach_authority: Level = _level("authority", "block", "超出权限的承诺", "Promises beyond authority")
    coach_catalogue: Level = _level("catalogue", "block", "目录之外的承诺", "Promises beyond the catalogue")
    coach_capacity: Level = _level("capacity", "hint", "超出办理能力的承诺", "Promises beyond capacity")
    coach_too_early: Level = _level("too_early", "hint", "短于惯常时间的承诺", "Promises shorter than usual")
    coach_three_parts: Level = _level("three_parts", "hint", "缺结论、依据或行动", "A part of an answer missing")
    coach_slot: Level = _level("slot", "block", "没有填的空位", "Unfilled slots")
    coach_unpolished: Level = _level("unpolished", "hint", "不够简练得体", "Unpolished text")
    promises_in_an_hour: int = key(
        "promise.in_an_hour",
        "S2-09",
        6,
        "每人每小时到期的承诺上限",
        "Promises of one person due in an hour",
        low=1,
        high=60,
        stricter="less",
    )

    @property
    def coach_levels(self) -> Mapping[str, str]:
        """Whether a finding holds back or only advises, by the coach's category."""
        return {
            one.name.removeprefix(PREFIX): getattr(self, one.name)
            for one in fields(self)
            if one.name.startswith(PREFIX)
        }
