"""Words that are told, denied or regretted rather than said: they are no manner of speech of the one who writes."""

import re

from huiyin.knowledge.coach.reading import Span, in_place
from huiyin.knowledge.coach.sets import SETS

_STAFF = "|".join(SETS["同事"]) + "|我们的人|热线|商家|卖家|店家|快递"
# "You told us that a colleague said …": what follows is his account.
REPORTED = re.compile(
    r"(?:反映|提到|提及|说到|所说|投诉|描述|来电|来信|表示|指出|讲|告诉我们|遇到|听到|回忆|写道|您说|留言)"
    rf".{{0,14}}(?:{_STAFF}).{{0,14}}$"
)
STAFF_SAID = re.compile(
    rf"(?:{_STAFF}).{{0,6}}(?:让您|叫您|要您|请您|对您|跟您|和您|向您|回复您|答复您|告诉您|说您|推说|声称|竟然|居然"
    rf"|却).{{0,8}}$"
)
# "We shall not let you …", "that is not to say that …".
DENIED = re.compile(
    r"(?:不该|不应|不会|不能再|不能让|不可以让|绝不|决不|从不|没有要|没有让|并非|并不是|不是要|不是想|不是说"
    r"|不是让|不是在|不代表"
    r"|不等于|不意味着|不想让|避免|以免|免得|杜绝|防止|不再|无需|无须|不用|不必|不需要|不要求|不得|严禁|禁止"
    r"|怎么能|岂能|哪能|别让"
    r"|从来不是|绝对不是|而不是|而非|不是把|不把|不存在|没有必要|never|not mean|do not have to|don't have to|no need to"
    r"|without|instead of|should not have|shouldn't have)[^,。!?;]{0,8}$"
    r"|(?:不|没有|并没|未|不是|不算|不必|不用|无需)$"
)
# "… that was wrong of us", after the words or in the next clause.
REGRETTED = re.compile(
    r"^[^。!?;\n]{0,16}(?:是我们(?:的)?(?:不对|的错|失职|疏忽|没做好|做得不好|不周|不到位|的失误|的责任)|不应该"
    r"|实在不该|不合适|不妥"
    r"|是不对的|确实不对|不恰当|欠妥|这样的(?:话|答复|回复|态度)|这种(?:话|答复|回复|态度|说法)|was wrong"
    r"|were wrong|not acceptable)"
)
# "You mean to say that …, is that right?": his words given back to him.
RESTATED = re.compile(
    r"^(?:您是说|您的意思|您反映|您说的是|听您说|您希望|您要求|您提到).*(?:对吗|是吗|对不对|没错吧|是这样吗)$"
)
REGRET_BEFORE = re.compile(
    r"(?:对不起|抱歉|歉意|不好意思|道歉|却|反而|还要)[^。!?;\n]{0,6}(?:让您|害您|害得您|使您|要您|叫您|令您)[^。!?;\n]{0,6}$"
    r"|(?:却|反而)$"
)

# Courtesy alone excuses nothing: a kind word beside a rude one is still a rude message.
COURTESY = frozenset(
    "您好 尊敬 敬请 谅解 抱歉 对不起 歉意 不好意思 感谢 谢谢 放心 请您稍 稍等 稍候 久等 辛苦 祝您 再见 好吗 可以吗"
    " 您看 您觉得 请问 麻烦您 sorry thank please".split()
)
HELPFUL = tuple(sorted({in_place(word).replace("你", "您") for word in SETS["有礼"] if word not in COURTESY}))
# So many different words of help, reason and courtesy make a hint of what would hold a bare message back.
ENOUGH = 2


def helps(text: str) -> bool:
    """Whether a message says what is done and why, courteously: then its manner is advised upon, not held back."""
    found = 0
    for word in HELPFUL:
        found += word in text
        if found >= ENOUGH:
            return True
    return False


def is_told(text: str, start: int, end: int, sentence: Span) -> bool:
    """Whether the words from start to end are somebody's account, a denial or a regret, going by their sentence."""
    before = text[sentence.start : start]
    if DENIED.search(before) or REGRET_BEFORE.search(before) or RESTATED.search(text[sentence.start : sentence.end]):
        return True
    if REPORTED.search(before) or STAFF_SAID.search(before):
        return True
    return REGRETTED.search(text[end : max(sentence.end, end) + 1]) is not None
