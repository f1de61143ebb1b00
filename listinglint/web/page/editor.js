// The writing view: fields, what the server says of them at each keystroke, and everything that one click does.

import { ask, newest, Problem } from "/static/api.js";
import { Area } from "/static/area.js";
import { Card, sign } from "/static/card.js";
import { Chips } from "/static/chips.js";
import { asRow, asText, copy } from "/static/copying.js";
import { button, byId, el, put, same, say } from "/static/dom.js";
import { EXAMPLE } from "/static/example.js";
import { dearest, showFindings } from "/static/findings.js";
import { counted, language, named, number, onLanguage, t } from "/static/i18n.js";
import * as judgement from "/static/judgement.js";
import { Rows } from "/static/rows.js";
import { ScorePanel, showAdvice } from "/static/score.js";
import { choose, settings } from "/static/settings.js";
import * as store from "/static/store.js";
import { budgetMeter, showKeywords, showTitles } from "/static/suggestions.js";
import { isPairs, keywordsOf, withKeyword, withoutKeyword } from "/static/texts.js";
import { findingsOf, Watch } from "/static/watch.js";

const KEYSTROKE = 70;
const SUGGEST = 350;
/** Rows that a field shows when it is empty; fields of more than one row take line ends. */
const ROWS = { description: 7, brief: 2, keywords: 2, attributes: 3 };
const LINES = new Set(["description", "brief", "attributes"]);

/** @type {Record<string, Area>} */
const areas = {};
/** @type {Record<string, HTMLElement>} */
const frames = {};
/** @type {any} */ let suggested = null;
/** @type {any[]} */ let visitable = [];
/** @type {any} */ let visited = null;
let trouble = (/** @type {any} */ _error) => {};
let marketplaces = [];
/** @type {Chips} */ let chips;
/** @type {Rows} */ let rows;
/** @type {Card} */ let card;
/** @type {ScorePanel} */ let score;
/** @type {Watch} */ let watch;
let leave = () => {};

const bag = () => marketplaces.find((one) => one.name === settings.marketplace)?.keywords?.kind === "bag";
const asChips = () => settings.keywordsAs === "chips";
const asRows = () => settings.attributesAs === "rows" && isPairs(store.text("attributes"));

// --- asking ---

const judge = newest({
  wait: KEYSTROKE,
  send: async (signal) => {
    const sent = { ...store.texts() };
    const found = await ask("/api/edit", { body: { listing: store.listing(), ignored: store.origin()?.ignored ?? null, marketplace: settings.marketplace, lang: language() }, signal });
    return { found, sent };
  },
  take: ({ found, sent }) => {
    trouble(null);
    judgement.take(found, sent);
    show();
    showSuggestions();
  },
  fail: (error) => failed(error, judge),
});

const propose = newest({
  wait: SUGGEST,
  send: (signal) => ask("/api/suggest", { body: { listing: store.listing(), marketplace: settings.marketplace, lang: language() }, signal }),
  take: (found) => {
    suggested = found.suggestions?.[0] ?? null;
    showSuggestions();
  },
  fail: (error) => { if (!(error instanceof Problem) || error.status !== 0) trouble(error); },
});

let again = 0;

function failed(error, asker) {
  if (error instanceof DOMException) return;
  trouble(error);
  // The draft is safe; ask again until the server is back.
  if (error instanceof Problem && (error.status === 0 || error.status === 429 || error.status === 503)) {
    clearTimeout(again);
    again = setTimeout(() => asker.later(), 1500);
  }
}

function consult() {
  if (!marketplaces.length) return;
  if (store.isBlank()) {
    judge.drop();
    propose.drop();
    judgement.drop();
    suggested = null;
    show();
    showSuggestions();
    return;
  }
  judge.later();
  if (store.text("title").trim()) propose.later();
  else {
    propose.drop();
    suggested = null;
    showSuggestions();
  }
}

// --- fixes ---

function fix(finding) {
  const edits = judgement.editsOf(finding);
  if (!edits) {
    judge.now();
    return;
  }
  const fromCard = card.element.contains(document.activeElement);
  card.close();
  store.edit(edits);
  const last = edits[edits.length - 1];
  if (fromCard) focusField(last.field, last.start + last.text.length);
  say(t("fixed"));
}

