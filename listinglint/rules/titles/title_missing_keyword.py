"""No keyword of the listing, nor its head, stands in the title."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from listinglint.language import words as w
from listinglint.language.plurals import singularize
from listinglint.language.thesaurus import american_spelling
from listinglint.model import Text
from listinglint.model.memory import WORDS
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText, Keyword
from listinglint.rules.phrases import TO_SPACE
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_CAMEL: Final = lazy_pattern(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
_WORDS: Final = lazy_pattern(r"[^\W_]+(?:['’][^\W_]+)?")


@lru_cache(maxsize=WORDS)
def _base(word: str) -> str:
    """The American singular of a word, without accents or apostrophe."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    word = word.removesuffix("'s").removesuffix("’s").replace("'", "").replace("’", "")
    american = american_spelling(word)
    stem = w.stem(american)
    return american_spelling(singularize(stem) if stem == american and len(stem) > 3 else stem)


def _bases(text: str) -> list[str]:
    return [_base(word.lower()) for word in _WORDS.findall(_CAMEL.sub(" ", text))]


def _in_title(keyword: Keyword, words: frozenset[str], joined: str) -> bool:
    bases = _bases(keyword.text)
    if not bases:
        return False
    if "".join(bases) in joined or all(base in words for base in bases):
        return True
    head = keyword.name.head
    last = _bases(head)[-1:] if head else []
    tail = (last or bases[-1:])[0]
    flags = w.word_info(tail)
    if flags & w.GENERAL and len(bases) > 1:
        return False
    if len(bases) > 2 and "and" in bases:
        # `Bags and Purses` names two things, and each may stand in the title.
        return any(base in words for base in (*bases[-1:], bases[bases.index("and") - 1]) if len(base) > 2)
    return len(tail) > 2 and (tail in words or (len(tail) > 4 and tail in joined))


def _said_in(keyword: Keyword, title: FieldText) -> bool:
    """A cheap test, true for many keywords that stand in the title word for word."""
    if not keyword.plain or not title.text.isascii() or "'" in title.text:
        return False
    at = title.norm.find(f" {' '.join(keyword.words)} ")
    if at < 0:
        return False
    first = title.norm.count(" ", 0, at)
    words = title.text.translate(TO_SPACE).split()[first : first + len(keyword.words)]
    return all(map(_one_word, words)) and (keyword.text.islower() or all(map(_one_word, keyword.text.split())))


def _one_word(text: str) -> bool:
    """True for a word without capitals inside, which might part it in two."""
    return text.islower() or text.istitle() or text.isupper()


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding without a place, naming the first keyword."""
    title = doc.title
    if title is None or not doc.keywords or doc.keywords[0].source.chinese:
        return
    if any(_said_in(keyword, title) for keyword in doc.keywords):
        return
    bases = _bases(title.text)
    words, joined = frozenset(bases), "".join(bases)
    if any(_in_title(keyword, words, joined) for keyword in doc.keywords):
        return
    main = next((keyword for keyword in doc.keywords if _names_product(keyword)), None)
    if main is None and doc.product:
        yield title.hit(message="nameless", product=doc.product)
    else:
        yield title.hit(keyword=(main or doc.keywords[0]).text)


def _names_product(keyword: Keyword) -> bool:
    """True for a keyword that ends with a noun of the product list which is no mere class (`accessories`)."""
    last = w.word_info(keyword.words[-1]) if keyword.words else 0
    return bool(last & w.HEAD) and not last & (w.GENERAL | w.PART | w.MATERIAL)


RULE = Rule(
    name="title-missing-keyword",
    group="titles",
    severity="info",
    fields=("keywords",),
    guidelines=("GT7",),
    english=True,
    keywords="list",
    summary=Text("No keyword of the listing stands in the title", "标题里没有出现任何关键词"),
    messages={
        "default": Text(
            "no keyword stands in the title, not even '{keyword}'; use the main keyword as the product's name there",
            "标题里没有任何关键词，连“{keyword}”都没有；请把主关键词作为产品名写进标题",
        ),
        "nameless": Text(
            "no keyword stands in the title, nor does one name the product; begin the keywords with its name, '{product}'",
            "标题里没有任何关键词，关键词里也没有产品名；请把产品名“{product}”放在关键词的第一位",
        ),
    },
    page=Text(
        "Finds listings in whose title none of the keywords stands, nor the noun that one of them ends with. The title weighs most in "
        "search; a keyword that the title does not hold ranks badly, and title and keywords that share no word look as if they belonged to "
        "two products. Write the main keyword into the title as the product's name, or correct the keywords. Plurals, hyphens, words "
        "written together (WoodBookmark), accents and British spelling make no difference.",
        "检查标题里既没有任何一个关键词、也没有关键词中心词的产品。标题在搜索中权重最高，标题里没有的关键词排名靠后；标题和关键词没有一个词相同，看起来像是两个产品。"
        "请把主关键词作为产品名写进标题，或者改正关键词。单复数、连字符、连写（WoodBookmark）、重音符号和英式拼写都不影响判断。",
    ),
    examples=(
        Good("Enamel Camping Mug 350 ml", keywords="camping mug, enamel cup"),
        Good("Vintage Brass Candle Holder", keywords="candlestick, candle holder"),
        FalseAlarm("Grey Tyre Inflator 12V", keywords="gray tire inflator", why=Text("British and American spelling", "英式和美式拼写")),
        FalseAlarm("Bread Knives, Serrated", keywords="bread knife", why=Text("the same word in the plural", "同一个词的复数")),
        FalseAlarm("Leather Key Chain", keywords="LeatherKeychain", why=Text("the same words written together", "同样的词连在一起写")),
        FalseAlarm("Quilted Leather Purse", keywords="Bags And Purses", why=Text("one of two things that the keyword names", "关键词写了两样东西，标题里有其中一样")),
        Bad("Ribbed Wool Scarf", keywords="rustic, winter, for her"),
        Bad("Enamel Camping Mug 350 ml", keywords="drinkware, kitchen accessories"),
        Bad("Walnut Serving Tray with Handles", keywords="tea set, tableware"),
        Bad("Hand-Knotted Wool Rug 2 x 3 m", keywords="floor decoration, boho, bedroom"),
    ),
    check=check,
)
