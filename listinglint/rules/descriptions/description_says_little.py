"""description-says-little: few things stand in the description that the title does not tell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, Final

from listinglint.language.vocabulary import TELLING, word_flags
from listinglint.language.words import FILLER, FUNCTION_WORD, stem, word_info
from listinglint.model import Text
from listinglint.model.memory import WORDS
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.openings import READ, idle, sentences
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_TOKEN = lazy_pattern(r"[a-z0-9][a-z0-9'./-]*")
_GLUED = lazy_pattern(r"\.['A-Z]")
"""A sentence may end here although no space follows."""
_OFTEN_ENOUGH = 900
"""So many characters mostly tell enough where there are more."""
_FIGURE_WEIGHT = 3
"""A figure tells as much as three words."""
_ATTRIBUTE_SHARE = 3
"""So many words of a table of attributes tell as much as one of running text: a buyer reads them too, but nothing is explained there."""


class _Details(dict[str, str | tuple[str, ...]]):
    """What a piece of text without spaces (lower case) tells: the stem of its telling word; several stems, and figures with `#` before them, as a tuple; else an empty text."""

    def __missing__(self, piece: str) -> str | tuple[str, ...]:
        if len(self) > WORDS:
            self.clear()
        told = tuple(detail for token in _TOKEN.findall(piece) if (detail := _detail(token.strip(".'-/"))))
        plain = len(told) < 2 and not any(map(_is_figure, told))
        known = self[piece] = "".join(told) if plain else told
        return known


def _is_figure(detail: str) -> bool:
    return detail[0] == "#"


def _detail(word: str) -> str:
    if not word.isalpha() and any(map(str.isdigit, word)):
        return "#" + word
    return stem(word) if word_flags(word) & TELLING else ""


_details_of: Final = _Details().__getitem__


def _told(pieces: Iterable[str], known: frozenset[str]) -> tuple[set[str], set[str]]:
    """The stems that pieces of text add to the known ones, and their figures."""
    found = set(map(_details_of, pieces))
    joined = [piece for piece in found if piece.__class__ is tuple]
    stems: set[Any] = found.difference(joined, known)
    stems.discard("")
    details = set().union(*joined)
    figures = set(filter(_is_figure, details))
    stems |= details - figures - known
    return stems, figures


def details(doc: AnalysedListing, part: FieldText, known: frozenset[str], enough: int) -> int:
    """How many different telling words and figures a text adds to `known` stems; where it is `enough` it may be more."""
    text = part.text
    if "company_talk" not in doc.found and "promotional" not in doc.found and _GLUED.search(text) is None:
        # Nothing is idle talk, and no sentence ends within a piece: the sentences need not be made out.
        cut = text.find(" ", _OFTEN_ENOUGH) if len(text) > 2 * _OFTEN_ENOUGH else -1
        if cut > 0:
            # Of most long texts the beginning tells enough.
            stems, figures = _told(text[: min(cut, READ)].lower().split(), known)
            if len(stems) + _FIGURE_WEIGHT * len(figures) >= enough:
                return enough
        stems, figures = _told(text[:READ].lower().split(), known)
        return len(stems) + _FIGURE_WEIGHT * len(figures)
    telling: list[str] = []
    talking: list[str] = []
    found = sentences(part)
    for (start, end), talk in zip(found, idle(doc, part, found), strict=True):
        (talking if talk else telling).extend(text[start:end].lower().split())
    stems, figures = _told(telling, known)
    figures |= _told(talking, known)[1]
    return len(stems) + _FIGURE_WEIGHT * len(figures)


def attribute_details(doc: AnalysedListing, known: frozenset[str]) -> int:
    """How many different words and figures the values of the attributes add to `known` stems; each counts a share of one in running text."""
    told: set[str] = set()
    for one in doc.attributes.values():
        if one.source.field == "attributes":
            told.update(_TOKEN.findall(one.value.lower()))
    figures = sum(not word.isalpha() and any(c.isdigit() for c in word) for word in told)
    words = {stem(word) for word in told if word.isalpha() and len(word) > 2 and not word_info(word) & (FUNCTION_WORD | FILLER)}
    return (len(words - known) + _FIGURE_WEIGHT * figures) // _ATTRIBUTE_SHARE


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit, in degrees, where the description, helped by the attributes, adds fewer than `enough` details."""
    parts = [part for part in doc.parts("description") if not part.blank]
    if not parts or parts[0].chinese:
        return
    enough = options["enough"]
    title = doc.title
    known = frozenset(title.stems) if title is not None else frozenset()
    count = 0
    for part in parts:
        count += details(doc, part, known, enough - count)
        if count >= enough:
            return
    count += attribute_details(doc, known)
    if count >= enough:
        return
    variant = "nothing" if count < enough // 6 else "little" if count < enough // 3 else "some" if 3 * count < 2 * enough else "more"
    weight = 1 - math.sqrt(count / enough)  # the first details help a buyer most
    yield Hit("description", message="more" if variant == "more" else "default", variant=variant, values={"count": count, "enough": enough, "told": "1 thing" if count == 1 else f"{count} things"}, weight=round(weight, 3))


