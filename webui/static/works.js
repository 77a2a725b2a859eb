// Looking after the articles: files are added, the index is rebuilt and checked.

const isRunning = () => Boolean(element.querySelector("[data-running]"));

// Asked at intervals, not after each reply: a reply that says the same changes nothing here.
setInterval(() => isRunning() && trigger("show_work"), 600);

let ran = false;
watch("value", () => {
  if (ran && !isRunning()) document.dispatchEvent(new CustomEvent("quotidian:corpus"));
  ran = isRunning();
});

element.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-work]");
  if (!button) return;
  button.disabled = true;
  trigger("do_work", { work: button.dataset.work });
});

element.addEventListener("change", async ({ target }) => {
  if (target.type !== "file" || !target.files.length) return;
  const files = [];
  const replace = element.querySelector("[data-replace]").checked;
  try {
    for (const file of target.files) files.push({ name: file.name, path: (await upload(file)).path });
  } catch {
    return window.quotidian.say("A file is too large, or files may not be added here");
  }
  trigger("add_files", { files, replace });
});
