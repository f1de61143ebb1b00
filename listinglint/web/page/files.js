// The spreadsheet view: choose a file, see how its columns are understood, check it, and look through what was found.

import { ask, newest, query } from "/static/api.js";
import { ruleBars, starBars } from "/static/charts.js";
import { button, byId, calm, el, focusOn, put, say, stars } from "/static/dom.js";
import { counted, language, named, number, onLanguage, t } from "/static/i18n.js";
import { showRule } from "/static/rulepage.js";
import { choose, settings } from "/static/settings.js";

const PAGE = 50;
const KEPT = "listinglint.file";
const MAPPED = ["id", "title", "keywords", "brief", "description", "brand", "model", "category", "attributes", "certifications", "price", "moq", "images", "gtin", "updated", "group", "highlights", "subtitle", "seo_title", "meta_description"];

/** @type {HTMLElement} */ let place;
let trouble = (/** @type {any} */ _error) => {};
let open = (/** @type {any} */ _listing, /** @type {any} */ _origin) => {};
/** @type {any} */ let upload = null;
/** @type {any} */ let job = null;
/** @type {EventSource|null} */ let stream = null;
/** @type {Record<string, string>} header -> field, of the chosen sheet (null: all sheets, as they were recognised) */
let columns = {};
let corrected = false;
let sheet = null;
let busy = false;
let showColumns = false;
let unsafe = false;
const filter = { stars: 0, rule: "", text: "", sort: "score", offset: 0 };
let allRules = false;
/** @type {any} */ let listed = null;
/** @type {Map<string, string>} */
const ruleTexts = new Map();

// --- the file ---

const source = () => upload?.sources?.find((one) => one.sheet === sheet) ?? upload?.sources?.[0] ?? null;
/** True while several sheets are read together, each as it was recognised. */
const together = () => sheet === null && (upload?.sources?.length ?? 0) > 1;

function takeColumns() {
  columns = {};
  corrected = false;
  for (const [field, headers] of Object.entries(source()?.fields ?? {})) for (const header of headers) columns[header] = field;
}

async function send(file) {
  if (!file) return;
  await forget();
  busy = true;
  trouble(null);
  draw();
  try {
    const form = new FormData();
    form.append("file", file, file.name);
    upload = await ask(`/api/files?lang=${language()}`, { form });
    sheet = upload.sources.length > 1 ? null : upload.sources[0]?.sheet ?? null;
    takeColumns();
    job = { id: upload.id, state: "new" };
    showColumns = true;
    say(t("fileRead", { name: upload.name }));
  } catch (error) {
    trouble(error);
  }
  busy = false;
  remember();
  draw();
  byId("check-file")?.focus();
}

/** Lets the server throw the file away. */
async function forget() {
  stream?.close();
  stream = null;
  const id = upload?.id;
  upload = job = listed = null;
  Object.assign(filter, { stars: 0, rule: "", text: "", offset: 0 });
  remember();
  if (id) await ask(`/api/files/${id}`, { method: "DELETE" }).catch(() => {});
}

function remember() {
  try {
    if (upload) sessionStorage.setItem(KEPT, JSON.stringify({ upload, sheet, columns, corrected }));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // After a reload the file is chosen again.
  }
}

async function takeUp() {
  let found = null;
  try {
    found = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  } catch {
    return;
  }
  if (!found?.upload?.id) return;
  try {
    job = await ask(`/api/files/${found.upload.id}`);
  } catch {
    job = null;
    return;
  }
  ({ upload, sheet, columns, corrected } = found);
  showColumns = job.state === "new";
  if (job.state === "running") listen();
  draw();
  if (job.state === "done") list.now();
}

// --- the check ---

async function check() {
  trouble(null);
  /** @type {Record<string, string[]>|null} */
  let mapping = null;
  if (corrected && !together()) {
    mapping = {};
    for (const header of source().headers) if (columns[header]) (mapping[columns[header]] ??= []).push(header);
  }
  try {
    await ask(`/api/files/${upload.id}/check`, { body: { marketplace: settings.marketplace, lang: language(), columns: mapping, sheet: together() ? null : sheet } });
  } catch (error) {
    trouble(error);
    return;
  }
  listed = null;
  Object.assign(filter, { stars: 0, rule: "", text: "", offset: 0 });
  job = { id: upload.id, state: "running", phase: "read", done: 0, total: null };
  showColumns = false;
  remember();
  draw();
  listen();
}

