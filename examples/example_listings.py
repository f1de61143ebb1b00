"""The listings of the example catalogs. Company, brands, models, codes and figures are invented."""

from __future__ import annotations

HEADER = (
    "id", "title", "keyword 1", "keyword 2", "keyword 3", "brief", "description", "brand", "model", "category",
    "attributes", "certifications", "price", "moq", "images", "gtin", "updated", "group",
)  # fmt: skip

Listing = dict[str, str]


def _image(code: str) -> str:
    return f"images/{code.lower()}-front.jpg, images/{code.lower()}-side.jpg, images/{code.lower()}-detail.jpg"


def offer(code: str, title: str, keywords: str, brief: str, description: str, category: str, attributes: str, **more: str) -> Listing:
    """A listing with what most of them share; `more` overrides any field. Keywords are parted by `|`."""
    cells = keywords.split("|")
    listing = {
        "id": code, "title": title, "brief": brief, "description": description, "brand": "Harborline",
        "model": f"HL-{code[2:]}", "category": category, "attributes": attributes, "certifications": "",
        "price": "US$ 2.10-3.40", "moq": "500 pieces", "images": _image(code), "updated": "2026-10-20",
        **{f"keyword {at}": cell for at, cell in enumerate(cells, 1)},
    }  # fmt: skip
    return {**listing, **more}


def _terms(price: str, moq: str, packing: str, lead: str = "25 days") -> str:
    return f"Price: {price} FOB. Minimum order quantity: {moq}. Packaging: {packing}. Delivery within {lead} after the deposit."


