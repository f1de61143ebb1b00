// Keywords as chips over the one keyword text: what is done to a chip is an edit of the text, so both views stay in step.

import { el, put } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { keywordsOf, withKeyword, withoutKeyword } from "/static/texts.js";

/** The chips and the box that adds one. */
export class Chips {
  /** @param {{id: string, labelledby: string, describedby: string, change: (text: string) => void, bag: () => boolean, over: (chip: HTMLElement, marks: any[], focused: boolean) => void, out: () => void}} how */
  constructor(how) {
    this.how = how;
    this.text = "";
    this.marks = [];
    this.list = el("ul", { class: "chip-list" });
    this.input = el("input", { id: how.id, type: "text", class: "chip-input", dir: "auto", autocomplete: "off", spellcheck: "false", autocapitalize: "off", "aria-labelledby": how.labelledby, "aria-describedby": how.describedby });
    this.element = el("div", { class: "chips" }, this.list, this.input);
    this.editing = null;
    this.element.addEventListener("click", (event) => { if (event.target === this.element || event.target === this.list) this.input.focus(); });
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.#cut(); });
    this.input.addEventListener("compositionend", () => this.#cut());
    this.input.addEventListener("blur", () => this.#take());
  }

  /** In the language of now. */
  build() {
    this.input.placeholder = t("addKeyword");
    this.drawn = null;
    this.draw();
  }

  show(text) {
    this.text = text;
    this.draw();
  }

  mark(marks) {
    this.marks = marks;
    this.draw();
  }

  #change(text) {
    this.text = text;
    this.marks = [];
    this.draw();
    this.how.change(text);
  }

  /** A separator typed or pasted ends a keyword. */
  #cut() {
    const value = this.input.value;
    if (!(this.how.bag() ? /\s/ : /[,，、;；|\n]/).test(value)) return;
    const words = keywordsOf(value, this.how.bag());
    const open = (this.how.bag() ? /[^\s,，、;；|]$/ : /[^\s,，、;；|\n]\s*$/).test(value) && words.length > 1 ? words.pop()?.text ?? "" : "";
    this.input.value = open;
    if (words.length) this.#add(words.map((one) => one.text));
  }

  #take() {
    const word = this.input.value.trim();
    this.input.value = "";
    if (word) this.#add([word]);
  }

  #add(words) {
    this.#change(words.reduce((text, word) => withKeyword(text, word, this.how.bag()), this.text));
  }

  #onKey(event) {
    if (event.isComposing) return;
    const chips = this.#bodies();
    if (event.key === "Enter") {
      event.preventDefault();
      this.#take();
    } else if (event.key === "Backspace" && !this.input.value && chips.length) {
      event.preventDefault();
      const last = keywordsOf(this.text, this.how.bag()).pop();
      if (last) {
        this.#change(withoutKeyword(this.text, last, this.how.bag()));
        this.input.value = last.text;
      }
    } else if (event.key === "ArrowLeft" && this.input.selectionStart === 0 && this.input.selectionEnd === 0 && chips.length) {
      event.preventDefault();
      chips[chips.length - 1].focus();
    }
  }

  #bodies() {
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll(".chip-body")]);
  }

  #remove(at) {
    const word = keywordsOf(this.text, this.how.bag())[at];
    if (!word) return;
    this.#change(withoutKeyword(this.text, word, this.how.bag()));
    const left = this.#bodies();
    (left[Math.min(at, left.length - 1)] ?? this.input).focus();
  }

  #edit(at, chip) {
    const word = keywordsOf(this.text, this.how.bag())[at];
    if (!word) return;
    this.how.out();
    const box = el("input", { type: "text", class: "chip-edit", dir: "auto", value: word.text, "aria-label": t("editKeyword"), size: Math.max(6, word.text.length) });
    const done = (take) => {
      if (!this.editing) return;
      this.editing = null;
      const value = box.value.trim();
      this.drawn = null;
      if (take && value !== word.text) this.#change(value ? this.text.slice(0, word.start) + value + this.text.slice(word.end) : withoutKeyword(this.text, word, this.how.bag()));
      else this.draw();
    };
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        done(event.key === "Enter");
        (this.#bodies()[at] ?? this.input).focus();
      }
    });
    box.addEventListener("blur", () => done(true));
    this.editing = box;
    chip.replaceChildren(box);
    box.focus();
    box.select();
  }

  draw() {
    if (this.editing) return;
    const words = keywordsOf(this.text, this.how.bag());
    const key = JSON.stringify(words.map((word) => word.text));
    // Chips stay the same elements while their texts do, so that the focus does.
    if (this.drawn !== key) {
      this.drawn = key;
      put(this.list, ...words.map((word, at) => this.#chip(word.text, at)));
    }
    const bodies = this.#bodies();
    words.forEach((word, at) => {
      const over = this.marks.filter((mark) => mark.start < word.end && word.start < mark.end);
      const body = bodies[at];
      const levels = over.map((mark) => mark.finding.severity);
      body.className = `chip-body ${levels.includes("error") ? "error" : levels.includes("warning") ? "warning" : levels.includes("info") ? "info" : ""}`;
      // @ts-ignore: read by the pointer's and the focus's listeners
      body.over = over;
      body.setAttribute("aria-label", over.length ? `${word.text}: ${over.map((mark) => mark.finding.message).join(" ")}` : `${word.text}: ${t("editKeyword")}`);
    });
  }

  #chip(text, at) {
    const chip = el("li", { class: "chip" });
    const body = el("button", { type: "button", class: "chip-body", dir: "auto", onclick: () => this.#edit(at, chip) }, text);
    const show = (focused) => () => { if (body.over?.length) this.how.over(body, body.over, focused); };
    body.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(false)(); });
    body.addEventListener("pointerleave", () => this.how.out());
    body.addEventListener("focus", show(true));
    body.addEventListener("keydown", (event) => {
      const bodies = this.#bodies();
      if (event.key === "Delete" || event.key === "Backspace") this.#remove(at);
      else if (event.key === "ArrowLeft") bodies[at - 1]?.focus();
      else if (event.key === "ArrowRight") (bodies[at + 1] ?? this.input).focus();
      else if (event.key === "Home") bodies[0]?.focus();
      else if (event.key === "End") this.input.focus();
      else return;
      event.preventDefault();
    });
    chip.append(body, el("button", { type: "button", class: "chip-out", "aria-label": t("removeKeyword", { text }), onclick: () => this.#remove(at) }, "×"));
    return chip;
  }

  /** The chip that a mark lies on. */
  chipOf(mark) {
    return this.#bodies().find((body) => /** @type {any} */ (body).over?.includes(mark)) ?? null;
  }
}
