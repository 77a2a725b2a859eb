// Runs once for the welcome and once for the conversation; Gradio gives element, trigger, server
// and watch. A card opens its source, a chip is taken back, a quote is copied, linked or judged.

const quotidian = (window.quotidian ??= {});
const isWelcome = Boolean(element.closest("#welcome"));
// What was judged in this tab, by question and quote: cards are drawn anew with every answer.
const JUDGED = "quotidian.judged";
const judged = new Map(JSON.parse(sessionStorage.getItem(JUDGED) ?? "[]"));

const turnsOf = () => [...element.querySelectorAll(".turn[data-asked]")];
const askedIn = (turn) => JSON.parse(turn.dataset.asked);
const upTo = (turn) => turnsOf().slice(0, turnsOf().indexOf(turn) + 1).map(askedIn);

// ------------------------------------------------------------------------------- the source

// The answer's other quotes in the article of a key: they are tinted too.
const beside = (card, key) =>
  [...card.closest(".message").querySelectorAll(".card.quote")]
    .map(({ dataset }) => dataset)
    .filter((other) => other.key !== key && other.key.split(":")[0] === key.split(":")[0])
    .map(({ key, start, end, answering }) => ({ key, quote: `${start}-${end}`, answering }));

const show = (detail) => {
  if (document.documentElement.dataset.server === "lost") return;
  document.dispatchEvent(new CustomEvent("quotidian:open", { detail }));
  const { key, card } = detail;
  // The words that answer stand in the card's own article, not in those that print it too.
  const answering = card?.dataset.key === key ? card.dataset.answering : detail.answering;
  const own = card?.dataset.key === key;
  const words = own ? card.querySelector("blockquote .words")?.textContent : detail.words;
  const asked = { key, answering, words, others: card && beside(card, key) };
  quotidian.fetchSource = () => trigger("open_source", asked);
  quotidian.fetchSource();
};
// With ``quietly`` the focus stays where it is.
const open = (card, key = card.dataset.key, { quietly = false } = {}) => {
  for (const other of document.querySelectorAll(".card[aria-current]"))
    other.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  show({ key, card, quietly });
};
if (!isWelcome) {
  quotidian.open = open;
  // As the browser goes back to it: its card, if that is still there, else the article alone.
  quotidian.reopen = (key, turn) => {
    const named = `[data-key="${CSS.escape(key)}"]`;
    const card = turn?.querySelector(named) ?? element.querySelector(named);
    if (card) open(card);
    else quotidian.read(key);
  };
  // An article on its own, from its beginning; the focus goes back to where it was opened, and
  // ``words`` are those that it is to hold at the place that is marked.
  quotidian.read = (key, opener, { answering, words = opener?.dataset.words } = {}) =>
    show({ key, opener, answering, words });
}

// --------------------------------------------------------------------------------- copying

const copied = async (form, words) => {
  try {
    const plain = new Blob([words], { type: "text/plain" });
    const kinds = { "text/plain": plain };
    if (form === "HTML") kinds["text/html"] = new Blob([words], { type: "text/html" });
    await navigator.clipboard.write([new ClipboardItem(kinds)]);
  } catch {
    // No clipboard without https or permission: the old way.
    const field = document.createElement("textarea");
    field.value = words;
    field.setAttribute("aria-hidden", "true");
    field.style.cssText = "position:fixed;opacity:0";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  quotidian.say(form === "link" ? "Link copied" : `Copied as ${form}`);
};

// -------------------------------------------------------------------------------- judging

const nameOf = (card) => `${card.closest(".turn").dataset.asked}\n${card.dataset.key}`;

const press = (card) => {
  for (const button of card.querySelectorAll("[data-judge]"))
    button.setAttribute("aria-pressed", String(judged.get(nameOf(card)) === button.dataset.judge));
};

const judge = async (card, button) => {
  const turn = card.closest(".turn");
  const pressed = button.getAttribute("aria-pressed") === "true";
  const verdict = pressed ? "neither" : button.dataset.judge;
  const { problem } = await server.judge({
    asked: askedIn(turn),
    earlier: upTo(turn).slice(0, -1),
    key: card.dataset.key,
    verdict,
  });
  if (problem) return quotidian.say(problem);
  judged.set(nameOf(card), verdict);
  sessionStorage.setItem(JUDGED, JSON.stringify([...judged]));
  press(card);
  quotidian.say(pressed ? "Taken back" : `Noted as ${verdict}`);
};

// ------------------------------------------------------------------------ mouse and keyboard

const act = (card, button) => {
  const { copy, words, judge: verdict, open: key } = button.dataset;
  if (copy) {
    const menu = button.closest("details");
    if (menu) menu.open = false;
    copied(copy, words);
  } else if (verdict) {
    judge(card, button);
  } else if (key) {
    open(card, key);
  } else if (button.matches(".link")) {
    copied("link", quotidian.asLink(upTo(card.closest(".turn")), card.dataset.key));
  } else {
    open(card);
  }
};

element.addEventListener("click", (event) => {
  const { target } = event;
  const button = target.closest("button");
  if (button?.matches("[data-question], [data-again]")) {
    if (quotidian.busy()) return quotidian.say("Another question is being answered");
    quotidian.expectAnswer();
  }
  if (button?.matches("[data-question]")) {
    const filters = JSON.parse(quotidian.chosen());
    return trigger("ask_again", { asked: { question: button.dataset.question, filters } });
  }
  if (button?.dataset.show) {
    const named = `[data-key="${CSS.escape(button.dataset.show)}"]`;
    return open(button.closest(".message").querySelector(named));
  }
  if (button?.dataset.open && !button.closest("[data-article]")) return quotidian.read(button.dataset.open, button);
  if (isWelcome && button?.dataset.view) return quotidian.view(button.dataset.view);
  if (button?.matches("[data-again]")) {
    const turn = turnsOf().indexOf(button.closest(".turn"));
    return trigger("ask_again", { turn, asked: JSON.parse(button.dataset.again) });
  }
  const card = target.closest("[data-article]");
  if (!card || target.closest("a, summary")) return;
  if (button) return act(card, button);
  // A drag that selects words is not a click, nor is one inside an opened list.
  if (String(document.getSelection()).trim() || target.closest("details")) return;
  open(card);
});

element.addEventListener("keydown", (event) => {
  const card = event.target.closest("[data-article]");
  if (!card || event.target !== card) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    document.getSelection().removeAllRanges();
    open(card);
  }
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    const cards = [...element.querySelectorAll("[data-article]")];
    cards[cards.indexOf(card) + step]?.focus();
  }
});

