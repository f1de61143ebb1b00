// A rule's page in a dialog, from Markdown-made HTML of which only plain text elements are taken over.

import { ask } from "/static/api.js";
import { button, byId, el, put } from "/static/dom.js";
import { language, t } from "/static/i18n.js";

const ALLOWED = new Set(["H1", "H2", "H3", "H4", "P", "UL", "OL", "LI", "CODE", "PRE", "STRONG", "EM", "B", "I", "BR", "HR", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "DL", "DT", "DD", "BLOCKQUOTE"]);
/** @type {Map<string, any>} */
const read = new Map();

/** The nodes of a text of HTML, remade from allowed elements without any attribute; of others the text stays. */
export function plainNodes(html) {
  const copy = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
    if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE", "TEMPLATE"].includes(node.nodeName)) return [];
    const inner = [...node.childNodes].flatMap(copy);
    if (!ALLOWED.has(node.nodeName)) return inner;
    const made = document.createElement(node.nodeName);
    made.append(...inner);
    return [made];
  };
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes].flatMap(copy);
}

/** Opens a dialog with a title and content. */
export function openDialog(title, ...content) {
  const dialog = byId("dialog");
  put(dialog, el("div", { class: "dialog-head" }, el("h2", { id: "dialog-title" }, title), button(t("close"), () => dialog.close(), { class: "plain quiet" })),
    el("div", { class: "dialog-body", tabindex: "0" }, ...content));
  if (!dialog.open) dialog.showModal();
  return dialog;
}

/** Shows what a rule finds, why, and how to mend it. */
export async function showRule(name) {
  const key = `${language()} ${name}`;
  const dialog = openDialog(name, el("p", { class: "soft" }, t("loading")));
  const body = dialog.querySelector(".dialog-body");
  try {
    const found = read.get(key) ?? await ask(`/api/rules/${encodeURIComponent(name)}?lang=${language()}`);
    read.set(key, found);
    if (body.isConnected) {
      const nodes = plainNodes(found.html ?? "");
      put(body, ...nodes.filter((node) => node.nodeName !== "H1"));
    }
  } catch (error) {
    if (body.isConnected) put(body, el("p", { class: "error" }, error.message));
  }
}
