import pytest

from huiyin.people import masking


@pytest.mark.parametrize(
    ("mask", "plain", "masked"),
    [
        ("name", "张三", "张*"),
        ("name", "王小明", "王*"),
        ("name", "欧阳修", "欧阳*"),
        ("name", "歐陽修", "歐陽*"),
        ("name", "买买提·艾力", "买*"),
        ("name", "张", "张*"),
        ("name", "John Smith", "J*** S****"),
        ("name", "X", "X*"),
        ("name", "", ""),
        ("phone", "13812341234", "138****1234"),
        ("phone", "+8613812341234", "138****1234"),
        ("phone", "１３８ １２３４ １２３４", "138****1234"),
        ("phone", "0591-87654321", "0591-****321"),
        ("phone", "010 62345678", "010-****678"),
        ("phone", "+852 9123 4567", "+852 91****67"),
        ("phone", "+886 912 345 678", "+886 91****78"),
        ("phone", "12345", "****"),
        ("phone", "110", "****"),
        ("email", "zhangsan@163.com", "z***@163.com"),
        ("email", "broken", "b****"),
        ("id", "110101199001011234", "110101********1234"),
        ("id", "110101900101123", "110101******123"),
        ("id", "A123456(3)", "A****)"),
        ("card", "6222 0210 0111 6245 702", "****5702"),
        ("card", "VIP1234", "****34"),
        ("handle", "abc_123", "a****"),
        ("address", "福建省福州市鼓楼区五四路158号环球广场3座", "福建省福州市鼓楼区五四路****"),
        ("address", "福州市晋安区鼓山镇牛岗山村12号", "福州市晋安区鼓山镇牛岗山村****"),
        ("address", "福州市鼓楼区158号", "福州市鼓楼区****"),
        ("address", "12 Nathan Road, Kowloon", "****, Kowloon"),
        ("address", "", ""),
    ],
)
def test_s0_06_each_kind_of_private_detail_has_its_mask(mask, plain, masked):
    assert getattr(masking, f"mask_{mask}")(plain) == masked


def test_mask_2_free_text_passes_the_same_masker():
    text = "张三，手机13812341234，邮箱zs@163.com，身份证110101199001011234，卡号6222021001116245702"

    assert masking.mask_text(text, names=["张三"]) == (
        "张*，手机138****1234，邮箱z***@163.com，身份证110101********1234，卡号****5702"
    )


def test_mask_2_masking_twice_changes_nothing_more():
    once = masking.mask_text("打13812341234或写信到zs@163.com")

    assert masking.mask_text(once) == once
