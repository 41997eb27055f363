"""Whether somebody may be in danger: then help comes first, and nobody is taught how to word it."""

import re

from huiyin.knowledge.coach.reading import in_place

# Of oneself, or of somebody near; idioms of being tired or angry to death are none.
DANGER = re.compile(
    r"自杀|自尽|自残|自伤|轻生|寻短见|寻死|割腕|上吊|服毒|喝农药|吞药|吃安眠药|烧炭|跳楼|跳河|跳江|跳桥|卧轨|投河|投江"
    r"|不想活|活不下去|不想再活|没法活|活着没(?:意思|意义)|不如(?:去)?死|想(?:去)?死(?!我)|要去死|死给你们?看"
    r"|死了算了|一死了之|了结(?:自己|生命|此生)"
    r"|结束(?:自己的)?生命|遗书|遗言|最后一面|同归于尽|救命|求求你们?救救|有人(?:要)?(?:打|杀|砍)我|被(?:绑架|囚禁"
    r"|家暴|跟踪|威胁生命)"
    r"|(?:正在|现在)(?:漏气|漏煤气|着火|起火|冒烟|大量出血)|煤气中毒|触电(?:倒地|昏迷)|昏迷不醒|没有?呼吸了?|血流不止"
    r"|(?:砍|捅|杀|炸|弄死|烧死)(?:了)?(?:你们|他们|他|她|店|公司|人)|拿刀|泼汽油"
    r"|\bsuicid|\bkill (?:myself|himself|herself)\b|\bend my life\b|\bhurt myself\b|\bself[- ]harm|\bwant to die\b"
    r"|\bno reason to live\b"
    r"|\bbeing attacked\b|\bcan'?t breathe\b|\bgas leak (?:right )?now\b"
)
# "Annoyed to death", a bridge of that name, a suicide rate: words only.
IDLE = re.compile(
    r"(?:气|急|烦|累|困|饿|笑|愁|热|冷|恶心|无语)(?:得)?(?:我)?(?:都)?(?:快)?想死|想死(?:你|我)|防(?:止)?(?:自杀"
    r"|轻生)|自杀式|跳楼价|跳楼(?:大)?甩卖|跳河游泳|禁止跳河"
)


def in_danger(text: str) -> bool:
    """Whether these words speak of somebody's life in danger, now."""
    folded = in_place(text)
    return DANGER.search(IDLE.sub(" ", folded)) is not None