GOOD = [
    offer(
        "HL1001", "Double Wall Stainless Steel Water Bottle 750 ml with Bamboo Lid",
        "stainless steel water bottle|insulated drink bottle|double wall water bottle",
        "Keeps drinks cold for 24 hours and hot for 12; tested for 5,000 openings of the lid, sold in 18 countries of Europe.",
        "This stainless steel water bottle keeps cold drinks cold for 24 hours. Material: 304 steel inside, 201 steel outside, bamboo lid with a silicone ring. "
        "Specification: 750 ml, 73 x 265 mm, 360 g. Model: HL-1001. Suitable for camping, gyms and offices. "
        + _terms("US$ 3.10-4.20", "500 pieces", "one bottle in a kraft box, 24 boxes in a carton", "30 days")
        + " Hand wash only; do not freeze or microwave. Every bottle is leak tested before packing and carries a 12-month warranty. LFGB reports are available for the stainless steel water bottle on request.",
        "Home & Garden > Kitchen & Dining > Drinkware > Water Bottles",
        "Material: 304 stainless steel\nCapacity: 750 ml\nColor: matt black, white, forest green\nSize: 73 x 265 mm",
        certifications="LFGB", price="US$ 3.10-4.20", gtin="4006381333931",
    ),
    offer(
        "HL1002", "Bamboo Cutting Board with Juice Groove 40 x 28 cm",
        "bamboo cutting board|chopping board|bamboo chopping board",
        "Hard pressed bamboo that takes 100,000 cuts without splinters; over 200,000 pieces sold to Germany and Canada.",
        "The bamboo cutting board is pressed from three layers of carbonised bamboo, so that it does not warp in a damp kitchen. "
        "Specification: 400 x 280 x 18 mm, 1.2 kg, with a juice groove and two side handles. Material: moso bamboo, food-safe mineral oil finish. Model: HL-1002. "
        + _terms("US$ 4.60-5.90", "300 pieces", "shrink film with a paper sleeve, 12 pieces in a carton")
        + " Use: cutting bread, meat and vegetables. Care instructions: wipe with a damp cloth and oil it once a month. We replace any board that cracks within 12 months. Your logo can be laser engraved on the bamboo cutting board.",
        "Home & Garden > Kitchen & Dining > Kitchen Tools > Cutting Boards",
        "Material: moso bamboo\nSize: 400 x 280 x 18 mm\nColor: natural",
        price="US$ 4.60-5.90", moq="300 pieces",
    ),
    offer(
        "HL1003", "Dimmable LED Desk Lamp with USB Charging Port 10 W",
        "LED desk lamp|LED table lamp|dimmable desk lamp",
        "Five light colours and a lamp life of 25,000 hours; sold in office chains of the Netherlands since 2019.",
        "The LED desk lamp lights a work place of one metre without flicker. Specification: 10 W, 800 lm, 2700-6500 K, input 12 V DC. Material: aluminium arm, ABS base. Model: HL-1003. "
        "Features: touch dimmer, folding arm, USB port of 5 V 1 A. "
        + _terms("US$ 11.20-13.50", "200 pieces", "one lamp with adapter in a color box, 8 boxes in a carton", "35 days")
        + " Suitable for desks, bedside tables and workshops. The manual is printed in English and German. Certificates: CE and RoHS test reports. After-sales: spare adapters are sent free within the 24-month warranty of the LED desk lamp.",
        "Lights & Lighting > Indoor Lighting > Desk Lamps",
        "Power: 10 W\nInput voltage: 12 V DC\nModel: HL-1003\nColor: white, black\nWarranty: 24 months\nMaterial: aluminium, ABS",
        certifications="CE, RoHS", price="US$ 11.20-13.50", moq="200 pieces",
    ),
    offer(
        "HL1004", "Non-Slip TPE Yoga Mat 6 mm with Carrying Strap",
        "TPE yoga mat|exercise mat|non-slip yoga mat",
        "Closed-cell TPE that wears 3 times longer than PVC in our abrasion test; 40 yoga schools in Spain train on it.",
        "The TPE yoga mat has a ribbed underside that does not slide on wood or tile. Specification: 1830 x 610 x 6 mm, 0.9 kg. Material: two layers of TPE, free of latex. Model: HL-1004. "
        "Performance: no odour, tear strength above 20 N/mm. "
        + _terms("US$ 5.20-6.80", "300 pieces", "rolled in film with a cotton strap, 10 mats in a carton")
        + " Suitable users: yoga, pilates and physiotherapy classes. Instructions: clean with mild soap and dry in the shade. REACH report at hand. We replace faulty mats within 6 months. Any colour pair is possible for the TPE yoga mat from 1,000 pieces.",
        "Sports & Entertainment > Fitness & Body Building > Yoga Mats",
        "Material: TPE\nSize: 1830 x 610 x 6 mm\nColor: teal and grey, purple and pink\nWeight: 0.9 kg",
        certifications="REACH", price="US$ 5.20-6.80", moq="300 pieces",
    ),
    offer(
        "HL1005", "Reusable Cotton Canvas Tote Bag 12 oz with Inner Pocket",
        "canvas tote bag|cotton shopping bag|reusable canvas bag",
        "Carries 15 kg by test; museums in 9 countries order it with their own print every year.",
        "This canvas tote bag is sewn from 12 oz cotton with crossed stitches at the handles. Specification: 380 x 420 x 100 mm, handles 600 mm, 210 g. Material: 100% cotton canvas. Model: HL-1005. "
        "Performance: holds 15 kg, colour fast to grade 4. "
        + _terms("US$ 1.60-2.30", "500 pieces", "50 bags in a polybag, 200 in a carton", "20 days")
        + " Use: shopping, book shops, events and gifts. Washing instructions: 30 degrees, line dry. Screen print in up to four colours. Certificate: OEKO-TEX. We reprint what differs from the approved sample of the canvas tote bag.",
        "Luggage, Bags & Cases > Handbags > Tote Bags",
        "Material: cotton canvas\nSize: 380 x 420 x 100 mm\nColor: natural, black, navy\nWeight: 210 g",
        certifications="OEKO-TEX", price="US$ 1.60-2.30",
    ),
    offer(
        "HL1006", "Men's Waterproof Leather Hiking Boots with Rubber Sole",
        "men's hiking boots|waterproof hiking boots|leather trekking boots",
        "Waterproof to 50,000 flexes in the laboratory; a supplier of mountain clubs in Austria and Norway since 2015.",
        "The men's hiking boots keep feet dry on wet trails. Material: full-grain cow leather 2.2 mm, breathable membrane, rubber sole with 5 mm lugs. Specification: EU sizes 39-47, 640 g each. Model: HL-1006. "
        "Performance: waterproof to 50,000 flexes, sole abrasion below 150 cubic mm. "
        + _terms("US$ 24.50-29.00", "600 pairs", "one pair in a shoe box, 10 boxes in a carton", "45 days")
        + " Suitable for hiking, forestry and outdoor work. Care instructions: brush, dry slowly and wax. After-sales: new pairs for faulty ones within 12 months. Ask for a size set of the men's hiking boots as samples.",
        "Shoes & Accessories > Men's Shoes > Boots",
        "Upper material: cow leather\nSole material: rubber\nSize: EU 39-47\nColor: brown, anthracite",
        price="US$ 24.50-29.00", moq="600 pairs",
    ),
    offer(
        "HL1007", "Two-Piece Stainless Steel Ball Valve DN25 PN63",
        "stainless steel ball valve|two-piece ball valve|threaded ball valve",
        "Tight after 20,000 cycles at 63 bar; in use at breweries and water works in 12 countries.",
        "This stainless steel ball valve closes water, oil and gas lines. Specification: DN25, PN63, BSPT thread, full bore, -20 to 180 degrees C. Material: body and ball CF8M, PTFE seats. Model: HL-1007. "
        "Technical parameters: torque 12 Nm, leak rate A. "
        + _terms("US$ 7.80-9.10", "100 pieces", "one valve in a box, 40 boxes in a carton on pallets", "20 days")
        + " Use: process lines, pumps and tanks. Mounting instructions and a 3.1 material certificate come with each lot. Warranty of 18 months; seats are on stock as spare parts of the stainless steel ball valve.",
        "Hardware > Plumbing > Valves > Ball Valves",
        "Material: CF8M stainless steel\nSize: DN25\nPressure: PN63\nFinish: sandblasted\nConnection: BSPT thread",
        certifications="CE", price="US$ 7.80-9.10", moq="100 pieces",
    ),
    offer(
        "HL1008", "Hydraulic Hand Pallet Truck 2500 kg with Nylon Wheels",
        "hand pallet truck|hydraulic pallet jack|pallet truck",
        "Lifts 2,500 kg with eleven strokes; 1,400 trucks work in warehouses in Poland and Chile.",
        "The hand pallet truck moves pallets of up to 2,500 kg. Specification: forks 1150 x 550 mm, lift 85-200 mm, 68 kg. Material: welded steel frame, one-piece cast pump, nylon wheels. Model: HL-1008. "
        "Features: overload valve, three-position handle, grease points at every joint. "
        + _terms("US$ 165-190", "10 sets", "four trucks on one pallet in film", "30 days")
        + " Use: warehouses, markets and lorries. The operating instructions are in English, Polish and Spanish. Certificate: CE. After-sales: seal kits and wheels for ten years, 24-month warranty on the pump of the hand pallet truck.",
        "Machinery > Material Handling Equipment > Hand Pallet Trucks",
        "Capacity: 2500 kg\nWeight: 68 kg\nDimensions: 1150 x 550 mm forks\nPower: manual\nVoltage: none\nWarranty: 24 months",
        certifications="CE", price="US$ 165-190", moq="10 sets",
    ),
    offer(
        "HL1009", "Squirrel Plush Toy 30 cm with Embroidered Eyes",
        "squirrel plush toy|stuffed squirrel|plush animal toy",
        "Seams hold 90 N in the pull test; gift shops in 14 countries sell 60,000 a year.",
        "The squirrel plush toy has embroidered eyes, so that it is suitable for babies from birth. Specification: 300 mm tall, 180 g. Material: short polyester plush, PP cotton filling. Model: HL-1009. "
        "Performance: seams hold 90 N, washable at 30 degrees. "
        + _terms("US$ 2.40-3.10", "500 pieces", "one toy in a polybag with warning print, 48 in a carton")
        + " Suitable users: children from 0 years, gift shops and zoos. Certificates: EN71 and CE reports for each lot. Instructions are on the sewn label. We take back lots that fail your test of the squirrel plush toy.",
        "Toys & Hobbies > Stuffed & Plush Toys",
        "Material: polyester plush\nSize: 300 mm\nAge: from 0 years\nColor: brown",
        certifications="EN71, CE", price="US$ 2.40-3.10",
    ),
    offer(
        "HL1010", "Dehydrated Garlic Powder 100-120 Mesh in 25 kg Cartons",
        "garlic powder|dehydrated garlic powder|ground garlic",
        "Moisture below 6 % in every lot of the last 5 years; supplier of sausage makers in Germany and Japan.",
        "The garlic powder is ground from white garlic of Shandong, washed, sliced and dried at low heat. Specification: 100-120 mesh, moisture below 6 %, no additives. Ingredients: 100 % garlic. Model: HL-1010. "
        "Technical parameters: total plate count below 100,000 cfu/g, ash below 5 %. "
        + _terms("US$ 1.90-2.40 per kg", "1000 kg", "two foil bags of 12.5 kg in a carton", "15 days")
        + " Use: seasonings, sauces, meat products and snacks. Storage instructions: cool and dry, 24 months. Certificates: HACCP and Kosher. We send an analysis with each lot and take back garlic powder that differs from it.",
        "Food & Beverage > Seasonings & Condiments > Spices",
        "Ingredients: garlic\nNet weight: 25 kg\nShelf life: 24 months\nPackaging: foil bag in carton\nOrigin: Shandong, China",
        certifications="HACCP, Kosher", price="US$ 1.90-2.40", moq="1000 kg",
    ),
    offer(
        "HL1011", "Braided USB-C Charging Cable 60 W 1.2 m",
        "USB-C charging cable|USB C cable|braided USB-C cable",
        "Bends 20,000 times without a break; two telephone chains in France sell it under their name.",
        "The USB-C charging cable loads telephones and tablets with up to 60 W. Specification: 1.2 m, 20 V 3 A, USB 2.0 data at 480 Mbit/s. Material: tinned copper, nylon braid, aluminium plugs. Model: HL-1011. "
        "Performance: 20,000 bends, 10,000 insertions. "
        + _terms("US$ 0.95-1.40", "1000 pieces", "one cable in a paper box with hanger, 200 in a carton", "18 days")
        + " Use: cars, offices and hotels. Safety instructions are printed on the box. Certificates: CE and RoHS. After-sales: one new cable for each faulty one within 12 months. Four braid colours are on stock for the USB-C charging cable.",
        "Consumer Electronics > Mobile Phone Accessories > Data Cables",
        "Power: 60 W\nModel: HL-1011\nColor: black, grey, red, blue\nLength: 1.2 m\nWarranty: 12 months",
        certifications="CE, RoHS", price="US$ 0.95-1.40", moq="1000 pieces",
    ),
    offer(
        "HL1012", "Reflective Nylon Dog Leash 1.8 m with Padded Handle",
        "nylon dog leash|dog lead|reflective dog leash",
        "Breaks only above 300 kg in the pull test; carried by 700 pet shops in the United Kingdom.",
        "The nylon dog leash shines in the light of cars at 150 m. Specification: 1.8 m x 20 mm, 140 g, for dogs up to 45 kg. Material: nylon webbing, neoprene handle, zinc alloy hook. Model: HL-1012. "
        "Performance: holds 300 kg, salt spray 72 hours. "
        + _terms("US$ 1.35-1.90", "500 pieces", "one leash on a card, 100 in a carton", "20 days")
        + " Use: walking and training of medium and large dogs. Washing instructions are on the card. REACH report on request. After-sales: free replacement of faulty hooks within 12 months. Print your name on the nylon dog leash from 500 pieces.",
        "Pet Products > Pet Collars & Leashes",
        "Material: nylon\nSize: 1.8 m x 20 mm\nColor: orange, black, blue",
        certifications="REACH", price="US$ 1.35-1.90",
    ),
    offer(
        "HL1013", "Hand-Painted Ceramic Coffee Mug 350 ml with Cork Base",
        "ceramic coffee mug|coffee cup|hand-painted mug",
        "Survives 1,000 dishwasher runs by test; the cork base keeps tables dry, the seller of the year in Denmark in 2024.",
        "The ceramic coffee mug is painted by hand under the glaze, so that no colour touches the drink. Specification: 350 ml, 90 x 95 mm, 330 g. Material: stoneware, natural cork. Model: HL-1013. "
        "Performance: 1,000 dishwasher runs, no lead or cadmium. "
        + _terms("US$ 1.80-2.60", "600 pieces", "one mug in a box with egg-crate insert, 36 in a carton", "30 days")
        + " Use: homes, cafes and gifts. Instructions: take the cork off before the microwave. Certificate: LFGB. After-sales: we credit breakage above 1 %. Send your drawing and we paint a sample of the ceramic coffee mug in 7 days.",
        "Home & Garden > Kitchen & Dining > Drinkware > Mugs",
        "Material: stoneware\nCapacity: 350 ml\nColor: blue, sand\nSize: 90 x 95 mm",
        certifications="LFGB", price="US$ 1.80-2.60", moq="600 pieces",
    ),
    offer(
        "HL1014", "Combed Cotton Bath Towel 70 x 140 cm 500 gsm",
        "cotton bath towel|hotel bath towel|bath sheet",
        "Soft after 100 washes at 60 degrees; 320 hotels in Italy and Greece use it.",
        "The cotton bath towel is woven from combed ring-spun yarn with double hems. Specification: 700 x 1400 mm, 500 gsm, 490 g. Material: 100 % combed cotton. Model: HL-1014. "
        "Performance: shrinks less than 4 %, colour fast to grade 4-5. "
        + _terms("US$ 3.30-3.95", "400 pieces", "six towels in a polybag, 36 in a carton", "28 days")
        + " Use: hotels, spas and homes. Washing instructions: 60 degrees, tumble dry low. Certificate: OEKO-TEX. After-sales: lots below the agreed weight are taken back. Your name can be woven into the border of the cotton bath towel.",
        "Home Textiles > Towels > Bath Towels",
        "Material: combed cotton\nSize: 700 x 1400 mm\nColor: white, sand, grey\nWeight: 500 gsm",
        certifications="OEKO-TEX", price="US$ 3.30-3.95", moq="400 pieces",
    ),
]  # fmt: skip


