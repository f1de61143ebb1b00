// The history view: how the stars of a catalog moved from run to run.

import { ask } from "/static/api.js";
import { trend } from "/static/charts.js";
import { el, put } from "/static/dom.js";
import { counted, language, number, t } from "/static/i18n.js";
import { showRule } from "/static/rulepage.js";

let chosen = "";

/** Reads the recorded runs and draws those of one catalog. */
export async function showHistory(place, trouble) {
  put(place, el("p", { class: "soft" }, t("loading")));
  let found;
  try {
    found = await ask(`/api/history?lang=${language()}`);
  } catch (error) {
    put(place);
    trouble(error);
    return;
  }
  const catalogs = found.catalogs.filter((one) => one.runs.length);
  if (!catalogs.length) {
    put(place, el("div", { class: "panel empty" }, el("p", {}, t("noHistory")), el("pre", { tabindex: "0" }, "listinglint check products.xlsx --record")));
    return;
  }
  draw(place, catalogs);
}

function draw(place, catalogs) {
  const catalog = catalogs.find((one) => one.key === chosen) ?? catalogs[0];
  chosen = catalog.key;
  const runs = [...catalog.runs].sort((a, b) => String(a.at).localeCompare(String(b.at)));
  const select = el("select", { id: "catalog", onchange: () => { chosen = select.value; draw(place, catalogs); document.getElementById("catalog")?.focus(); } }, ...catalogs.map((one) => el("option", { value: one.key }, one.name)));
  select.value = chosen;
  const shown = runs.slice(-40);
  const last = runs[runs.length - 1];
  put(place,
    el("div", { class: "toolbar" }, el("label", { class: "inline" }, el("span", {}, t("catalog")), " ", select), el("span", { class: "soft" }, `${counted("run", runs.length)} · ${last.marketplace}`)),
    el("div", { class: "panel" }, el("h2", {}, t("trend")), trend(shown, day, place.clientWidth - 34)),
    runs.length > 1 ? moved(runs[runs.length - 2], last) : el("p", { class: "panel soft" }, t("oneRun")),
    el("details", { class: "panel", id: "history-table" }, el("summary", {}, t("asTable")), table(runs)));
}

const day = (at) => new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en-GB", { day: "numeric", month: "short" }).format(new Date(at));
const moment = (at) => new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
const signed = (value, digits = 0) => `${value > 0 ? "+" : value < 0 ? "−" : "±"}${number(Math.abs(value), digits)}`;

/** What differs between two runs: score, stars, and the rules that moved most. */
function moved(before, after) {
  const share = (run, n) => (run.listings ? (100 * (run.stars[n] ?? 0)) / run.listings : 0);
  // A rule that is missing in one of the runs did not judge there: nothing moved.
  const rules = Object.keys(after.by_rule).filter((rule) => rule in before.by_rule).map((rule) => ({ rule, by: after.by_rule[rule] - before.by_rule[rule] })).filter((one) => one.by)
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by) || a.rule.localeCompare(b.rule)).slice(0, 8);
  const better = (good) => (good ? "better" : "worse");
  return el("div", { class: "panel", id: "moved" }, el("h2", {}, t("moved")), el("p", { class: "soft small" }, t("movedSince", { before: moment(before.at), after: moment(after.at) })),
    el("ul", { class: "moves" },
      el("li", {}, el("b", {}, t("score")), " ", `${number(before.score, 1)} → ${number(after.score, 1)} `, el("span", { class: after.score === before.score ? "soft" : better(after.score > before.score) }, signed(after.score - before.score, 1))),
      ...[5, 4, 3, 2, 1].filter((n) => Math.abs(share(after, n) - share(before, n)) >= 0.05).map((n) => {
        const by = share(after, n) - share(before, n);
        return el("li", {}, el("b", {}, `${n} ★`), " ", `${number(before.stars[n] ?? 0)} → ${number(after.stars[n] ?? 0)} `, el("span", { class: better(n >= 4 ? by > 0 : by < 0) }, t("points", { n: signed(by, 1) })));
      }),
      ...rules.map(({ rule, by }) => el("li", {}, el("button", { type: "button", class: "link", onclick: () => showRule(rule) }, rule), " ", el("span", { class: better(by < 0) }, signed(by))))));
}

function table(runs) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("asTable") }, el("table", { class: "numbers" },
    el("thead", {}, el("tr", {}, ...[t("when"), t("listings"), t("score"), "5 ★", "4 ★", "3 ★", "2 ★", "1 ★", t("findings")].map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, ...[...runs].reverse().map((run) => el("tr", {}, el("th", { scope: "row" }, moment(run.at)), el("td", {}, number(run.listings)), el("td", {}, number(run.score, 1)),
      ...[5, 4, 3, 2, 1].map((n) => el("td", {}, number(run.stars[n] ?? 0))), el("td", {}, number(run.findings)))))));
}
