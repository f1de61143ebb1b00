// The listing being written, with its history: every change, typed or made by a fix, can be undone and redone.

import { keep, kept, settings } from "/static/settings.js";
import { difference, edited, wellFormed } from "/static/texts.js";

export const FIELDS = ["title", "keywords", "brief", "description", "brand", "model", "category", "attributes", "certifications", "price", "moq"];
/** A new listing without these is faulty from the first word on; the others count once they are used, and those of a file as the file has them. */
const CORE = new Set(["title", "keywords", "description"]);
const DRAFT = "listinglint.draft";
const MOST = 400;
const PAUSE = 900;

/**
 * @typedef {Record<string, string>} Texts
 * @typedef {{file: string, name: string, ordinal: number, record: number|null, ignored: string|null}} Origin
 * @typedef {{texts: Texts, rest: Record<string, any>, has: string[], origin: Origin|null}} Draft
 */

/** @returns {Draft} */
const empty = () => ({ texts: Object.fromEntries(FIELDS.map((field) => [field, ""])), rest: {}, has: [], origin: null });

/** @type {Draft} */
let draft = empty();
/** @type {Draft[]} */
let past = [];
/** @type {Draft[]} */
let future = [];
let typed = { field: "", at: 0 };
const listeners = new Set();

/** Calls `run({field, place})` after each change; `place` is where the caret belongs after undo and redo. */
export const onChange = (run) => listeners.add(run);

function changed(how = {}) {
  keep(DRAFT, isBlank() ? null : draft);
  for (const run of listeners) run(how);
}

/** The text of a field. */
export const text = (field) => draft.texts[field];
/** All texts. */
export const texts = () => draft.texts;
/** Where the listing was opened from. */
export const origin = () => draft.origin;
/** True while nothing has been written. */
export const isBlank = () => FIELDS.every((field) => !draft.texts[field].trim());

/** What the server is asked about: written fields, those the listing's source has, and those that every listing needs. */
export function listing() {
  const out = { ...draft.rest };
  for (const field of FIELDS) {
    const value = draft.texts[field];
    if (value.trim() || (CORE.has(field) && !draft.origin) || draft.has.includes(field) || settings.strict) out[field] = wellFormed(value);
  }
  return out;
}

function step(next, remember = true) {
  if (remember) {
    past.push(draft);
    if (past.length > MOST) past.shift();
  }
  future = [];
  draft = next;
}

/** Takes what was typed into a field; letters typed without a pause are one step of the history. */
export function type(field, value) {
  if (draft.texts[field] === value) return;
  const now = Date.now();
  const before = draft.texts[field];
  const begins = value.length > before.length && /\s/.test(value[difference(before, value).start] ?? "");
  const goesOn = typed.field === field && now - typed.at < PAUSE && !begins && past.length > 0 && Math.abs(value.length - before.length) <= 2;
  const has = draft.has.includes(field) ? draft.has : [...draft.has, field];
  step({ ...draft, texts: { ...draft.texts, [field]: value }, has }, !goesOn);
  typed = { field, at: now };
  changed({ field });
}

/** Changes fields in one step of the history; `field` is where the person is. */
export function change(values, field = "") {
  if (Object.entries(values).every(([name, value]) => draft.texts[name] === value)) return;
  typed = { field: "", at: 0 };
  const has = [...new Set([...draft.has, ...Object.keys(values).filter((name) => FIELDS.includes(name))])];
  step({ ...draft, texts: { ...draft.texts, ...values }, has });
  changed({ field });
}

/**
 * Makes edits in one step.
 * @param {{field: string, start: number, end: number, text: string}[]} edits places in UTF-16 units
 */
export function edit(edits) {
  /** @type {Texts} */
  const values = {};
  for (const field of new Set(edits.map((one) => one.field))) values[field] = edited(draft.texts[field] ?? "", edits.filter((one) => one.field === field));
  change(values, edits[0]?.field);
}

const asText = (value) => String(value ?? "").replace(/\r\n?/g, "\n");

function attributesOf(value) {
  let given = value;
  if (typeof value === "string" && /^\s*\{/.test(value)) {
    try {
      given = JSON.parse(value);
    } catch {
      // Not JSON: the text as it stands.
    }
  }
  if (given && typeof given === "object" && !Array.isArray(given)) return Object.entries(given).map(([key, one]) => `${key}: ${asText(one)}`).join("\n");
  return Array.isArray(given) ? given.map(asText).filter(Boolean).join("\n") : asText(given);
}

/**
 * Takes a whole listing, as one step that can be undone.
 * @param {Record<string, any>} given fields as the server and files have them
 * @param {{origin?: Origin|null, bag?: boolean}} [how]
 */
export function open(given, { origin: from = null, bag = false } = {}) {
  const next = empty();
  next.origin = from;
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    if (!FIELDS.includes(name)) {
      next.rest[name] = value;
      continue;
    }
    next.has.push(name);
    if (name === "attributes") next.texts[name] = attributesOf(value);
    else if (Array.isArray(value)) next.texts[name] = value.map(asText).filter((one) => one.trim()).join(name === "keywords" ? (bag ? " " : ", ") : name === "description" ? "\n" : ", ");
    else next.texts[name] = asText(value);
  }
  typed = { field: "", at: 0 };
  step(next);
  changed({ whole: true });
}

/** Puts an empty listing in place, as one step that can be undone. */
export const clear = () => open({});

export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;

/** Goes one step back. */
export function undo() {
  turn(past, future);
}

/** Goes one step on again. */
export function redo() {
  turn(future, past);
}

function turn(from, to) {
  const next = from.pop();
  if (!next) return;
  const before = draft;
  to.push(before);
  draft = next;
  typed = { field: "", at: 0 };
  const field = FIELDS.find((name) => before.texts[name] !== next.texts[name]) ?? "";
  const where = field ? difference(before.texts[field], next.texts[field]) : null;
  changed({ field, place: where ? where.end + where.grown : null, whole: !field });
}

/** Takes up the draft that this browser keeps, if it has the right shape. */
export function restore() {
  const found = kept(DRAFT);
  if (!found || typeof found !== "object" || typeof found.texts !== "object" || !found.texts) return;
  const next = empty();
  for (const field of FIELDS) if (typeof found.texts[field] === "string") next.texts[field] = found.texts[field];
  if (found.rest && typeof found.rest === "object") next.rest = found.rest;
  if (Array.isArray(found.has)) next.has = found.has.filter((name) => FIELDS.includes(name));
  if (found.origin && typeof found.origin.file === "string") next.origin = found.origin;
  draft = next;
  past = [];
  future = [];
}