def _plain(name: str, detail: str, price: str = "US$ 2.10-3.40", moq: str = "500 pieces") -> str:
    """A sound description of a product, so that a listing has the one fault it is there for."""
    return (
        f"The {name} is made in our own plant and inspected twice before packing. {detail} "
        + _terms(price, moq, "one piece in a box, 24 boxes in a carton")
        + f" The instructions come in English. Faulty pieces are replaced within the 12-month warranty of the {name}."
    )


def faulty(code: str, title: str, keywords: str, name: str, detail: str, category: str, attributes: str, **more: str) -> Listing:
    """A listing around one fault; `name` is what the product is called in its description."""
    brief = f"Tested for 5,000 uses and sold in 12 countries: a {name} for daily work."
    description = more.pop("description", _plain(name, detail))
    return offer(code, title, keywords, more.pop("brief", brief), description, category, attributes, **more)


_KITCHEN = "Home & Garden > Kitchen & Dining > Kitchen Tools"
_LAMPS = "Lights & Lighting > Indoor Lighting"
_TOYS = "Toys & Hobbies"
_SHOES = "Shoes & Accessories"
_HARDWARE = "Hardware"
_BATH = "Home & Garden > Bathroom Products"
_AUTO = "Vehicles & Transportation > Motorcycles > ATVs"
_PHONE = "Consumer Electronics > Mobile Phone Accessories"
_STEEL = "Material: stainless steel\nSize: 300 x 120 mm\nColor: silver"

