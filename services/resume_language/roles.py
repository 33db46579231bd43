"""Words that job titles are made of, in many trades and languages. Knows no document."""

import re

from services.resume_language.folding import fold
from services.resume_language.tables import read_table

_LONGEST = 200
_PART = 4
_TABLE = read_table("titles")
_TITLE_WORDS = frozenset(_TABLE["words"])
_TITLE_ENDINGS = _TABLE["endings"]
_WEAK_ENDINGS = _TABLE["weak endings"]
_QUALIFIERS = frozenset(_TABLE["qualifiers"])
_SENIORITY = frozenset(_TABLE["seniority"])
_CJK_TITLE = re.compile(
    r"エンジニア|デベロッパー|マネージャー|ディレクター|デザイナー|コンサルタント|プログラマー|アナリスト|リーダー|部長|課長|係長|主任|担当|社員|営業|店長|"
    r"アシスタント|インターン|研究員|教師|看護師|スタッフ|アルバイト|工程师|工程師|经理|經理|总监|總監|主管|专员|專員|助理|顾问|顧問|开发|開發|设计师|設計師|"
    r"分析师|分析師|教师|老師|实习生|實習生|架构师|架構師|总裁|主任|会计|會計|运营|产品|销售|業務|研究員|研究员|讲师|護士|护士|医生|组长|組長|负责人"
)


def title_score(text: str) -> int:
    """How much a text looks like a job title: 0 not at all, 1 by the form of a word, 2 and more by known words."""
    if len(text) > _LONGEST:
        return 0
    if _CJK_TITLE.search(text):
        return 2
    tokens = fold(text).split()
    if not tokens or len(tokens) > 14:
        return 0
    known = [token for token in tokens if token in _TITLE_WORDS]
    if known:
        return 2 + (tokens[-1] in _TITLE_WORDS or tokens[0] in _TITLE_WORDS or tokens[0] in _SENIORITY)
    if any(token.endswith(ending) and len(token) > len(ending) for token in tokens for ending in _TITLE_ENDINGS):
        return 2
    if any(token[cut:] in _TITLE_WORDS for token in tokens for cut in range(_PART, len(token) - _PART)):
        return 2  # "Transportplanner", "Betriebselektriker"
    if tokens[0] in _SENIORITY and len(tokens) > 1:
        return 1
    if any(token.endswith(_WEAK_ENDINGS) and len(token) > 5 for token in tokens[:4]):
        return 1
    return 0


def is_title_qualifier(text: str) -> bool:
    """Whether the words behind a comma only say what a title is about (`Platform`), not for whom."""
    tokens = fold(text).split()
    return bool(tokens) and all(
        token in _QUALIFIERS or token in _TITLE_WORDS or token in ("and", "the", "of") for token in tokens
    )
