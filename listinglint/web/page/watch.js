// When the reason of underlined words shows: on hover, and on a caret that is moved, not typed, into them.

/** Milliseconds that a caret moves on its own after typing, or after the page has put it somewhere. */
const SETTLING = 150;
/** Findings of overlapping places that one card tells of. */
const MOST = 4;

/** The findings of marks, each once. */
export const findingsOf = (marks) => [...new Set(marks.map((mark) => mark.finding))].slice(0, MOST);

/** Watches areas for one card; `typed` is called when something was typed into one. */
export class Watch {
  #areas = new WeakMap();
  #quietUntil = 0;

  /**
   * @param {import("./card.js").Card} card
   * @param {() => void} typed
   */
  constructor(card, typed) {
    this.card = card;
    this.typed = typed;
    document.addEventListener("selectionchange", () => {
      const input = document.activeElement;
      const area = input && this.#areas.get(input);
      // After the key's own input event, so that typing does not count as moving.
      if (area) setTimeout(() => { if (document.activeElement === input) this.#moved(area); }, 0);
    });
  }

  /** The page itself is about to put the caret somewhere: that calls no card up. */
  hush() {
    this.#quietUntil = performance.now() + SETTLING;
  }

  /** @param {import("./area.js").Area} area */
  add(area) {
    const watched = { area, seen: area.value, typedAt: -Infinity };
    this.#areas.set(area.input, watched);
    let over = null;
    area.input.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse") return;
      const found = area.under(event.clientX, event.clientY);
      const key = found?.marks[0] ?? null;
      if (key === over) return;
      over = key;
      if (!found) this.out();
      else if (!(this.card.pinned && this.card.host === area.element && this.card.findings.includes(key.finding))) {
        this.card.openSoon(area.element, found.box, findingsOf(found.marks), { back: area.input });
      }
    });
    area.input.addEventListener("pointerleave", () => {
      over = null;
      this.out();
    });
    area.input.addEventListener("input", () => {
      watched.typedAt = performance.now();
      this.card.close();
      this.typed();
    });
  }

  /** The pointer has left: a card that the caret holds open stays. */
  out() {
    if (!this.card.pinned) this.card.closeSoon();
  }

  #moved(watched) {
    const { area } = watched;
    const now = performance.now();
    // The caret's first move after typing is the typing's own.
    const typed = watched.seen !== area.value && now - watched.typedAt < SETTLING;
    watched.seen = area.value;
    if (typed || now < this.#quietUntil || area.input.selectionStart !== area.input.selectionEnd) return;
    const marks = area.at(area.input.selectionStart);
    const box = marks.length ? area.boxOf(marks[0]) : null;
    if (box) this.card.open(area.element, box, findingsOf(marks), { pinned: true, spoken: true, back: area.input });
    else if (this.card.isOpen && this.card.host === area.element) this.card.close();
  }
}
