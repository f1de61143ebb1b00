// Elements made from texts: nothing that comes from outside is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with properties (`on…` are listeners, `true` is an empty attribute, `false` and null are left out) and children.
 * @param {string} name
 * @param {Record<string, any>} [properties]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {any}
 */
export function el(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

/**
 * The same for SVG.
 * @param {string} name
 * @param {Record<string, any>} [properties]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {any}
 */
export function svg(name, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, name), properties, children);
}

const isThere = (child) => child !== null && child !== undefined && child !== false;

function fill(made, properties, children) {
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on") && typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children.filter(isThere));
  return made;
}

/**
 * The element with this id.
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id);

/** Puts the children in place of what an element holds. */
export function put(parent, ...children) {
  parent.replaceChildren(...children.filter(isThere));
}

const drawn = new WeakMap();

/**
 * True where an element was drawn from the same values last time: what is drawn anew under a pointer that is being pressed would
 * lose the click.
 */
export function same(place, ...values) {
  const key = JSON.stringify(values);
  if (drawn.get(place) === key) return true;
  drawn.set(place, key);
  return false;
}

/** Puts the focus on the element of a place that a test finds; what had it before was drawn anew. */
export function focusOn(place, selector, test = (/** @type {HTMLElement} */ _one) => true) {
  /** @type {HTMLElement[]} */
  const found = [...place.querySelectorAll(selector)];
  found.find(test)?.focus({ preventScroll: true });
}

let clearing = 0;

/** Says a text to a screen reader; said twice, it is heard twice. */
export function say(text) {
  const place = byId("said");
  place.textContent = "";
  clearTimeout(clearing);
  clearing = setTimeout(() => { place.textContent = text; }, 30);
}

/** A plain push button. */
export function button(text, onclick, properties = {}) {
  return el("button", { type: "button", class: "plain", onclick, ...properties }, text);
}

const STAR = "M10 1.6l2.5 5.4 5.9.7-4.4 4 1.2 5.9L10 14.7l-5.2 2.9L6 11.7l-4.4-4 5.9-.7z";

/** `n` of five stars as a picture with its words. */
export function stars(n, label, size = "") {
  const made = svg("svg", { class: `stars ${size}`, viewBox: "0 0 100 20", role: "img", "aria-label": label });
  for (let at = 0; at < 5; at++) made.append(svg("path", { d: STAR, transform: `translate(${at * 20} 0)`, class: at < n ? "full" : "none" }));
  return made;
}

/** A track with a bar in it; the number stands beside it as text, so the bar is decoration. */
export function bar(share, kind = "") {
  const filled = el("span", { class: "fill" });
  filled.style.width = `${Math.max(0, Math.min(100, 100 * share))}%`;
  return el("span", { class: `track ${kind}`, "aria-hidden": "true" }, filled);
}

/** Runs a function once the calls for it have stopped for so many milliseconds. */
export function calm(run, wait) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), wait);
  };
}
