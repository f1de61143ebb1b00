// Attributes as rows of name and value over the one attribute text.

import { Area } from "/static/area.js";
import { button, el, put } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { attributesOf, attributeText } from "/static/texts.js";

/** The rows and the button that adds one. */
export class Rows {
  /** @param {{change: (text: string) => void, describedby: string, made: (area: Area) => void}} how */
  constructor(how) {
    this.how = how;
    this.text = "";
    this.marks = [];
    this.rows = [];
    this.list = el("div", { class: "pairs", role: "group" });
    this.element = el("div", { class: "rows" }, this.list);
  }

  /** In the language of now. */
  build() {
    this.add?.remove();
    this.add = button(t("addAttribute"), () => this.#append(), { class: "plain small", id: "add-attribute" });
    this.element.append(this.add);
    this.list.setAttribute("aria-label", t("field.attributes"));
    this.rows = [];
    this.#rebuild(attributesOf(this.text));
  }

  show(text) {
    if (text === attributeText(this.#values()).text) {
      this.text = text;
      return;
    }
    this.text = text;
    this.#rebuild(attributesOf(text));
  }

  #values() {
    return this.rows.map(({ key, value }) => ({ key: key.value, value: value.value }));
  }

  #rebuild(pairs) {
    const wanted = pairs.length ? pairs : [{ key: "", value: "" }];
    while (this.rows.length > wanted.length) this.rows.pop();
    while (this.rows.length < wanted.length) this.rows.push(this.#row());
    wanted.forEach((pair, at) => {
      this.rows[at].key.show(pair.key);
      this.rows[at].value.show(pair.value);
    });
    this.#place();
  }

  #place() {
    if (this.list.childElementCount !== this.rows.length || this.rows.some((row, at) => this.list.children[at] !== row.element)) put(this.list, ...this.rows.map((row) => row.element));
  }

  #row() {
    const typed = () => this.#typed();
    const key = new Area({ oneLine: true, label: t("attributeName"), describedby: this.how.describedby }, typed);
    const value = new Area({ oneLine: true, label: t("attributeValue"), describedby: this.how.describedby }, typed);
    const row = { key, value, element: null };
    const out = el("button", { type: "button", class: "row-out", "aria-label": t("removeAttribute"), onclick: () => this.#remove(row) }, "×");
    row.element = el("div", { class: "pair" }, key.element, value.element, out);
    value.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && row === this.rows[this.rows.length - 1] && value.value.trim()) this.#append();
    });
    this.how.made(key);
    this.how.made(value);
    return row;
  }

  #append() {
    const row = this.#row();
    this.rows.push(row);
    this.#place();
    row.key.input.focus();
  }

  #remove(row) {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    if (!this.rows.length) this.rows.push(this.#row());
    this.#place();
    this.rows[Math.min(at, this.rows.length - 1)].key.input.focus();
    this.#typed();
  }

  #typed() {
    this.text = attributeText(this.#values()).text;
    this.how.change(this.text);
  }

  /** Marks of the whole text, each drawn on the part of a row that it lies in. */
  mark(marks) {
    this.marks = marks;
    const inside = (at, length) => marks.filter((mark) => mark.start < at + length && at < mark.end).map((mark) => ({ start: Math.max(0, mark.start - at), end: Math.min(length, mark.end - at), finding: mark.finding }));
    const { text, places } = attributeText(this.#values());
    const pairs = text === this.text ? places : attributesOf(this.text);
    this.rows.forEach((row, index) => {
      const place = pairs[index];
      row.key.mark(place ? inside(place.keyAt, row.key.value.length) : []);
      row.value.mark(place ? inside(place.valueAt, row.value.value.length) : []);
    });
  }

  /** The area and mark that show a finding. */
  placeOf(finding) {
    for (const row of this.rows) {
      for (const area of [row.value, row.key]) {
        const mark = area.marks.find((one) => one.finding === finding);
        if (mark) return { area, mark };
      }
    }
    return null;
  }

  /** The first box that can take the focus. */
  get first() {
    return this.rows[0].key;
  }
}