function listen() {
  stream?.close();
  const mine = new EventSource(`/api/files/${upload.id}/events?lang=${language()}`);
  stream = mine;
  const read = (event) => JSON.parse(event.data);
  mine.addEventListener("progress", (event) => {
    Object.assign(job, read(event), { state: "running" });
    showProgress();
  });
  const ended = async () => {
    mine.close();
    if (stream !== mine) return;
    stream = null;
    try {
      job = await ask(`/api/files/${upload.id}?lang=${language()}`);
    } catch (error) {
      trouble(error);
      return;
    }
    if (job.state === "running") {
      setTimeout(listen, 500);
      return;
    }
    draw();
    if (job.state === "done") {
      say(t("fileDone", { n: counted("listing", job.summary.listings), score: number(job.summary.score, 1) }));
      list.now();
    }
  };
  for (const name of ["done", "failed", "cancelled"]) mine.addEventListener(name, ended);
  // A stream that breaks off says nothing of the work: ask for its state.
  mine.addEventListener("error", ended);
}

async function cancel() {
  try {
    await ask(`/api/files/${upload.id}/cancel`, { method: "POST" });
    job = await ask(`/api/files/${upload.id}`);
  } catch (error) {
    trouble(error);
  }
  stream?.close();
  stream = null;
  showColumns = true;
  draw();
}

// --- the list ---

const list = newest({
  wait: 200,
  send: async (signal) => ask(`/api/files/${upload.id}/listings${query({ stars: filter.stars ? `${filter.stars}-${filter.stars}` : "", rule: filter.rule, text: filter.text, sort: filter.sort, offset: filter.offset, limit: PAGE, lang: language() })}`, { signal }),
  take: (found) => {
    trouble(null);
    listed = found;
    drawList();
  },
  fail: (error) => { if (!(error instanceof DOMException)) trouble(error); },
});

function set(changes) {
  Object.assign(filter, { offset: 0 }, changes);
  drawFilters();
  list.now();
}

async function openOne(ordinal) {
  try {
    const found = await ask(`/api/files/${upload.id}/listings/${ordinal}?lang=${language()}`);
    open(found.listing, { file: upload.id, name: upload.name, ordinal, record: found.report.record, ignored: found.ignored });
  } catch (error) {
    trouble(error);
  }
}

// --- drawing ---

function draw() {
  if (!place) return;
  if (!upload) {
    put(place, chooser());
    return;
  }
  const parts = [head()];
  if (job?.state === "running") parts.push(progress());
  if (job?.state === "failed") parts.push(el("div", { class: "panel error", role: "alert" }, job.problem?.detail || job.problem?.title || t("failed")));
  if (job?.state === "cancelled") parts.push(el("p", { class: "panel" }, t("cancelled")));
  if (showColumns && job?.state !== "running") parts.push(columnPanel());
  if (job?.state === "done" && job.summary) parts.push(...results());
  put(place, ...parts);
  drawFilters();
  drawList();
}

function marketplaceSelect() {
  const first = /** @type {HTMLSelectElement} */ (byId("marketplace"));
  const select = el("select", { class: "marketplaces", id: "file-marketplace" }, ...[...first.options].map((one) => el("option", { value: one.value }, one.text)));
  select.value = settings.marketplace;
  return el("label", { class: "inline" }, el("span", {}, t("marketplace")), " ", select);
}

function chooser() {
  const input = el("input", { type: "file", id: "file-input", class: "hidden-file", accept: ".csv,.tsv,.txt,.xlsx,.xlsm,.jsonl,.ndjson,.json,.parquet,.xml", onchange: () => send(input.files[0]) });
  const zone = el("div", { class: `drop${busy ? " busy" : ""}`, id: "drop" },
    el("p", { class: "drop-title" }, busy ? t("reading") : t("dropHere")),
    busy ? el("progress", { "aria-label": t("reading") }) : el("label", { class: "plain main", for: "file-input" }, t("chooseFile")), input,
    el("p", { class: "soft small" }, t("dropNote")));
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    send(event.dataTransfer?.files[0]);
  });
  return zone;
}

