// Saves the table that the server made as a file; nothing of it becomes part of the page.

watch("value", () => {
  if (!props.value) return;
  const { problem, name, type, base64 } = JSON.parse(props.value);
  if (problem) return window.quotidian.say(problem);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  window.quotidian.say(`Saved as ${name}`);
});
