// The head of the page: its parts, saving, earlier conversations. Runs once; Gradio gives element
// and trigger. Conversations are kept by this browser alone.

const page = document.documentElement;
const one = (selector) => element.querySelector(selector);
// Who signed in, where there are accounts; see sign_in.js.
const user = one(".out") && localStorage.getItem("quotidian.user");
const STORE = user ? `quotidian.conversations.${user}` : "quotidian.conversations";
const CURRENT = "quotidian.current";
const MOST = 60;

const quotidian = (window.quotidian ??= {});
quotidian.chosen ??= () => "{}";

// ---------------------------------------------------------------------- earlier conversations

const stored = () => {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(found) ? found.filter(({ id, turns }) => id && turns?.length) : [];
  } catch {
    return [];
  }
};

const store = (conversations) => {
  // What does not fit is dropped from the old end.
  for (let kept = conversations.slice(0, MOST); ; kept = kept.slice(0, -1)) {
    try {
      return localStorage.setItem(STORE, JSON.stringify(kept));
    } catch {
      if (!kept.length) return;
    }
  }
};

const current = () => sessionStorage.getItem(CURRENT);
quotidian.current = current;

quotidian.kept = () => stored().find(({ id }) => id === current())?.turns ?? [];
// The transcript tells after every answer what the conversation now holds.
quotidian.keep = (turns) => {
  if (!turns.length) return;
  if (!current()) sessionStorage.setItem(CURRENT, `${Date.now()}-${Math.random()}`);
  const others = stored().filter(({ id }) => id !== current());
  store([{ id: current(), when: new Date().toISOString(), turns }, ...others]);
};

// The server asks no more than so many again; see webui/chat/question.py.
const MOST_TURNS = 40;
const replay = (all) => {
  const turns = all.slice(-MOST_TURNS);
  quotidian.view("ask");
  quotidian.expected = turns.length;
  quotidian.expectAnswer();
  trigger("replay", { turns });
};
quotidian.replay = replay;

// Ask a conversation again as it is kept, else these turns; without an id, as a new one. Tells how
// many questions that are.
quotidian.resume = (id, turns) => {
  const kept = stored().find((one) => one.id === id)?.turns ?? turns;
  if (!kept.length) return 0;
  if (id) sessionStorage.setItem(CURRENT, id);
  else sessionStorage.removeItem(CURRENT);
  replay(kept);
  return Math.min(kept.length, MOST_TURNS);
};

quotidian.beginAnew = () => {
  sessionStorage.removeItem(CURRENT);
  quotidian.expected = 0;
  quotidian.view("ask");
  trigger("begin_anew");
};

const reopen = (conversation) => {
  if (quotidian.busy?.()) return quotidian.say("Another question is being answered");
  sessionStorage.setItem(CURRENT, conversation.id);
  replay(conversation.turns);
};

const dialog = one("dialog");

// As all dates of the page are written: 25 June 2023.
const inWords = (moment) =>
  moment.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" }).replace(" at ", ", ");

const list = () => {
  const rows = stored().map((conversation) => {
    const row = document.createElement("li");
    const open = document.createElement("button");
    const [title, when] = [document.createElement("bdi"), document.createElement("span")];
    title.textContent = conversation.turns[0].question;
    when.textContent = [
      inWords(new Date(conversation.when)),
      conversation.turns.length > 1 ? `${conversation.turns.length} questions` : "1 question",
    ].join(" · ");
    open.type = "button";
    open.className = "conversation";
    open.append(title, when);
    open.addEventListener("click", () => (dialog.close(), reopen(conversation)));
    const forget = document.createElement("button");
    forget.type = "button";
    forget.textContent = "×";
    forget.setAttribute("aria-label", `Forget: ${title.textContent}`);
    forget.addEventListener("click", () => {
      store(stored().filter(({ id }) => id !== conversation.id));
      list();
    });
    row.append(open, forget);
    return row;
  });
  one("dialog ul").replaceChildren(...rows);
  one("dialog .none").hidden = rows.length > 0;
  one("dialog .forget").hidden = rows.length === 0;
};

// ------------------------------------------------------------------------------ the buttons

quotidian.view = (view) => {
  page.dataset.view = view;
  mark();
};

let shown = "ask";
const mark = () => {
  const view = page.dataset.view ?? "ask";
  if (view === shown) return;
  shown = view;
  for (const button of element.querySelectorAll("[data-view]"))
    if (button.dataset.view === view) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  document.dispatchEvent(new CustomEvent("quotidian:view", { detail: { view } }));
};

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { view, export: format } = button.dataset;
  if (view) {
    quotidian.view(view);
  } else if (format) {
    button.closest("details").open = false;
    trigger("export_as", { format });
  } else if (button.matches(".anew")) {
    quotidian.begun();
    quotidian.beginAnew();
    document.querySelector("#question textarea")?.focus();
  } else if (button.matches("[data-dialog]")) {
    list();
    dialog.showModal();
  } else if (button.matches("dialog .close")) {
    dialog.close();
  } else if (button.matches(".forget")) {
    store([]);
    list();
  }
});

// A click beside a menu closes it, wherever it is; so does Escape, which gives the focus back.
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = document.activeElement?.closest?.("details.menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopImmediatePropagation();
  }
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("quotidian:close"));
    quotidian.view("ask");
    document.querySelector("#question textarea")?.focus();
  }
});

// One line that says what was done, then goes away by itself.
const note = document.createElement("p");
note.className = "said";
note.setAttribute("role", "status");
document.body.append(note);
let silence = 0;
const hush = () => (note.textContent = "");
quotidian.say = (words, milliseconds = 4000) => {
  note.textContent = words;
  clearTimeout(silence);
  if (milliseconds < Infinity) silence = setTimeout(hush, milliseconds);
};
// What stays until it is seen goes with the next key or click.
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, hush, true);

// What came of a question, for those who hear it. The conversation itself is drawn anew with every
// answer, and would be read out from its beginning if it were live.
const heard = document.createElement("p");
heard.className = "hidden-label";
heard.setAttribute("role", "status");
note.before(heard);
quotidian.announce = (words) => (heard.textContent = words);

quotidian.arrive();
