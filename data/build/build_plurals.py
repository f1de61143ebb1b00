"""Builds the tables of irregular plurals that `listinglint.language.plurals` reads.

    python data/build/build_plurals.py IRREGULAR_PLURALS_JSON DICT

IRREGULAR_PLURALS_JSON is `irregular-plurals.json` of the npm package `irregular-plurals` 4.2.0 (MIT, © Sindre Sorhus);
DICT is a folder with WordNet 3.0's `index.noun` and `noun.exc` (see LICENSE-WordNet.txt). wordfreq decides which of two
singulars that share a plural is meant (axes: axe or axis); none of its figures is written. Output:

    data/lexicons/irregular_plurals.csv     singular,plural,other plurals (;)
    data/lexicons/singular_exceptions.csv   plural,singular: where spelling alone would go wrong
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

from wordfreq import zipf_frequency

LEXICONS = Path(__file__).resolve().parent.parent / "lexicons"
PLAIN = re.compile(r"[a-z]+\Z")

OWN = {
    # singular: plural [; other plurals]. What the package lacks or what catalogs write otherwise.
    "child": "children", "person": "people", "ox": "oxen", "tooth": "teeth", "foot": "feet", "goose": "geese", "mouse": "mice",
    "man": "men", "woman": "women", "knife": "knives", "life": "lives", "wife": "wives", "half": "halves", "leaf": "leaves",
    "loaf": "loaves", "shelf": "shelves", "thief": "thieves", "wolf": "wolves", "calf": "calves", "elf": "elves", "self": "selves",
    "scarf": "scarves;scarfs", "hoof": "hooves;hoofs", "wharf": "wharves;wharfs", "sheaf": "sheaves", "dwarf": "dwarves;dwarfs",
    "staff": "staffs;staves", "beef": "beefs;beeves", "handkerchief": "handkerchiefs;handkerchieves",
    "potato": "potatoes", "tomato": "tomatoes", "hero": "heroes", "echo": "echoes", "veto": "vetoes", "torpedo": "torpedoes",
    "mango": "mangoes;mangos", "mosquito": "mosquitoes;mosquitos", "volcano": "volcanoes;volcanos", "tornado": "tornadoes;tornados",
    "cargo": "cargoes;cargos", "domino": "dominoes;dominos", "buffalo": "buffaloes;buffalos", "embargo": "embargoes", "negro": "negroes",
    "mulatto": "mulattoes", "jingo": "jingoes", "lumen": "lumens", "innuendo": "innuendos;innuendoes", "desperado": "desperadoes", "go": "goes",
    "no": "noes", "archipelago": "archipelagos;archipelagoes", "bastinado": "bastinadoes", "calico": "calicoes", "dado": "dadoes",
    "halo": "halos;haloes", "zero": "zeros;zeroes", "motto": "mottos;mottoes", "memento": "mementos;mementoes", "peccadillo": "peccadilloes",
    "portico": "porticos;porticoes", "flamingo": "flamingos;flamingoes", "ghetto": "ghettos;ghettoes", "grotto": "grottos;grottoes",
    "tuxedo": "tuxedos;tuxedoes", "fresco": "frescos;frescoes", "avocado": "avocados;avocadoes", "lingo": "lingoes",
    "die": "dies", "penny": "pennies;pence", "quiz": "quizzes", "whiz": "whizzes", "fez": "fezzes", "topaz": "topazes", "gas": "gases;gasses",
    "bus": "buses;busses", "yes": "yeses", "plus": "pluses;plusses", "lens": "lenses", "cactus": "cacti;cactuses", "fungus": "fungi;funguses",
    "nucleus": "nuclei", "stimulus": "stimuli", "radius": "radii;radiuses", "alumnus": "alumni", "bacillus": "bacilli", "locus": "loci",
    "syllabus": "syllabi;syllabuses", "focus": "focuses;foci", "octopus": "octopuses;octopi", "terminus": "termini;terminuses",
    "hippopotamus": "hippopotamuses;hippopotami", "genus": "genera", "corpus": "corpora", "opus": "opuses;opera", "stylus": "styluses;styli",
    "crocus": "crocuses;croci", "abacus": "abacuses;abaci", "nautilus": "nautiluses", "calculus": "calculi", "torus": "tori", "gladiolus": "gladioli",
    "bacterium": "bacteria", "datum": "data", "medium": "media;mediums", "curriculum": "curricula;curriculums", "erratum": "errata",
    "addendum": "addenda", "ovum": "ova", "stratum": "strata", "aquarium": "aquariums;aquaria", "stadium": "stadiums;stadia",
    "memorandum": "memoranda;memorandums", "millennium": "millennia;millenniums", "symposium": "symposia;symposiums", "spectrum": "spectra;spectrums",
    "referendum": "referendums;referenda", "quantum": "quanta", "momentum": "momenta", "compendium": "compendiums", "maximum": "maximums;maxima",
    "minimum": "minimums;minima", "optimum": "optimums;optima", "septum": "septa", "serum": "serums;sera", "sternum": "sternums", "rostrum": "rostrums",
    "criterion": "criteria", "phenomenon": "phenomena", "automaton": "automatons;automata", "ganglion": "ganglia", "polyhedron": "polyhedrons;polyhedra",
    "codex": "codices", "vertex": "vertices;vertexes", "vortex": "vortices;vortexes", "matrix": "matrices;matrixes", "index": "indexes;indices",
    "appendix": "appendices;appendixes", "apex": "apexes;apices", "cortex": "cortices;cortexes", "helix": "helices;helixes",
    "larva": "larvae", "alga": "algae", "alumna": "alumnae", "vertebra": "vertebrae", "antenna": "antennas;antennae", "formula": "formulas;formulae",
    "nebula": "nebulae;nebulas", "pupa": "pupae", "minutia": "minutiae", "stigma": "stigmas;stigmata", "schema": "schemas;schemata",
    "axis": "axes", "basis": "bases", "crisis": "crises", "thesis": "theses", "oasis": "oases", "analysis": "analyses", "diagnosis": "diagnoses",
    "testis": "testes", "iris": "irises", "pelvis": "pelvises", "chassis": "chassis", "clitoris": "clitorises", "penis": "penises", "trellis": "trellises",
    "tennis": "tennises", "mantis": "mantises", "metropolis": "metropolises", "portcullis": "portcullises", "ibis": "ibises", "cannabis": "cannabises",
    "chateau": "chateaux;chateaus", "bureau": "bureaus;bureaux", "plateau": "plateaus;plateaux", "gateau": "gateaux;gateaus", "tableau": "tableaux;tableaus",
    "trousseau": "trousseaux;trousseaus", "portmanteau": "portmanteaus;portmanteaux", "beau": "beaus;beaux",
    "stomach": "stomachs", "monarch": "monarchs", "patriarch": "patriarchs", "matriarch": "matriarchs", "epoch": "epochs", "eunuch": "eunuchs",
    "loch": "lochs", "tech": "techs", "czech": "czechs", "mach": "machs", "oligarch": "oligarchs", "pentateuch": "pentateuchs", "triptych": "triptychs",
    "diptych": "diptychs", "cromlech": "cromlechs", "conch": "conches;conchs", "hitech": "hitechs", "pibroch": "pibrochs", "anarch": "anarchs",
    "human": "humans", "german": "germans", "roman": "romans", "ottoman": "ottomans", "talisman": "talismans", "shaman": "shamans", "caiman": "caimans",
    "cayman": "caymans", "norman": "normans", "mussulman": "mussulmans", "dragoman": "dragomans", "brahman": "brahmans", "turkoman": "turkomans",
    "desman": "desmans", "toman": "tomans", "ataman": "atamans", "hetman": "hetmans", "walkman": "walkmans", "discman": "discmans", "birdman": "birdmen",
    "talis": "talis", "hotman": "hotmans", "pacman": "pacmans", "mongoose": "mongooses", "lowlife": "lowlifes", "still-life": "still-lifes",
    "bigfoot": "bigfoots", "hotfoot": "hotfoots", "flatfoot": "flatfoots", "tenderfoot": "tenderfoots", "crowfoot": "crowfoots", "webfoot": "webfeet",
    "dormouse": "dormice", "titmouse": "titmice", "louse": "lice", "woodlouse": "woodlice", "brother": "brothers", "paparazzo": "paparazzi",
    "graffito": "graffiti", "libretto": "librettos;libretti", "virtuoso": "virtuosos", "mezzo": "mezzos", "money": "monies;moneys", "passerby": "passersby",
    "fish": "fish;fishes", "fruit": "fruits", "hanger-on": "hangers-on", "runner-up": "runners-up", "lean-to": "lean-tos", "talc": "talcs",
    "soliloquy": "soliloquies", "colloquy": "colloquies", "obloquy": "obloquies", "sphinx": "sphinxes", "larynx": "larynges;larynxes", "pharynx": "pharynges",
    "meniscus": "menisci;meniscuses", "rhombus": "rhombuses;rhombi", "uterus": "uteri;uteruses", "hippo": "hippos", "virus": "viruses", "campus": "campuses",
    "canvas": "canvases;canvasses", "atlas": "atlases", "bias": "biases", "alias": "aliases", "christmas": "christmases", "pancreas": "pancreases",
    "pyjama": "pyjamas", "genie": "genies", "djinn": "djinns", "dice": "dice", "taxi": "taxis;taxies", "ski": "skis", "menu": "menus", "emu": "emus",
    "eau": "eaux", "panino": "panini", "zucchini": "zucchinis;zucchini", "spaghetti": "spaghettis", "bonsai": "bonsais", "kimono": "kimonos",
    "biscotto": "biscotti", "raviolo": "ravioli", "cannolo": "cannoli", "stele": "stelae", "kris": "krises",
    "hertz": "hertz", "blitz": "blitzes", "waltz": "waltzes", "quartz": "quartzes", "quartet": "quartets", "ellipsis": "ellipses",
    "aphis": "aphids", "proboscis": "proboscises", "parenthesis": "parentheses", "neurosis": "neuroses", "psychosis": "psychoses",
    "apparatus": "apparatuses", "sinus": "sinuses", "hiatus": "hiatuses", "status": "statuses", "prospectus": "prospectuses", "census": "censuses",
}  # fmt: skip
DROPPED = frozenset("dice alcohol aid advice ammo adulthood analytics cash music".split())
OWN_SINGULARS = {
    "axes": "axe", "bases": "base", "lenses": "lens", "news": "news", "cookies": "cookie", "ellipses": "ellipse", "leaves": "leaf", "staves": "stave",
    "hoodies": "hoodie", "onesies": "onesie", "beanies": "beanie", "selfies": "selfie", "brownies": "brownie", "smoothies": "smoothie",
    "goodies": "goody", "foodies": "foodie", "bikies": "bikie", "undies": "undies", "veggies": "veggie", "barbies": "barbie", "lingeries": "lingerie",
    "scrunchies": "scrunchie", "squishies": "squishy", "plushies": "plushie", "walkie-talkies": "walkie-talkie", "talkies": "talkie", "walkies": "walkies",
    "quickies": "quickie", "newbies": "newbie", "rookies": "rookie", "zombies": "zombie", "genies": "genie", "eyries": "eyrie", "calories": "calorie",
    "prairies": "prairie", "budgies": "budgie", "junkies": "junkie", "movies": "movie", "birdies": "birdie", "bookies": "bookie", "hippies": "hippie",
    "yuppies": "yuppie", "collies": "collie", "pixies": "pixie", "aussies": "aussie", "caddies": "caddy", "curries": "curry", "townies": "townie",
    "techies": "techie", "hankies": "hanky", "magpies": "magpie", "potpies": "potpie", "neckties": "necktie", "bowties": "bowtie", "zipties": "ziptie", "ties": "tie",
    "pies": "pie", "lies": "lie", "dies": "die", "buses": "bus", "minibuses": "minibus", "gases": "gas", "fuses": "fuse", "blouses": "blouse", "vases": "vase",
    "niches": "niche", "quiches": "quiche", "moustaches": "moustache", "mustaches": "mustache", "caches": "cache", "axles": "axle", "mattresses": "mattress",
    "buzzes": "buzz", "bronzes": "bronze", "shoes": "shoe", "toes": "toe", "hoes": "hoe", "canoes": "canoe", "oboes": "oboe", "aloes": "aloe", "foes": "foe",
    "does": "doe", "roes": "roe", "woes": "woe", "floes": "floe", "horseshoes": "horseshoe", "snowshoes": "snowshoe", "overshoes": "overshoe",
    "mistletoes": "mistletoe", "throes": "throe", "sloes": "sloe", "backhoes": "backhoe", "gumshoes": "gumshoe", "toeshoes": "toeshoe", "glasses": "glass",
    "sunglass": "sunglass", "taxes": "tax", "taxis": "taxi", "skis": "ski", "kiwis": "kiwi", "bikinis": "bikini", "yogis": "yogi", "alibis": "alibi", "khakis": "khakis",
    "rabbis": "rabbi", "safaris": "safari", "saris": "sari", "chilis": "chili", "chillis": "chilli", "chillies": "chilli", "samurais": "samurai", "sushis": "sushi",
    "menus": "menu", "emus": "emu", "gurus": "guru", "tutus": "tutu", "tofus": "tofu", "flus": "flu", "gnus": "gnu", "haikus": "haiku", "thous": "thou",
    "plus": "plus", "us": "us", "yes": "yes", "this": "this", "its": "its", "his": "his", "always": "always", "less": "less", "various": "various",
    "wireless": "wireless", "stainless": "stainless", "plies": "ply", "squeezes": "squeeze", "adzes": "adze", "trapezes": "trapeze", "cries": "cry",
    "spies": "spy", "skies": "sky", "flies": "fly", "tries": "try", "fries": "fry", "dries": "dry", "axises": "axis", "series": "series", "species": "species",
    "gloves": "glove", "sleeves": "sleeve", "valves": "valve", "stoves": "stove", "olives": "olive", "slaves": "slave", "graves": "grave", "waves": "wave",
    "dives": "dive", "hives": "hive", "drives": "drive", "caves": "cave", "eaves": "eaves", "cloves": "clove", "doves": "dove", "chives": "chive",
    "boxes": "box", "releases": "release", "leases": "lease", "greases": "grease", "cruises": "cruise", "bruises": "bruise", "noises": "noise", "lattices": "lattice",
    "indices": "index", "dices": "dice", "lices": "lice", "mouses": "mouse", "mices": "mouse", "peoples": "people", "glassess": "glasses",
    "scarfs": "scarf", "roofs": "roof", "pixels": "pixel", "bras": "bra", "sofas": "sofa", "cameras": "camera", "pizzas": "pizza", "visas": "visa", "sodas": "soda",
}  # fmt: skip


def index_nouns(folder: Path) -> list[str]:
    """Single-word lower-case noun lemmas of WordNet."""
    lines = (folder / "index.noun").read_text(encoding="utf-8").splitlines()
    return [word for word in (line.split(" ", 1)[0] for line in lines if not line.startswith(" ")) if PLAIN.match(word)]


def irregular(package: Path) -> dict[str, list[str]]:
    """Irregular plurals: our own words first, then the package's."""
    rows: dict[str, list[str]] = {one: many.split(";") for one, many in OWN.items()}
    for one, many in json.loads(package.read_text(encoding="utf-8")).items():
        if one == many or one in DROPPED or not PLAIN.match(one) or one in rows:
            continue
        rows[one] = [many]
    return rows