// From the question box the walk begins at the first quote of the last answer.
if (!isWelcome)
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("#question textarea");
    if (!box || box.value || event.key !== "ArrowUp") return;
    event.preventDefault();
    element.querySelector(".turn:last-child [data-article]")?.focus();
  });

// --------------------------------------------------------------------------- a new answer

// While a conversation is asked again, it is kept as it was, until as many turns are there.
if (!isWelcome) {
  quotidian.expected ??= 0;
  quotidian.busy = () => Boolean(quotidian.expected || element.querySelector(".waiting"));
}

// The server forgets a conversation in the end; then it answers as if the question were the first,
// and all are asked again.
const forgotten = ([first, ...others]) => {
  const [kept, asked] = [quotidian.kept(), askedIn(first)];
  if (quotidian.expected || others.length || kept.length < 2 || !asked.question) return false;
  if (!first.querySelector(".waiting")) quotidian.replay([...kept, asked]);
  return true;
};

// The question asked last goes to the top, so that its answer is read from its beginning.
watch("value", () => {
  if (isWelcome) return;
  const turns = turnsOf();
  quotidian.taken(element.querySelector(".waiting"), turns.length);
  document.title = turns.length ? `${askedIn(turns.at(-1)).question} – Quotidian` : "Quotidian";
  if (!turns.length) return document.dispatchEvent(new CustomEvent("quotidian:close"));
  const at = turns[Number(element.querySelector(".turns").dataset.at)] ?? turns.at(-1);
  at.scrollIntoView({ block: "start" });
  for (const card of element.querySelectorAll("[data-article]")) press(card);
  document.dispatchEvent(new CustomEvent("quotidian:drawn"));
  if (turns.length >= quotidian.expected || turns.at(-1).querySelector(".failure"))
    quotidian.expected = 0;
  if (quotidian.expected) return;
  if (forgotten(turns)) return;
  // Before it is answered already: the page may be left, or the server stop, until then.
  quotidian.keep(turns.map(askedIn).filter(({ question }) => question.trim()));
  const first = at.querySelector(".card.quote")?.getAttribute("aria-label");
  const lead = at.querySelector(".waiting p, .lead, .failure p")?.textContent;
  quotidian.announce([first, lead].filter(Boolean).join(". "));
  const waiting = Boolean(element.querySelector(".waiting"));
  const returned = quotidian.asked(turns, turns.indexOf(at), waiting);
  if (waiting) return;
  if (!document.activeElement || document.activeElement === document.body)
    at.querySelector(".user")?.focus({ preventScroll: true });
  if (returned) return;
  const { quote, place } = quotidian.wanted ?? {};
  if (!quote || !turns[place])
    return document.dispatchEvent(new CustomEvent("quotidian:answered", { detail: { turn: at } }));
  quotidian.wanted = null;
  const card = turns[place].querySelector(`[data-key="${CSS.escape(quote)}"]`);
  if (card) open(card);
  else
    quotidian.say(
      "The linked quote is no longer among the answers: the articles have changed since.",
      Infinity,
    );
});
