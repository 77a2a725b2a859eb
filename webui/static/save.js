// Saves what the server wrote as a file; nothing of it becomes part of the page.

watch("value", () => {
  if (!props.value) return;
  const { problem, name, type, text } = JSON.parse(props.value);
  if (problem) return window.quotidian.say(problem);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  window.quotidian.say(`Saved as ${name}`);
});
