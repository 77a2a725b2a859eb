// The reader pane: opens beside the conversation, scrolls to the mark, goes from quote to quote,
// follows the newest answer, closes with Escape. Gradio gives element, trigger and watch.

const page = document.documentElement;
// As in style/narrow.css: below this the pane lies over the conversation, which then is out of reach.
const narrow = window.matchMedia("(max-width: 60rem)");
let card = null;
let opener = null;
// Where that card stood: its key, and which turn of the conversation it is in.
let opened = {};
// The place that was asked for, and how often it may be asked for again.
let wanted = null;
let again = 0;
// Whether what is shown next leaves the focus where it is.
let quietly = false;

const isOpen = () => page.dataset.reader === "open";
const cover = () => {
  for (const part of document.querySelectorAll("#chat, #corpus, #mentions, #notebook, #check, #masthead"))
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
  watchHead();
  element.querySelector(".earlier")?.setAttribute("hidden", "");
  const mark = element.querySelector("mark");
  if (mark) mark.scrollIntoView({ block: "center" });
  else element.querySelector(".source-scroll")?.scrollTo(0, 0);
  if (quietly) return;
  (mark ?? element.querySelector(".close"))?.focus({ preventScroll: true });
};

// Title, publisher and date stay in sight: the running head has them where the text's own do not.
const inSight = new Map();
const runs = (seen) => {
  for (const { target, intersectionRatio } of seen) inSight.set(target, intersectionRatio > 0.9);
  const running = element.querySelector(".running");
  if (running) running.hidden = [...inSight.values()].every(Boolean);
};
let head = null;
const watchHead = () => {
  head?.disconnect();
  inSight.clear();
  const root = element.querySelector(".source-scroll");
  head = new IntersectionObserver(runs, { root, threshold: 0.9 });
  for (const part of element.querySelectorAll(".source-page > :is(.title, .publication)"))
    head.observe(part);
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
  // Who closes it from the question box goes on writing there.
  const inside = element.contains(document.activeElement) || document.activeElement === document.body;
  delete page.dataset.reader;
  cover();
  for (const other of document.querySelectorAll(".card[aria-current]"))
    other.removeAttribute("aria-current");
  document.dispatchEvent(new CustomEvent("quotidian:closed"));
  if (inside && opener?.isConnected) opener.focus({ preventScroll: true });
  card = opener = null;
};

document.addEventListener("quotidian:open", ({ detail }) => {
  card = detail.card ?? null;
  quietly = detail.quietly ?? false;
  wanted = detail.key;
  again = 3;
  const turns = [...document.querySelectorAll("#transcript .turn")];
  opened = { key: card?.dataset.key, turn: turns.indexOf(card?.closest(".turn")) };
  opener = card ?? detail.opener ?? null;
  page.dataset.reader = "open";
  cover();
  // The same place again changes nothing in the pane, so it is scrolled to from here.
  if (element.querySelector("[data-key]")?.dataset.key === detail.key) show();
});
// The conversation is drawn anew with every answer: the card that is open may be another one then,
// and is not told any more.
document.addEventListener("quotidian:drawn", () => {
  if (!isOpen() || !card) return;
  if (!card.isConnected || card.dataset.key !== opened.key) {
    const turn = document.querySelectorAll("#transcript .turn")[opened.turn] ?? document;
    card = turn.querySelector(`[data-key="${CSS.escape(opened.key)}"]`);
    opener = card;
  }
  card?.setAttribute("aria-current", "true");
  place();
});

// The newest answer is followed: its first quote in its article, or that it has none.
document.addEventListener("quotidian:answered", ({ detail: { turn } }) => {
  if (!isOpen()) return;
  const first = turn.querySelector(".card.quote");
  if (first) window.quotidian.open(first, first.dataset.key, { quietly: true });
  else element.querySelector(".earlier")?.removeAttribute("hidden");
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

const openQuoted = ({ dataset: { quote } }) => {
  const other = neighbours().cards.find(({ dataset }) => dataset.key === quote);
  if (other) window.quotidian.open(other);
};

const jump = (target) => {
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
};

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  const quoted = target.closest(".quoted");
  if (quoted && !button && !String(document.getSelection()).trim()) return openQuoted(quoted);
  if (!button) return;
  const { step: by, note, noteBack, open } = button.dataset;
  if (button.matches(".close")) close();
  else if (button.matches(".back")) window.quotidian.open(card);
  else if (by) step(Number(by));
  else if (open && card) window.quotidian.open(card, open);
  else if (note) jump(element.querySelector(`#note-${Number(note)}`));
  else if (noteBack) jump(element.querySelector(`[data-note="${Number(noteBack)}"]`));
});

// Of several articles that were asked for quickly, the one that comes last may not be the last that
// was wanted: that is asked for again, a few times at most.
watch("value", () => {
  const here = element.querySelector("[data-key]")?.dataset.key;
  if (isOpen() && here && here !== wanted && again-- > 0) return window.quotidian.fetchSource();
  show();
});
