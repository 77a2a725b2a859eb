// Each question has its address, and the browser's Back and Forward walk over questions, parts of
// the page and opened articles.

(() => {
  const page = document.documentElement;
  const quotidian = (window.quotidian ??= {});

  // ----------------------------------------------------------------------------------- links
  // #q=…&publisher=…&without=…&q=…&quote=…: what follows a q belongs to it. Behind the #, it is
  // never sent to a server.

  const FILTERS = ["publisher", "author", "language", "after", "before"];

  const asParts = (turns, key) => {
    const parts = new URLSearchParams();
    for (const { question, filters = {}, without = [] } of turns) {
      parts.append("q", question);
      for (const [name, value] of Object.entries(filters)) parts.append(name, value);
      for (const word of without) parts.append("without", word);
    }
    if (key) parts.append("quote", key);
    return parts;
  };
  quotidian.asLink = (turns, key) =>
    `${location.origin}${location.pathname}#${asParts(turns, key)}`;

  const fromLink = () => {
    const turns = [];
    let quote = null;
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
      const last = turns.at(-1);
      if (name === "q") turns.push({ question: value, filters: {}, without: [] });
      else if (name === "quote") quote = value;
      else if (last && name === "without") last.without.push(value);
      else if (last && FILTERS.includes(name)) last.filters[name] = value;
    }
    return { turns, quote };
  };

  // Longer addresses are cut where people paste them. Of a long conversation the address has the
  // last questions that fit; of one question that does not, nothing: half a question is another.
  // Back and a reload need none of it, for the browser keeps the conversation itself.
  const LONGEST = 2000;
  const plain = () => location.origin + location.pathname + location.search;
  const address = (turns, key) => {
    for (let rest = turns; rest.length; rest = rest.slice(1)) {
      const whole = `${plain()}#${asParts(rest, key)}`;
      if (whole.length <= LONGEST) return whole;
    }
    return plain();
  };

  // -------------------------------------------------------------------------------- history
  // An entry of the browser's history is {view, conversation, turn, asked, reader, spent}: the part
  // of the page, the conversation's id, which question of it and as it was asked, and the article
  // that is open. Closing an article leaves its entry to the next one, so that "back" never
  // walks through a row of closed ones.

  const here = () => history.state?.quotidian ?? { view: "ask" };
  const write = (how, entry, link) => history[how]({ quotidian: entry }, "", link);
  const replace = (entry, link) => write("replaceState", entry, link);
  const push = (entry, link) => write("pushState", entry, link);
  // Whether an entry is being gone to, and of how many questions the conversation is that is being
  // asked again for that, 0 if none is.
  let moving = false;
  let returning = 0;

  document.addEventListener("quotidian:open", ({ detail: { key, card, quietly } }) => {
    if (moving) return;
    const { reader, spent, ...entry } = here();
    // A link's quote is looked for in the answer to its last question.
    const own = card?.dataset.key === key && card.closest(".turn") === turnOf(entry);
    const link = address(fromLink().turns, own ? key : undefined);
    (reader || spent || quietly ? replace : push)({ ...entry, reader: key }, link);
  });
  document.addEventListener("quotidian:closed", () => {
    const { reader, ...entry } = here();
    if (!moving && reader) replace({ ...entry, spent: true }, address(fromLink().turns));
  });
  document.addEventListener("quotidian:view", ({ detail: { view } }) => {
    const { reader, spent, ...entry } = here();
    if (!moving && view !== entry.view) push({ ...entry, view }, address(fromLink().turns));
  });

  // The conversation has a question more, or another in its place. Tells whether that is what the
  // browser went back or forward to, or what a reload brought back.
  quotidian.asked = (turns, at, waiting) => {
    const { question } = JSON.parse(turns[at].dataset.asked);
    // A question more than was asked again is a new one, which did not wait for that.
    if (!question.trim() || turns.length > returning) returning = 0;
    if (!question.trim()) return false;
    if (returning && waiting) return true;
    const gone = returning && here().asked;
    if (gone) {
      returning = 0;
      go(here());
      return true;
    }
    note(turns, at);
    returning = 0;
    return false;
  };

  const note = (turns, at) => {
    const { reader, spent, ...before } = here();
    const view = page.dataset.view ?? "ask";
    const entry = { conversation: quotidian.current(), turn: at, asked: turns[at].dataset.asked };
    if (Object.keys(entry).every((name) => entry[name] === before[name])) return;
    const link = address(turns.slice(0, at + 1).map(({ dataset }) => JSON.parse(dataset.asked)));
    const open = page.dataset.reader === "open" ? reader : undefined;
    // What a link or a closed article brought needs no step back of its own.
    (returning || spent ? replace : push)({ view, ...entry, reader: open }, link);
  };

  quotidian.begun = () => {
    if (here().conversation) push({ view: "ask" }, plain());
  };

  // ------------------------------------------------------------------------ going to an entry

  const turnsShown = () => [...document.querySelectorAll("#transcript .turn[data-asked]")];
  const shown = () => (turnsShown().length ? quotidian.current() : null) ?? undefined;

  // The turn of an entry. Of a very long conversation the first ones are gone: it stands earlier.
  const turnOf = ({ turn, asked }) => {
    const turns = turnsShown().slice(0, turn + 1);
    return turns.findLast(({ dataset }) => dataset.asked === asked) ?? turns.at(-1);
  };

  const go = (entry) => {
    moving = true;
    if (entry.conversation !== shown()) bring(entry);
    quotidian.view?.(entry.view);
    if (entry.conversation && entry.conversation === shown()) look(entry);
    if (entry.reader && entry.conversation === shown())
      quotidian.reopen?.(entry.reader, turnOf(entry));
    else document.dispatchEvent(new CustomEvent("quotidian:close"));
    moving = false;
  };

  const look = (entry) => {
    const turn = turnOf(entry);
    const { question } = JSON.parse(turn.dataset.asked);
    turn.scrollIntoView({ block: "start" });
    document.title = `${question} – Quotidian`;
    quotidian.announce?.(question);
  };

  const bring = ({ conversation }) => {
    if (quotidian.busy?.()) return quotidian.say("Another question is being answered");
    if (!conversation) return quotidian.beginAnew();
    returning = quotidian.resume(conversation, fromLink().turns);
  };

  window.addEventListener("popstate", () => {
    // A link that was followed or typed has no entry yet: it is opened below.
    if (history.state?.quotidian || !location.hash) go(here());
  });

  // A link asks its questions as a conversation of its own.
  const openLink = () => {
    const { turns, quote } = fromLink();
    if (!turns.length) return false;
    if (quotidian.busy?.()) return quotidian.say("Another question is being answered");
    quotidian.wanted = { quote, place: turns.length - 1 };
    replace({ view: "ask" }, address(turns));
    returning = quotidian.resume(null, turns);
    return true;
  };
  window.addEventListener("hashchange", () => {
    if (!history.state?.quotidian) openLink();
  });

  // The page is there: a reload brings back what was open, a link what it names.
  quotidian.arrive = () => {
    const entry = history.state?.quotidian;
    if (!entry && openLink()) return;
    const conversation = entry ? entry.conversation : quotidian.current();
    if (conversation) returning = quotidian.resume(conversation, fromLink().turns);
    if (entry) quotidian.view(entry.view);
  };
})();
