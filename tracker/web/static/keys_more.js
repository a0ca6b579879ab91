// What few keys need: the dialog that says what they do, and copying. Loaded when somebody asks for it.
const KEYS = [
  ["j", "on a timeline: the next row"],
  ["k", "on a timeline: the row before"],
  ["o", "open the row, or unfold a run of news"],
  ["c", "copy the row’s permanent link"],
  ["f", "to the filters"],
  ["/", "to the search"],
  ["?", "this help"],
];

// What a page's own keys do it says itself; they come first, and take the place of the same keys elsewhere.
const own = [...(document.getElementById("page-keys")?.content.querySelectorAll("dt") ?? [])].map((term) => [
  term.textContent,
  term.nextElementSibling.textContent,
]);
const keysHere = () => [...own, ...KEYS.filter(([key, words]) => !own.some(([taken]) => taken === key) && !(own.length && words.includes("row")))];

const made = (name, text = "", more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });

document.head.append(made("link", "", { rel: "stylesheet", href: new URL("keys.css", import.meta.url).href }));

// --- the dialog -------------------------------------------------------------------------------------------------------------
const draw = () => {
  const dialog = made("dialog", "", { className: "card keys" });
  dialog.setAttribute("aria-labelledby", "keys-title");
  const list = made("dl", "", { className: "pairs" });
  for (const [key, words] of keysHere()) {
    const term = made("dt");
    term.append(made("kbd", key));
    list.append(term, made("dd", words));
  }
  const choice = made("label");
  choice.append(made("input", "", { type: "checkbox" }), "Single keys work on this site");
  const form = made("form", "", { method: "dialog" });
  const kept = "Kept in this browser. The button “Keys” at the foot of each page opens this again.";
  form.append(choice, made("p", kept, { className: "small muted" }), made("button", "Close", { className: "button strong" }));
  dialog.append(made("h2", "Keys", { id: "keys-title" }), list, form);
  document.body.append(dialog);
  return dialog;
};

let dialog = null;

// Show the dialog; `on` is whether the keys work, `choose` is told when that is changed.
export const ask = (on, choose) => {
  dialog ??= draw();
  const box = dialog.querySelector("input");
  box.checked = on;
  box.onchange = () => choose(box.checked);
  dialog.showModal();
};

// --- copying ----------------------------------------------------------------------------------------------------------------
const status = made("p", "", { className: "said-by-keys" });
status.setAttribute("role", "status");
document.body.append(status);

const say = (text) => {
  status.textContent = text;
  setTimeout(() => {
    if (status.textContent === text) status.textContent = "";
  }, 6000);
};

// Copy a row's address and say so; without a row say how to choose one.
export const copy = async (address) => {
  if (!address) {
    say("Choose a row with j or k first: then c copies its permanent link.");
    return;
  }
  try {
    await navigator.clipboard.writeText(address);
    say(`Copied: ${address}`);
  } catch {
    say(`This browser lets no page copy. The permanent link: ${address}`);
  }
};
