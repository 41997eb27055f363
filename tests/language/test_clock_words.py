from datetime import datetime, timedelta

import pytest

from huiyin.language.clock_words import named

TUESDAY = datetime(2025, 3, 4, 10).astimezone()


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return TUESDAY.replace(month=month, day=day, hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("今天18点前完成初步核查", at(4, 18)),
        ("今日１８：３０前告诉您", at(4, 18, 30)),
        ("今天下午四点半前回复您", at(4, 16, 30)),
        ("今晚八点前", at(4, 20)),
        ("明天上午10时给您答复", at(5, 10)),
        ("明天中午12点前", at(5, 12)),
        ("后天下午三点", at(6, 15)),
        ("周五下午5点前", at(7, 17)),
        ("下周一上午九点", at(10, 9)),
        ("下週三下午三點十五分", at(12, 15, 15)),
        ("3月6日（周四）18点前", at(6, 18)),
        ("2025-03-06 18:00 前", at(6, 18)),
        ("4月1日12:00", at(1, 12, month=4)),
        ("两小时内给您核查结果", at(4, 12)),
        ("2个小时之内回复", at(4, 12)),
        ("半小时内", at(4, 10, 30)),
        ("1个半小时内回电", at(4, 11, 30)),
        ("30分钟内回电", at(4, 10, 30)),
        ("You hear from us by 6 pm.", at(4, 18)),
        ("by 6:30 p.m. tomorrow", at(5, 18, 30)),
        ("We call you tomorrow, before 18:00.", at(5, 18)),
        ("by 5 pm on Friday", at(7, 17)),
        ("by 9 am on 6 March", at(6, 9)),
        ("within two hours", at(4, 12)),
        ("within the next 30 minutes", at(4, 10, 30)),
    ],
)
def test_s0_04_a_clear_clock_time_is_read_as_its_moment(text, moment):
    (time,) = named(text, TUESDAY)

    assert (time.moments, time.certain) == ((moment,), True)


@pytest.mark.parametrize(
    "text",
    [
        "我们马上核查。",
        "这两天给您答复",
        "尽快处理，感谢理解",
        "两天内",
        "2个工作日内",
        "今天提3点建议",
        "2月30日18点",
        "soon",
        "by Friday",
    ],
)
def test_s0_04_words_without_a_clear_time_name_none(text):
    assert named(text, TUESDAY) == ()


def test_s0_04_a_clock_time_without_its_day_is_a_guess():
    (time,) = named("五点前告诉您", TUESDAY)

    assert (time.moments, time.certain) == ((at(4, 5), at(4, 17)), False)


def test_s0_04_words_are_as_exact_as_they_speak():
    hours, minutes = named("今天18点", TUESDAY) + named("今天18:00", TUESDAY)
    later = at(4, 18, 20)

    assert (hours.means(later), minutes.means(later), hours.means(later + timedelta(minutes=20))) == (
        True,
        False,
        False,
    )
