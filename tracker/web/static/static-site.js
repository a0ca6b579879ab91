// A copy without a server: a mark of the strip leads to its row, j and k go down and up the list, names are found.
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

  // --- find by title or name: every word has to be there, accents and case do not matter --------------------------------
  const box = document.getElementById("find");
  if (!box || !window.whereasIndex) return;
  const most = 60;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const index = window.whereasIndex.map(([title, what, address]) => ({ title, what, address, text: plain(`${title} ${what}`) }));
  const input = box.querySelector("input");
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const found = words.length ? index.filter((entry) => words.every((word) => entry.text.includes(word))) : [];
    box.querySelector("[role=status]").textContent =
      words.length ? `${found.length} found${found.length > most ? `, the first ${most} are shown` : ""}.` : "";
    box.querySelector("ul").replaceChildren(...found.slice(0, most).map((entry) => {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: entry.address, textContent: entry.title });
      const what = Object.assign(document.createElement("span"), { className: "small muted", textContent: ` ${entry.what}` });
      item.append(link, what);
      return item;
    }));
  });
  box.hidden = false;
})();
