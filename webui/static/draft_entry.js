// A draft is pasted or chosen; the server checks it and keeps nothing. Gradio gives element, trigger.

const MOST = 2_900_000; // bytes of a file: a request has 4 MB, and a third is added on the way

let draft = {};
window.quotidian.latest = { ...window.quotidian.latest, draft: () => JSON.stringify(draft) };

const check = (given) => {
  draft = given;
  const verdicts = document.querySelector("#draft-verdicts");
  verdicts?.setAttribute("aria-busy", "true");
  window.quotidian.say("Checking the quotations…", Infinity);
  trigger("check_draft");
};

document.addEventListener("quotidian:failed", () => {
  document.querySelector("#draft-verdicts")?.removeAttribute("aria-busy");
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  check({ text: element.querySelector("textarea").value });
});

// A reload would lose what was pasted; closing the window shall.
const KEPT = "quotidian.draft-text";
const pasted = element.querySelector("textarea");
pasted.value = sessionStorage.getItem(KEPT) ?? "";
sessionStorage.removeItem(KEPT);
window.addEventListener("pagehide", () => {
  if (!pasted.value) return;
  try {
    sessionStorage.setItem(KEPT, pasted.value);
  } catch (error) {
    if (error.name !== "QuotaExceededError") throw error; // larger than a browser keeps: it is lost
  }
});

// What a file holds, for the server, in the characters that a request carries.
window.quotidian.sendable = async (file) => {
  if (file.size > MOST) throw new RangeError("That file is too large here; take the command line");
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(new RangeError("That file cannot be read"));
    reader.readAsDataURL(file);
  });
  return { name: file.name, base64: url.slice(url.indexOf(",") + 1) };
};

element.addEventListener("change", async ({ target }) => {
  if (target.type !== "file" || !target.files.length) return;
  try {
    check({ file: await window.quotidian.sendable(target.files[0]) });
  } catch (error) {
    window.quotidian.say(error.message);
  }
  target.value = ""; // the same file again, once it was mended
});
