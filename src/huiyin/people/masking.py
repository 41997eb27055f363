"""Hide private details: what a reader without the right sees instead (S0-06, MASK-1, MASK-2)."""

import re
from collections.abc import Iterable

import phonenumbers

from huiyin.language import personal
from huiyin.language.personal import PersonalKind, PersonalSpan

_COMPOUND_SURNAMES = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 长孙 長孫 宇文 司徒 司空 夏侯 "
    "轩辕 軒轅 钟离 鍾離 闻人 聞人 独孤 獨孤 南宫 南宮 百里 呼延 端木 申屠 公羊 澹台 澹臺 公冶 宗政 濮阳 濮陽 太史 "
    "仲孙 仲孫 赫连 赫連 万俟 鲜于 鮮于 闾丘 西门 西門 左丘 东郭 東郭 南郭 谷梁 拓跋 第五 梁丘".split()
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_STREET = re.compile(r".*(?:街道|大道|胡同|[路街道巷弄镇鎮乡鄉村])", re.DOTALL)
_DISTRICT = re.compile(r".*[省市区區县縣州旗盟]", re.DOTALL)


def mask_name(name: str) -> str:
    """Keep the surname: 张三 → 张*, 欧阳修 → 欧阳*, Li Wei → L* W**."""
    if not _HAN.search(name):
        return re.sub(r"[^\W\d_]+", lambda word: word[0][0] + "*" * (len(word[0]) - 1 or 1), name.strip())
    first = re.split(r"[·•・\s]", name.strip())[0]
    kept = 2 if len(first) > 2 and first[:2] in _COMPOUND_SURNAMES else 1
    return first[:kept] + "*"


def mask_phone(number: str) -> str:
    """Keep three and four digits of a mainland mobile (138****1234), fewer of shorter numbers."""
    try:
        parsed = phonenumbers.parse(number, "CN")
    except phonenumbers.NumberParseException:
        return _ends(re.sub(r"\D", "", number), 0, 2)
    national = phonenumbers.national_significant_number(parsed)
    if parsed.country_code != 86:
        return f"+{parsed.country_code} {_ends(national, 2, 2 if len(national) < 10 else 3)}"
    area = phonenumbers.length_of_geographical_area_code(parsed)
    if area and len(national) > area + 5:
        return f"0{national[:area]}-{_ends(national[area:], 0, 3)}"
    return _ends(national, 3, 4) if len(national) >= 11 else _ends(national, 2, 2)


def mask_email(address: str) -> str:
    """Keep the first letter and the provider: z***@163.com."""
    name, _, host = address.strip().partition("@")
    return f"{name[:1]}***@{host}" if host else _ends(name, 1, 0)


def mask_id(number: str) -> str:
    """Keep the region and the last four of a mainland number, one letter of any other."""
    plain = re.sub(r"[\s-]", "", number)
    if len(plain) == 18:
        return plain[:6] + "*" * 8 + plain[-4:]
    return plain[:6] + "*" * 6 + plain[-3:] if len(plain) == 15 and plain.isdigit() else _ends(plain, 1, 1)


def mask_card(number: str) -> str:
    """Keep the last four of a bank or membership card."""
    plain = re.sub(r"[\s-]", "", number)
    return _ends(plain, 0, 4 if len(plain) > 7 else 2)


def mask_handle(handle: str) -> str:
    """Keep the first character of a messenger account or user name."""
    return _ends(handle.strip(), 1, 0)


def mask_address(address: str) -> str:
    """Keep an address down to the street; the house and the flat are hidden."""
    if not address.strip():
        return ""
    if not _HAN.search(address):
        _, comma, rest = address.partition(",")
        return f"****,{rest}" if comma else "****"
    before_number = re.split(r"[0-90-9]", address, maxsplit=1)[0]
    kept = _STREET.match(before_number) or _DISTRICT.match(before_number)
    return f"{kept[0] if kept else ''}****"


def mask_text(text: str, names: Iterable[str] = ()) -> str:
    """Hide what is private inside free text, and the given names wherever they stand."""
    masked = personal.replace(text, _cover)
    for name in sorted({name.strip() for name in names}, key=len, reverse=True):
        if len(name) > 1:
            masked = masked.replace(name, mask_name(name))
    return masked


def _cover(span: PersonalSpan) -> str:
    return _MASKS[span.kind](span.text)


def _ends(text: str, head: int, tail: int) -> str:
    """Both ends around four stars; text too short to hide anything shows stars alone."""
    if len(text) < head + tail + 2:
        return "****"
    return f"{text[:head]}****{text[len(text) - tail :]}"


_MASKS = {
    PersonalKind.PHONE: mask_phone,
    PersonalKind.EMAIL: mask_email,
    PersonalKind.ID: mask_id,
    PersonalKind.CARD: mask_card,
    PersonalKind.HANDLE: mask_handle,
}
