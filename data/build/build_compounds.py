"""Builds `data/lexicons/compounds.csv`: closed compounds with the open form that people write as well.

    python data/build/build_compounds.py DICT

DICT holds WordNet 3.0's `index.noun` (LICENSE-WordNet.txt): a pair is taken where WordNet knows both forms. The product
words that it lacks stand in OWN.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "lexicons" / "compounds.csv"
OWN = """power bank, note book, head phone, head set, ear phone, ear bud, smart watch, smart phone, cell phone, touch screen, touch pad, track pad,
 mouse pad, key board, key chain, key ring, back pack, hand bag, tote bag, lunch box, tool box, tool kit, tool bag, flash light, head light, head lamp,
 tail light, spot light, flood light, down light, night light, light bulb, work bench, book case, book shelf, bed side, bed sheet, bed spread, bed frame,
 bath robe, bath tub, bath mat, bath room, wash basin, wash cloth, dish washer, dish cloth, dish rack, micro wave, micro fiber, micro phone, micro scope,
 cook ware, bake ware, table ware, table cloth, drink ware, dinner ware, glass ware, kitchen ware, hard ware, soft ware, under wear, swim wear, sports wear,
 foot wear, eye wear, sleep wear, work wear, knit wear, active wear, rain coat, rain wear, over coat, sweat shirt, sweat pants, neck lace, ear ring,
 ear muff, wrist band, wrist watch, arm band, head band, hair band, hair brush, hair pin, hair clip, tooth brush, tooth paste, tooth pick, eye liner,
 eye shadow, eye lash, eye glasses, sun glasses, sun screen, sun shade, lip stick, skin care, shower head, door bell, door mat, door knob, dead bolt, pad lock,
 screw driver, chain saw, jig saw, hack saw, band saw, lawn mower, snow blower, leaf blower, wheel barrow, fork lift, pick axe, sledge hammer, jack hammer,
 crow bar, tape measure, step ladder, paint brush, sand paper, wall paper, fire place, fire wood, fire works, camp fire, barbecue grill, card board,
 paper clip, white board, black board, clip board, sketch book, hand book, note pad, post card, gift box, wind shield, dash board, dash cam, web cam, cam corder,
 seat belt, spark plug, car seat, motor bike, motor cycle, skate board, snow board, surf board, paddle board, basket ball, base ball, foot ball, volley ball,
 soft ball, golf club, dumb bell, kettle bell, bar bell, tread mill, tram poline, play ground, play mat, bean bag, air bag, air bed, fish net, bird cage, bird house,
 dog house, green house, flower pot, rose bush, drip line, lap top, desk top, table top, counter top, cook top, stove top, roof top, tank top, crop top, hard top,
 air fryer, rice cooker, coffee maker, tea pot, tea cup, tea spoon, table spoon, coffee pot, wine glass, stock pot, sauce pan, fry pan, oven ware, chop sticks,
 chop stick, pop corn, pine apple, straw berry, egg plant, sea food, sea weed, soy bean, ground nut, wal nut, hazel nut, butter milk, corn flour, corn starch,
 wheel chair, stretch er, band aid, hand cuff, hand rail, guard rail, hand saw, hand wash, back rest, head rest, foot rest, arm rest, arm chair, foot stool, bar stool,
 ply wood, fiber glass, fiber board, particle board, brick work, stone work, bore hole, pipe line, work piece, cast iron, sheet metal, bolt cutter, nut cracker,
 bottle opener, cork screw, flow meter, thermo meter, hygro meter, multi meter, volt meter, am meter, water proof, shock proof, dust proof, fire proof, weather strip,
 weather stripping, water bed, water wheel, water melon, back splash, base board, clap board, dry wall, door way, drive way, flag pole, lamp shade, lamp post, mail box,
 news paper, pea cock, photo frame, place mat, rain barrel, sun flower, tow bar, trash can, wind chime, wood stove, yard stick, zip lock, zip tie, pull over, hoodie jacket,
 play pen, play house, doll house, space suit, wet suit, jump suit, jump rope, track suit, swim suit, body suit, boiler suit, pant suit, leg warmer, shoe lace, shoe box,
 boot leg, flip flop, t shirt, polo shirt, under shirt, night gown, night shirt, chest nut, cash box, cash register, bar code, bill board, sign board, name plate,
 number plate, hot plate, heat sink, heat pump, circuit board, mother board, sound bar, sound card, loud speaker, sub woofer, turn table, hard drive, flash drive,
 thumb drive, memory card, set top, video game, game pad, joy stick, ball pen, ball point, pen holder, pencil case, sharp ener"""
KEPT_OPEN = frozenset(
    "air fryer,rice cooker,coffee maker,wine glass,barbecue grill,light bulb,golf club,cast iron,sheet metal,bottle opener,bolt cutter,"
    "car seat,circuit board,polo shirt,memory card,video game,heat pump,pen holder,pencil case,tote bag,gift box,photo frame,rain barrel,"
    "cash register,paint brush set,hoodie jacket,sharp ener,stretch er,tram poline,bar stool,dish rack,drip line,fire works,tool bag,lunch bag,"
    "cook ware set,snow blower,leaf blower,lawn mower,heat sink,hard drive,flash drive,thumb drive,note book,t shirt,wood stove,trash can,"
    "spark plug,tape measure,rose bush,am meter,shoe box,fish net,desk top,table top,set top,hot plate,leg warmer,bean bag,air bed,bath mat,hair clip,"
    "wind chime,zip tie,zip lock,boiler suit,bed frame,sound card,tool kit,tow bar,cash box,egg plant,wal nut,hazel nut,pea cock,head set,ear bud,ear phone".split(",")
)  # fmt: skip
ALSO_CLOSED = frozenset("toolbag toolkit airbag lunchbox headset earbud earphone desktop tabletop notebook eggplant walnut hazelnut peacock airbed bathmat".split())


def main() -> None:
    lemmas = {
        line.split(" ", 1)[0]
        for line in (Path(sys.argv[1]) / "index.noun").read_text(encoding="utf-8").splitlines()
        if not line.startswith(" ")
    }
    pairs: dict[str, str] = {}
    for lemma in sorted(lemmas):
        parts = lemma.replace("-", "_").split("_")
        closed = "".join(parts)
        if len(parts) == 2 and closed in lemmas and closed.isalpha() and min(map(len, parts)) > 2:
            pairs[closed] = " ".join(parts)
    for opened in (" ".join(one.split()) for one in OWN.split(",")):
        closed = opened.replace(" ", "")
        if opened and (opened not in KEPT_OPEN or closed in ALSO_CLOSED):
            pairs.setdefault(closed, opened)
    with OUT.open("w", encoding="utf-8", newline="") as handle:
        handle.write(
            "# Closed compounds and their open form: pairs of WordNet 3.0 (LICENSE-WordNet.txt) and an own list.\n"
            "# Built by data/build/build_compounds.py.\n"
        )
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["closed", "open"])
        out.writerows(sorted(pairs.items()))


if __name__ == "__main__":
    main()
