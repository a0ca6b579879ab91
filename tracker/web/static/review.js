// The review queue by single keys and without waiting for whole pages. The same addresses answer the same forms without it.
const OFF = "keys-off";
const keysAreOff = () => {
  try {
    return localStorage[OFF] === "yes";
  } catch {
    return false;
  }
};
const room = () => document.getElementById("review");
const said = document.getElementById("review-said");
const find = (what) => room().querySelector(what);
const findAll = (what) => [...room().querySelectorAll(what)];
// How many answers are awaited, and the last of them: what is pressed meanwhile is sent after it, nothing is left out.
let awaited = 0;
let last = Promise.resolve();

// --- going on without a new page --------------------------------------------------------------------------------------------
const say = (text) => {
  said.textContent = "";
  // A line that is the same as before would not be read again.
  setTimeout(() => (said.textContent = text), 50);
};

const title = () => find("#entry-title")?.textContent.trim() ?? "";

// The list at the left stands where the open entry is.
const atCurrent = () => {
  const list = find(".review-queue");
  const open = list?.querySelector("[aria-current]");
  if (!open) return;
  const over = open.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
  if (over > 0) list.scrollTop += over + 60;
};
atCurrent();

// Show what the server answered in place of what is here, and put the focus on the document that is next.
const show = (text, address, keep) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const next = page.getElementById("review");
  if (!next) return false;
  const before = title();
  room().replaceWith(document.adoptNode(next));
  document.title = page.title;
  for (const place of document.querySelectorAll(".menu-count")) {
    const count = page.querySelector(".menu-count");
    if (count) place.replaceChildren(...count.cloneNode(true).childNodes);
  }
  history.replaceState(null, "", address);
  atCurrent();
  const told = find(".told-once p")?.textContent ?? "";
  const trouble = find(".trouble")?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const now = title();
  const onward = now && now !== before ? `Next: ${now}` : now || "Nothing waits here.";
  say([trouble, told, keep ? "" : onward].filter(Boolean).join(" "));
  const target = find(".trouble") ?? find("#entry-title") ?? find("h1");
  if (!keep && target) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }
  return true;
};

const load = async (address, options) => {
  try {
    const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" }, ...options });
    const shown = new URL(answer.url);
    // Signed out meanwhile, or an error page: the browser goes there itself.
    if (!show(await answer.text(), shown)) location.assign(options.body ? location.href : shown);
  } catch {
    say("The server cannot be reached. What was decided before is kept, this was not. Try again in a moment.");
  }
};

const ask = (address, options = {}) => {
  awaited += 1;
  room().setAttribute("aria-busy", "true");
  last = last
    .then(() => load(address, options))
    .finally(() => {
      awaited -= 1;
      if (!awaited) room().removeAttribute("aria-busy");
    });
};

const sent = new WeakSet();
const send = (form, button) => {
  // A double click is one decision.
  if (button && sent.has(button)) return;
  if (button && form.method === "post") sent.add(button);
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.append(button.name, button.value);
  if (form.method === "get") ask(`${form.action.split("?")[0]}?${new URLSearchParams([...new URL(form.action).searchParams, ...fields])}`);
  else ask(form.action, { method: "POST", body: fields });
};

document.addEventListener("submit", (event) => {
  if (!room().contains(event.target)) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.entry-link, .review-queue .pager a, .find a, .entry a[rel=next]");
  if (!link || !room().contains(link) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  ask(link.href);
});

// --- keys -------------------------------------------------------------------------------------------------------------------
const rows = () => findAll(".suggestion");
const chosen = () => rows().find((row) => row.contains(document.activeElement)) ?? rows()[0];
const press = (row, verdict) => row?.querySelector(`button[value^="${verdict}:"]`)?.click();

const move = (step) => {
  const links = findAll("a.entry-link");
  const here = links.findIndex((link) => link.getAttribute("aria-current"));
  const there = links[here + step];
  if (there) ask(there.href);
  else say(step > 0 ? "This is the last one of this page of the queue." : "This is the first one.");
};

const change = () => {
  const part = chosen()?.querySelector(".change");
  if (!part) return;
  part.open = true;
  part.querySelector("select").focus();
};

const digit = (number) => {
  const row = chosen();
  const option = row?.querySelectorAll(".change option")[number - 1];
  if (!option) return;
  option.selected = true;
  press(row, "accept");
};

// What is ticked; of a document with one suggestion, that one.
const together = (verdict) => (find(`button[name=say][value=${verdict}]`) ?? chosen()?.querySelector(`button[value^="${verdict}:"]`))?.click();

const undo = () => {
  const button = find("[data-undo]");
  if (button) button.click();
  else say("Nothing of today can be undone.");
};

const tick = () => {
  const box = chosen()?.querySelector("input[name=chosen]");
  if (box) box.checked = !box.checked;
};

const nextRow = (step) => {
  const all = rows();
  const row = all[Math.max(0, Math.min(all.indexOf(chosen()) + step, all.length - 1))];
  row?.querySelector("button[value^='accept:']").focus();
};

const actions = {
  j: () => move(1),
  k: () => move(-1),
  n: () => nextRow(1),
  p: () => nextRow(-1),
  a: () => press(chosen(), "accept"),
  A: () => together("accept"),
  x: () => press(chosen(), "reject"),
  X: () => together("reject"),
  t: tick,
  e: change,
  u: undo,
  s: () => together("unsure"),
};
for (let number = 1; number <= 9; number += 1) actions[number] = () => digit(number);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keysAreOff()) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog")) return;
  if (!Object.hasOwn(actions, event.key)) return;
  event.preventDefault();
  // Not on what is about to be replaced: the next document has not been seen yet.
  if (awaited) return;
  actions[event.key]();
});
