"""Builds `data/lexicons/rare_names.csv`: rare aliases of product nouns, each with the common name buyers type.

    python data/build/build_rare_names.py HAND_LIST

HAND_LIST holds lines `rare,rare,…=common`, written by hand; `!` marks phrases of common words, `%` names that are rare for goods whatever their words'
frequency (davenport, lucifer). A word of it is left out where wordfreq says that it is not far
rarer than its rival, or where the thesaurus or the list of heads sells goods under it. WordNet adds nouns whose only sense
they share with a far commoner noun. Only pairs are stored, none of wordfreq's numbers.
"""

from __future__ import annotations

import csv
import sys
from difflib import SequenceMatcher
from pathlib import Path

from wordfreq import zipf_frequency

from listinglint import lexicons
from listinglint.language.plurals import singularize
from listinglint.language.thesaurus import Thesaurus, american_spelling

OUT = Path(__file__).resolve().parent.parent / "lexicons" / "rare_names.csv"
HEAD = (
    "# Rare, archaic, dialect and foreign aliases of product nouns with their common name.",
    "# Origin: `hand` written for this project; `wordnet` from WordNet 3 (Princeton, see LICENSE-WordNet.txt) by data/build/build_rare_names.py.",
)
SOLD_PHRASES = frozenset(
    ["divan bed", "glass case", "long purse", "eye glasses", "eye glass", "magnifier loupe", "money bag", "money purse", "bathing suit", "swimming costume", "bathing costume", "gym shoes", "dinner jacket", "evening jacket", "plus fours", "dust bin", "bath tissue", "pen knife", "hall stand", "standard lamp", "standing lamp", "top coat", "great coat", "over coat", "frock coat", "pea jacket", "rain cape", "cook stove", "half boots", "musical box", "top boots", "high boots", "lace boots", "show case", "safety pin", "loo roll", "monkey suit", "bed cover", "bed spread", "easy chair", "wing chair", "night table", "occasional table", "lamp table", "tea urn", "bread bin", "biscuit tin box", "press stud", "popper button", "shoe lift", "house shoes", "carpet slippers", "house boots", "neck ornament", "wrist chain", "arm band jewel", "pack of cards", "card pack", "ball pen", "calling card", "inch tape", "spring balance", "dress pin", "blanket pin", "shawl pin", "waste box", "hand pail", "milk pail", "summer house", "green house stove", "hand luggage case", "kit bag", "lounge settee", "wine table", "travelling case", "brief bag", "cabin trunk", "attache case", "ear drop", "ear pin", "foundation garment", "cloth cap", "storm coat", "hand bill", "indian corn", "boiled sweet", "picture puzzle", "hand puppet doll", "steel pen", "dip pen quill", "water jug ewer", "sauce boat", "egg slice", "fish slice", "rubber shoes", "rubber shoe", "dust sheet", "loose cover", "hair grip", "pillow sham", "shoe spoon", "pepper pot", "salt box", "salt dish", "fire guard", "sun shade"]
)
SOLD = frozenset(
    ["harpsichord", "clavichord", "fortepiano", "spinet", "concertina", "melodeon", "bandonion", "kettledrum", "timpano", "zithern", "theorbo", "shawm", "rebec", "rebeck", "cittern", "gittern", "vihuela", "viol", "violone", "cornet", "sistrum", "psaltery", "flageolet", "fife", "hookah", "samovar", "cezve", "ibrik", "molcajete", "metate", "trivet", "carboy", "demijohn", "jeroboam", "amphora", "gambeson", "hauberk", "cuirass", "pickelhaube", "topee", "yurta", "tipi", "tepee", "kilim", "dhurrie", "durrie", "rya", "kayak", "pirogue", "rickshaw", "cyclo", "becak", "trishaw", "tam-o'-shanter", "tricorn", "tricorne", "huarache", "huaraches", "espadrille", "alpargata", "zori", "getas", "clutchbag", "tokay", "souchong", "pekoe", "bohea", "congou", "toile", "kepi", "calotte", "biretta", "thurible", "censer", "agarbathi", "charkha", "epaulette", "bosal", "hackamore", "martingale", "surcingle", "numnah", "headstall", "sjambok", "quirt", "machete", "fez", "tallboy", "highboy", "chifforobe", "canterbury", "credenza", "andiron", "besom", "mezzaluna", "chinois", "tamis", "spurtle", "aspirator", "gimlet", "bradawl", "adze", "mattock", "trug", "skep", "airbed", "torc", "torque", "coif", "wimple", "cravat", "diadem", "tiara", "mantilla", "pannier", "cruet", "cloche", "billy", "costrel", "kylix", "krater", "patera", "lekythos", "skyphos", "ghutra", "bodkin", "etui", "sporran", "armillary", "astrolabe", "octant", "clepsydra", "noria", "autogiro", "gyrocopter", "airship", "dinghy", "dory", "wherry", "coracle", "doublet", "jerkin", "burnous", "burnoose", "pelisse", "shillelagh", "alpenstock", "clevis", "dynamo", "magneto", "capote", "plimsoll", "welly", "wellies", "gumboot", "galosh", "daps", "stays", "frock", "pinafore", "singlet"]
)
OLD = frozenset(["dentifrice", "pianoforte", "violoncello", "pluviometer", "turnscrew", "timbrel", "plaything", "teeterboard", "shoestring", "pocketbook", "squeezebox", "catsup", "slide", "fastener", "alligator", "pear", "joss", "stick", "mouth", "organ"]) | {"looking glass", "bath chair", "slide fastener", "alligator pear", "mouth organ", "joss stick"}
"""Names that the thesaurus knows as aliases and that are rare all the same."""
PLAIN = frozenset(
    ["magic lantern", "talking machine", "love apple", "alligator pear", "monkey nut", "bath chair", "carpet bag", "joss stick", "hair slide", "kirby grip", "looking glass", "adding machine", "flying machine", "calculating machine", "writing machine", "close stool", "warming pan", "sad iron", "ear trumpet", "horseless carriage", "dandy horse", "burning glass", "speaking trumpet", "mouth organ", "squeeze box", "barrel organ", "peg leg", "hip bath", "slide fastener", "slide trumpet", "india rubber"]
)


