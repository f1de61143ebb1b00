// What the reader chose: language, theme, marketplace, views. Kept in this browser only.

const NAME = "listinglint.settings";

/** Reads a JSON value that this browser keeps; null where it keeps none or something broken. */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name) || "null");
  } catch {
    return null;
  }
}

/** Keeps a JSON value; a browser that refuses (private window, full) only forgets. */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Nothing depends on what is kept.
  }
}

/** @type {{lang?: string, theme?: string, marketplace: string, keywordsAs: string, attributesAs: string, strict: boolean}} */
export const settings = { marketplace: "", keywordsAs: "chips", attributesAs: "rows", strict: false, ...(kept(NAME) || {}) };

/** Changes settings and keeps them. */
export function choose(changes) {
  Object.assign(settings, changes);
  keep(NAME, settings);
}
