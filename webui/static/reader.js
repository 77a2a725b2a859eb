// The reader pane: opens beside the conversation, scrolls to the mark, closes with Escape.
// Gradio gives element, trigger and watch.

const page = document.documentElement;
// As in style.css: below this the pane lies over the conversation, which then is out of reach.
const narrow = window.matchMedia("(max-width: 60rem)");
let opener = null;

const cover = () => {
  const chat = document.querySelector("#chat");
  if (chat) chat.inert = narrow.matches && page.dataset.reader === "open";
};
narrow.addEventListener("change", cover);

const show = () => {
  if (page.dataset.reader !== "open") return;
  const mark = element.querySelector("mark");
  if (mark) {
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  } else {
    element.querySelector(".close")?.focus();
  }
};

const close = () => {
  if (page.dataset.reader !== "open") return;
  delete page.dataset.reader;
  cover();
  for (const card of document.querySelectorAll("[aria-current]")) card.removeAttribute("aria-current");
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
};

document.addEventListener("quotidian:open", ({ detail }) => {
  opener = detail.opener;
  page.dataset.reader = "open";
  cover();
  // The same place again changes nothing in the pane, so it is scrolled to from here.
  if (element.querySelector("[data-key]")?.dataset.key === detail.key) show();
});
document.addEventListener("quotidian:close", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

element.addEventListener("click", (event) => {
  if (event.target.closest(".close")) return close();
  const mark = event.target.closest("[data-note]");
  const entry = mark && element.querySelector(`#note-${Number(mark.dataset.note)}`);
  if (entry) {
    entry.scrollIntoView({ block: "center" });
    entry.focus({ preventScroll: true });
  }
});

watch("value", show);
