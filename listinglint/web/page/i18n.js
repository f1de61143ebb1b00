// The page's own words in the reader's language; what the server says comes in that language already.

import { en } from "/static/en.js";
import { zh } from "/static/zh.js";
import { choose } from "/static/settings.js";

const WORDS = { en, zh };
let current = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const listeners = new Set();

/** `en` or `zh`. */
export const language = () => current;

/** The text of a key with its `{places}` filled; a key that is missing shows itself. */
export function t(key, values = {}) {
  const text = WORDS[current][key] ?? en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** `t` for a count: English has `key` for one and `keys` for others, under `key1` and `key`. */
export function counted(key, n) {
  return t(n === 1 && `${key}1` in WORDS[current] ? `${key}1` : key, { n: number(n) });
}

/** A number as the language writes it. */
export const number = (value, digits = 0) => new Intl.NumberFormat(current === "zh" ? "zh-CN" : "en", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** A name of a field, section or kind; the word itself where it has no translation. */
export const named = (group, word) => WORDS[current][`${group}.${word}`] ?? en[`${group}.${word}`] ?? word;

/** Calls `run` after each change of language. */
export const onLanguage = (run) => listeners.add(run);

/** Switches the language and remembers it. */
export function speak(lang) {
  current = lang === "zh" ? "zh" : "en";
  choose({ lang: current });
  document.documentElement.lang = current === "zh" ? "zh-CN" : "en";
  translate(document.body);
  for (const run of listeners) run();
}

/** Fills the texts of the markup: `data-t` is the text, `data-t-label` the label. */
export function translate(root) {
  for (const one of root.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
  for (const one of root.querySelectorAll("[data-t-label]")) {
    one.setAttribute("aria-label", t(one.dataset.tLabel));
    if (one.localName === "button") one.title = t(one.dataset.tLabel);
  }
}