async function mendAll() {
  if (store.isBlank()) return;
  const before = store.texts();
  try {
    const found = await ask("/api/fix", { body: { listing: store.listing(), marketplace: settings.marketplace, lang: language(), unsafe: false } });
    // What was typed meanwhile counts for more.
    if (store.texts() !== before) return;
    const mended = found.listings[0];
    const values = {};
    for (const field of store.FIELDS) if (typeof mended.listing[field] === "string") values[field] = mended.listing[field];
    store.change(values);
    say(t("mended", { n: mended.edits.length }));
  } catch (error) {
    trouble(error);
  }
}

// --- drawing ---

function showMarks(field) {
  const marks = judgement.marksOf(field);
  if (field === "keywords") chips.mark(marks);
  if (field === "attributes" && asRows()) rows.mark(marks);
  areas[field].mark(marks);
}

function showTexts() {
  for (const field of store.FIELDS) areas[field].show(store.text(field));
  chips.show(store.text("keywords"));
  if (isPairs(store.text("attributes"))) rows.show(store.text("attributes"));
  switchViews();
}

function switchViews() {
  areas.keywords.element.hidden = asChips();
  chips.element.hidden = !asChips();
  areas.attributes.element.hidden = asRows();
  rows.element.hidden = !asRows();
  for (const [name, on] of [["chips", asChips()], ["text", !asChips()]]) byId(`keywords-${name}`).setAttribute("aria-pressed", String(on));
  for (const [name, on] of [["rows", asRows()], ["lines", !asRows()]]) byId(`attributes-${name}`).setAttribute("aria-pressed", String(on));
  byId("attributes-rows").disabled = !isPairs(store.text("attributes"));
  byId("label-keywords").htmlFor = asChips() ? chips.input.id : areas.keywords.id;
}

function show() {
  visitable = judgement.report ? dearest(judgement.report.findings) : [];
  for (const field of store.FIELDS) {
    showMarks(field);
    showField(field);
  }
  score.show(judgement.report);
  showFindings(byId("findings"), judgement.report, { go: (finding) => visit(finding, true), fix });
  showAdvice(byId("advice"), judgement.report, (step) => {
    const finding = judgement.report.findings.find((one) => one.rule === step.rule && one.field === step.field);
    if (finding) visit(finding, true);
  });
  const safe = (judgement.report?.findings ?? []).filter((finding) => finding.fix?.safety === "safe").length;
  byId("mend").disabled = !safe;
  byId("mend").textContent = safe ? t("mendSafeN", { n: safe }) : t("mendSafe");
  showBudget();
  if (card.isOpen && !card.findings.every((finding) => judgement.report?.findings.includes(finding))) card.close();
}

function showField(field) {
  const frame = frames[field];
  const counter = judgement.answer?.counters?.[field];
  const place = frame.querySelector(".counter");
  // The keywords have a meter of their own below.
  place.textContent = field === "keywords" ? "" : counter?.text ?? "";
  const over = counter && counter.most !== null && counter.value > counter.most;
  const under = counter && counter.least !== null && counter.value < counter.least;
  place.classList.toggle("over", Boolean(over));
  place.classList.toggle("under", Boolean(under && store.text(field).trim()));
  const found = (judgement.report?.findings ?? []).filter((finding) => finding.field === field);
  const cost = found.reduce((sum, finding) => sum + finding.penalty, 0);
  const level = found.some((finding) => finding.severity === "error") ? "error" : found.some((finding) => finding.severity === "warning") ? "warning" : found.length ? "info" : "";
  frame.dataset.level = level;
  if (same(frame, language(), found)) return;
  put(frame.querySelector(".tally"), found.length ? el("button", { type: "button", class: `tally-button ${level}`, "aria-label": t("goTo", { n: counted("finding", found.length), field: named("field", field) }), onclick: () => visit(dearest(found)[0], true) },
    sign(level), ` ${found.length}`, cost ? el("span", { class: "cost" }, ` −${number(cost, cost < 10 ? 1 : 0)}`) : null) : null);
  put(frame.querySelector(".notes"), ...found.filter((finding) => finding.from === undefined).map((finding) => el("li", { class: finding.severity }, sign(finding.severity), " ", finding.message)));
}

