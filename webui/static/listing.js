// The list of articles: searched, sorted, narrowed and turned a page by the server. What is asked
// for is kept by this tab of the browser, so that a reload and a way back find the list as it was.

const KEPT = "quotidian.list";
const quotidian = (window.quotidian ??= {});

const kept = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
};
let wanted = kept();
let waiting = 0;

// Figures and work are wanted with the list until they were asked for.
let all = false;
quotidian.latest = {
  ...quotidian.latest,
  list() {
    const asked = JSON.stringify({ wanted, all });
    all = false;
    return asked;
  },
};
const ask = (change) => {
  clearTimeout(waiting);
  wanted = { ...wanted, page: 1, ...change };
  sessionStorage.setItem(KEPT, JSON.stringify(wanted));
  trigger("show_list");
};
const show = () => {
  all = true;
  trigger("show_list");
};

// The plots narrow the list; a rebuild that ended has changed it.
document.addEventListener("quotidian:narrow", ({ detail }) => ask(detail));
document.addEventListener("quotidian:corpus", show);
document.addEventListener("quotidian:view", ({ detail }) => {
  if (detail.view === "corpus") show();
});
if (document.documentElement.dataset.view === "corpus") show();

// What an answer says of files that could not be read leads to them.
document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-unread]")) return;
  wanted = { state: "failed" };
  sessionStorage.setItem(KEPT, JSON.stringify(wanted));
  quotidian.view("corpus");
});

element.addEventListener("input", ({ target }) => {
  if (!target.name || target.name === "page") return;
  clearTimeout(waiting);
  const change = { [target.name]: target.value };
  wanted = { ...wanted, ...change };
  waiting = setTimeout(() => ask(change), target.name === "text" ? 250 : 0);
});
const lastPage = () => Number(element.querySelector("[name=page]")?.max ?? 1);
let turned = false;
const turn = (page) => {
  turned = true;
  ask({ page: Math.min(Math.max(1, Number(page) || 1), lastPage()) });
};
element.addEventListener("change", ({ target }) => {
  if (target.name === "page") turn(target.value);
});
element.addEventListener("submit", (event) => event.preventDefault());

// Where the pages are turned, the keys that turn pages elsewhere do so here.
const KEYS = { PageUp: "previous", PageDown: "next", Home: "first", End: "last" };
element.addEventListener("keydown", (event) => {
  const inside = event.target.closest(".pages");
  const place = KEYS[event.key];
  if (!inside || !place || (event.target.name && place.length < 6)) return;
  event.preventDefault();
  const button = inside.querySelector(`[data-turn="${place}"]`);
  if (!button.ariaDisabled) turn(button.dataset.page);
});

const open = (button) => quotidian.read(button.dataset.open, button);

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) {
    // A row is as good as its title, unless words of it are being marked.
    const title = target.closest("tbody tr")?.querySelector("[data-open]");
    if (title && getSelection().isCollapsed) open(title);
    return;
  }
  const { sort, page, without, falls } = button.dataset;
  if (sort) {
    const again = button.closest("th").ariaSort;
    ask({ sort, falling: again ? again === "ascending" : falls !== undefined });
  } else if (page && !button.ariaDisabled) {
    turn(page);
  } else if (without) {
    typing = '[name="text"]';
    ask(Object.fromEntries(without.split(" ").map((name) => [name, ""])));
  } else if (button.dataset.open) {
    open(button);
  }
});

// What was being typed, and where, outlives the list being drawn anew.
let typing = null;
element.addEventListener("focusin", ({ target }) => {
  const { sort, turn: place } = target.dataset ?? {};
  typing =
    (target.name && `[name="${target.name}"]`) ||
    (sort && `[data-sort="${sort}"]`) ||
    (place && `[data-turn="${place}"]`) ||
    null;
});
element.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget) typing = null;
});
watch("value", () => {
  const list = element.querySelector(".listing");
  if (!list) return;
  const { after, before, publisher } = list.dataset;
  document.dispatchEvent(
    new CustomEvent("quotidian:narrowed", { detail: { after, before, publisher } }),
  );
  // A page that was turned is read from its top.
  if (turned) element.querySelector(".found").scrollIntoView({ block: "start" });
  turned = false;
  const field = typing && element.querySelector(typing);
  if (!field) return;
  if (field.name === "text") field.value = wanted.text ?? "";
  field.focus({ preventScroll: true });
});
