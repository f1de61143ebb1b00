// Suggested keywords with what they are worth, and title proposals side by side.

import { bar, button, el, focusOn, put, same, stars } from "/static/dom.js";
import { language, named, number, t } from "/static/i18n.js";
import { keywordsOf } from "/static/texts.js";

const FIRST = 6;
let all = false;

/** How many bytes the words of a search-term bag take, spaces not counted. */
const bytesOf = (text) => new TextEncoder().encode(text.replace(/\s+/g, "")).length;

/**
 * Whether a keyword is in the text already, and whether it still fits the marketplace's budget.
 * @param {string} word
 * @param {string} text the keyword text
 * @param {any} budget as `/api/edit` gives it, or null
 */
export function roomFor(word, text, budget) {
  const bag = budget?.kind === "bytes";
  const present = keywordsOf(text, bag).map((one) => one.text.toLowerCase());
  if (bag) {
    const missing = word.split(/\s+/).filter((one) => !present.includes(one.toLowerCase()));
    const used = present.reduce((sum, one) => sum + bytesOf(one), 0);
    return { present: !missing.length, fits: budget.most === null || used + bytesOf(missing.join("")) <= budget.most, add: missing.join(" ") };
  }
  const tooLong = budget?.tag_length ? [...word].length > budget.tag_length : false;
  return { present: present.includes(word.toLowerCase()), fits: !tooLong && (!budget || budget.most === null || present.length < budget.most), add: word, tooLong };
}

/** Live count of what the marketplace takes: slots, tags or bytes. */
export function budgetMeter(budget) {
  if (!budget) return null;
  const most = budget.most;
  const over = most !== null && budget.used > most;
  const text = most === null ? t(`used.${budget.kind}`, { used: budget.used }) : t(`budget.${budget.kind}`, { used: budget.used, most });
  return el("div", { class: `budget${over ? " over" : ""}`, id: "budget" }, el("span", {}, over ? `✖ ${text}` : text), most ? bar(budget.used / most, over ? "poor" : "") : null);
}

/**
 * @param {HTMLElement} place
 * @param {any} found the suggestions of the server, null for none yet
 * @param {{text: string, budget: any, add: (word: string) => void, remove: (word: string) => void, takeAll: (text: string) => void}} how
 */
export function showKeywords(place, found, how) {
  const ranked = found?.ranked ?? [];
  if (same(place, language(), all, found, how.text, how.budget)) return;
  place.hidden = !ranked.length;
  if (!ranked.length) {
    put(place);
    return;
  }
  const at = place.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
  const shown = all ? ranked : ranked.slice(0, FIRST);
  const chosen = new Set(found.keywords.map((one) => one.text));
  const best = found.keyword_text && found.keyword_text !== how.text;
  put(place,
    el("div", { class: "suggest-head" }, el("h2", {}, t("suggestedKeywords")),
      best ? button(t("useBest"), () => how.takeAll(found.keyword_text), { class: "plain small", id: "use-best", title: found.keyword_text, "data-key": "best" }) : null),
    el("table", { class: "candidates" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("keyword")), el("th", { scope: "col" }, t("relevance")), el("th", { scope: "col" }, t("demand")), el("th", {}, el("span", { class: "hidden" }, t("add"))))),
      el("tbody", {}, ...shown.map((one) => row(one, chosen.has(one.text), how)))),
    ranked.length > shown.length ? button(t("moreKeywords", { n: ranked.length - shown.length }), () => { all = true; showKeywords(place, found, how); }, { class: "plain small" }) : null);
  if (at) focusOn(place, "[data-key]", (one) => one.dataset.key === at);
}

function row(one, chosen, how) {
  const room = roomFor(one.text, how.text, how.budget);
  const word = room.present ? t("present") : room.fits ? t("add") : t(room.tooLong ? "tooLong" : "noRoom");
  const add = el("button", {
    type: "button", class: `plain small${room.present ? " present" : ""}`, "data-key": one.text, "aria-disabled": room.present || room.fits ? null : "true",
    "aria-label": `${room.present ? t("takeOutOf") : word}: ${one.text}`, title: room.present ? t("takeOutOf") : null, onclick: () => { if (room.present) how.remove(one.text); else if (room.fits) how.add(room.add); },
  }, room.present ? `✓ ${word}` : room.fits ? `+ ${word}` : word);
  const volume = one.volume === null || one.volume === undefined ? number(100 * one.demand) : number(one.volume);
  return el("tr", { class: chosen ? "chosen" : "" },
    el("td", {}, el("span", { class: "word", dir: "auto" }, one.text), el("span", { class: "why soft" }, `${named("kind", one.kind)} · ${one.why}`)),
    el("td", { class: "meter" }, bar(one.relevance), el("span", {}, number(100 * one.relevance))),
    el("td", { class: "meter" }, bar(one.demand, "demand"), el("span", {}, volume)),
    el("td", { class: "act" }, add));
}

/**
 * @param {HTMLElement} place
 * @param {any} found
 * @param {{title: string, score: number|null, stars: number|null, use: (title: string) => void}} how
 */
export function showTitles(place, found, how) {
  const titles = (found?.titles ?? []).filter((one) => one.text !== how.title);
  if (same(place, language(), titles, how.title, how.score)) return;
  place.hidden = !titles.length;
  if (!titles.length) {
    put(place);
    return;
  }
  const at = place.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
  put(place, el("h2", {}, t("titleProposals")), el("ul", { class: "proposals" }, how.score === null ? null : el("li", { class: "present" }, el("p", { class: "proposal", dir: "auto" }, how.title),
    el("div", { class: "row" }, stars(how.stars ?? 0, t("starsOf", { n: how.stars ?? 0 }), "small"), el("span", { class: "points" }, number(how.score, 1))), el("p", { class: "soft small" }, t("titleNow"))), ...titles.map((one, n) => el("li", {},
    el("p", { class: "proposal", dir: "auto" }, ...added(one.text, one.added)),
    el("div", { class: "row" }, stars(one.stars, t("starsOf", { n: one.stars }), "small"), el("span", { class: "points" }, number(one.score, 1)),
      el("span", { class: "gain" }, one.gain >= 0 ? `+${number(one.gain, 1)}` : number(one.gain, 1)),
      button(t("useTitle"), () => how.use(one.text), { class: "plain small main", "data-key": `title ${n}`, "aria-label": `${t("useTitle")}: ${one.text}` })),
    el("p", { class: "soft small" }, one.why)))));
  if (at) focusOn(place, "[data-key]", (one) => one.dataset.key === at);
}

/** The title with the words that the old one does not have set off. */
function added(text, words) {
  const marked = Object.keys(words ?? {});
  let nodes = [text];
  for (const word of marked) {
    nodes = nodes.flatMap((node) => {
      if (typeof node !== "string") return [node];
      const from = node.indexOf(word);
      return from < 0 ? [node] : [node.slice(0, from), el("ins", { title: String(words[word]) }, word), node.slice(from + word.length)];
    });
  }
  return nodes;
}
