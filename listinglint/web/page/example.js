// A listing with common faults, to try the page with; all names and figures are invented.

export const EXAMPLE = {
  title: "Best Quality Water Bottle Stainless Steel Bottle Sport Bottle Vacum Insulated",
  keywords: "water bottle, bottle, stainless steel water bottle",
  brief: "Keeps drinks cold for 24 hours.",
  description: "We are a professional manufacturer. This stainless steel water bottle keeps your drinks cold for 24 hours and hot for 12 hours. "
    + "You will recieve every bottle in a kraft box,24 boxes in a carton. Specification: 750 ml, 73 x 265 mm, 360 g. Material: 304 steel. Contact us at sales@example.com for the best price!!!",
  brand: "Harborline",
  model: "HL-1001",
  category: "Home & Garden > Kitchen & Dining > Drinkware > Water Bottles",
  attributes: { Material: "304 stainless steel", Capacity: "750 ml", Color: "matt black" },
  certifications: "LFGB",
  price: "US$ 3.10-4.20",
  moq: "500 pieces",
};
