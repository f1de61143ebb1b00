// The list of findings beside the fields: the dearest first, each with its place, its cost and its fix.

import { button, el, focusOn, put, same } from "/static/dom.js";
import { sign } from "/static/card.js";
import { counted, language, named, number, t } from "/static/i18n.js";
import { showRule } from "/static/rulepage.js";

const ORDER = { error: 0, warning: 1, info: 2 };
const FIRST = 12;
let all = false;

/** The findings of a report, the dearest first, then the gravest. */
export const dearest = (findings) => [...findings].sort((a, b) => b.penalty - a.penalty || ORDER[a.severity] - ORDER[b.severity]);

/**
 * @param {HTMLElement} panel
 * @param {any} report
 * @param {{go: (finding: any) => void, fix: (finding: any) => void}} how
 */
export function showFindings(panel, report, how) {
  if (same(panel, language(), all, report?.findings ?? null)) return;
  const focused = panel.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  const had = focused?.dataset.key;
  const index = focused ? [...panel.querySelectorAll("li")].findIndex((one) => one.contains(focused)) : -1;
  if (!report) {
    put(panel, el("h2", {}, t("findings")), el("p", { class: "soft" }, t("startTyping")));
    return;
  }
  const found = dearest(report.findings);
  const shown = all ? found : found.slice(0, FIRST);
  const list = el("ul", { class: "findings" }, ...shown.map((finding) => item(finding, how)));
  const rest = found.length - shown.length;
  put(panel, el("h2", {}, t("findings"), " ", el("span", { class: "badge" }, String(found.length))),
    found.length ? list : el("p", { class: "clean" }, t("clean")),
    rest > 0 ? button(t("showAll", { n: counted("finding", rest) }), () => { all = true; showFindings(panel, report, how); }) : null);
  if (!focused) return;
  if (had) focusOn(panel, "[data-key]", (one) => one.dataset.key === had);
  // A finding that was mended gives the focus to the one that took its place.
  if (panel.contains(document.activeElement)) return;
  const next = list.children[Math.min(Math.max(index, 0), shown.length - 1)];
  if (next) focusOn(next, ".where");
}

function item(finding, how) {
  const key = `${finding.rule} ${finding.field} ${finding.start}`;
  return el("li", { class: finding.severity, "data-rule": finding.rule },
    el("button", { type: "button", class: "where", "data-key": `go ${key}`, onclick: () => how.go(finding) }, sign(finding.severity), " ",
      el("span", { class: "field-name" }, named("field", finding.field)), " ", el("span", { class: "message", dir: "auto" }, finding.message)),
    el("div", { class: "row" },
      finding.fix ? button(t(finding.fix.safety === "safe" ? "fix" : "fixReviewed"), () => how.fix(finding), { class: "plain small fix", "data-key": `fix ${key}` }) : null,
      el("button", { type: "button", class: "link", onclick: () => showRule(finding.rule) }, finding.rule),
      finding.penalty ? el("span", { class: "cost", title: t("costTitle") }, `−${number(finding.penalty, 1)}`) : null));
}
