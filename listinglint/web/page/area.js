// A text field with underlined words: a textarea over a mirror of its text that holds the marks and gives the field its height.

import { el } from "/static/dom.js";
import { pieces } from "/static/texts.js";

/** Pixels at the edges of the window in which nothing is looked for. */
const MARGIN = 90;
let count = 0;

/**
 * @typedef {{start: number, end: number, finding: any}} Mark
 */

/** One field in which words can be marked. `oneLine` takes no line ends. */
export class Area {
  /**
   * @param {{id?: string, rows?: number, oneLine?: boolean, labelledby?: string, label?: string, describedby?: string, placeholder?: string, max?: boolean}} how
   * @param {(text: string) => void} typed
   */
  constructor(how, typed) {
    this.id = how.id ?? `area-${++count}`;
    this.oneLine = how.oneLine ?? false;
    this.typed = typed;
    /** @type {Mark[]} */
    this.marks = [];
    this.mirror = el("div", { class: "mirror", "aria-hidden": "true", dir: "auto" });
    this.input = el("textarea", {
      id: this.id, rows: 1, dir: "auto", spellcheck: "false", autocomplete: "off", autocapitalize: "off",
      "aria-labelledby": how.labelledby, "aria-label": how.label, "aria-describedby": how.describedby, placeholder: how.placeholder,
    });
    this.scroller = el("div", { class: "scroller" }, el("div", { class: "sheet" }, this.mirror, this.input));
    this.element = el("div", { class: `area${how.max ? " tall" : ""}` }, this.scroller);
    if (how.rows) this.mirror.style.minHeight = `calc(${how.rows} * 1.5em + 18px)`;
    this.input.addEventListener("input", (event) => this.#onInput(event));
    this.input.addEventListener("compositionend", () => this.#take());
    if (this.oneLine) {
      this.input.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey) event.preventDefault();
      });
    }
    this.draw();
  }

  get value() {
    return this.input.value;
  }

  #onInput(event) {
    // While an input method composes, the text belongs to it; its end gives the whole.
    if (event.isComposing) {
      this.marks = [];
      this.draw();
      return;
    }
    this.#take();
  }

  #take() {
    if (this.oneLine && /[\n\r]/.test(this.input.value)) {
      const caret = this.input.selectionEnd;
      this.input.value = this.input.value.replace(/[\n\r]+/g, " ");
      this.input.setSelectionRange(caret, caret);
    }
    this.draw();
    this.typed(this.input.value);
  }

  /** Puts a text in, without touching the caret where it is the same. */
  show(text) {
    const wanted = this.oneLine ? text.replace(/\n/g, " ") : text;
    if (this.input.value === wanted) return;
    const focused = document.activeElement === this.input;
    const caret = this.input.selectionEnd;
    this.input.value = wanted;
    // A new text is read from its beginning.
    const place = focused ? Math.min(caret, wanted.length) : 0;
    this.input.setSelectionRange(place, place);
    this.marks = [];
    this.draw();
  }

  /** @param {Mark[]} marks */
  mark(marks) {
    this.marks = marks;
    this.draw();
  }

  draw() {
    const text = this.input.value;
    const parts = pieces(text, this.marks).map(([piece, over]) => {
      if (!over.length) return piece;
      const level = over.some((mark) => mark.finding.severity === "error") ? "error" : over.some((mark) => mark.finding.severity === "warning") ? "warning" : "info";
      const made = el("mark", { class: level }, piece);
      // @ts-ignore: what is under the pointer is found by it
      made.over = over;
      return made;
    });
    // An empty last line has no height of its own.
    this.mirror.replaceChildren(...parts, "\u200b");
  }

  /** The marks at a point of the window, the shortest first, with the box of the drawn piece. */
  under(x, y) {
    for (const made of this.mirror.querySelectorAll("mark")) {
      for (const box of made.getClientRects()) {
        if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return { marks: shortest(made.over), box };
      }
    }
    return null;
  }

  /** The marks at a place of the text, the shortest first. */
  at(place) {
    return shortest(this.marks.filter((mark) => mark.start <= place && place <= mark.end));
  }

  /** The box of the drawn text of a mark. */
  boxOf(mark) {
    const made = [...this.mirror.querySelectorAll("mark")].find((one) => one.over.includes(mark));
    return made ? made.getClientRects()[0] ?? null : null;
  }

  /** Lights the drawn pieces of one mark up. */
  light(mark) {
    for (const made of this.mirror.querySelectorAll("mark")) made.classList.toggle("lit", mark !== null && made.over.includes(mark));
  }

  /** Puts the caret at a place, or selects up to `end`, and the focus here. */
  focus(start, end = start) {
    this.input.focus({ preventScroll: true });
    this.input.setSelectionRange(start, end);
    this.reveal(start, end);
  }

  /** Scrolls the field and the window to a place of the text. */
  reveal(start, end = start) {
    const box = this.#boxAt(start, end);
    const frame = this.scroller.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) this.scroller.scrollTop += box.top - frame.top - frame.height / 3;
    const now = this.#boxAt(start, end);
    // Above lies the head of the page, below there must be room for the reason.
    if (now.top < MARGIN || now.bottom > innerHeight - 2 * MARGIN) scrollBy(0, now.top - innerHeight / 3);
  }

  #boxAt(start, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(this.mirror, NodeFilter.SHOW_TEXT);
    let at = 0;
    range.selectNodeContents(this.mirror);
    for (let node = /** @type {Text|null} */ (walker.nextNode()); node; node = /** @type {Text|null} */ (walker.nextNode())) {
      if (at <= start && start <= at + node.length) range.setStart(node, start - at);
      if (at <= end && end <= at + node.length) {
        range.setEnd(node, end - at);
        break;
      }
      at += node.length;
    }
    const box = range.getBoundingClientRect();
    // A place in an empty line has no box.
    return box.height ? box : this.input.getBoundingClientRect();
  }
}

const shortest = (marks) => [...marks].sort((a, b) => a.end - a.start - (b.end - b.start));
