// Looking after the articles: files are added, the index is rebuilt and checked.

const isRunning = () => Boolean(element.querySelector("[data-running]"));

// Asked at intervals, not after each reply: a reply that says the same changes nothing here.
setInterval(() => isRunning() && trigger("show_work"), 600);

// Each step is drawn anew: what has the focus keeps it, or gives it to what took its place. A button
// that can do nothing loses it before that.
let focused = null;
element.addEventListener("focusin", ({ target }) => (focused = target.dataset?.work ?? null));
element.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget) focused = null;
});
const refocus = () => {
  if (!focused || document.activeElement !== document.body) return;
  const other = { rebuild: "cancel", cancel: "rebuild" }[focused];
  const button = [focused, other]
    .map((work) => element.querySelector(`[data-work="${work}"]`))
    .find(Boolean);
  button?.focus({ preventScroll: true });
};

let ran = false;
watch("value", () => {
  refocus();
  if (ran && !isRunning()) document.dispatchEvent(new CustomEvent("quotidian:corpus"));
  ran = isRunning();
});

element.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-work]");
  if (!button) return;
  button.disabled = true;
  trigger("do_work", { work: button.dataset.work });
});

document.addEventListener("quotidian:failed", () => {
  for (const button of element.querySelectorAll("[data-work]")) button.disabled = false;
});

// Of no other files a byte is sent: the endings are those that the readers of the corpus know.
const isRead = (name, { plain, compressed }) => {
  const [read, packed] = [plain, compressed].map((endings) => endings.split(" "));
  let rest = name.toLowerCase();
  while (!read.some((ending) => rest.endsWith(ending))) {
    const ending = packed.find((one) => rest.endsWith(one));
    if (!ending) return false;
    rest = rest.slice(0, -ending.length);
  }
  return true;
};

element.addEventListener("change", async ({ target }) => {
  if (target.type !== "file" || !target.files.length) return;
  const chosen = [...target.files];
  const refused = chosen.filter(({ name }) => !isRead(name, target.dataset));
  const names = refused.map(({ name }) => name).join(", ");
  if (refused.length)
    window.quotidian.say(
      `Not added, of no kind that is read: ${names}. Read are ${target.dataset.examples}.`,
      Infinity,
    );
  target.value = ""; // so that the same choice once more is one
  if (refused.length === chosen.length) return;
  const files = [];
  const replace = element.querySelector("[data-replace]").checked;
  try {
    for (const file of chosen)
      if (!refused.includes(file)) files.push({ name: file.name, path: (await upload(file)).path });
  } catch {
    return window.quotidian.say("A file is too large, or files may not be added here");
  }
  trigger("add_files", { files, replace });
});
