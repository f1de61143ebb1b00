// What the server said last of the listing, carried along with the texts as they change.

import * as store from "/static/store.js";
import { carried, difference, edited, unitsOf } from "/static/texts.js";

/** Characters beyond which the places of a fix are not shown as one stretch. */
const FAR = 120;

/** @type {any} the report, null while there is none */
export let report = null;
/** @type {any} the whole answer of `/api/edit` */
export let answer = null;
/** @type {Record<string, string>} the texts that were judged */
let judged = {};

/** Lets go of the report, as of an empty page. */
export function drop() {
  answer = report = null;
  judged = {};
}

/**
 * Takes an answer on these texts: places of findings and fixes in units of the texts; what cannot be done here loses its fix. A finding
 * that was there before stays the same object, so that its card stays open and its button pressed.
 */
export function take(found, sent) {
  const known = new Map((report?.findings ?? []).map((finding) => [JSON.stringify(finding), finding]));
  answer = found;
  report = found.report;
  judged = sent;
  const units = {};
  const at = (field, point) => (units[field] ??= unitsOf(judged[field] ?? ""))(point);
  for (const finding of report.findings) {
    if (finding.start !== null) Object.assign(finding, { from: at(finding.field, finding.start), to: at(finding.field, finding.end) });
    if (!finding.fix) continue;
    const possible = finding.fix.edits.every((edit) => store.FIELDS.includes(edit.field) && !edit.part);
    if (!possible) finding.fix = null;
    else for (const edit of finding.fix.edits) Object.assign(edit, { from: at(edit.field, edit.start), to: at(edit.field, edit.end) });
  }
  report.findings = report.findings.map((finding) => known.get(JSON.stringify(finding)) ?? finding);
}

/** The edits of a fix at the places of the texts as they are now; null where one of the places has changed. */
export function editsOf(finding) {
  if (!finding.fix) return null;
  const out = [];
  for (const edit of finding.fix.edits) {
    const place = carried(edit.from, edit.to, changeOf(edit.field));
    if (!place) return null;
    out.push({ field: edit.field, start: place[0], end: place[1], text: edit.text });
  }
  return out;
}

function changeOf(field) {
  const [before, after] = [judged[field] ?? "", store.text(field)];
  return before === after ? null : difference(before, after);
}

/** What a fix changes, as a before and an after of the changed stretch; of places far apart the first, with the number of the others. */
export function preview(finding) {
  const edits = editsOf(finding);
  if (!edits?.length) return null;
  const [from, to] = [Math.min(...edits.map((edit) => edit.start)), Math.max(...edits.map((edit) => edit.end))];
  if (edits.length > 1 && (to - from > FAR || new Set(edits.map((edit) => edit.field)).size > 1)) {
    const [first] = edits;
    return { before: short(store.text(first.field).slice(first.start, first.end)), after: first.text.trim() ? short(first.text) : "", more: edits.length - 1 };
  }
  const text = store.text(edits[0].field);
  const after = edited(text, edits).slice(from, to + edits.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0));
  return { before: short(text.slice(from, to)), after: after.trim() ? short(after) : "", more: 0 };
}

const short = (text) => (text.length > 160 ? `${text.slice(0, 100)} … ${text.slice(-50)}` : text);

/** The marks of a field at the places of its text as it is now. */
export function marksOf(field) {
  if (!report) return [];
  const changed = changeOf(field);
  const out = [];
  for (const finding of report.findings) {
    if (finding.field !== field || finding.from === undefined) continue;
    const place = carried(finding.from, finding.to, changed);
    if (place && place[1] > place[0]) out.push({ start: place[0], end: place[1], finding });
  }
  return out;
}
