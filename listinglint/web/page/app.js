// The page: views by the address, language, theme, marketplace, keys.

import { ask } from "/static/api.js";
import { byId, el, put } from "/static/dom.js";
import { openListing, startEditor, useMarketplaces } from "/static/editor.js";
import { startFiles } from "/static/files.js";
import { showHistory } from "/static/history.js";
import { language, onLanguage, speak, t, translate } from "/static/i18n.js";
import { openDialog } from "/static/rulepage.js";
import { choose, settings } from "/static/settings.js";

const VIEWS = ["write", "file", "history"];

function trouble(error) {
  const place = byId("trouble");
  place.hidden = !error;
  const text = error ? error.message : "";
  if (place.textContent !== text) place.textContent = text;
}

function route() {
  const wanted = location.hash.slice(1);
  const view = VIEWS.includes(wanted) ? wanted : "write";
  for (const name of VIEWS) byId(name).hidden = name !== view;
  for (const link of document.querySelectorAll("[data-view]")) {
    if (/** @type {HTMLElement} */ (link).dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${t(`view${view[0].toUpperCase()}${view.slice(1)}`)} · listinglint`;
  trouble(null);
  if (view === "history") showHistory(byId("history-body"), trouble);
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function showSwitches() {
  const other = language() === "zh" ? "English" : "中文";
  byId("language").textContent = other;
  byId("language").lang = language() === "zh" ? "en" : "zh-CN";
  byId("theme").setAttribute("aria-label", t(isDark() ? "themeLight" : "themeDark"));
  byId("theme").title = t(isDark() ? "themeLight" : "themeDark");
  byId("theme").textContent = isDark() ? "☀" : "☾";
  byId("help").title = t("keys");
}

function showKeys() {
  const keys = [["F8 · Ctrl + '", "keyNext"], ["Shift + F8 · Ctrl + ;", "keyPrevious"], ["Ctrl + Enter", "keyFix"], ["Esc", "keyClose"], ["Ctrl + Z", "keyUndo"], ["Ctrl + Shift + Z · Ctrl + Y", "keyRedo"], ["Enter · ,", "keyChip"], ["← → Delete", "keyChips"]];
  openDialog(t("keys"), el("dl", { class: "keys" }, ...keys.flatMap(([key, text]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, t(text))])));
}

async function loadMarketplaces() {
  try {
    const found = await ask(`/api/marketplaces?lang=${language()}`);
    const list = found.marketplaces;
    if (!list.some((one) => one.name === settings.marketplace)) settings.marketplace = found.default;
    for (const select of document.querySelectorAll("select.marketplaces")) {
      put(select, ...list.map((one) => el("option", { value: one.name }, one.label)));
      /** @type {HTMLSelectElement} */ (select).value = settings.marketplace;
    }
    useMarketplaces(list);
  } catch (error) {
    trouble(error);
    setTimeout(loadMarketplaces, 2000);
  }
}

document.addEventListener("change", (event) => {
  const select = /** @type {HTMLSelectElement} */ (event.target);
  if (!select.matches?.("select.marketplaces")) return;
  choose({ marketplace: select.value });
  for (const other of document.querySelectorAll("select.marketplaces")) /** @type {HTMLSelectElement} */ (other).value = select.value;
  loadMarketplaces();
});

startEditor({ trouble, leave: () => { location.hash = "file"; } });
startFiles(byId("file-body"), { trouble, open: (listing, origin) => { location.hash = "write"; route(); openListing(listing, origin); } });
translate(document.body);
showSwitches();
route();
loadMarketplaces();

addEventListener("hashchange", route);
byId("language").addEventListener("click", () => speak(language() === "zh" ? "en" : "zh"));
byId("theme").addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  choose({ theme });
  showSwitches();
});
byId("help").addEventListener("click", showKeys);
byId("dialog").addEventListener("click", (event) => { if (event.target === byId("dialog")) byId("dialog").close(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showSwitches);
onLanguage(() => { showSwitches(); route(); loadMarketplaces(); });
document.documentElement.dataset.ready = "true";