function showBudget() {
  const place = byId("budget-place");
  put(place, budgetMeter(judgement.answer?.keywords?.budget ?? null));
}

function showSuggestions() {
  showKeywords(byId("keyword-suggestions"), suggested, {
    text: store.text("keywords"), budget: judgement.answer?.keywords?.budget ?? (bag() ? { kind: "bytes", most: null } : null),
    add: (word) => { store.change({ keywords: withKeyword(store.text("keywords"), word, bag()) }, "keywords"); say(t("added", { text: word })); },
    remove: (word) => { store.change({ keywords: without(store.text("keywords"), word) }, "keywords"); say(t("removed", { text: word })); },
    takeAll: (text) => { store.change({ keywords: text }, "keywords"); say(t("added", { text })); },
  });
  showTitles(byId("title-proposals"), suggested, {
    title: store.text("title"), score: judgement.report?.score ?? null, stars: judgement.report?.stars ?? null,
    use: (title) => { store.change({ title }, "title"); focusField("title", title.length); say(t("fixed")); },
  });
}

/** The keyword text without a keyword; of a bag without its words. */
function without(text, word) {
  const gone = new Set((bag() ? word.split(/\s+/) : [word]).map((one) => one.toLowerCase()));
  for (let found; (found = keywordsOf(text, bag()).find((one) => gone.has(one.text.toLowerCase()))); ) text = withoutKeyword(text, found, bag());
  return text;
}

function showOrigin() {
  const place = byId("origin");
  const from = store.origin();
  place.hidden = !from;
  if (!from || same(place, language(), from)) return;
  put(place, el("span", {}, from.record ? t("rowOf", { row: from.record, name: from.name }) : t("listingOf", { n: from.ordinal + 1, name: from.name })), " ",
    button(t("backToList"), () => leave(), { class: "plain small", id: "back-to-list" }), el("span", { class: "soft small" }, t("originNote")));
}

// --- walking through findings ---

/** Findings in the order of the page: field by field, place by place, those without a place last of their field. */
function ordered() {
  const rank = (finding) => [store.FIELDS.indexOf(finding.field), finding.from ?? Infinity];
  return visitable.filter((finding) => store.FIELDS.includes(finding.field)).sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0] - y[0] || x[1] - y[1] || 0;
  });
}

function step(by) {
  const all = ordered();
  if (!all.length) {
    say(t("clean"));
    return;
  }
  let at = all.indexOf(visited);
  if (at < 0) {
    const frame = document.activeElement?.closest?.("[data-field]");
    const field = frame ? store.FIELDS.indexOf(/** @type {HTMLElement} */ (frame).dataset.field ?? "") : -1;
    const caret = document.activeElement instanceof HTMLTextAreaElement ? document.activeElement.selectionStart : 0;
    const next = all.findIndex((finding) => {
      const here = store.FIELDS.indexOf(finding.field);
      return here > field || (here === field && (finding.from ?? Infinity) >= caret);
    });
    at = by > 0 ? (next < 0 ? all.length : next) - 1 : next < 0 ? 0 : next;
  }
  visit(all[(at + by + all.length) % all.length], true);
}

/** Goes to the words of a finding, with its reason shown and spoken. */
function visit(finding, spoken) {
  visited = finding;
  const frame = frames[finding.field];
  if (!frame) {
    say(finding.message);
    return;
  }
  if (finding.field === "keywords" && asChips()) {
    const mark = chips.marks.find((one) => one.finding === finding);
    const chip = mark ? chips.chipOf(mark) : null;
    if (chip) {
      chip.focus();
      openCard(chips.element, chip.getBoundingClientRect(), [finding], spoken, chip);
      return;
    }
    chips.input.focus();
    openCard(chips.element, chips.element.getBoundingClientRect(), [finding], spoken, chips.input);
    return;
  }
  let area = areas[finding.field];
  let mark = area.marks.find((one) => one.finding === finding);
  if (finding.field === "attributes" && asRows()) {
    const place = rows.placeOf(finding);
    area = place?.area ?? rows.first;
    mark = place?.mark;
  }
  watch.hush();
  if (mark) area.focus(mark.start, mark.end);
  else area.focus(area.value.length);
  const box = mark ? area.boxOf(mark) : null;
  if (mark) area.light(mark);
  openCard(area.element, box ?? area.element.getBoundingClientRect(), [finding], spoken, area.input, mark ? () => area.light(null) : null);
}

