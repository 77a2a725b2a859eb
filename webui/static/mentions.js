// Every mention of words: asked for, narrowed and turned a page by the server. Gradio gives element,
// trigger and watch.

// What was asked for is kept by this tab of the browser, for a reload.
const KEPT = "quotidian.mentions";
const kept = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
};
let wanted = { expression: "", filters: {}, ...kept() };
let place = null;

window.quotidian.latest = {
  ...window.quotidian.latest,
  mentions: () => JSON.stringify(wanted),
};

const field = () => element.querySelector('[name="expression"]');
const ask = (change) => {
  wanted = { ...wanted, page: 1, ...change };
  sessionStorage.setItem(KEPT, JSON.stringify(wanted));
  trigger("show_mentions");
};

// From an answer's count to all that it counted, of the same articles.
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-mentions]");
  if (!button) return;
  window.quotidian.view("mentions");
  ask({ expression: button.dataset.mentions, filters: JSON.parse(button.dataset.filters) });
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  place = "[name]";
  ask({ expression: field().value });
});

const read = (row, opener) => {
  const words = row.querySelector("blockquote").textContent;
  window.quotidian.read(row.dataset.key, opener, { answering: row.dataset.answering, words });
};

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  const row = target.closest("[data-key]");
  if (row && !String(getSelection())) return read(row, row.querySelector("[data-open]"));
  if (!button) return;
  const { publisher, month, letGo, page } = button.dataset;
  const filters = { ...wanted.filters };
  if (publisher) filters.publisher = publisher;
  if (month) filters.after = filters.before = month;
  for (const name of letGo?.split(" ") ?? []) delete filters[name];
  if (page || publisher || month || letGo) {
    place = ".counted";
    ask(page ? { page: Number(page) } : { filters });
  } else if (button.matches(".save-table")) {
    trigger("save_mentions", { wanted });
  }
});

// The view is drawn anew with every reply: the focus stays where it makes sense.
watch("value", () => {
  if (!place) return;
  const found = element.querySelector(place);
  if (place === "[name]") return found?.focus({ preventScroll: true });
  found?.setAttribute("tabindex", "-1");
  found?.focus({ preventScroll: true });
  element.closest("#mentions")?.scrollTo(0, 0);
  place = null;
});

const showKept = () => {
  if (wanted.expression && !element.querySelector(".counted")) trigger("show_mentions");
};
document.addEventListener("quotidian:view", ({ detail }) => {
  if (detail.view !== "mentions") return;
  showKept();
  field()?.focus({ preventScroll: true });
});
if (document.documentElement.dataset.view === "mentions") showKept();
