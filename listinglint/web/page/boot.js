"use strict";
// Runs before the first paint, so that a remembered theme or language does not flash in late.
(() => {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("listinglint.settings") || "{}") || {};
  } catch {
    // A browser that keeps nothing, or something else under our name: the defaults.
  }
  const root = document.documentElement;
  if (kept.theme === "dark" || kept.theme === "light") root.dataset.theme = kept.theme;
  const wanted = kept.lang || (navigator.languages || [navigator.language]).find((one) => /^(zh|en)\b/i.test(one)) || "en";
  root.lang = /^zh/i.test(wanted) ? "zh-CN" : "en";
})();