FAULTY = [
    faulty("HL2001", "", "wire whisk|balloon whisk|egg whisk", "wire whisk", "Specification: 280 mm, 90 g, steel wire of 1.5 mm.", _KITCHEN, _STEEL),
    faulty("HL2002", "New Products", "angel statue|garden angel|stone angel", "stone statue", "Specification: 450 mm, 6 kg, cast stone.", "Home & Garden > Garden Ornaments", "Material: cast stone\nSize: 450 mm\nColor: grey"),
    faulty("HL2003", "Shelves", "glass shelf|bathroom shelf|glass bathroom shelf", "glass shelf", "Specification: 500 x 120 x 8 mm tempered glass, holds 10 kg.", _BATH, "Material: tempered glass\nSize: 500 x 120 x 8 mm\nColor: clear"),
    faulty("HL2004", "Soft PVC Baboosh for Indoor Use", "PVC baboosh|indoor baboosh|soft baboosh", "PVC baboosh", "Specification: EU sizes 36-45, 160 g each, PVC.", _SHOES, "Upper material: PVC\nSole material: PVC\nSize: EU 36-45\nColor: blue, grey"),
    faulty("HL2005", "Very Pretty New Teddy Bear Plush Toy High Quality", "teddy bear plush toy|stuffed bear|teddy bear", "teddy bear", "Specification: 250 mm, 150 g, polyester plush.", _TOYS, "Material: polyester plush\nSize: 250 mm\nAge: from 3 years", certifications="EN71"),
    faulty("HL2006", "Bathroom Rack, Glass Shelf and Towel Ring", "bathroom rack|towel rack|shower rack", "bathroom rack", "Specification: 400 x 120 mm, stainless steel 304, holds 8 kg.", _BATH, _STEEL),
    faulty("HL2007", "Faucet Kitchen Stainless Steel", "stainless steel kitchen faucet|kitchen tap|kitchen faucet", "kitchen faucet", "Specification: 420 mm high, ceramic cartridge of 35 mm.", _BATH, "Material: stainless steel\nSize: 420 mm\nFinish: brushed"),
    faulty("HL2008", "Sneaker Shoes Running Shoes Sport Shoes Men Shoes", "men's running shoes|running sneakers|sport shoes", "running shoe", "Specification: EU sizes 39-46, 260 g each, mesh and EVA.", _SHOES, "Upper material: mesh\nSole material: EVA\nSize: EU 39-46\nColor: black"),
    faulty("HL2009", "Folding Garden Chair with Wooden Armrests", "camping stool|beach umbrella|picnic stool", "garden chair", "Specification: 580 x 600 x 880 mm, 4.2 kg, acacia wood.", "Furniture > Outdoor Furniture", "Material: acacia wood\nSize: 580 x 600 x 880 mm\nColor: natural"),
    faulty("HL2010", "Screwdriver", "screwdriver|screw driver|magnetic screwdriver", "screwdriver", "Specification: PH2, 100 mm blade, chrome vanadium steel.", "Tools > Hand Tools", "Material: chrome vanadium steel\nSize: 100 mm\nPower: manual"),
    faulty("HL2011", "Adjustable Height Electric Standing Desk with Solid Oak Table Top, Memory Controller, Cable Tray, Two Quiet Motors and Lockable Castors", "electric standing desk|height adjustable desk|sit-stand desk", "standing desk", "Specification: 1600 x 800 mm, 620-1280 mm high, 120 kg load.", "Furniture > Office Furniture", "Material: oak, steel\nSize: 1600 x 800 mm\nColor: oak", price="US$ 210-260", moq="20 sets"),
    faulty("HL2012", "solar garden light with stainless steel spike", "solar garden light|solar path light|LED garden light", "solar garden light", "Specification: 0.2 W LED, 600 mAh battery, IP44.", "Lights & Lighting > Outdoor Lighting", "Power: 0.2 W\nModel: HL-2012\nColor: silver\nWarranty: 12 months\nMaterial: stainless steel"),
    faulty("HL2013", "★ Wireless Mouse with Silent Buttons ★ 🔥", "wireless mouse|cordless mouse|silent mouse", "wireless mouse", "Specification: 1600 dpi, 2.4 GHz, one AA cell.", "Consumer Electronics > Computer Peripherals", "Model: HL-2013\nPower: 1.5 V\nColor: black\nWarranty: 12 months"),
    faulty("HL2014", "Ｇlass Teapot with Infuser，800 ml", "glass teapot|tea pot with infuser|teapot", "glass teapot", "Specification: 800 ml borosilicate glass，steel infuser.", _KITCHEN, "Material: borosilicate glass\nCapacity: 800 ml\nColor: clear"),
    faulty("HL2015", "Foldable\u00a0Shopping\u200b Trolley with Six Wheels", "shopping trolley|foldable shopping cart|stair climbing trolley", "shopping trolley", "Specification: 40 litres,\u00a0holds 30 kg, 2.8 kg.", "Luggage, Bags & Cases > Trolleys", "Material: steel, polyester\nSize: 950 x 350 mm\nColor: grey"),
    faulty("HL2016", "CafÃ© Style Porcelain Espresso Cup 80 ml", "porcelain espresso cup|espresso mug|small coffee cup", "espresso cup", "Specification: 80 ml, 60 mm, donâ€™t use metal scrubbers.", _KITCHEN, "Material: porcelain\nCapacity: 80 ml\nColor: white"),
    faulty("HL2017", "Wall Clock &amp; Thermometer Oak 30 cm", "oak wall clock|wooden wall clock|wall clock", "wall clock", "Specification:<br>300 mm,&nbsp;0.8 kg, quartz movement.", "Home & Garden > Home Decor", "Material: oak\nSize: 300 mm\nColor: natural", brief="<b>Quiet</b> movement that runs 18 months on one cell &amp; is sold in 12 countries."),
    faulty("HL2018", "Garden Hose  25 m , with Brass Fittings ", "garden hose|water hose|PVC garden hose", "garden hose", "Specification : 25 m,,  12.5 mm, bursts above 24 bar !!", "Home & Garden > Garden Supplies", "Material: PVC\nSize: 25 m\nColor: green"),
    faulty("HL2019", "Silicone Baking Mat (400 x 300 mm for Half Sheet Pans", "silicone baking mat|baking sheet liner|oven mat", "baking mat", "Specification: 400 x 300 mm (0.7 mm thick, -40 to 230 degrees C.", _KITCHEN, "Material: silicone, glass fibre\nSize: 400 x 300 mm\nColor: red"),
    faulty("HL2020", "HEAVY DUTY GARDEN WHEELBARROW WITH PNEUMATIC TYRE", "garden wheelbarrow|heavy duty wheelbarrow|wheel barrow", "wheelbarrow", "OUR PRODUCTS ARE WELL KNOWN FOR THEIR STRONG FRAMES. Specification: 100 litres, 200 kg, 14 kg.", "Tools > Garden Tools", "Material: steel\nSize: 1400 x 600 mm\nPower: manual"),
    faulty("HL2021", "Stainles Steel Kichen Knife 20 cm with Wooden Handle", "kitchen knife|chef knife|chef's knife", "kitchen knife", "Specification: blade 200 mm, hardness 56 HRC, recieved polished and sharpend.", _KITCHEN, "Material: stainless steel\nSize: 200 mm\nColor: brown"),
    faulty("HL2022", "Ballpoint Pen w/ Metal Clip 100 pcs", "ballpoint pen|metal ballpoint pen|promotional pen", "ballpoint pen", "Specification: 0.7 mm, blue ink. Pls send qty & we reply asap.", "Office & School Supplies > Pens", "Material: aluminium\nSize: 140 mm\nColor: silver"),
    faulty("HL2023", "Ceramic Flower Pot with Saucer Hot Sale Free Shipping", "ceramic flower pot|flower planter|plant pot", "flower pot", "Best price, factory direct, limited time offer! Specification: 160 mm, 700 g.", "Home & Garden > Garden Supplies", "Material: ceramic\nSize: 160 mm\nColor: white"),
    faulty("HL2024", "Digital Kitchen Scale 5 kg with Glass Plate", "digital kitchen scale|food scale|kitchen scale", "kitchen scale", "Specification: 5 kg by 1 g. Write to sales@harborline-export.example or WhatsApp +86 138 0000 0000, www.harborline-export.example.", _KITCHEN, "Material: tempered glass\nSize: 200 x 150 mm\nColor: black", certifications="CE"),
    faulty("HL2025", "Novelty Party Hat with LED Lights", "party hat|LED party hat|novelty hat", "party hat", "Specification: 280 mm, three cells. It looks damn good and scares the shit out of your guests.", _TOYS, "Material: felt\nSize: 280 mm\nAge: from 14 years"),
    faulty("HL2026", "不锈钢 Soup Ladle 汤勺", "soup ladle|steel ladle|serving ladle", "soup ladle", "规格：长三百毫米，重一百二十克，适合家庭和餐厅使用。", _KITCHEN, _STEEL, brief="经久耐用的不锈钢汤勺，畅销欧美十二个国家，质量稳定可靠。"),
    faulty("HL2027", "Chrome Bike Bell with Compass", "bike bell，bicycle bell、cycle bell||", "bike bell", "Specification: 55 mm, 95 dB, steel dome.", "Sports & Entertainment > Cycling", "Material: steel\nSize: 55 mm\nColor: chrome"),
    faulty("HL2028", "Brass Bicycle Bell with Spring Striker", "bike|bicycle|bell", "bicycle bell", "Specification: 60 mm, 90 dB, brass dome.", "Sports & Entertainment > Cycling", "Material: brass\nSize: 60 mm\nColor: gold"),
    faulty("HL2029", "Folding Umbrella with Wooden Handle 8 Ribs", "rain cover|wooden handle|rain gear", "folding umbrella", "Specification: 980 mm open, 320 g, pongee of 190T.", "Luggage, Bags & Cases > Umbrellas", "Material: pongee\nSize: 980 mm\nColor: black", description="The folding umbrella opens to 980 mm and weighs 320 g. Material: pongee, fibreglass ribs, beech handle. Model: HL-2029. Packaging: sleeve, 60 in a carton. Price: US$ 3.20. Minimum order quantity: 300 pieces. Faulty ones of the folding umbrella are replaced."),
    faulty("HL2030", "Three-Seat Fabric Sofa with Oak Legs", "fabric sofa|three-seat sofa|fabric sofa with oak legs", "fabric sofa", "Specification: 2100 x 880 x 800 mm, 48 kg.", "Furniture > Living Room Furniture", "Material: polyester, oak\nSize: 2100 x 880 x 800 mm\nColor: grey", price="US$ 190-240", moq="20 sets"),
    faulty("HL2031", "Harborline Electric Kettle 1.7 L with Glass Body", "Harborline|electric kettle|glass kettle", "electric kettle", "Specification: 1.7 litres, 2200 W, 220-240 V.", "Home Appliances > Kitchen Appliances", "Material: borosilicate glass\nCapacity: 1.7 litres\nColor: clear\nPower: 2200 W", certifications="CE"),
    faulty("HL2032", "200cc Four-Wheel ATV with Automatic Clutch", "DOT Approved|200cc|200cc ATV", "ATV", "Specification: 200cc, 10 kW, 180 kg, top speed 70 km/h.", _AUTO, "Engine: 200cc\nMaterial: steel frame\nCompatible model: none\nPart number: 2032", certifications="DOT", price="US$ 980-1100", moq="10 sets"),
    faulty("HL2033", "250cc Farm ATV with Winch", "NX-21 ATV|farm ATV|quad bike", "ATV", "Specification: 250cc, 14 kW, 210 kg, winch of 900 kg.", _AUTO, "Engine: 250cc\nMaterial: steel frame\nCompatible model: none\nPart number: 2033", model="NX-21", price="US$ 1280-1400", moq="10 sets"),
    faulty("HL2034", "Fresh Red Fuji Apple 80-88 mm", "food|agriculture|Fuji apple", "Fuji apple", "Specification: 80-88 mm, brix 13, hand picked in Shandong.", "Agriculture > Fresh Fruit > Apples", "Variety: Fuji\nPackaging: 18 kg carton\nOrigin: Shandong, China", price="US$ 0.90-1.20", moq="20 tons"),
    faulty("HL2035", "Wooden Jigsaw Puzzle 100 Pieces for Children", "wooden jigsaw puzzle|hydraulic pump|car seat cover", "jigsaw puzzle", "Specification: 300 x 220 mm, basswood of 3 mm.", _TOYS, "Material: basswood\nSize: 300 x 220 mm\nAge: from 5 years", certifications="EN71"),
    faulty("HL2036", "Waterproof Phone Pouch with Neck Strap", "phone pouch|Phone-Pouch|pouch phone", "phone pouch", "Specification: 220 x 110 mm, IPX8, PVC and ABS.", _PHONE, "Material: PVC\nModel: HL-2036\nPower: none\nColor: clear\nWarranty: 12 months"),
    faulty("HL2037", "Rechargeable AA Battery 2500 mAh 1.2 V", "rechargeable battery|AA battery|NiMH battery", "rechargeable battery", "Specification: 1.2 V, 2500 mAh, 1,000 cycles.", "Consumer Electronics > Batteries", "Model: HL-2037\nPower: 1.2 V\nColor: green\nWarranty: 12 months", certifications="CE"),
    faulty("HL2038", "Cotton Baseball Cap with Metal Buckle", "baseball cap|baseball caps|cotton cap, sports cap, sun cap, golf cap, dad cap", "baseball cap", "Specification: 58 cm, 75 g, six panels.", "Apparel > Hats & Caps", "Material: cotton\nSize: 58 cm\nColor: black, navy\nGender: unisex"),
    faulty("HL2039", "Infrared Forehead Thermometer with LCD Display", "infrared forehead thermometer for measuring the temperature of adults and children and babies at home and in schools and offices and shops and airports|infrared thermometer|forehead thermometer", "infrared thermometer", "Specification: 32-42.9 degrees C, 0.2 degrees accuracy, FDA approved and ISO 9001 certified product.", "Medical > Thermometers", "Material: ABS\nSize: 150 x 95 mm\nShelf life: 5 years", certifications="CE"),
    faulty("HL2040", "UL Listed Extension Cord 3 m with Three Outlets", "extension cord|power cord|UL Listed extension cord", "extension cord", "Specification: 3 m, 14 AWG, 125 V 15 A. UL listed and GS marked.", "Consumer Electronics > Power Cords", "Model: HL-2040\nPower: 125 V 15 A\nColor: orange\nWarranty: 12 months", certifications="CE"),
    faulty("HL2041", "Adidas Running Socks 3 Pairs", "Adidas socks|running socks|sports socks", "running sock", "Specification: EU 39-46, 45 g a pair.", "Apparel > Socks", "Material: cotton, elastane\nSize: EU 39-46\nColor: white\nGender: men"),
    faulty("HL2042", "Herbal Foot Patch with Bamboo Vinegar", "foot patch|herbal foot pad|detox foot patch", "foot patch", "Specification: 60 x 80 mm, 10 pieces. The No. 1 in the world: a 100% cure for pain, it prevents cancer.", "Beauty & Personal Care > Foot Care", "Volume: 10 pieces\nIngredients: bamboo vinegar\nSkin type: all"),
    faulty("HL2043", "Cast Iron Frying Pan 26 cm with Two Spouts", "cast iron frying pan|cast iron skillet|iron frying pan", "frying pan", "", _KITCHEN, "Material: cast iron\nSize: 260 mm\nColor: black", description=""),
    faulty("HL2044", "Acrylic Photo Frame A5 with Magnets", "acrylic photo frame|acrylic picture frame|magnetic photo frame", "photo frame", "", "Home & Garden > Home Decor", "Material: acrylic\nSize: A5\nColor: clear", description="Nice photo frame, many sizes, please contact us."),
    faulty("HL2045", "Rattan Laundry Basket with Cotton Lining", "rattan laundry basket|laundry hamper|wicker laundry basket", "laundry basket", "", "Home & Garden > Storage", "", brief="Welcome to our company.", description="We are a company that was founded many years ago by people who love what they do. Our team is young and friendly, and our office has a view of the river. Customers from all over come to see us, and we are always glad to talk with them about what they wish for and how we can work together in the years to come."),
    faulty("HL2046", "Plastic Lunch Box 1 L with Cutlery", "plastic lunch box|bento box|lunch container", "lunch box", "", _KITCHEN, "Material: polypropylene\nCapacity: 1 litre\nColor: green", description="This plastic lunch box is the plastic lunch box you want. The plastic lunch box holds 1 litre. A plastic lunch box for school, a plastic lunch box for work: every plastic lunch box has cutlery. Order the plastic lunch box in any color and get a plastic lunch box with your logo."),
    faulty("HL2047", "Velvet Throw Pillow 45 x 45 cm with Zipper", "velvet throw pillow|velvet cushion|sofa pillow", "throw pillow", "", "Home Textiles > Cushions", "Material: velvet\nSize: 450 x 450 mm\nColor: rust, sand, ivory, olive, petrol, navy, burgundy, blush, charcoal, silver grey, mustard, terracotta, aubergine", description="It is soft on both sides and closes with a hidden zipper. Specification: 450 x 450 mm, 480 g. Material: polyester velvet, hollow fibre filling. Washing at 30 degrees. Packaging: vacuum bag, 20 in a carton. Price: US$ 2.90 FOB. Minimum order quantity: 300 pieces. Twelve colours are on stock, and other ones are dyed from 1,000 pieces. Faulty ones are replaced within 12 months."),
    faulty("HL2048", "Pine Wood Bird House with Copper Roof", "pine bird house|wooden bird house|bird nesting box", "bird house", "", "Pet Products > Bird Supplies", "Material: pine\nSize: 160 x 150 x 260 mm\nColor: natural", description="Pine Wood Bird House with Copper Roof"),
    faulty("HL2049", "Aluminium Step Ladder with Five Steps", "aluminium step ladder|folding ladder|household ladder", "step ladder", "Specification: 1650 mm, 5.4 kg, holds 150 kg.", "", "Material: aluminium\nSize: 1650 mm\nColor: silver"),
    faulty("HL2050", "Stainless Steel Sink Strainer 110 mm", "sink strainer|drain strainer|kitchen sink strainer", "sink strainer", "Specification: 110 mm, plastic rim, 24 V coating line.", "Shoes & Accessories > Men's Shoes > Boots", "Material: plastic\nSize: 110 mm\nColor: white"),
    faulty("HL2051", "12 V Car Vacuum Cleaner with Two Nozzles", "car vacuum cleaner|handheld vacuum cleaner|12 V vacuum cleaner", "car vacuum cleaner", "Specification: 120 W, 0.9 kg, hose of 1 m.", "Vehicle Accessories > Car Care", "Compatible model: all cars\nMaterial: ABS\nPart number: 2051\nVoltage: 24 V\nColor: black", brand="", price="", moq="", certifications="CE"),
    faulty("HL2052", "Rubber Dumbbell 10 kg with Steel Handle", "rubber dumbbell|hex dumbbell|10 kg dumbbell", "rubber dumbbell", "Specification: 10 kg, 290 mm, cast iron core.", "Sports & Entertainment > Fitness & Body Building", "", price="1-99: 8.00; 100-499: 9.50; 400+: 10.20", gtin="4006381333932", updated="2023-02-11"),
    faulty("HL2053", "Linen Table Runner 40 x 180 cm with Fringes", "linen table runner|table cloth runner|table runner", "table runner", "Specification: 400 x 1800 mm, 160 g, European flax.", "Home Textiles > Table Linen", "Material: linen\nSize: 400 x 1800 mm\nColor: natural", model="HL-2053", updated="2024-05-02"),
    faulty("HL2054", "Linen Table Runner 40 x 180 cm with Fringes", "linen table runner|table cloth runner|table runner", "table runner", "Specification: 400 x 1800 mm, 160 g, European flax.", "Home Textiles > Table Linen", "Material: linen\nSize: 400 x 1800 mm\nColor: natural", model="HL-2053", images=_image("HL2053")),
    faulty("HL2054", "Microfibre Cleaning Cloth 40 x 40 cm", "microfibre cleaning cloth|microfiber towel|cleaning cloth", "cleaning cloth", "Specification: 400 x 400 mm, 300 gsm.", "Home & Garden > Cleaning Supplies", "Material: Microfibre\nSize: 400 x 400 mm\nColor: blue", brand="Harbor-Line"),
    faulty("HL2055", "Microfibre Window Cloth 50 x 70 cm", "microfibre cleaning cloth|microfiber towel|cleaning cloth", "window cloth", "Specification: 500 x 700 mm, 260 gsm.", "Home & Garden > Cleaning Supplies", "Material: Micro Fibre\nSize: 500 x 700 mm\nColor: green", brand="HARBORLINE"),
    faulty("HL2056", "Microfibre Dish Cloth 30 x 30 cm", "microfibre cleaning cloth|microfiber towel|cleaning cloth", "dish cloth", "Specification: 300 x 300 mm, 280 gsm.", "Home & Garden > Cleaning Supplies", "Material: Microfibre\nSize: 300 x 300 mm\nColor: yellow", group="HL-CLOTH"),
    faulty("HL2057", "Microfibre Car Cloth 40 x 60 cm", "microfibre cleaning cloth|microfiber towel|cleaning cloth", "car cloth", "Specification: 400 x 600 mm, 320 gsm.", "Home & Garden > Cleaning Supplies", "Material: Microfibre\nSize: 400 x 600 mm\nColor: grey", group="HL-CLOTH"),
    faulty("HL2058", "Microfibre Dusting Glove 25 x 18 cm", "microfibre cleaning cloth|microfiber towel|cleaning cloth", "dusting glove", "Specification: 250 x 180 mm, 60 g.", "Home & Garden > Cleaning Supplies", "Material: Microfibre\nSize: 250 x 180 mm\nColor: blue"),
    faulty("HL2059", "Stoneware Vase 22 cm with White Glaze", "stoneware vase|ceramic flower vase|wireless mouse", "stoneware vase", "", "Home & Garden > Home Decor", "Material: stoneware\nSize: 220 x 120 mm\nColor: white", description="Elevate your home with this captivating stoneware vase. Its timeless elegance and serene beauty make a stunning statement in any room, and its exquisite glaze adds irresistible charm to your table. Height 220 mm, neck 40 mm, 900 g. Glazed inside and outside, watertight. Packed in a foam box, 8 in a carton. Wash it by hand."),
]  # fmt: skip