def usual(name: str) -> float:
    return min(zipf_frequency(word, "en") for word in name.replace("-", " ").split())


def near(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() > 0.8 or one in other or other in one


def taken() -> set[str]:
    words = {head.lower() for head in lexicons.head_groups()}
    open_names: set[str] = set()
    for group in Thesaurus.load():
        for name in (*group.names, *group.broader, *group.narrower):
            parts = singularize(name.lower()).replace("-", " ").split()
            open_names.update(" ".join(parts[at:]) for at in range(len(parts)))
            words.add(singularize(name.lower().split()[-1]))
    return (words | open_names) - OLD


def hand(path: Path, sold: set[str]) -> dict[str, tuple[str, str]]:
    pairs: dict[str, tuple[str, str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        rares, _, common = line.partition("=")
        if line.startswith("#") or common in ("", "?"):
            continue
        phrases, sure, rares = rares.startswith("!"), rares.startswith("%"), rares.lstrip("!%")
        for rare in map(str.strip, rares.split(",")):
            one = singularize(rare.lower())
            if one in pairs or one in SOLD or rare in SOLD or {rare, one} & SOLD_PHRASES or one.replace("-", " ") in sold or american_spelling(one) != one or one == singularize(common):
                continue
            single = " " not in one
            if sure or (single and usual(rare) < 3.2 and usual(common) - usual(rare) >= 1.0) or one.replace("-", " ") in PLAIN:
                pairs[one] = (common, "hand")
            elif phrases and not single:
                pairs.setdefault(one, (common, "hand"))
            elif not single and min(zipf_frequency(w, "en") for w in one.split()) < 2.6:
                pairs[one] = (common, "hand")
    return pairs


def wordnet(sold: set[str]) -> dict[str, tuple[str, str]]:
    nouns, pairs = lexicons.nouns(), {}
    for rare in sorted(nouns._senses):
        if " " in rare or "-" in rare or len(rare) < 5 or rare in sold or rare in SOLD or american_spelling(rare) != rare:
            continue
        senses = nouns.senses(rare, 9)
        if len(senses) != 1 or not rare.islower():
            continue
        if zipf_frequency(rare, "en", wordlist="large") == 0:
            unheard = _unheard(rare, senses[0])
            if unheard is not None:
                pairs[rare] = (unheard, "wordnet")
            continue
        if senses[0].lexname != "artifact" or not 0 < zipf_frequency(rare, "en") < 2.3:
            continue
        rivals = [n for n in senses[0].lemmas if n != rare and " " not in n and n.isalpha() and not near(n, rare)]
        rivals = [n for n in rivals if zipf_frequency(n, "en") >= 3.6 and nouns.senses(n, 1)[:1] == senses and n in sold]
        if rivals:
            pairs[rare] = (max(rivals, key=lambda n: zipf_frequency(n, "en")), "wordnet")
    return pairs


def _unheard(rare: str, sense: lexicons.Synset) -> str | None:
    """The everyday name of a thing that nobody calls by this noun any more: its main sense must be the same one."""
    if sense.lexname not in ("artifact", "food", "substance"):
        return None
    nouns = lexicons.nouns()
    rivals = [
        n
        for n in sense.lemmas
        if n != rare and n.isalpha() and len(n) > 3 and zipf_frequency(n, "en") >= 2.6 and nouns.senses(n, 1)[:1] == [sense] and not near(n, rare)
    ]
    return max(rivals, key=lambda n: zipf_frequency(n, "en"), default=None)


OWN_THING = frozenset(
    ["digester", "microcomputer", "mucilage", "paua", "pemmican", "piloncillo", "rapadura", "patis", "garum", "carabeef", "kaoliang", "colophony", "isinglass", "batata", "finocchio", "quahog", "tuque", "saxhorn", "riq", "canella", "gingelly", "panga", "origanum", "langouste", "rexine", "stovepipe", "pilchard", "charqui", "fagara", "ormer", "coffer", "espalier", "provender", "barm", "sylvite", "badian", "discman", "dishdash", "mandioca", "simsim", "pignolia", "medick", "boxthorn"]
)
"""Foods sold by their foreign name and words that name a thing of its own in some trade."""


def from_thesaurus(sold: set[str], common_names: set[str]) -> dict[str, tuple[str, str]]:
    pairs = {}
    for rare, common in Thesaurus.load().rare_names().items():
        one = singularize(rare.lower())
        if " " in one or one in sold or one in SOLD or one in OWN_THING or one in common_names or american_spelling(one) != one:
            continue
        if usual(one) < 2.5 and usual(common) - usual(one) >= 1.0:
            pairs[one] = (common, "thesaurus")
    return pairs


def main() -> int:
    sold = taken()
    pairs = {**wordnet(sold), **hand(Path(sys.argv[1]), sold)}
    pairs = {**from_thesaurus(sold, {common for common, _ in pairs.values()}), **pairs}
    pairs = {rare: pair for rare, pair in pairs.items() if pair[0] not in pairs}
    with OUT.open("w", encoding="utf-8", newline="") as handle:
        handle.write("\n".join(HEAD) + "\n")
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("rare", "common", "why"))
        writer.writerows((rare, *pairs[rare]) for rare in sorted(pairs))
    print(f"{len(pairs)} pairs, {sum(why == 'wordnet' for _, why in pairs.values())} of them from WordNet")
    return 0


if __name__ == "__main__":
    sys.exit(main())
