// The server's answers. A problem document becomes an Error with its words; a newer question drops an older answer.

import { language, t } from "/static/i18n.js";

/** What the server refused, in its own words; `status` 0 where it did not answer at all. */
export class Problem extends Error {
  constructor(status, title, detail = "") {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

const TIMEOUT = 60_000;

/**
 * Asks the server. `body` is sent as JSON, `form` as it is.
 * @param {string} path
 * @param {{method?: string, body?: any, form?: FormData, signal?: AbortSignal}} [how]
 * @returns {Promise<any>}
 */
export async function ask(path, { method, body, form, signal } = {}) {
  /** @type {Record<string, string>} */
  const headers = { "Accept": "application/json", "Accept-Language": language() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, {
      method: method ?? (body !== undefined || form ? "POST" : "GET"),
      headers, body: form ?? (body === undefined ? undefined : JSON.stringify(body)), signal, credentials: "same-origin", cache: "no-store",
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, t("noServer"));
  }
  if (answer.status === 204 || (method === "HEAD" && answer.ok)) return null;
  const text = await answer.text();
  let found = null;
  try {
    found = JSON.parse(text);
  } catch {
    if (answer.ok) throw new Problem(answer.status, t("badAnswer"));
  }
  if (!answer.ok) {
    const words = (language() === "zh" && found?.zh) || found || {};
    throw new Problem(answer.status, words.title || t("refused", { status: answer.status }), words.detail || "");
  }
  return found;
}

/** A query string without what is empty. */
export function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return given.length ? `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}` : "";
}

/**
 * Asks with one question under way at a time: what comes meanwhile waits and only the newest of it is asked. So answers keep
 * coming while a person types, the server is never crowded, and no late answer takes the place of a newer one.
 *
 * `send(signal)` gives a promise, `take(answer)` gets the answer, `fail(error)` what went wrong; `later` asks when typing pauses
 * for `wait` milliseconds, but at the latest after three times that.
 */
export function newest({ wait, send, take, fail }) {
  let timer = 0, since = 0, number = 0, again = false;
  /** @type {AbortController|null} */
  let running = null;

  async function now() {
    clearTimeout(timer);
    timer = 0;
    if (running) {
      again = true;
      return;
    }
    const mine = ++number;
    const stop = new AbortController();
    running = stop;
    const limit = setTimeout(() => stop.abort(), TIMEOUT);
    try {
      const answer = await send(stop.signal);
      if (mine === number) take(answer);
    } catch (error) {
      if (mine === number) fail(error);
    } finally {
      clearTimeout(limit);
      if (running === stop) running = null;
      if (again && !running) {
        again = false;
        now();
      }
    }
  }

  function later() {
    const here = performance.now();
    if (!timer) since = here;
    clearTimeout(timer);
    timer = setTimeout(now, Math.max(0, Math.min(wait, since + 3 * wait - here)));
  }

  function drop() {
    number++;
    clearTimeout(timer);
    timer = 0;
    again = false;
    running?.abort();
    running = null;
  }

  return { now, later, drop };
}