function openCard(host, box, findings, spoken, back, light = null) {
  card.open(host, box, findings, { pinned: true, spoken, back, light });
}

function fixHere() {
  const finding = card.isOpen ? card.findings.find((one) => one.fix) : null;
  if (!finding) return false;
  const back = /** @type {HTMLElement|null} */ (card.back);
  fix(finding);
  back?.focus?.({ preventScroll: true });
  return true;
}

// --- fields ---

function toggle(id, name, set) {
  return button("", () => { choose(set); showTexts(); show(); }, { class: "plain small tab", id, "data-t": name });
}

function makeField(field) {
  const rowsShown = ROWS[field] ?? 1;
  const area = new Area({ id: `f-${field}`, rows: rowsShown, oneLine: !LINES.has(field), labelledby: `label-${field}`, describedby: `count-${field} notes-${field}`, max: field === "description" },
    (text) => store.type(field, text));
  areas[field] = area;
  watch.add(area);
  const head = el("div", { class: "field-head" }, el("label", { id: `label-${field}`, for: area.id, "data-t": `field.${field}` }));
  const frame = el("div", { class: "field", id: `field-${field}`, "data-field": field }, head);
  frames[field] = frame;
  if (field === "keywords") head.append(el("div", { class: "tabs", role: "group", "data-t-label": "keywordsAs" }, toggle("keywords-chips", "chips", { keywordsAs: "chips" }), toggle("keywords-text", "asText", { keywordsAs: "text" })));
  if (field === "attributes") head.append(el("div", { class: "tabs", role: "group", "data-t-label": "attributesAs" }, toggle("attributes-rows", "asRows", { attributesAs: "rows" }), toggle("attributes-lines", "asText", { attributesAs: "lines" })));
  head.append(el("span", { class: "tally" }), el("span", { class: "counter", id: `count-${field}` }));
  frame.append(area.element);
  if (field === "keywords") {
    chips = new Chips({
      id: "f-keyword", labelledby: "label-keywords", describedby: "count-keywords notes-keywords budget-place", bag,
      change: (text) => store.change({ keywords: text }, "keywords"),
      over: (chip, marks, focused) => {
        // A chip that has the focus is read out with its findings anyway.
        const box = chip.getBoundingClientRect();
        if (focused) card.open(chips.element, box, findingsOf(marks), { back: chip, pinned: true });
        else card.openSoon(chips.element, box, findingsOf(marks), { back: chip });
      },
      out: () => watch.out(),
    });
    frame.append(chips.element, el("div", { id: "budget-place" }));
  }
  if (field === "attributes") {
    rows = new Rows({ describedby: "notes-attributes", change: (text) => store.type("attributes", text), made: (one) => watch.add(one) });
    frame.append(rows.element);
  }
  frame.append(el("ul", { class: "notes", id: `notes-${field}` }));
  if (field === "title") frame.append(el("div", { id: "title-proposals", class: "proposed", hidden: true }));
  if (field === "keywords") frame.append(el("div", { id: "keyword-suggestions", class: "proposed", hidden: true }));
  frame.addEventListener("focusout", (event) => {
    const to = /** @type {Node|null} */ (event.relatedTarget);
    if (card.isOpen && card.pinned && !(to && card.host?.contains(to)) && to !== card.back) card.closeSoon();
  });
  return frame;
}

function focusField(field, place) {
  if (field === "keywords" && asChips()) {
    chips.input.focus();
    return;
  }
  if (field === "attributes" && asRows()) {
    rows.first.input.focus();
    return;
  }
  watch.hush();
  areas[field]?.focus(place ?? areas[field].value.length);
}

