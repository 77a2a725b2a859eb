// Runs once for the welcome and once for the conversation; Gradio gives element, trigger and watch.
// A click or Enter on a card opens its source; a click on an example asks it.

const open = (card) => {
  // A drag that selects words is not a click.
  if (String(document.getSelection()).trim()) return;
  const { key } = card.dataset;
  for (const other of document.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  document.dispatchEvent(new CustomEvent("quotidian:open", { detail: { key, opener: card } }));
  trigger("open_source", { key });
};

element.addEventListener("click", (event) => {
  const example = event.target.closest("[data-question]");
  if (example) return trigger("ask_example", { question: example.dataset.question });
  if (event.target.closest("a, details")) return;
  const card = event.target.closest("[data-article]");
  if (card) open(card);
});

element.addEventListener("keydown", (event) => {
  const card = event.target.closest("[data-article]");
  if (!card || event.target !== card) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    document.getSelection().removeAllRanges();
    open(card);
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const cards = [...element.querySelectorAll("[data-article]")];
    cards[cards.indexOf(card) + step]?.focus();
  }
});

// The newest question goes to the top, so that its answer is read from its beginning.
watch("value", () => {
  const last = element.querySelector(".turn:last-child");
  if (last) last.scrollIntoView({ block: "start" });
  else document.dispatchEvent(new CustomEvent("quotidian:close"));
});
