"""Full-width letters, digits and Chinese punctuation in English text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.amounts import in_all
from listinglint.rules.analysis import AnalysedListing, is_wide
from listinglint.rules.bounds import bounded
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts

_WIDE: Final = lazy_pattern(r"[\u2236\u3000-\u3002\u3008-\u3011\u3014-\u301f\ufe50-\ufe6b\uff01-\uff60\uffe0-\uffe6]+")
_FIELDS: Final = (*TEXT_FIELDS, "attributes", "brand", "model")
_CJK: Final = lazy_pattern(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_PLAIN: Final = {
    "∶": ":", "\u3000": " ", "、": ",", "。": ".", "〈": "<", "〉": ">", "《": '"', "》": '"', "「": '"', "」": '"', "『": '"', "』": '"',
    "【": "[", "】": "]", "〔": "[", "〕": "]", "〖": "[", "〗": "]", "〘": "[", "〙": "]", "〚": "[", "〛": "]", "〜": "-", "〝": '"', "〞": '"',
    "〟": '"', "￠": "¢", "￡": "£", "￢": "¬", "￣": "-", "￤": "|", "￥": "¥", "￦": "₩", "｟": "(", "｠": ")", "～": "~",
    "﹐": ",", "﹑": ",", "﹒": ".", "﹔": ";", "﹕": ":", "﹖": "?", "﹗": "!", "﹘": "-", "﹙": "(", "﹚": ")", "﹛": "{", "﹜": "}", "﹝": "[",
    "﹞": "]", "﹟": "#", "﹠": "&", "﹡": "*", "﹢": "+", "﹣": "-", "﹤": "<", "﹥": ">", "﹦": "=", "﹨": "\\", "﹩": "$", "﹪": "%", "﹫": "@",
}  # fmt: skip


def half(character: str) -> str:
    """The half-width form of one full-width character; the character itself where it has none."""
    known = _PLAIN.get(character)
    if known is not None:
        return known
    return chr(ord(character) - 0xFEE0) if 0xFF01 <= ord(character) <= 0xFF5E else character


def _replacement(raw: str, start: int, end: int) -> str:
    """Half-width text for a run, with the spaces that English puts around punctuation."""
    plain = "".join(map(half, raw[start:end]))
    before, after = raw[start - 1 : start], raw[end : end + 1]
    if plain == "~" and before.isalnum() and after.isalnum():
        return "-"
    if plain[0] in "([" and before.isalnum():
        plain = " " + plain
    if plain[-1] in ",;:.!?)]" and after.isalnum() and not (plain[-1] in ".:" and after.isdigit() and before.isdigit()):
        plain += " "
    return plain


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding a text, which mends every full-width character in it."""
    for part in doc.texts(english=True, fields=_FIELDS):
        raw = part.raw
        if not is_wide(raw):
            continue
        runs = [m.span() for m in _WIDE.finditer(raw) if not _in_chinese(raw, *m.span())]
        if not runs:
            continue
        edits = [(start, end, _replacement(raw, start, end)) for start, end in runs]
        shown = "".join(dict.fromkeys("".join(raw[start:end] for start, end in runs)))[:12]
        yield part.hit(*runs[0], edits=edits, safe=True, shown=shown.replace("\u3000", "␣"), more=in_all(len(runs)))


def _in_chinese(raw: str, start: int, end: int) -> bool:
    """True where a Chinese, Japanese or Korean passage goes on before and after the run, or stands in its brackets."""
    before, after = raw[start - 1 : start], raw[end : end + 1]
    cjk = bool(_CJK.match(before)), bool(_CJK.match(after))
    return all(cjk) or (any(cjk) and not (before + after).isascii())


RULE = Rule(
    name="fullwidth-characters",
    group="text",
    severity="warning",
    fields=_FIELDS,
    guidelines=("GK7",),
    fix="safe",
    screen=lambda doc: doc.wide,
    summary=Text("Full-width letters, digits or Chinese punctuation in English text", "英文文本里混入了全角字母、数字或中文标点"),
    messages=texts(
        "full-width characters in English text: {shown}{more}; write them half-width",
        "英文里有全角字符：{shown}{more}，请改用半角",
    ),
    page=Text(
        "Finds full-width letters and digits (ＬＥＤ, ５０Ｗ), Chinese commas, brackets, colons and full stops, and the wide "
        "space in text that is English. Search engines do not read ， as a separator or ５０Ｗ as 50W, so the words are not "
        "found, and many fonts abroad show boxes instead. Text that is mostly Chinese is left alone, and so are Chinese "
        "phrases inside an English text. Curly quotes, dashes and technical signs (×, Ø, ±, °) are good English "
        "typography. The fix is safe: it writes the same characters half-width, with the usual spaces.",
        "检查英文文本里的全角字母和数字（ＬＥＤ、５０Ｗ）、中文逗号、括号、冒号、句号以及全角空格。搜索引擎不会把“，”当作分隔符，"
        "也不会把“５０Ｗ”认作 50W，买家因此搜不到；国外电脑的字体还可能把它们显示成方块。以中文为主的文本以及英文里夹带的"
        "中文词组不受影响；弯引号、破折号和技术符号（×、Ø、±、°）属于正常的英文排版。修复是安全的：把同样的字符改成半角，并补上应有的空格。",
    ),
    examples=(
        Good("Bike Bell", keywords="bike bell, bicycle bell"),
        Good("Desk Lamp – 5 × 2 W, Ø 30 mm"),
        FalseAlarm("车铃，铝合金（黑色）", why=Text("Chinese punctuation belongs in Chinese text", "中文文本用中文标点是对的")),
        FalseAlarm(
            "Children’s Raincoat — “Duck” Print",
            why=Text("curly quotes and dashes are English typography", "弯引号和破折号是英文排版"),
        ),
        Bad("Bike Bell", keywords="bike bell，bicycle bell", fixed={"keywords": "bike bell, bicycle bell"}, marked="，"),
        Bad("Bike Bell", keywords="bike bell、bicycle bell", fixed={"keywords": "bike bell, bicycle bell"}),
        Bad("ＵＳＢ Desk Fan（White）", fixed="USB Desk Fan (White)"),
        Bad("Rubber Boots", attributes="Sole：PVC\nSize：36", fixed={"attributes": "Sole: PVC\nSize: 36"}),
        Bad("Rubber Boots", model="ＲＢ-20", fixed={"model": "RB-20"}),
        Bad("Rubber Boots Size 36～41", fixed="Rubber Boots Size 36-41"),
    ),
    check=check,
)