RULE = Rule(
    name="description-says-little",
    group="descriptions",
    severity="info",
    variants={"nothing": "warning", "little": "warning", "some": "info", "more": "info"},
    degrees=("nothing", "little", "some", "more"),
    summary=Text("The description tells little that the title does not", "描述几乎没有标题以外的信息"),
    messages={
        "default": Text(
            "Beyond the title the description tells {told}; {enough} or more let a buyer decide: measures, parts, use, care, packing",
            "除标题外，描述只提供了 {count} 项信息；达到 {enough} 项以上买家才好决定：尺寸、部件、用途、保养、包装等",
        ),
        "more": Text(
            "The description tells {told} beyond the title, rich ones {enough}: is a measure, part, use, care or packing left to tell?",
            "除标题外，描述提供了 {count} 项信息，详尽的描述有 {enough} 项：尺寸、部件、用途、保养、包装等还有可补充的吗？",
        ),
    },
    page=Text(
        "Counts the different words and figures by which the description tells of the product more than its title does. Words of praise, of "
        "trade and of the company's virtues count for nothing, figures count threefold, what only the attributes tell counts a third. The degrees are `nothing`, `little`, `some` and `more` (could be told). A "
        "description that says little leaves every question to the buyer, who asks a competitor instead. Tell measures, materials and parts, "
        "what it is used for and how, how it is cared for and packed.",
        "统计描述中标题没有的、真正说明产品的词和数字。赞美、商务套话和公司自夸不计，数字按三倍计算，只写在属性里的按三分之一计算。程度分为 `nothing`、`little`、`some`、`more`。内容空洞的描述把所有问题都留给买家，"
        "而买家会去问别家。请写明尺寸、材质与部件、用途与用法、保养和包装。",
    ),
    check=check,
    fields=("description",),
    guidelines=("GD2", "GD3"),
    lexicons=("company_talk", "promotional"),
    options=(Option("enough", int, 60, Text("so many details are enough", "达到此数即可"), minimum=4),),
    examples=(
        Good(
            "Garden Trowel",
            description="Trowel with a head of stainless steel and a handle of ash wood, 32 cm long, 210 g. The head is engraved with a depth scale "
            "in centimetres and inches, so that bulbs go in at the right depth. Hang it up by the leather loop. Wash it with water and oil the "
            "handle once a year. Packed in a kraft box with a booklet, 24 boxes a carton of 6.2 kg; two years of warranty on rivets and blade. "
            "The neck is forged in one piece, 1.8 mm thick and hardened to 48 HRC; it bends under no root. Colours: green, red, grey.",
        ),
        Good("园艺铲", description="铲头为不锈钢，手柄为白蜡木，长三十二厘米，重二百一十克，铲面刻有刻度，方便掌握种植深度。"),
        Bad("Garden Trowel", description="This garden trowel is of the best quality. All our customers love it."),
        Bad("Garden Trowel", description="Very good trowel with a wooden handle, 32 cm. Order now, you will be happy with it."),
        Bad(
            "Hydraulic Press", description="We are a renowned manufacturer and supplier of hydraulic presses. Our team of experts serves clients with "
            "competitive prices and timely delivery. We thank you for your trust.",
        ),
        FalseAlarm("Garden Trowel", description="", why=Text("an empty one is reported as missing", "空描述由 description-missing 报告")),
    ),
)  # fmt: skip
