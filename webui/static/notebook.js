// The list of the notebook: read, ordered, written beside, searched. What is changed goes out with
// pins.js. Runs once; Gradio gives element and watch.

const quotidian = (window.quotidian ??= {});
const notebook = () => quotidian.notebook;
const entryOf = (part) => part.closest("[data-entry]")?.dataset.entry;
const LARGEST = 3_000_000;

let query = {};
const ask = (change) => {
  query = { ...query, page: 1, ...change };
  notebook().query = query;
  notebook().show();
};

// ------------------------------------------------------------------- what stays where it was
// The list is drawn anew with every change; the focus goes to the same button of the same entry.

let focused = null;
const remember = (part) => {
  const entry = entryOf(part);
  const name = part.dataset?.do ?? part.name ?? (part.matches?.("summary") ? "summary" : null);
  if (name) focused = { entry, name };
};
element.addEventListener("focusin", ({ target }) => remember(target));
element.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !element.contains(relatedTarget)) focused = null;
});

const find = ({ entry, name }) => {
  const inside = entry ? element.querySelector(`[data-entry="${CSS.escape(entry)}"]`) : element;
  if (!inside) return element.querySelector("[data-entry] button, [name=new]");
  const found = inside.querySelector(
    name === "summary" ? "summary" : `[data-do="${name}"], [name="${name}"]`,
  );
  // At either end of the list one of two buttons can do nothing.
  return found?.disabled ? inside.querySelector("[data-do=down]:enabled, [data-do=up]:enabled") : found;
};

// What is being written, by field, until the list that comes back has it; and what stands open.
const drafts = new Map();
const sent = new Map();
const open = new Set();
const fieldName = (field) => `${entryOf(field) ?? ""} ${field.name}`;
const fields = () => element.querySelectorAll("textarea, input[name=labels]");

element.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches(".write") || !target.isConnected) return;
    if (target.open) open.add(entryOf(target));
    else open.delete(entryOf(target));
  },
  true,
);

// What was written, as the server keeps it.
const asKept = (field, text) =>
  field.name === "labels"
    ? [...new Set(text.split(",").map((one) => one.trim().replace(/\s+/g, " ")))]
        .filter(Boolean)
        .join(", ")
    : text.trim();

const restore = () => {
  for (const details of element.querySelectorAll(".write"))
    if (open.has(entryOf(details))) details.open = true;
  for (const field of fields()) {
    const draft = drafts.get(fieldName(field));
    if (draft === undefined) continue;
    if (field.value.trim() === asKept(field, draft)) {
      drafts.delete(fieldName(field));
      sent.delete(fieldName(field));
    } else field.value = draft;
  }
};

watch("value", () => {
  restore();
  const field = element.querySelector("[name=text]");
  if (field && query.text !== undefined) field.value = query.text;
  if (!focused || document.activeElement?.closest?.("#reader")) return;
  const back = find(focused);
  if (!back || back === document.activeElement) return;
  back.focus({ preventScroll: true });
  back.closest("[data-entry]")?.scrollIntoView({ block: "nearest" });
});

// ------------------------------------------------------------------------------- what is done

const remove = (button) => {
  const entry = button.closest("[data-entry]");
  // What somebody wrote goes only when it was said twice.
  if (entry.querySelector("[data-written]") && !button.dataset.sure) {
    button.dataset.sure = "sure";
    button.textContent = "Remove with your words?";
    return;
  }
  notebook().change({ do: "remove", entry: entry.dataset.entry });
};

const add = () => {
  const field = element.querySelector("[name=new]");
  if (!field.value.trim()) return field.focus();
  notebook().change({ do: "note", text: field.value });
  drafts.delete(fieldName(field));
  added = field.value;
  field.value = "";
};
let added = "";
document.addEventListener("quotidian:not-kept", () => {
  sent.clear();
  if (added) drafts.set(" new", added);
  added = "";
  restore();
});
document.addEventListener("quotidian:kept", () => (added = ""));

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { do: what, open, page, form } = button.dataset;
  const entry = entryOf(button);
  if (open) quotidian.read(open, button);
  else if (page) ask({ page: Number(page) });
  else if (form) {
    button.closest("details").open = false;
    notebook().writeOut(form);
  } else if (what === "up" || what === "down") {
    notebook().change({ do: "move", entry, by: what === "up" ? -1 : 1 });
  } else if (what === "remove") remove(button);
  else if (what === "add") add();
});

// A button that is drawn anew between press and release gets no click from the browser.
let pressed = null;
element.addEventListener("pointerdown", ({ target }) => {
  const button = target.closest("button");
  pressed = button && { button, place: { entry: entryOf(button), name: button.dataset.do } };
});
element.addEventListener("pointerup", ({ target }) => {
  const { button, place } = pressed ?? {};
  pressed = null;
  if (!place?.name || button.isConnected) return;
  const drawn = find(place);
  if (drawn?.contains(target)) drawn.click();
});

// Kept as soon as one goes elsewhere: nothing that was written waits for a button. A field that was
// drawn anew meanwhile knows of no change; what was typed into it does.
const keep = (field) => {
  const [name, entry] = [fieldName(field), entryOf(field)];
  const draft = drafts.get(name);
  if (!entry || draft === undefined || sent.get(name) === draft) return;
  sent.set(name, draft);
  if (field.name === "note") notebook().change({ do: "annotate", entry, text: draft });
  else notebook().change({ do: "label", entry, labels: draft });
};
element.addEventListener("focusout", ({ target }) => keep(target));

element.addEventListener("change", async ({ target }) => {
  if (target.name === "label") ask({ label: target.value });
  else if (target.name === "labels") keep(target);
  else if (target.type === "file" && target.files.length) {
    const [file] = target.files;
    if (file.size > LARGEST) return quotidian.say("That file is too large to be a notebook");
    notebook().takeIn(await file.text());
  }
});

let waiting = 0;
element.addEventListener("input", ({ target }) => {
  if ([...fields()].includes(target)) drafts.set(fieldName(target), target.value);
  if (target.name !== "text") return;
  clearTimeout(waiting);
  query = { ...query, text: target.value };
  waiting = setTimeout(() => ask({ text: target.value }), 250);
});
element.addEventListener("submit", (event) => event.preventDefault());