function head() {
  return el("div", { class: "toolbar file-head" },
    el("h2", { class: "file-name", dir: "auto" }, upload.name),
    el("span", { class: "soft" }, size(upload.size)),
    el("div", { class: "group end" },
      job?.state === "done" || job?.state === "cancelled" || job?.state === "failed" ? button(t(showColumns ? "hideColumns" : "columns"), () => { showColumns = !showColumns; draw(); }, { id: "columns-toggle", "aria-expanded": String(showColumns) }) : null,
      button(t("otherFile"), async () => { await forget(); draw(); byId("file-input")?.focus(); }, { id: "other-file" })));
}

const size = (bytes) => (bytes < 1e6 ? `${number(Math.max(1, bytes / 1e3))} kB` : `${number(bytes / 1e6, 1)} MB`);

function progress() {
  const made = el("div", { class: "panel progress" }, el("p", { id: "progress-text" }), el("progress", { id: "progress", max: 1, "aria-labelledby": "progress-text" }), button(t("cancel"), cancel, { id: "cancel-check" }));
  showProgress(made);
  return made;
}

function showProgress(root = place) {
  const track = root.querySelector("progress");
  const text = root.querySelector("#progress-text");
  if (!track || !text) return;
  if (job.waiting) {
    track.removeAttribute("value");
    text.textContent = t("waiting", { n: number(job.waiting) });
    return;
  }
  if (job.total) track.value = job.done / job.total;
  else track.removeAttribute("value");
  const words = job.phase === "check" ? "progressCheck" : "progressRead";
  text.textContent = job.total ? t(`${words}Of`, { done: number(job.done), total: number(job.total) }) : t(words, { done: number(job.done ?? 0) });
}

function columnPanel() {
  const here = source();
  if (!here) return el("p", { class: "panel" }, t("noColumns"));
  const rows = together() ? [] : here.headers.map((header, at) => {
    const field = columns[header] ?? "";
    const select = el("select", { "aria-label": t("fieldOf", { header }), "data-header": header, onchange: () => {
      columns[header] = select.value;
      corrected = true;
      line.classList.toggle("unused", !select.value);
      remember();
      // Columns of one header are read as one field.
      for (const other of panel.querySelectorAll("[data-header]")) if (other.dataset.header === header) other.value = select.value;
      drawWarning();
    } }, el("option", { value: "" }, t("unused")), ...MAPPED.map((one) => el("option", { value: one }, named("field", one))));
    select.value = field;
    const line = el("tr", { class: field ? "" : "unused" }, el("th", { scope: "row", dir: "auto" }, header || t("columnN", { n: at + 1 })), el("td", { class: "sample soft", dir: "auto" }, sample(here, header)), el("td", {}, select));
    return line;
  });
  const sheets = upload.sources.length > 1 ? el("label", { class: "inline" }, el("span", {}, t("sheet")), " ", sheetSelect()) : null;
  const panel = el("div", { class: "panel columns-panel" },
    el("h2", {}, t("columnsTitle")), el("p", { class: "soft small" }, t("columnsNote")),
    el("div", { class: "toolbar" }, sheets, marketplaceSelect(), button(t("checkFile"), check, { class: "plain main", id: "check-file" })),
    el("p", { class: "caution", id: "column-warning", hidden: true }),
    together() ? el("ul", { class: "sheets" }, ...upload.sources.map((one) => el("li", {}, el("b", { dir: "auto" }, one.sheet), " ", el("span", { class: "soft" }, Object.keys(one.fields).map((field) => named("field", field)).join(" · "))))) : el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("columnsTitle") }, el("table", { class: "mapping" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("column")), el("th", { scope: "col" }, t("sample")), el("th", { scope: "col" }, t("means")))), el("tbody", {}, ...rows))),
    upload.notes?.length ? el("details", {}, el("summary", {}, t("notes", { n: upload.notes.length })), el("ul", { class: "small" }, ...upload.notes.map((note) => el("li", {}, note)))) : null);
  queueMicrotask(drawWarning);
  return panel;
}

