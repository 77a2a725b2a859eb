// The list of articles: sorted, narrowed and turned a page by the server.

let wanted = {};
let waiting = 0;

const ask = (change) => {
  wanted = { ...wanted, page: 1, ...change };
  trigger("show_list", { wanted });
};

element.addEventListener("input", ({ target }) => {
  if (!target.name) return;
  clearTimeout(waiting);
  const change = { [target.name]: target.value };
  wanted = { ...wanted, ...change };
  waiting = setTimeout(() => ask(change), target.name === "text" ? 250 : 0);
});
element.addEventListener("submit", (event) => event.preventDefault());

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { sort, page, open } = button.dataset;
  if (sort) ask({ sort, falling: wanted.sort === sort && !wanted.falling });
  else if (page) ask({ page: Number(page) });
  else if (open) window.quotidian.read(open, button);
});

// What was being typed, and where, outlives the list being drawn anew.
let typing = null;
element.addEventListener("focusin", ({ target }) => {
  typing = target.name || (target.dataset?.sort && `[data-sort="${target.dataset.sort}"]`) || null;
});
element.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget) typing = null;
});
watch("value", () => {
  const field = typing && element.querySelector(typing[0] === "[" ? typing : `[name="${typing}"]`);
  if (!field) return;
  if (field.name === "text") field.value = wanted.text ?? "";
  field.focus({ preventScroll: true });
});
