// A list of questions: chosen, followed while it is answered, stopped, saved.

const isRunning = () => Boolean(element.querySelector("[data-running]"));

setInterval(() => isRunning() && trigger("show_progress"), 800);

element.addEventListener("change", async ({ target }) => {
  if (target.type !== "file" || !target.files.length) return;
  try {
    trigger("start_list", { file: await window.quotidian.sendable(target.files[0]) });
  } catch (error) {
    window.quotidian.say(error.message);
  }
});

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { list, save, open } = button.dataset;
  if (open) window.quotidian.read(open, button);
  else if (list === "stop") trigger("stop_list");
  else if (save) trigger("save_table", { format: save });
});

// Each step is drawn anew: a button that has the focus keeps it.
let focused = null;
element.addEventListener("focusin", ({ target }) => {
  const { list, save } = target.dataset ?? {};
  focused = list ? `[data-list="${list}"]` : save ? `[data-save="${save}"]` : null;
});
element.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget) focused = null;
});
watch("value", () => {
  if (!focused || element.contains(document.activeElement)) return;
  const button = element.querySelector(focused) ?? element.querySelector("[data-save], input");
  button?.focus({ preventScroll: true });
});
