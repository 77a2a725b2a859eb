// The pins: what is kept in the notebook, shown on every button that pins, and changed from there.
// Runs once; Gradio gives trigger, watch and props. The list itself is drawn by notebook.js.

const quotidian = (window.quotidian ??= {});
const page = document.documentElement;
let keys = new Set();
let count = 0;

// --------------------------------------------------------------------------- what is on its way
// Changes go out in their order, one request at a time: what comes meanwhile goes with the next.

const PATIENCE = 15_000;
let serial = 0;
let sent = 0; // when the request on its way was sent, 0 for none
let pending = [];
let asked = false;

const flush = () => {
  if (sent && Date.now() - sent < PATIENCE) return;
  if (sent) document.dispatchEvent(new CustomEvent("quotidian:not-kept"));
  if (!pending.length && !asked) return;
  sent = Date.now();
  trigger("change_pins", { changes: pending, wanted: wanted(), serial: ++serial });
  pending = [];
  asked = false;
  // A reply that never comes holds nothing back for longer.
  setTimeout(flush, PATIENCE + 100);
};
const wanted = () => (page.dataset.view === "notebook" ? (quotidian.notebook.query ?? {}) : null);

quotidian.notebook = {
  ...quotidian.notebook,
  change(change) {
    pending.push(change);
    flush();
  },
  show() {
    asked = true;
    flush();
  },
  takeIn(text) {
    sent = Date.now();
    trigger("take_in", { text, wanted: wanted() ?? {}, serial: ++serial });
  },
  writeOut(form) {
    trigger("write_out", { form, serial: ++serial });
  },
};

watch("value", () => {
  if (!props.value) return;
  const told = JSON.parse(props.value);
  sent = 0;
  keys = new Set(told.keys);
  count = told.count;
  press();
  document.dispatchEvent(new CustomEvent(told.problem ? "quotidian:not-kept" : "quotidian:kept"));
  if (told.problem) quotidian.say(told.problem, Infinity);
  else if (told.said) quotidian.say(told.said);
  flush();
});

// --------------------------------------------------------------------------------- the buttons

const press = () => {
  for (const button of document.querySelectorAll("[data-pin]")) {
    const pressed = String(keys.has(button.dataset.pin));
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  }
  const counted = document.querySelector("#masthead .pinned-count");
  const words = count ? ` ${count}` : "";
  if (counted && counted.textContent !== words) counted.textContent = words;
};

// Cards and the reader are drawn anew at any time.
let drawn = 0;
new MutationObserver(() => {
  cancelAnimationFrame(drawn);
  drawn = requestAnimationFrame(press);
}).observe(document.body, { childList: true, subtree: true });

// Where in the article's text a selection stands, in code points as the server counts them.
const selected = () => {
  const text = document.querySelector("#source .article-text");
  const selection = document.getSelection();
  if (!text || !selection.rangeCount || !String(selection).trim()) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = [...before.toString()].length;
  return { start, end: start + [...range.toString()].length };
};

const inReader = (button) => button?.closest("#source");
document.addEventListener("selectionchange", () => {
  const button = document.querySelector("#source [data-pin]");
  const words = selected() ? "Pin selection" : "Pin";
  if (button && button.textContent !== words) button.textContent = words;
});
// Or the click that pins what is selected would first select nothing.
document.addEventListener("mousedown", (event) => {
  if (inReader(event.target.closest?.("[data-pin]"))) event.preventDefault();
});

const questionOf = (button) => {
  const card = inReader(button)
    ? document.querySelector(`.turn [data-key="${CSS.escape(button.dataset.pin)}"]`)
    : button;
  const asked = card?.closest(".turn")?.dataset.asked;
  return asked ? JSON.parse(asked).question : "";
};

document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("[data-pin]");
    if (!button) return;
    event.stopPropagation();
    const key = button.dataset.pin;
    const part = inReader(button) ? selected() : null;
    if (part) {
      const [article] = key.split(":");
      quotidian.notebook.change({ do: "pin", key: `${article}:${part.start}-${part.end}` });
      document.getSelection().removeAllRanges();
    } else if (key.endsWith(":0-0")) {
      quotidian.say("Select the sentences to pin");
    } else if (button.getAttribute("aria-pressed") === "true") {
      quotidian.notebook.change({ do: "unpin", key });
    } else {
      quotidian.notebook.change({ do: "pin", key, question: questionOf(button) });
    }
  },
  true,
);

document.addEventListener("quotidian:view", ({ detail }) => {
  if (detail.view === "notebook") quotidian.notebook.show();
});
// What is pinned comes with the page; the list only where it is looked at.
if (page.dataset.view === "notebook") quotidian.notebook.show();
