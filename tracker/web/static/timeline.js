// The strip leads to rows and chooses a period. Without script the form in the filters does the same.
(() => {
  "use strict";
  const plot = document.querySelector(".plot");
  if (!plot) return;
  const [from, to] = document.querySelectorAll(".brush input");

  // On a narrow screen the drawing is wider than its window: begin where the chosen period is, else at the end.
  const scroller = plot.closest(".strip-scroll");
  let shade = plot.querySelector(".selection");
  scroller.scrollLeft = shade ? shade.getBBox().x - 24 : scroller.scrollWidth;

  // --- the handles stand for months, counted from the strip's first January -----------------------------------------------
  const first = Number(plot.dataset.first);
  const month = (at) => new Date(Date.UTC(first, at));
  const begins = month(0).getTime();
  const lasts = month(Number(from.max) + 1) - begins;
  const draw = () => {
    for (const handle of [from, to]) {
      const words = month(handle.value).toLocaleDateString("en", { month: "long", year: "numeric", timeZone: "UTC" });
      handle.setAttribute("aria-valuetext", words);
      handle.previousElementSibling.textContent = words;
    }
    if (!shade) {
      shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of Object.entries({ class: "selection", y: 18, height: plot.height.baseVal.value - 20, rx: 4 })) {
        shade.setAttribute(name, value);
      }
      plot.querySelector("desc").after(shade);
    }
    const [left, right] = [month(from.value), month(Number(to.value) + 1)].map((day) => ((day - begins) / lasts) * 100);
    shade.setAttribute("x", `${left}%`);
    shade.setAttribute("width", `${right - left}%`);
  };

  // --- the list follows, and the address with it; focus stays where it is ---------------------------------------------------
  const said = document.querySelector(".brush [role=status]");
  let asking = null;
  let chosen = location.search;
  const show = async () => {
    const address = new URL(location.href);
    address.hash = "";
    address.searchParams.delete("after");
    const whole = from.value === from.min && to.value === to.max;
    for (const handle of [from, to]) {
      if (whole) address.searchParams.delete(handle.dataset.name);
      else address.searchParams.set(handle.dataset.name, month(handle.value).toISOString().slice(0, 7));
    }
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) throw new Error(answer.statusText); // The page itself says what is wrong.
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const { open } = document.querySelector(".sheet");
      for (const part of [".filters", ".list"]) document.querySelector(part).replaceWith(page.querySelector(part));
      document.querySelector(".sheet").open = open;
      history.pushState(null, "", address);
      chosen = location.search;
      said.textContent = document.querySelector(".shown")?.textContent ?? "Everything is shown.";
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  };
  // Also said when somebody only goes to another place on the page.
  addEventListener("popstate", () => {
    if (location.search !== chosen) location.reload();
  });

  let soon = null;
  const moved = (one, other, wrong) => {
    if (wrong(Number(one.value), Number(other.value))) other.value = one.value;
    draw();
    clearTimeout(soon);
    soon = setTimeout(show, 500);
  };
  from.addEventListener("input", () => moved(from, to, (begin, end) => begin > end));
  to.addEventListener("input", () => moved(to, from, (end, begin) => begin > end));
  document.querySelector(".brush button").addEventListener("click", () => {
    [from.value, to.value] = [from.min, to.max];
    draw();
    show();
  });

  // --- dragging moves the handles; a dot leads to its row -------------------------------------------------------------------
  const under = (pointer) => {
    const box = plot.getBoundingClientRect();
    const day = new Date(begins + Math.max(0, Math.min((pointer.clientX - box.left) / box.width, 0.9999)) * lasts);
    return (day.getUTCFullYear() - first) * 12 + day.getUTCMonth();
  };
  let start = null;
  plot.classList.add("brushing");
  plot.addEventListener("pointerdown", (pointer) => {
    if (pointer.button !== 0 || pointer.pointerType === "touch") return;
    start = pointer;
    plot.setPointerCapture(pointer.pointerId);
  });
  const dragged = (pointer) => start && Math.abs(pointer.clientX - start.clientX) > 4;
  plot.addEventListener("pointermove", (pointer) => {
    if (!dragged(pointer)) return;
    [from.value, to.value] = [under(start), under(pointer)].sort((one, other) => one - other);
    draw();
  });
  plot.addEventListener("pointerup", (pointer) => {
    const mark = document.elementFromPoint(pointer.clientX, pointer.clientY)?.closest("[data-id]");
    if (dragged(pointer)) show();
    else if (start && mark) location.assign(`/events/${mark.dataset.id}`);
    start = null;
  });
})();