// --- the view ---

function strictBox() {
  const box = el("input", { type: "checkbox", id: "strict", checked: settings.strict ? true : null, onchange: () => { choose({ strict: box.checked }); consult(); } });
  return el("label", { class: "inline small", title: t("strictTitle") }, box, t("strict"));
}

function build() {
  score.build();
  chips.build();
  rows.build();
  showTexts();
  show();
  showSuggestions();
  showOrigin();
}

/** Goes one step back or on in the history, with the caret where the text changed. */
export function turn(back) {
  card.close();
  if (back) store.undo();
  else store.redo();
}

function onKey(event) {
  const command = event.ctrlKey || event.metaKey;
  if (byId("write").hidden || event.isComposing || byId("dialog").open) return;
  const key = event.key.toLowerCase();
  // Boxes that only exist for a moment (a keyword being typed) keep their own undoing.
  const own = event.target instanceof HTMLInputElement && event.target.value !== "";
  if (command && !event.altKey && key === "z" && !own) {
    event.preventDefault();
    turn(!event.shiftKey);
  } else if (command && !event.altKey && key === "y" && !own) {
    event.preventDefault();
    turn(false);
  } else if (event.key === "F8" || (command && (event.key === "'" || event.key === ";"))) {
    event.preventDefault();
    step(event.shiftKey || event.key === ";" ? -1 : 1);
  } else if (event.key === "Enter" && (command || event.altKey)) {
    if (fixHere()) event.preventDefault();
  } else if (event.key === "Escape" && card.isOpen) {
    event.preventDefault();
    card.close(true);
  }
}

async function copied(text) {
  say(t((await copy(text)) ? "copied" : "notCopied"));
}

/**
 * Builds the writing view.
 * @param {{trouble: (error: any) => void, leave: () => void}} how
 */
export function startEditor(how) {
  trouble = how.trouble;
  leave = how.leave;
  card = new Card({ fix, preview: judgement.preview });
  watch = new Watch(card, () => { visited = null; });
  score = new ScorePanel(byId("score"), strictBox);
  const more = el("div", { class: "grid" });
  const place = byId("fields");
  for (const field of store.FIELDS) {
    const frame = makeField(field);
    if (["brand", "model", "category", "certifications", "price", "moq"].includes(field)) more.append(frame);
    else place.append(frame);
  }
  place.insertBefore(more, frames.attributes);
  byId("undo").addEventListener("click", () => turn(true));
  byId("redo").addEventListener("click", () => turn(false));
  byId("new").addEventListener("click", () => { store.clear(); focusField("title"); });
  byId("example").addEventListener("click", () => store.open(EXAMPLE, { bag: bag() }));
  byId("mend").addEventListener("click", mendAll);
  byId("copy-text").addEventListener("click", () => copied(asText(store.texts())));
  byId("copy-row").addEventListener("click", () => copied(asRow(store.texts())));
  document.addEventListener("keydown", onKey);
  document.addEventListener("beforeinput", (event) => {
    if ((event.inputType === "historyUndo" || event.inputType === "historyRedo") && event.target instanceof HTMLTextAreaElement) {
      event.preventDefault();
      turn(event.inputType === "historyUndo");
    }
  });
  store.onChange(({ field, place: caret, whole }) => {
    showTexts();
    for (const name of store.FIELDS) showMarks(name);
    byId("undo").disabled = !store.canUndo();
    byId("redo").disabled = !store.canRedo();
    showOrigin();
    if (whole) {
      suggested = null;
      card.close();
    }
    if (caret !== undefined && caret !== null && field) focusField(field, caret);
    showSuggestions();
    consult();
  });
  onLanguage(() => { build(); consult(); });
  store.restore();
  build();
  byId("undo").disabled = byId("redo").disabled = true;
}

/** Takes the list of marketplaces, or the choice of another. */
export function useMarketplaces(list) {
  marketplaces = list;
  chips.drawn = null;
  showTexts();
  consult();
}

/** Opens a listing of a file. */
export function openListing(listing, origin) {
  store.open(listing, { origin, bag: bag() });
  byId("f-title").focus();
  window.scrollTo(0, 0);
}