function sheetSelect() {
  const select = el("select", { id: "sheet", onchange: () => { sheet = select.value || null; takeColumns(); remember(); draw(); byId("sheet").focus(); } }, el("option", { value: "" }, t("allSheets")), ...upload.sources.map((one) => el("option", { value: one.sheet }, one.sheet)));
  select.value = sheet ?? "";
  return select;
}

function drawWarning() {
  const warning = byId("column-warning");
  if (!warning) return;
  const none = !together() && !source().headers.some((header) => columns[header] === "title");
  warning.hidden = !none;
  warning.textContent = none ? t("noTitle") : "";
}

/** The first cells of a column, as much as a line holds. */
const sample = (here, header) => (here.samples[header] ?? []).filter((one) => one.trim()).join(" · ").slice(0, 160);

const tile = (value, label) => el("div", { class: "tile" }, el("b", {}, value), el("span", {}, label));

function results() {
  const summary = job.summary;
  const tiles = el("div", { class: "tiles" }, tile(summary.listings ? number(summary.score, 1) : "–", t("catalogScore")), tile(number(summary.listings), t("listings")), tile(number(summary.findings), t("findings")),
    ...["error", "warning", "info"].map((level) => tile(number(summary.by_severity?.[level] ?? 0), named("severities", level))));
  return [tiles,
    el("div", { class: "two" },
      el("div", { class: "stack" }, el("div", { class: "panel" }, el("h2", {}, t("starDistribution")), el("div", { id: "star-chart" })), downloads()),
      el("div", { class: "panel" }, el("h2", {}, t("commonRules")), el("div", { id: "rule-chart" }))),
    filters(), el("div", { id: "list" })];
}

const ready = new WeakSet();

/** A download is made before the browser is sent for it: so one sees that it is being made, and reads why it cannot be. */
async function prepared(event) {
  const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
  if (ready.delete(link)) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy")) return;
  const text = link.textContent;
  link.setAttribute("aria-busy", "true");
  link.textContent = t("preparing");
  say(t("preparing"));
  try {
    await ask(link.href, { method: "HEAD" });
    trouble(null);
    ready.add(link);
    link.click();
  } catch (error) {
    // The head of an answer has no words; what is refused is refused at once when asked for in full.
    if (error.status) await ask(link.href).catch(trouble);
    else trouble(error);
  }
  link.removeAttribute("aria-busy");
  link.textContent = text;
}

function downloads() {
  const link = (kind, text, more = {}) => el("a", { class: "plain", href: `/api/files/${upload.id}/download/${kind}${query({ lang: language(), ...more })}`, download: "", "data-download": kind, onclick: prepared }, text);
  const box = el("input", { type: "checkbox", id: "unsafe", checked: unsafe ? true : null, onchange: () => {
    unsafe = box.checked;
    const made = downloads();
    byId("downloads").replaceWith(made);
    byId("unsafe").focus();
  } });
  const workbook = /\.xls[xm]$/i.test(upload.name);
  return el("div", { class: "panel downloads", id: "downloads" }, el("h2", {}, t("downloads")), el("div", { class: "toolbar" },
    link("mended", t("downloadMended"), { unsafe: unsafe ? 1 : "" }), link("annotated.xlsx", t("downloadAnnotated")), link("findings.csv", t("downloadFindings")), link("report.html", t("downloadReport")),
    el("label", { class: "inline small", title: t("unsafeTitle") }, box, t("unsafe"))), workbook ? null : el("p", { class: "soft small" }, t("sameFormat")));
}

function filters() {
  const search = el("input", { type: "search", id: "filter-text", placeholder: t("search"), "aria-label": t("search"), value: filter.text, oninput: calm(() => set({ text: search.value.trim() }), 200) });
  const select = (id, label, options, value, take) => {
    const made = el("select", { id, "aria-label": label, onchange: () => take(made.value) }, ...options.map(([key, text]) => el("option", { value: key }, text)));
    made.value = value;
    return made;
  };
  return el("div", { class: "toolbar filters", role: "search" }, search,
    select("filter-stars", t("filterStars"), [["0", t("allStars")], ...[5, 4, 3, 2, 1].map((n) => [String(n), t("starsOf", { n })])], String(filter.stars), (value) => set({ stars: Number(value) })),
    select("filter-rule", t("filterRule"), [["", t("allRules")], ...Object.keys(job.summary.by_rule).sort().map((rule) => [rule, rule])], filter.rule, (value) => set({ rule: value })),
    select("filter-sort", t("order"), [["score", t("worstFirst")], ["file", t("fileOrder")]], filter.sort, (value) => set({ sort: value })),
    button(t("clearFilters"), () => { byId("filter-text").value = ""; set({ stars: 0, rule: "", text: "" }); }, { id: "clear-filters" }));
}

