// Single keys on every page; `?` says which and switches them off. Whatever they do can be done without them.
(() => {
  "use strict";
  const OFF = "keys-off";
  const kept = (() => {
    try {
      return localStorage;
    } catch {
      return {}; // A browser that keeps nothing for us forgets the choice with the page.
    }
  })();

  const more = () => import("./keys_more.js");

  // --- rows of a list: a row of the timeline, or the line of a folded run of them -------------------------------------------
  const rows = () => [...document.querySelectorAll(".event, .run")].filter((row) => !row.parentElement.closest("details:not([open])"));
  const chosen = () => {
    const all = rows();
    const focused = all.findLast((row) => row.contains(document.activeElement));
    return focused ?? all.find((row) => row.matches(":target"));
  };
  const way = (row) => row.querySelector(row.matches(".run") ? "summary" : ".event-title a, .sources a");
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const row = all[Math.max(0, Math.min(all.indexOf(chosen()) + step, all.length - 1))];
    const target = row.querySelector(row.matches(".run") ? "summary" : ".event-title a") ?? row.querySelector(".event-title");
    if (target.matches(".event-title")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    row.scrollIntoView({ block: row.matches(".run") ? "nearest" : "center" });
  };
  const open = () => {
    const row = chosen();
    if (row) way(row)?.click();
  };
  const copy = async () => {
    const row = chosen();
    (await more()).copy(row?.matches(".event") && row.querySelector(".permalink a").href);
  };

  // --- places ---------------------------------------------------------------------------------------------------------------
  const filters = () => {
    const places = ["[aria-label=Filters] summary", "[aria-label=Filters] a", "main :is(select, input:not([type=hidden]), .chips a)"];
    const found = places.map((place) => document.querySelector(place)).find((part) => part);
    if (found?.matches("summary")) found.parentElement.open = true;
    found?.focus();
  };
  const search = () => {
    const field = document.querySelector("[role=search] input");
    if (field) field.select();
    else location.assign(`${document.querySelector("a[href$='/search']").href}#q`);
  };
  if (location.hash === "#q") document.querySelector("[role=search] input")?.focus();

  const help = async () => {
    (await more()).ask(kept[OFF] !== "yes", (on) => {
      if (on) delete kept[OFF];
      else kept[OFF] = "yes";
    });
  };
  // Reached without a key, so that who switched them off can have them back.
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Keys" });
  button.addEventListener("click", help);
  document.querySelector(".foot .wide").append(button);

  const actions = { j: () => move(1), k: () => move(-1), o: open, c: copy, f: filters, "/": search, "?": help };
  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey || kept[OFF] === "yes") return;
    if (press.target.closest("input, select, textarea, [contenteditable], dialog") || !Object.hasOwn(actions, press.key)) return;
    press.preventDefault();
    actions[press.key]();
  });
})();
