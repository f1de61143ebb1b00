"use strict";
(() => {
  const PAGE = 50;
  const MOST_RULES = 10;
  const summary = JSON.parse(document.getElementById("summary").textContent);
  const labels = summary.labels;
  const cards = [];
  for (const block of document.querySelectorAll("script.listings")) {
    for (const card of JSON.parse(block.textContent)) cards.push(card);
    // The text of the block would stay in memory beside what was made of it.
    block.remove();
  }
  const [STARS, SCORE, ID, PLACE, TITLE, FINDINGS, CAPPED, ADVICE] = [0, 1, 2, 3, 4, 5, 6, 7];
  const SIGNS = ["✖", "▲", "•"];
  const LEVELS = ["error", "warning", "info"];
  const number = new Intl.NumberFormat(summary.lang);
  const state = { stars: 0, rule: "", text: "", order: "worst", faulty: false, page: 0 };

  const say = (word, values = {}) => labels[word].replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  const starText = (n) => "★".repeat(n) + "☆".repeat(5 - n);

  function element(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  function runs(pieces) {
    return pieces.map(([text, level]) => (level < 0 ? document.createTextNode(text) : element("mark", { class: `level${level}` }, text)));
  }

  // --- the listings that fit ---

  const ruleOf = (finding) => (finding[0] < 0 ? "" : summary.selectors[finding[0]].split(":")[0]);
  const titleOf = (card) => (card[TITLE] || []).map(([text]) => text).join("");
  let haystacks = null;

  function haystack(at) {
    haystacks = haystacks || new Array(cards.length);
    if (haystacks[at] === undefined) {
      const card = cards[at];
      const words = card[FINDINGS].map((finding) => `${summary.selectors[finding[0]] || ""} ${finding[2]} ${finding[3]}`);
      haystacks[at] = [card[ID], card[PLACE], titleOf(card), ...words].join("\n").toLowerCase();
    }
    return haystacks[at];
  }

  function fitting() {
    const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [];
    for (let at = 0; at < cards.length; at++) {
      const card = cards[at];
      if (state.stars && card[STARS] !== state.stars) continue;
      if (state.faulty && !card[FINDINGS].length) continue;
      if (state.rule && !card[FINDINGS].some((finding) => ruleOf(finding) === state.rule)) continue;
      if (words.length && !words.every((word) => haystack(at).includes(word))) continue;
      found.push(at);
    }
    if (state.order === "worst") found.sort((a, b) => cards[a][STARS] - cards[b][STARS] || cards[a][SCORE] - cards[b][SCORE] || a - b);
    return found;
  }

  // --- parts of the page ---

  function findingItem(finding) {
    const [rule, level, cell, message, cost, excerpt, fix] = finding;
    const item = element("li", { class: `level${level}` },
      element("span", { class: "sign", title: say(LEVELS[level]) }, SIGNS[level]),
      cell ? element("span", { class: "cell" }, cell) : null,
      message, " ",
      rule < 0 ? null : element("span", { class: "name" }, summary.selectors[rule]),
      cost ? element("span", { class: "cost" }, `−${cost.toFixed(1)}`) : null);
    if (excerpt) item.append(element("p", { class: "quote" }, ...runs(excerpt)));
    if (fix) {
      const [safe, before, after] = fix;
      const change = [before ? element("del", {}, before) : null, before ? " → " : null, element("ins", {}, after || say("remove"))];
      item.append(element("p", { class: "fix" }, element("span", { class: "soft" }, `${say(safe ? "fix" : "review")}: `), ...change));
    }
    return item;
  }

  function cardArticle(card) {
    const level = Math.min(3, ...card[FINDINGS].map((finding) => finding[1]));
    const made = element("article", { class: `card level${level}` },
      element("div", { class: "head" },
        element("span", { class: "stars", "aria-label": say("starOption", { n: card[STARS] }), role: "img" }, starText(card[STARS])),
        element("b", {}, card[SCORE].toFixed(1)),
        card[ID] ? element("span", {}, card[ID]) : null,
        element("span", { class: "soft" }, card[PLACE]),
        card[CAPPED] ? element("span", { class: "soft" }, say("capped", { rule: card[CAPPED] })) : null));
    if (card[TITLE]) {
      const blank = !titleOf(card).trim();
      made.append(element("p", { class: blank ? "title soft" : "title" }, ...(blank ? [say("noTitle")] : runs(card[TITLE]))));
    }
    if (card[FINDINGS].length) made.append(element("ul", { class: "findings" }, ...card[FINDINGS].map(findingItem)));
    else made.append(element("p", { class: "quote" }, say("noFindings")));
    if (card[ADVICE]) made.append(element("p", { class: "fix" }, `${say("advice", { stars: card[ADVICE][0] })}: ${card[ADVICE][1].join(", ")}`));
    return made;
  }

  const tile = (value, label) => element("div", { class: "tile" }, element("b", {}, value), element("span", {}, label));

  function head() {
    const outcome = summary.failed ? "failed" : "passed";
    const parts = [
      element("header", {}, element("h1", {}, say("heading")), element("span", { class: `badge ${outcome}` }, say(outcome)),
        element("span", { class: "made" }, [summary.files, `listinglint ${summary.version}`, summary.marketplace].filter(Boolean).join(" · "))),
    ];
    if (summary.reasons.length) parts.push(element("ul", { class: "reasons" }, ...summary.reasons.map((reason) => element("li", {}, reason))));
    const tiles = [tile(summary.listings ? summary.score.toFixed(1) : "–", say("score")), tile(number.format(summary.listings), say("listings")),
      tile(number.format(summary.findings), say("findings"))];
    LEVELS.forEach((level, at) => tiles.push(tile(number.format(summary.severities[at]), say(level))));
    if (summary.suppressed) tiles.push(tile(number.format(summary.suppressed), say("suppressed")));
    if (summary.baselined) tiles.push(tile(number.format(summary.baselined), say("baselined")));
    parts.push(element("div", { class: "tiles" }, ...tiles));
    return parts;
  }

  function starPanel() {
    const most = Math.max(1, ...summary.stars);
    const bars = [5, 4, 3, 2, 1].map((stars) => {
      const count = summary.stars[stars - 1];
      const share = summary.listings ? Math.round((100 * count) / summary.listings) : 0;
      const fill = element("span", { class: "fill" });
      fill.style.width = `${(100 * count) / most}%`;
      return element("button", { class: "bar star", type: "button", "data-stars": stars, onclick: () => set({ stars: state.stars === stars ? 0 : stars }) },
        element("span", { class: "stars", "aria-label": say("starOption", { n: stars }), role: "img" }, starText(stars)), element("span", { class: "track" }, fill),
        element("span", { class: "count" }, `${number.format(count)} · ${share}%`));
    });
    const panel = element("section", { class: "panel" }, element("h2", {}, say("stars")), ...bars);
    if (summary.sections.length) {
      const texts = summary.sections.map(([name, value]) => element("span", {}, `${name} `, element("b", {}, value.toFixed(1))));
      panel.append(element("div", { class: "sections" }, element("div", {}, say("sections")), ...texts));
    }
    return panel;
  }

  function rulePanel() {
    const panel = element("section", { class: "panel" }, element("h2", {}, say("rules")));
    const bar = ([rule, count, text]) => element("button", { class: "bar rule", type: "button", "data-rule": rule, onclick: () => set({ rule: state.rule === rule ? "" : rule }) },
      element("span", { class: "name" }, rule, element("small", {}, text)), element("span", { class: "count" }, number.format(count)));
    panel.append(...summary.rules.slice(0, MOST_RULES).map(bar));
    if (summary.rules.length > MOST_RULES) {
      const more = element("button", { class: "plain", type: "button", onclick: () => { more.replaceWith(...summary.rules.slice(MOST_RULES).map(bar)); press(); } }, say("more"));
      panel.append(more);
    }
    return panel;
  }

  function choice(name, label, options) {
    return element("select", { id: name, "aria-label": label, onchange: (event) => set({ [name]: name === "stars" ? Number(event.target.value) : event.target.value }) },
      ...options.map(([value, text]) => element("option", { value }, text)));
  }

  function tools() {
    let waiting = 0;
    const search = element("input", { type: "search", id: "text", placeholder: say("search"), "aria-label": say("search"), oninput: () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => set({ text: search.value }), 200);
    } });
    const rules = summary.rules.map(([rule]) => rule).sort();
    return element("div", { class: "tools" }, search,
      choice("stars", say("starFilter"), [["0", say("allStars")], ...[5, 4, 3, 2, 1].map((n) => [String(n), starText(n)])]),
      choice("rule", say("ruleFilter"), [["", say("allRules")], ...rules.map((rule) => [rule, rule])]),
      choice("order", say("order"), [["worst", say("worst")], ["catalog", say("catalog")]]),
      element("label", {}, element("input", { type: "checkbox", id: "faulty", onchange: (event) => set({ faulty: event.target.checked }) }), say("faulty")),
      element("button", { class: "plain", type: "button", onclick: () => set({ stars: 0, rule: "", text: "", faulty: false }) }, say("clear")));
  }

  const list = element("main", { id: "listings" });

  function show() {
    const found = fitting();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const shown = found.slice(state.page * PAGE, (state.page + 1) * PAGE).map((at) => cardArticle(cards[at]));
    list.replaceChildren(
      element("p", { class: "shown", role: "status" }, say("shown", { n: number.format(found.length), all: number.format(cards.length) })),
      ...(shown.length ? shown : [element("p", { class: "empty" }, say("none"))]));
    if (pages > 1) {
      const turn = (by) => () => { set({ page: state.page + by }); list.scrollIntoView(); };
      const back = element("button", { class: "plain", type: "button", id: "previous", onclick: turn(-1) }, say("previous"));
      const on = element("button", { class: "plain", type: "button", id: "next", onclick: turn(1) }, say("next"));
      back.disabled = state.page === 0;
      on.disabled = state.page === pages - 1;
      list.append(element("nav", { class: "pager" }, back, element("span", {}, say("page", { n: number.format(state.page + 1), all: number.format(pages) })), on));
    }
  }

  function press() {
    for (const bar of document.querySelectorAll("[data-stars]")) bar.setAttribute("aria-pressed", String(Number(bar.dataset.stars) === state.stars));
    for (const bar of document.querySelectorAll("[data-rule]")) bar.setAttribute("aria-pressed", String(bar.dataset.rule === state.rule));
  }

  function set(changes) {
    Object.assign(state, { page: 0 }, changes);
    for (const name of ["stars", "rule", "order"]) document.getElementById(name).value = String(state[name]);
    const search = document.getElementById("text");
    if (search.value !== state.text) search.value = state.text;
    document.getElementById("faulty").checked = state.faulty;
    press();
    show();
  }

  const notes = summary.notes.length ? [element("details", {}, element("summary", {}, say("notes")), element("ul", {}, ...summary.notes.map((note) => element("li", {}, note))))] : [];
  if (summary.files) document.title = `${say("heading")} · ${summary.files}`;
  document.getElementById("report").replaceChildren(...head(), element("div", { class: "panels" }, starPanel(), rulePanel()), ...notes, tools(), list);
  set({});
})();
