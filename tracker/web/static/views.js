// The reader's own views of a table: names for what stands in the address, kept in this browser and sent nowhere.
(() => {
  "use strict";
  const KEY = "whereas:views:" + location.pathname;
  const box = document.getElementById("own-views");
  const list = box.querySelector("ul");
  const form = box.querySelector("form");
  const said = box.querySelector("[role=status]");

  // A store that is refused, full or spoilt is an empty one: the table does without it.
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(found) ? found.filter((view) => typeof view?.name === "string" && typeof view?.search === "string") : [];
    } catch {
      return [];
    }
  };
  const write = (views, words) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(views));
      said.textContent = words;
    } catch {
      said.textContent = "This browser keeps nothing for us: bookmark the page instead.";
    }
    draw();
  };
  const shown = () => {
    const search = new URLSearchParams(location.search);
    search.delete("after");
    return search.toString();
  };

  const draw = () => {
    list.replaceChildren(...read().map((view) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.className = "chip";
      link.href = location.pathname + (view.search ? "?" + view.search : "");
      link.textContent = view.name;
      if (view.search === shown()) {
        link.classList.add("selected");
        link.setAttribute("aria-current", "true");
      }
      const drop = document.createElement("button");
      drop.type = "button";
      drop.className = "drop-view";
      drop.textContent = "✕";
      drop.setAttribute("aria-label", `Forget the view ${view.name}`);
      drop.addEventListener("click", () => {
        write(read().filter((other) => other.name !== view.name), `Forgotten: ${view.name}.`);
        box.querySelector("summary").focus();
      });
      item.append(link, drop);
      return item;
    }));
  };

  form.addEventListener("submit", (submit) => {
    submit.preventDefault();
    const name = form.elements.name.value.trim();
    if (!name) return;
    write([...read().filter((view) => view.name !== name), { name, search: shown() }], `Kept: ${name}.`);
    form.reset();
  });
  draw();
  box.hidden = false;
})();
