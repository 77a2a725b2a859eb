// What was found in a draft: a click opens the source; without one it goes to what is told of it.

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button") ?? target.closest("mark.told")?.nextElementSibling;
  if (!button?.dataset || String(document.getSelection()).trim()) return;
  const { open, finding } = button.dataset;
  if (open) return window.quotidian.read(open, button);
  if (!finding) return;
  const told = element.querySelector(`#finding-${Number(finding)}`);
  told?.scrollIntoView({ block: "nearest" });
  told?.focus({ preventScroll: true });
});

watch("value", () => {
  element.closest("#draft-verdicts")?.removeAttribute("aria-busy");
  const found = element.querySelector(".told-first");
  window.quotidian.say("");
  window.quotidian.announce(found?.textContent.trim() ?? "");
  found?.scrollIntoView({ block: "nearest" });
});
