// Charts drawn as SVG by script, each with its numbers as text beside it.

import { el, stars, svg } from "/static/dom.js";
import { counted, number, t } from "/static/i18n.js";

/** Rules that are shown before one asks for more. */
const FIRST = 6;

/**
 * The distribution over stars as bars that can be pressed to filter by.
 * @param {Record<string, number>} counts listings per star, keys "1" to "5"
 * @param {{chosen: number, choose: (stars: number) => void}} how
 */
export function starBars(counts, how) {
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const most = Math.max(1, ...Object.values(counts));
  return el("div", { class: "star-bars", role: "group", "aria-label": t("starDistribution") }, ...[5, 4, 3, 2, 1].map((n) => {
    const count = counts[n] ?? 0;
    const share = all ? (100 * count) / all : 0;
    const chart = svg("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "ground", width: 100, height: 10 }), svg("rect", { class: `s${n}`, width: (100 * count) / most, height: 10 }));
    return el("button", { type: "button", class: "bar-row", "data-stars": n, "aria-pressed": String(how.chosen === n), onclick: () => how.choose(how.chosen === n ? 0 : n) },
      stars(n, t("starsOf", { n }), "small"), chart, el("span", { class: "count" }, `${number(count)} · ${number(share, share && share < 1 ? 1 : 0)}%`));
  }));
}

/** The commonest rules as rows that can be pressed to filter by. */
export function ruleBars(counts, texts, how) {
  const rules = Object.entries(counts).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const most = Math.max(1, ...rules.map(([, n]) => n));
  const shown = how.all ? rules : rules.slice(0, FIRST);
  return [el("div", { class: "rule-bars", role: "group", "aria-label": t("commonRules") }, ...shown.map(([rule, n]) => {
    const chart = svg("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "ground", width: 100, height: 10 }), svg("rect", { class: "rule", width: (100 * n) / most, height: 10 }));
    return el("button", { type: "button", class: "bar-row rule", "data-rule": rule, "aria-pressed": String(how.chosen === rule), onclick: () => how.choose(how.chosen === rule ? "" : rule) },
      el("span", { class: "name" }, rule, el("small", { class: "soft" }, texts.get(rule) ?? "")), chart, el("span", { class: "count" }, number(n)));
  })), rules.length > shown.length ? el("button", { type: "button", class: "plain small", onclick: how.more }, t("moreRules", { n: rules.length - shown.length })) : null];
}

/**
 * Star shares per run as stacked columns, with the score as a line over them.
 * @param {{at: string, listings: number, score: number, stars: Record<string, number>}[]} runs oldest first
 * @param {(at: string) => string} day
 * @param {number} room the pixels that it has in width, so that its letters have their size
 */
export function trend(runs, day, room) {
  const [width, height, left, bottom, top] = [Math.max(280, room), Math.max(200, Math.min(300, room / 2.4)), 34, 26, 10];
  const plot = { width: width - left - 8, height: height - bottom - top };
  const slot = plot.width / runs.length;
  const column = Math.min(64, slot * 0.66);
  const y = (value) => top + plot.height * (1 - value / 100);
  const x = (at) => left + slot * (at + 0.5);
  const chart = svg("svg", { class: "trend", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": t("trendLabel", { n: runs.length }) });
  for (const line of [0, 25, 50, 75, 100]) {
    chart.append(svg("line", { class: "grid-line", x1: left, x2: width - 8, y1: y(line), y2: y(line) }), svg("text", { class: "axis", x: left - 6, y: y(line) + 4, "text-anchor": "end" }, String(line)));
  }
  const every = Math.ceil(runs.length / Math.max(2, Math.floor(plot.width / 76)));
  runs.forEach((run, at) => {
    let from = 0;
    for (const n of [1, 2, 3, 4, 5]) {
      const share = run.listings ? (100 * (run.stars[n] ?? 0)) / run.listings : 0;
      if (share > 0) {
        chart.append(svg("rect", { class: `s${n}`, x: x(at) - column / 2, width: column, y: y(from + share), height: y(from) - y(from + share) },
          svg("title", {}, `${day(run.at)} · ${t("starsOf", { n })}: ${counted("listing", run.stars[n] ?? 0)}`)));
      }
      from += share;
    }
    if (at % every === 0) chart.append(svg("text", { class: "axis", x: x(at), y: height - 8, "text-anchor": "middle" }, day(run.at)));
  });
  chart.append(svg("polyline", { class: "score-under", points: runs.map((run, at) => `${x(at)},${y(run.score)}`).join(" ") }),
    svg("polyline", { class: "score-line", points: runs.map((run, at) => `${x(at)},${y(run.score)}`).join(" ") }),
    ...runs.map((run, at) => svg("circle", { class: "score-dot", cx: x(at), cy: y(run.score), r: 4 }, svg("title", {}, `${day(run.at)} · ${number(run.score, 1)}`))));
  const legend = el("ul", { class: "legend", "aria-hidden": "true" }, ...[5, 4, 3, 2, 1].map((n) => el("li", {}, svg("svg", { class: "swatch", viewBox: "0 0 10 10" }, svg("rect", { class: `s${n}`, width: 10, height: 10 })), `${n} ★`)),
    el("li", {}, svg("svg", { class: "swatch", viewBox: "0 0 10 10" }, svg("circle", { class: "score-dot", cx: 5, cy: 5, r: 4 })), t("score")));
  return el("figure", { class: "trend-figure" }, chart, legend);
}