def men(nouns: list[str], rows: dict[str, list[str]]) -> None:
    """Adds every noun in -man that bends as `man` does, so that no other word in -man is taken for one."""
    for noun in nouns:
        if noun.endswith("man") and len(noun) > 4 and noun not in rows and zipf_frequency(noun, "en") >= 1.0:
            rows[noun] = [noun[:-2] + "en"]


def write(name: str, header: list[str], rows: list[list[str]], note: str) -> None:
    """Writes one table with its origin above it."""
    with (LEXICONS / name).open("w", encoding="utf-8", newline="") as handle:
        handle.write(note)
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def main() -> None:
    package, folder = Path(sys.argv[1]), Path(sys.argv[2])
    nouns = index_nouns(folder)
    rows = irregular(package)
    men(nouns, rows)
    write(
        "irregular_plurals.csv",
        ["singular", "plural", "others"],
        [[one, many[0], ";".join(many[1:])] for one, many in sorted(rows.items())],
        "# Irregular plurals: own list, npm irregular-plurals 4.2.0 (MIT, Sindre Sorhus), nouns in -man of WordNet 3.0\n"
        "# (LICENSE-WordNet.txt). Built by data/build/build_plurals.py.\n",
    )
    note = (
        "# Plurals whose singular spelling alone would get wrong; from WordNet 3.0 nouns (LICENSE-WordNet.txt) and an own\n"
        "# list. Built by data/build/build_plurals.py.\n"
    )
    write("singular_exceptions.csv", ["plural", "singular"], [], note)

    from listinglint.language import plurals

    known = set(nouns)
    exceptions: dict[str, tuple[float, str]] = {}
    for noun in nouns:
        weight = zipf_frequency(noun, "en")
        if weight < 1.0 or len(noun) < 3:
            continue
        if noun.endswith("s") and not noun.endswith("ss"):
            # a noun in -s is its own singular unless it is the plural of another noun
            single = plurals._singular_word(noun)
            if not {noun[:-1], noun[:-2], single} & (known - {noun}) and single != noun:
                exceptions[noun] = (9.0, noun)
            continue
        many = plurals._plural_word(noun)
        if many == noun or plurals._singular_word(many) == noun:
            continue
        if many in exceptions and exceptions[many][0] >= weight:
            continue
        back = plurals._singular_word(many)
        if back in known and zipf_frequency(back, "en") > weight:
            continue
        exceptions[many] = (weight, noun)
    table = {many: one for many, (_, one) in exceptions.items()}
    table.update(OWN_SINGULARS)
    redundant = {many for many, one in table.items() if plurals._singular_word(many) == one}
    write(
        "singular_exceptions.csv",
        ["plural", "singular"],
        [[many, one] for many, one in sorted(table.items()) if many not in redundant or many in OWN_SINGULARS],
        note,
    )


if __name__ == "__main__":
    main()
