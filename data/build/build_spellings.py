"""Builds `data/lexicons/british_american.csv`: British words and their American spellings.

    python data/build/build_spellings.py BRITISH_SPELLINGS_JSON

BRITISH_SPELLINGS_JSON is `data/british_spellings.json` of the npm package `american-british-english-translator` 0.2.1
(MIT, © 2016 its authors). Catalog words that it lacks stand in OWN. Pairs whose British side is an American word of
another meaning (metre is not meter, practise) are left out.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "lexicons" / "british_american.csv"
LEFT_OUT = frozenset("practise practised practises practising prise prised prises prising storey storeys tonne tonnes philtre philtres gryphon gryphons".split())
OWN = {
    "mould": "mold", "moulds": "molds", "moulded": "molded", "moulding": "molding", "mouldings": "moldings", "tyre": "tire", "tyres": "tires",
    "aluminium": "aluminum", "jewellery": "jewelry", "jewelled": "jeweled", "grey": "gray", "greys": "grays", "colour": "color", "colours": "colors",
    "coloured": "colored", "colouring": "coloring", "colourful": "colorful", "colourless": "colorless", "multicolour": "multicolor",
    "multicoloured": "multicolored", "bicolour": "bicolor", "fibre": "fiber", "fibres": "fibers", "fibreglass": "fiberglass",
    "microfibre": "microfiber", "fibreboard": "fiberboard", "centre": "center", "centres": "centers", "metre": "meter", "metres": "meters",
    "litre": "liter", "litres": "liters", "millilitre": "milliliter", "millimetre": "millimeter", "centimetre": "centimeter", "kilometre": "kilometer",
    "plough": "plow", "ploughs": "plows", "sulphur": "sulfur", "sulphate": "sulfate", "sulphide": "sulfide", "sulphuric": "sulfuric", "sulphonic": "sulfonic",
    "sulphite": "sulfite", "sulphated": "sulfated", "caesium": "cesium", "oestrogen": "estrogen", "anaesthesia": "anesthesia", "anaesthetic": "anesthetic",
    "haemoglobin": "hemoglobin", "haemostatic": "hemostatic", "haematology": "hematology", "paediatric": "pediatric", "orthopaedic": "orthopedic",
    "gynaecological": "gynecological", "gynaecology": "gynecology", "diarrhoea": "diarrhea", "oesophageal": "esophageal", "foetal": "fetal",
    "manoeuvre": "maneuver", "pyjamas": "pajamas", "pyjama": "pajama", "moustache": "mustache", "aeroplane": "airplane", "aeroplanes": "airplanes",
    "catalogue": "catalog", "catalogues": "catalogs", "draught": "draft", "doughnut": "donut", "doughnuts": "donuts", "yoghurt": "yogurt",
    "yoghurts": "yogurts", "chilli": "chili", "chillies": "chilies", "kerb": "curb", "kerbs": "curbs", "callipers": "calipers", "calliper": "caliper",
    "armour": "armor", "armoured": "armored", "vapour": "vapor", "vapours": "vapors", "vapouriser": "vaporizer", "humour": "humor", "flavour": "flavor",
    "flavours": "flavors", "flavoured": "flavored", "flavouring": "flavoring", "odour": "odor", "odours": "odors", "odourless": "odorless",
    "savoury": "savory", "harbour": "harbor", "neighbour": "neighbor", "parlour": "parlor", "favourite": "favorite", "labour": "labor", "sabre": "saber",
    "theatre": "theater", "calibre": "caliber", "lustre": "luster", "sceptre": "scepter", "spectre": "specter", "ochre": "ocher", "sombre": "somber",
    "meagre": "meager", "woollen": "woolen", "woollens": "woolens", "woolly": "wooly", "travelling": "traveling", "traveller": "traveler",
    "travellers": "travelers", "labelled": "labeled", "labelling": "labeling", "labeller": "labeler", "levelling": "leveling", "leveller": "leveler",
    "modelling": "modeling", "panelling": "paneling", "panelled": "paneled", "tunnelling": "tunneling", "channelled": "channeled", "bevelled": "beveled",
    "bevelling": "beveling", "enamelled": "enameled", "enamelling": "enameling", "swivelling": "swiveling", "shovelling": "shoveling", "jeweller": "jeweler",
    "cancelling": "canceling", "signalling": "signaling", "dialling": "dialing", "fuelling": "fueling", "towelling": "toweling", "tinselled": "tinseled",
    "steriliser": "sterilizer", "sterilisers": "sterilizers", "sterilising": "sterilizing", "sterilisation": "sterilization", "steriliseable": "sterilizable",
    "organiser": "organizer", "organisers": "organizers", "atomiser": "atomizer", "atomisers": "atomizers", "humidifier": "humidifier",
    "stabiliser": "stabilizer", "stabilisers": "stabilizers", "equaliser": "equalizer", "galvanised": "galvanized", "galvanising": "galvanizing",
    "anodised": "anodized", "anodising": "anodizing", "pulveriser": "pulverizer", "pulverisers": "pulverizers", "pulverising": "pulverizing",
    "homogeniser": "homogenizer", "homogenisers": "homogenizers", "pasteuriser": "pasteurizer", "pasteurised": "pasteurized", "moisturiser": "moisturizer",
    "moisturisers": "moisturizers", "moisturising": "moisturizing", "fertiliser": "fertilizer", "fertilisers": "fertilizers", "tenderiser": "tenderizer",
    "deodoriser": "deodorizer", "vaporiser": "vaporizer", "nebuliser": "nebulizer", "nebulisers": "nebulizers", "digitiser": "digitizer",
    "vulcanised": "vulcanized", "vulcanising": "vulcanizing", "polarised": "polarized", "personalised": "personalized", "customised": "customized",
    "motorised": "motorized", "pressurised": "pressurized", "oxidiser": "oxidizer", "ioniser": "ionizer", "ionisers": "ionizers", "energiser": "energizer",
    "immobiliser": "immobilizer", "mesmerising": "mesmerizing", "demineralised": "demineralized", "laminator": "laminator", "analyser": "analyzer",
    "analysers": "analyzers", "analyse": "analyze", "catalyse": "catalyze", "dialyser": "dialyzer", "breathalyser": "breathalyzer", "paralyser": "paralyzer",
    "cosy": "cozy", "cosies": "cozies", "tumbler": "tumbler", "licence": "license", "licences": "licenses", "defence": "defense", "offence": "offense",
    "axe": "ax", "disc": "disk", "discs": "disks", "gauge": "gage", "storey": "story", "adaptor": "adapter", "adaptors": "adapters", "sledge": "sled",
    "cheque": "check", "cheques": "checks", "programme": "program", "programmes": "programs", "artefact": "artifact", "grille": "grill", "enquiry": "inquiry",
    "speciality": "specialty", "mum": "mom", "mums": "moms", "whisky": "whiskey", "hosepipe": "hosepipe", "kaftan": "caftan", "kebab": "kabob",
    "liquorice": "licorice", "omelette": "omelet", "tonne": "ton", "glycerine": "glycerin", "gelatine": "gelatin", "furore": "furor", "eyrie": "aerie",
    "aluminised": "aluminized", "carburettor": "carburetor", "carburettors": "carburetors", "carburetter": "carburetor", "skilful": "skillful",
    "instalment": "installment", "enrol": "enroll", "fulfil": "fulfill", "distil": "distill", "tranquilliser": "tranquilizer", "crystallise": "crystallize",
    "crystallised": "crystallized", "crystalliser": "crystallizer", "winterised": "winterized", "hypnotised": "hypnotized", "sanitiser": "sanitizer",
    "sanitisers": "sanitizers", "sanitising": "sanitizing", "deionised": "deionized", "optimised": "optimized", "utilised": "utilized", "recognised": "recognized",
    "standardised": "standardized", "specialised": "specialized", "computerised": "computerized", "mechanised": "mechanized", "synchronised": "synchronized",
    "synchroniser": "synchronizer", "pulverised": "pulverized", "tanalised": "tanalized", "emulsifier": "emulsifier", "bougainvillaea": "bougainvillea",
    "mollusc": "mollusk", "molluscs": "mollusks", "ketchup": "catsup", "aerofoil": "airfoil", "arbour": "arbor", "rumour": "rumor", "tumour": "tumor",
    "behaviour": "behavior", "endeavour": "endeavor", "honour": "honor", "rigour": "rigor", "succour": "succor", "valour": "valor", "vigour": "vigor",
    "ardour": "ardor", "candour": "candor", "clamour": "clamor", "demeanour": "demeanor", "fervour": "fervor", "splendour": "splendor", "glamour": "glamor",
}  # fmt: skip
UNSAFE = frozenset("humidifier tumbler laminator emulsifier hosepipe ketchup cheque cheques storey gauge kebab grille sledge mum mums whisky axe".split())


def main() -> None:
    table: dict[str, str] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    table = {british: american for british, american in table.items() if british not in LEFT_OUT}
    table.update({british: american for british, american in OWN.items() if british not in UNSAFE and british != american})
    with OUT.open("w", encoding="utf-8", newline="") as handle:
        handle.write(
            "# British spellings and their American ones: npm american-british-english-translator 0.2.1 (MIT) and an own list.\n"
            "# Built by data/build/build_spellings.py.\n"
        )
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["british", "american"])
        out.writerows(sorted((b, a) for b, a in table.items() if " " not in b and b.isalpha()))


if __name__ == "__main__":
    main()
