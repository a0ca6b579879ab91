// Enhances the timeline; everything here can be done without it, by the links and the form in the filters.
(() => {
  "use strict";
  const plot = document.querySelector(".plot");
  if (!plot) return;

  // On a narrow screen the drawing is wider than its window: begin where the chosen period is, else at the end.
  const scroller = plot.closest(".strip-scroll");
  const selection = plot.querySelector(".selection");
  scroller.scrollLeft = selection ? selection.getBBox().x - 24 : scroller.scrollWidth;

  // --- the strip: a dot leads to its row, dragging chooses a period ----------------------------------------------------
  const day = 86400000;
  const first = Date.parse(plot.dataset.first);
  const days = (Date.parse(plot.dataset.last) - first) / day + 1;
  const iso = (offset) => new Date(first + Math.round(Math.max(0, Math.min(days - 1, offset))) * day).toISOString().slice(0, 10);
  const choose = (from, to) => {
    const address = new URL(location.href);
    address.searchParams.delete("after");
    address.searchParams.set("from", iso(Math.min(from, to)));
    address.searchParams.set("to", iso(Math.max(from, to)));
    address.hash = "";
    location.assign(address);
  };

  const offset = (pointer) => {
    const box = plot.getBoundingClientRect();
    return ((pointer.clientX - box.left) / box.width) * days;
  };
  let begin = null;
  let shade = null;
  plot.classList.add("brushing");
  plot.addEventListener("pointerdown", (pointer) => {
    if (pointer.button !== 0 || pointer.pointerType === "touch") return;
    begin = offset(pointer);
    plot.setPointerCapture(pointer.pointerId);
  });
  plot.addEventListener("pointermove", (pointer) => {
    if (begin === null) return;
    const end = offset(pointer);
    if (!shade) {
      shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      shade.setAttribute("class", "selection");
      shade.setAttribute("y", "18");
      shade.setAttribute("height", String(plot.height.baseVal.value - 20));
      shade.setAttribute("fill-opacity", "0.6");
      plot.prepend(shade);
    }
    shade.setAttribute("x", `${(Math.min(begin, end) / days) * 100}%`);
    shade.setAttribute("width", `${(Math.abs(end - begin) / days) * 100}%`);
  });
  plot.addEventListener("pointerup", (pointer) => {
    if (begin === null) return;
    const from = begin;
    begin = null;
    if (Math.abs(offset(pointer) - from) > days / 200) {
      choose(from, offset(pointer));
      return;
    }
    shade?.remove();
    shade = null;
    const mark = document.elementFromPoint(pointer.clientX, pointer.clientY)?.closest("[data-id]");
    if (mark) location.assign(`/events/${mark.dataset.id}`);
  });

  // --- two sliders do what dragging does, for the keyboard ---------------------------------------------------------------
  const box = document.createElement("div");
  box.className = "brush";
  const asked = new URL(location.href).searchParams;
  const place = (name, otherwise) => {
    const chosen = Date.parse(asked.get(name) ?? "");
    return Number.isNaN(chosen) ? otherwise : (chosen - first) / day;
  };
  const slider = (words, value) => {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "range", min: "0", max: String(days - 1), step: "1" });
    input.value = String(value);
    const text = document.createElement("span");
    const say = () => {
      text.textContent = `${words} ${iso(Number(input.value))}`;
      input.setAttribute("aria-valuetext", iso(Number(input.value)));
    };
    input.addEventListener("input", say);
    say();
    label.append(text, input);
    box.append(label);
    return input;
  };
  const from = slider("From", place("from", 0));
  const to = slider("To", place("to", days - 1));
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Show" });
  button.addEventListener("click", () => choose(Number(from.value), Number(to.value)));
  box.append(button);
  document.querySelector(".sheet > .card")?.append(box);
})();
