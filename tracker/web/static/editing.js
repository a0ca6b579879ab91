// The source of a field opens when the field is changed, and leaving a form with changes is asked about once.
"use strict";
(() => {
  const form = document.querySelector("form.object-form");
  if (!form) return;
  let changed = false;
  form.addEventListener("input", (event) => {
    changed = true;
    const control = event.target;
    if (control.closest("details.source")) return;
    const place = control.closest(".row") || control.closest(".field");
    const source = place && place.querySelector(":scope > details.source");
    if (source) source.open = true;
  });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
})();