LISTINGS: list[Listing] = [*GOOD, *FAULTY]

ZH_HEADER = ("货号", "产品名称", "产品英文名称", "英文关键词1", "英文关键词2", "英文关键词3", "英文描述", "品牌", "型号", "类目", "认证", "FOB价格(USD)", "最小起订量", "更新时间", "忽略规则")

LISTINGS_ZH: list[tuple[str, ...]] = [
    ("HL3001", "电动螺丝刀套装", "Cordless Electric Screwdriver Set with 32 Bits", "cordless screwdriver set", "electric screwdriver", "power screwdriver",
     "The cordless screwdriver set drives 400 screws on one charge. Specification: 3.6 V, 1500 mAh, 5 Nm. Material: ABS housing, chrome vanadium bits. Packaging: plastic case. Use: furniture assembly and repairs at home. Warranty: 12 months. Samples of the cordless screwdriver set are sent within 5 days.",
     "Harborline", "HL-3001", "Tools > Power Tools", "CE", "9.80-11.50", "200", "2026-10-12", ""),
    ("HL3002", "硅胶锅铲", "Silicone Spatula with Beech Handle 30 cm", "silicone spatula，kitchen turner", "silicone turner", "",
     "The silicone spatula stands 230 degrees and does not scratch coated pans. Specification: 300 mm, 85 g. Material: food silicone, beech. Packaging: paper card, 100 in a carton. Use: frying and baking. LFGB report on request. Faulty pieces of the silicone spatula are replaced within 12 months.",
     "Harborline", "HL-3002", "Home & Garden > Kitchen & Dining > Kitchen Tools", "LFGB", "0.85-1.10", "1000", "2026-09-30", ""),
    ("HL3003", "儿童雨靴", "KIDS RUBBER RAIN BOOTS", "kids rain boots", "rubber boots", "wellington boots",
     "Rain boots for kids in many colors. Hot sale now!",
     "Harborline", "HL-3003", "Shoes & Accessories > Children's Shoes", "", "3.60", "600", "2025-01-15", "all-caps"),
    ("HL3004", "竹纤维餐具套装", "Bamboo Fibre Dinner Set for Children", "bamboo fibre dinner set", "kids dinnerware set", "children's tableware set",
     "The bamboo fibre dinner set has a plate, a bowl, a cup, a fork and a spoon. Specification: plate 230 mm, bowl 400 ml, cup 250 ml. Material: bamboo fibre and PLA. Packaging: gift box. Use: children from 12 months; dishwasher safe, no microwave. Warranty: 6 months. Prints of your own are possible on the bamboo fibre dinner set.",
     "Harborline", "HL-3004", "Home & Garden > Kitchen & Dining > Tableware", "LFGB", "4.20-5.00", "500", "2026-10-01", ""),
    ("HL3005", "太阳能露营灯", "Solar Camping Lantern 500 lm with Power Bank", "solar camping lantern", "camping light", "LED camping lantern",
     "The solar camping lantern shines for 12 hours and loads telephones. Specification: 500 lm, 4000 mAh, IP65, 350 g. Material: ABS. Packaging: color box, 40 in a carton. Use: camping, fishing and power cuts. CE and RoHS reports at hand. Warranty of the solar camping lantern: 12 months.",
     "Harborline", "HL-3005", "Lights & Lighting > Outdoor Lighting", "CE, RoHS", "6.40-7.90", "300", "2026-10-18", ""),
]  # fmt: skip
