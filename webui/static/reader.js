// The reader pane: opens beside the conversation, scrolls to the mark, goes from quote to quote,
// closes with Escape. Gradio gives element, trigger and watch.

const page = document.documentElement;
// As in style/narrow.css: below this the pane lies over the conversation, which then is out of reach.
const narrow = window.matchMedia("(max-width: 60rem)");
let card = null;
let opener = null;

const isOpen = () => page.dataset.reader === "open";
const cover = () => {
  for (const part of document.querySelectorAll("#chat, #corpus, #masthead"))
    part.inert = narrow.matches && isOpen();
};
narrow.addEventListener("change", cover);

const neighbours = () => {
  const cards = [...(card?.closest(".message")?.querySelectorAll("[data-article]") ?? [])];
  return { cards, at: cards.indexOf(card) };
};

const place = () => {
  const { cards, at } = neighbours();
  const steps = element.querySelector(".steps");
  if (!steps) return;
  steps.hidden = at < 0;
  const name = card?.matches(".near") ? "Passage" : "Quote";
  steps.querySelector(".which").textContent = `${name} ${at + 1} of ${cards.length}`;
  for (const button of steps.querySelectorAll("[data-step]"))
    button.disabled = !cards[at + Number(button.dataset.step)];
  const also = card?.querySelector(".also")?.cloneNode(true);
  const back = element.querySelector(".back");
  const here = element.querySelector("[data-key]")?.dataset.key;
  element.querySelector(".elsewhere").replaceChildren(...(also ? [also] : []));
  back.hidden = !card || here === card.dataset.key;
};

const show = () => {
  if (!isOpen()) return;
  place();
  const mark = element.querySelector("mark");
  if (mark) {
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  } else {
    element.querySelector(".source-scroll")?.scrollTo(0, 0);
    element.querySelector(".close")?.focus();
  }
};

const step = (by) => {
  const { cards, at } = neighbours();
  const next = cards[at + by];
  if (!next) return;
  next.scrollIntoView({ block: "nearest" });
  window.quotidian.open(next);
};

const close = () => {
  if (!isOpen()) return;
  delete page.dataset.reader;
  cover();
  for (const other of document.querySelectorAll(".card[aria-current]"))
    other.removeAttribute("aria-current");
  document.dispatchEvent(new CustomEvent("quotidian:closed"));
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  card = opener = null;
};

document.addEventListener("quotidian:open", ({ detail }) => {
  card = detail.card ?? null;
  opener = card ?? detail.opener ?? null;
  page.dataset.reader = "open";
  cover();
  // The same place again changes nothing in the pane, so it is scrolled to from here.
  if (element.querySelector("[data-key]")?.dataset.key === detail.key) show();
});
document.addEventListener("quotidian:close", close);
document.addEventListener("quotidian:view", close);
document.addEventListener("keydown", (event) => {
  if (!isOpen() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) return close();
  if (event.target.closest?.("input, textarea, select")) return;
  const by = { n: 1, ArrowRight: 1, p: -1, ArrowLeft: -1 }[event.key];
  if (by) step(by);
});

const jump = (target) => {
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
};

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { step: by, note, noteBack, open } = button.dataset;
  if (button.matches(".close")) close();
  else if (button.matches(".back")) window.quotidian.open(card);
  else if (by) step(Number(by));
  else if (open && card) window.quotidian.open(card, open);
  else if (note) jump(element.querySelector(`#note-${Number(note)}`));
  else if (noteBack) jump(element.querySelector(`[data-note="${Number(noteBack)}"]`));
});

watch("value", show);
