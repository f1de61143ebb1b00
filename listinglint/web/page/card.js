// The card that says why words are underlined, with what each finding costs and the fix at hand.

import { button, el, say } from "/static/dom.js";
import { counted, named, number, t } from "/static/i18n.js";
import { showRule } from "/static/rulepage.js";

const OPEN_AFTER = 130;
const CLOSE_AFTER = 260;
const EDGE = 12;

/** One card for the whole editor: shown on hover, on a caret moved into a mark, and when findings are walked through. */
export class Card {
  /** @param {{fix: (finding: any) => void, preview: (finding: any) => {before: string, after: string, more: number}|null}} how */
  constructor(how) {
    this.how = how;
    this.element = el("div", { class: "card", role: "group", hidden: true });
    /** @type {any[]} */
    this.findings = [];
    /** @type {HTMLElement|null} */
    this.host = null;
    /** @type {HTMLElement|null} where the focus goes back to */
    this.back = null;
    /** @type {(() => void)|null} */
    this.lightOff = null;
    this.timer = 0;
    this.pinned = false;
    this.element.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.element.addEventListener("pointerleave", () => { if (!this.pinned) this.closeSoon(); });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.close(true);
      }
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** `open` after a moment, if nothing comes between. */
  openSoon(host, box, findings, how = {}) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(host, box, findings, how), OPEN_AFTER);
  }

  /** Closes after a moment, in which the pointer may come back. */
  closeSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.close(), CLOSE_AFTER);
  }

  /**
   * @param {HTMLElement} host the positioned element that the card belongs to; it follows it in the order of tabs
   * @param {DOMRect} box where the marked words stand
   * @param {any[]} findings
   * @param {{pinned?: boolean, spoken?: boolean, light?: (() => void)|null, back?: HTMLElement|null}} [how]
   */
  open(host, box, findings, { pinned = false, spoken = false, light = null, back = null } = {}) {
    clearTimeout(this.timer);
    const same = this.isOpen && this.host === host && this.findings.length === findings.length && this.findings.every((one, at) => one === findings[at]);
    this.pinned = pinned || (same && this.pinned);
    this.back = back ?? this.back;
    if (!same) {
      this.findings = findings;
      this.host = host;
      this.element.setAttribute("aria-label", t("why"));
      this.element.replaceChildren(...findings.map((finding) => this.#item(finding)));
      host.append(this.element);
    }
    this.element.hidden = false;
    this.#move(host, box);
    this.lightOff?.();
    this.lightOff = light;
    if (spoken) say(findings.map((finding) => `${named("severity", finding.severity)}: ${finding.message}`).join(" "));
  }

  #move(host, box) {
    const frame = host.getBoundingClientRect();
    const width = this.element.offsetWidth;
    // Within the window, be the field as narrow as an attribute's on a phone.
    const left = Math.max(EDGE, Math.min(box.left, document.documentElement.clientWidth - width - EDGE)) - frame.left;
    this.element.style.left = `${left}px`;
    this.element.style.top = `${box.bottom - frame.top + 6}px`;
  }

  #item(finding) {
    const shown = this.how.preview(finding);
    const made = el("div", { class: `reason ${finding.severity}` },
      el("p", { class: "message" }, sign(finding.severity), " ", finding.message));
    if (shown) {
      made.append(el("p", { class: "change", dir: "auto" }, shown.before ? el("del", {}, shown.before) : null, shown.before && shown.after ? " → " : null,
        shown.after ? el("ins", {}, shown.after) : el("span", { class: "soft" }, ` ${t("takeOut")}`),
        shown.more ? el("span", { class: "soft" }, ` ${counted("morePlaces", shown.more)}`) : null));
    }
    made.append(el("div", { class: "row" },
      finding.fix ? button(t(finding.fix.safety === "safe" ? "fix" : "fixReviewed"), () => this.how.fix(finding), { class: "plain main fix" }) : null,
      el("button", { type: "button", class: "link", onclick: () => showRule(finding.rule) }, finding.rule),
      finding.penalty ? el("span", { class: "cost", title: t("costTitle") }, `−${number(finding.penalty, 1)}`) : null));
    return made;
  }

  /** Closes; with `back` the focus returns to where it was. */
  close(back = false) {
    clearTimeout(this.timer);
    if (!this.isOpen) return;
    const inside = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.pinned = false;
    this.lightOff?.();
    this.lightOff = null;
    this.findings = [];
    if (back || inside) this.back?.focus({ preventScroll: true });
  }
}

const SIGNS = { error: "✖", warning: "▲", info: "•" };

/** The sign of a severity, with its word for who does not see it. */
export function sign(severity) {
  return el("span", { class: `sign ${severity}`, role: "img", "aria-label": named("severity", severity) }, SIGNS[severity] ?? "•");
}
