"""Reporters as Korean, Chinese and Japanese papers print them: 홍길동 기자, 记者 甲、乙, 山田太郎記者."""

import re
from functools import cache

from service.parsing.agency import find_agency
from service.parsing.names import name_likeness, read_name
from service.parsing.people import Found, add_person, collective_of
from service.parsing.publication import find_row
from service.parsing.vocabulary import alternation, every, leads, table

SPACED = re.compile(r"(?<![一-鿿])([一-鿿])\s+([一-鿿])(?![一-鿿])")
"""A name of two characters set as wide as one of three: 王 磊."""
_CHINESE_LABELS = "作者|撰文|编辑|編輯|责任编辑|責任編輯|责编|记者|記者|通讯员|摄影|攝影|翻译|翻譯|责任校对"
_CHINESE_IDLE = "来源|來源|本文来源|出处|时间|時間|发布时间|发表时间|点击|浏览|阅读|字体|审核|監製|监制|校对"
CHINESE_CUT = re.compile(rf"\s+(?=(?:{_CHINESE_LABELS}|{_CHINESE_IDLE})\s?[:：])")
CHINESE_NOTE = re.compile(rf"(?:{_CHINESE_IDLE})\s?[:：]")
"""What stands in a row with the byline and names nobody."""
_REPORTERS = re.compile(r"(?:[一-鿿]{1,6}[／/]\s?)?[一-鿿]{0,8}?(?:实习|見習|见习|特约)?(?:记者|記者)[\s：:]*(.+)")
_REPORTED = re.compile(r"\s*(?:文[／/]?[图圖]|文并摄|图文|摄影报道|[／/《|]).*$")
"""Behind the reporters: who took the pictures, where it was written."""
_HELPERS = re.compile(r"\s*(?:实习记者|实习生|實習生|通讯员|通訊員|记者|記者)[\s：:]*")


@cache
def _eastern_roles() -> str:
    return alternation(w for code in ("ko", "ja") for w in table()[code].suffix_roles)


def korean(segment: str, found: Found) -> bool:
    """홍길동·김민지 기자; 사진 이름 기자."""
    if not re.search(r"[가-힣]", segment):
        return False
    bracketed = segment[:1] in "[(【〔"
    segment = re.sub(r"^[\[(【〔]|[\])】〕=]+$|^\S{1,8}\s?=\s?(?=[가-힣]{2,4}\s)", "", segment).strip(" =/,.")
    if collective_of(segment) is not None:
        found.collective = segment
        return True
    m = re.fullmatch(
        rf"(?:글|취재|정리|글·사진|본지)?\s?((?:[가-힣]{{2,4}})(?:\s?[·,ㆍ/・]\s?[가-힣]{{2,4}}|\s[가-힣]{{2,4}}(?=\s))*)\s*((?:[가-힣]{{1,6}}\s?)?(?:{_eastern_roles()}))(?:\s*[,/·=]?\s*.{{0,20}})?",
        segment,
    )
    if not m or not m[2]:
        return False
    names = [n for n in re.split(r"\s?[·,ㆍ/・]\s?|\s", m[1]) if n and n not in every("suffix_roles")]
    if bracketed and len(names) > 1 and (len(names[0]) > 3 or find_row(name=names[0]) or find_agency(names[0])):
        del names[0]  # [이데일리 문지호 기자]: the paper before its reporter
    if not names or not all(name_likeness(n, "ko") > 0 for n in names):
        return False
    found.role = found.role or m[2].strip()
    signed = _sign(found, "author", names, "ko", 0.95)
    rest = segment[m.end(2) :].strip(" ,/·=")
    if rest and len(rest) > 3:
        korean(rest, found)
    return signed


def chinese_or_japanese(segment: str, found: Found, language: str | None) -> bool:
    """山田太郎記者; （记者 甲、乙）; 責任編輯：甲."""
    if not re.search(r"[一-鿿]", segment):
        return False
    segment = segment.strip(" 【】[]（）()〔〕［］")
    if (m := _REPORTERS.fullmatch(segment)) and not re.search("[ぁ-ヺ]", segment):
        names = [n for n in re.split(r"[、，,\s]+", _HELPERS.sub("、", _REPORTED.sub("", m[1]))) if n]
        if names and all(len(n) <= 4 and name_likeness(n, "zh") >= 0.35 for n in names):
            return _sign(found, "author", names, "zh", 0.9)
    if m := re.fullmatch(r"((?:[一-鿿]{2,5}[、・]?)+?)\s*(?:記者|特派員|編集委員|論説委員|カメラマン)", segment):
        names = [n for n in re.split(r"[、・]", m[1]) if n]
        if all(name_likeness(n, language or "ja") >= 0.35 for n in names):
            return _sign(found, "author", names, language or "ja", 0.9)
    m = re.match(
        r"(?:本报记者|新华社记者|记者|記者|通讯员|作者|文|撰文|採訪|责任编辑|责编|编辑|編輯|摄影|翻译)\s?[:：/／｜|]?\s*(.+)$",
        segment,
    )
    if m and (language or "zh").startswith("zh"):
        role = segment[: m.start(1)].strip(" :：/／｜|")
        kind = leads().get(role, ("author", frozenset()))[0]
        names = [n for n in re.split(r"[、，,\s／/]+", m[1]) if n]
        good = [n for n in names if name_likeness(n, "zh") >= 0.35]
        if good and len(good) == len(names):
            return _sign(found, kind, good, "zh", 0.9)
    return False


def _sign(found: Found, kind: str, names: list[str], language: str, confidence: float) -> bool:
    """Notes people whom the line itself says to be that; always True, the answer of a reader that knows a segment."""
    for name in names:
        add_person(found, kind, read_name(name, language), confidence)
    found.labelled = found.strong = True
    return True
