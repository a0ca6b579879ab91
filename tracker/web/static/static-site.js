// A copy without a server: a mark of the strip leads to its row, j and k go down and up the list.
(() => {
  "use strict";
  document.querySelector(".plot")?.addEventListener("click", (click) => {
    const address = click.target.closest("[data-href]")?.dataset.href;
    if (address) location.assign(address);
  });
  const titles = [...document.querySelectorAll(".event .event-title")];
  let current = -1;
  document.addEventListener("keydown", (press) => {
    if (!["j", "k"].includes(press.key) || press.ctrlKey || press.metaKey || press.altKey || !titles.length) return;
    titles[current]?.closest(".event").classList.remove("current");
    current = Math.max(0, Math.min(current + (press.key === "j" ? 1 : -1), titles.length - 1));
    const title = titles[current];
    title.closest(".event").classList.add("current");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "center" });
  });
})();
