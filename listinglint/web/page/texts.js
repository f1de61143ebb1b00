// Places in texts: the server counts code points, the browser UTF-16 units; and texts change while an answer is under way.

/**
 * Turns code-point offsets of a text into UTF-16 offsets.
 * @param {string} text
 * @returns {(point: number) => number}
 */
export function unitsOf(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (point) => Math.min(point, text.length);
  const places = [];
  let at = 0;
  for (const character of text) {
    places.push(at);
    at += character.length;
  }
  return (point) => (point < places.length ? places[point] : text.length);
}

/** Half a surrogate pair is no text for the server; one character stands for one. */
export const wellFormed = (text) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

/**
 * What differs between two texts: `[start, end)` of the old was replaced, and the new one is longer by `grown`.
 * @param {string} before
 * @param {string} after
 */
export function difference(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start, end: before.length - same, grown: after.length - before.length };
}

/**
 * Carries a place of an older text into the newer one; null where the place itself was changed.
 * @param {number} start
 * @param {number} end
 * @param {{start: number, end: number, grown: number}|null} changed
 * @returns {[number, number]|null}
 */
export function carried(start, end, changed) {
  if (!changed || end <= changed.start) return [start, end];
  if (start >= changed.end) return [start + changed.grown, end + changed.grown];
  return null;
}

/**
 * Cuts a text where marks begin and end: `[text, marks over it][]`.
 * @template {{start: number, end: number}} M
 * @param {string} text
 * @param {M[]} marks
 * @returns {[string, M[]][]}
 */
export function pieces(text, marks) {
  const cuts = [...new Set([0, text.length, ...marks.flatMap((mark) => [mark.start, mark.end])])].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  /** @type {[string, M[]][]} */
  const out = [];
  for (let at = 0; at + 1 < cuts.length; at++) {
    const [start, end] = [cuts[at], cuts[at + 1]];
    out.push([text.slice(start, end), marks.filter((mark) => mark.start <= start && end <= mark.end)]);
  }
  return out;
}

/** The text with edits made, last first; they do not overlap. */
export function edited(text, edits) {
  let out = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) out = out.slice(0, edit.start) + edit.text + out.slice(edit.end);
  return out;
}

const LIST = /[^,，、;；|\n]+/g;
const BAG = /[^\s,，、;；|]+/g;

/**
 * The keywords of a text with their places, without the spaces around them.
 * @param {string} text
 * @param {boolean} bag words with spaces between, as Amazon's search terms
 */
export function keywordsOf(text, bag) {
  const out = [];
  for (const match of text.matchAll(bag ? BAG : LIST)) {
    const word = match[0].trim();
    if (word) {
      const start = match.index + match[0].indexOf(word);
      out.push({ text: word, start, end: start + word.length });
    }
  }
  return out;
}

/** The keyword text with one more keyword at its end. */
export function withKeyword(text, word, bag) {
  const before = text.replace(bag ? /\s+$/ : /[\s,，、;；|]+$/, "");
  return before ? `${before}${bag ? " " : ", "}${word}` : word;
}

/** The keyword text without the keyword at this place, and without one separator beside it. */
export function withoutKeyword(text, { start, end }, bag) {
  const space = bag ? /^\s+/ : /^\s*[,，、;；|\n]?[^\S\n]*/;
  const before = text.slice(0, start);
  const after = text.slice(end);
  const rest = after.replace(space, "");
  if (rest) return before + rest;
  return before.replace(bag ? /\s+$/ : /[\s,，、;；|]+$/, "");
}

const PAIR = /^([^:：\n]*?)\s*[:：]\s*/;

/** The attributes of `Key: value` lines, with the places of key and value in the text. */
export function attributesOf(text) {
  const out = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const found = PAIR.exec(line);
    if (found) out.push({ key: found[1], value: line.slice(found[0].length), keyAt: at, valueAt: at + found[0].length });
    else if (line.trim()) out.push({ key: "", value: line, keyAt: at, valueAt: at });
    at += line.length + 1;
  }
  return out;
}

/** Rows as `Key: value` lines with the places they get; blank rows are left out and have none. */
export function attributeText(rows) {
  let text = "";
  const places = rows.map(({ key, value }) => {
    if (!key.trim() && !value.trim()) return null;
    if (text) text += "\n";
    const keyAt = text.length;
    text += key.trim() ? `${key}: ` : "";
    const valueAt = text.length;
    text += value;
    return { keyAt, valueAt };
  });
  return { text, places };
}

/** True where a text of attributes is lines of pairs, which rows can show without changing it. */
export const isPairs = (text) => text.split("\n").every((line) => !line.trim() || (PAIR.test(line) && !/^\s*[{["']/.test(line)));
