// Stars, score and section bars, and what would raise them.

import { bar, button, el, put, same, stars } from "/static/dom.js";
import { language, named, number, t } from "/static/i18n.js";

const SECTIONS = ["titles", "keywords", "descriptions", "claims", "facts", "images"];

/** Draws the rating of a report; null for an empty page. The bars stay in place, so that they move. */
export class ScorePanel {
  constructor(panel, strict) {
    this.panel = panel;
    this.strict = strict;
    this.build();
  }

  /** Anew, in the language of now. */
  build() {
    this.top = el("div", { class: "score-top" });
    this.note = el("p", { class: "soft small", hidden: true });
    /** @type {Map<string, any>} */
    this.rows = new Map();
    const list = el("ul", { class: "sections", "aria-label": t("sections") });
    for (const name of SECTIONS) {
      const track = bar(0, name);
      const value = el("b", {}, "–");
      const row = el("li", { class: "none" }, el("span", { class: "name" }, named("section", name)), track, value);
      this.rows.set(name, { row, fill: track.firstChild, value });
      list.append(row);
    }
    put(this.panel, el("h2", {}, t("rating")), this.top, this.note, list, this.strict());
  }

  /** @param {any} report */
  show(report) {
    this.top.classList.toggle("idle", !report);
    const label = report ? t("starsOf", { n: report.stars }) : t("noStars");
    put(this.top, stars(report ? report.stars : 0, label, "big"),
      el("span", { class: "points" }, el("b", { id: "score-value" }, report ? number(report.score, 1) : "–"), el("span", { class: "soft" }, " / 100")));
    this.note.hidden = !report?.capped_by;
    if (report?.capped_by) this.note.textContent = t("capped", { rule: report.capped_by });
    for (const [name, { row, fill, value }] of this.rows) {
      const score = report ? report.sections[name] : null;
      const none = score === null || score === undefined;
      row.className = none ? "none" : score >= 90 ? "good" : score >= 60 ? "fair" : "poor";
      fill.style.width = none ? "0" : `${score}%`;
      value.textContent = none ? "–" : number(score, 0);
    }
  }
}

const FIRST = 3;
let all = false;

/** What would raise the stars, in the order of gain. */
export function showAdvice(panel, report, go) {
  const steps = report?.advice ?? [];
  if (same(panel, language(), all, steps)) return;
  const shown = all ? steps : steps.slice(0, FIRST);
  panel.hidden = !steps.length;
  if (!steps.length) return;
  put(panel, el("h2", {}, t("advice")), el("ol", { class: "advice" }, ...shown.map((step) => el("li", {},
    el("span", { class: "gain" }, `+${number(step.gain, 1)}`),
    el("button", { type: "button", class: "link", title: step.message, dir: "auto", onclick: () => go(step) }, el("span", { class: "field-name" }, named("field", step.field)), " ", step.message),
    el("span", { class: "reached soft" }, `→ ${number(step.score, 1)}`, stars(step.stars, t("starsOf", { n: step.stars }), "small"))))),
    steps.length > shown.length ? button(t("moreSteps", { n: steps.length }), () => { all = true; showAdvice(panel, report, go); }, { class: "plain small" }) : null);
}