function drawFilters() {
  if (!byId("star-chart") || !job?.summary) return;
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  const [focusStars, focusRule] = [focused?.dataset?.stars, focused?.dataset?.rule];
  put(byId("star-chart"), starBars(job.summary.stars, { chosen: filter.stars, choose: (n) => set({ stars: n }) }));
  put(byId("rule-chart"), ...ruleBars(job.summary.by_rule, ruleTexts, { chosen: filter.rule, choose: (rule) => set({ rule }), all: allRules, more: () => { allRules = true; drawFilters(); } }));
  byId("filter-stars").value = String(filter.stars);
  byId("filter-rule").value = filter.rule;
  if (focusStars) focusOn(place, "[data-stars]", (one) => one.dataset.stars === focusStars);
  if (focusRule) focusOn(place, ".rule-bars [data-rule]", (one) => one.dataset.rule === focusRule);
}

function drawList() {
  const here = byId("list");
  if (!here || !job?.summary) return;
  if (!listed) {
    put(here, el("p", { class: "soft" }, t("loading")));
    return;
  }
  const pages = Math.max(1, Math.ceil(listed.total / PAGE));
  const page = Math.floor(listed.offset / PAGE);
  const turn = (by) => () => { set({ offset: (page + by) * PAGE }); here.scrollIntoView(); };
  put(here,
    el("p", { class: "soft", role: "status", id: "shown" }, t("shown", { n: number(listed.total), all: number(job.summary.listings) })),
    listed.listings.length ? el("ul", { class: "listing-rows" }, ...listed.listings.map(row)) : el("p", { class: "empty" }, t("noneFit")),
    pages > 1 ? el("nav", { class: "pager", "aria-label": t("pages") },
      button(t("previous"), turn(-1), { id: "previous", disabled: page === 0 }), el("span", {}, t("page", { n: number(page + 1), all: number(pages) })),
      button(t("next"), turn(1), { id: "next", disabled: page >= pages - 1 })) : null);
}

function row(one) {
  const rules = [...new Set(one.rules)];
  return el("li", { class: "listing-row", "data-ordinal": one.ordinal },
    el("span", { class: "rated" }, stars(one.stars, t("starsOf", { n: one.stars }), "small"), el("b", {}, number(one.score, 1))),
    el("button", { type: "button", class: "link title", dir: "auto", onclick: () => openOne(one.ordinal) }, one.title?.trim() || t("untitled")),
    el("span", { class: "soft id", dir: "auto" }, one.id ?? ""),
    el("span", { class: "rules" }, ...rules.slice(0, 4).map((rule) => el("button", { type: "button", class: "link rule-name", title: ruleTexts.get(rule), onclick: () => showRule(rule) }, rule)), rules.length > 4 ? el("span", { class: "soft" }, `+${rules.length - 4}`) : null),
    el("span", { class: "soft number" }, counted("finding", one.findings)));
}

/**
 * Builds the spreadsheet view.
 * @param {HTMLElement} root
 * @param {{trouble: (error: any) => void, open: (listing: any, origin: any) => void}} how
 */
export function startFiles(root, how) {
  place = root;
  ({ trouble, open } = how);
  // A file dropped beside the zone would otherwise be opened in the page's place.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => { if (/** @type {DragEvent} */ (event).dataTransfer?.types.includes("Files")) event.preventDefault(); });
  draw();
  takeUp();
  loadRules();
  onLanguage(() => {
    draw();
    loadRules();
    if (job?.state === "done") list.now();
  });
}

async function loadRules() {
  try {
    const found = await ask(`/api/rules?lang=${language()}`);
    for (const rule of found.rules) ruleTexts.set(rule.name, rule.summary);
    drawFilters();
  } catch {
    // The names alone are enough.
  }
}
