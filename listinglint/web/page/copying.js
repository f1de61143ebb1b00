// The finished listing for the clipboard: as lines to read, or as a row to paste into a spreadsheet.

import { named } from "/static/i18n.js";
import { FIELDS } from "/static/store.js";

/** Written fields, one after another under their names. */
export const asText = (texts) => FIELDS.filter((field) => texts[field].trim())
  .map((field) => (texts[field].includes("\n") ? `${named("field", field)}:\n${texts[field]}` : `${named("field", field)}: ${texts[field]}`)).join("\n");

/** A cell that a spreadsheet takes as text: quoted where it must be, and never a formula. */
function cell(text) {
  const plain = /^\s*[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text;
  return /["\t\n\r]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
}

/** The fields of the form in their order, parted by tabs. */
export const asRow = (texts) => FIELDS.map((field) => cell(texts[field])).join("\t");

/** Copies a text; also where the page is no secure context, which has no clipboard. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = document.createElement("textarea");
    const before = /** @type {HTMLElement|null} */ (document.activeElement);
    box.value = text;
    box.className = "hidden";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    before?.focus();
    return done;
  }
}
