// Saves what the server wrote as a file; nothing of it becomes part of the page.

watch("value", () => {
  if (!props.value) return;
  const { problem, name, type, text, base64 } = JSON.parse(props.value);
  if (problem) return window.quotidian.say(problem);
  const content = base64 ? Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)) : text;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  window.quotidian.say(`Saved as ${name}`);
});
