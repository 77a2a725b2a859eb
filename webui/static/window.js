// What concerns the window as a whole, whatever Gradio draws in it: the back button, what is
// half written when the page is left, and a server that does not answer.

(() => {
  const page = document.documentElement;
  const quotidian = (window.quotidian ??= {});

  // ----------------------------------------------------------------------- back and forward
  // An entry of the browser's history is {view, reader}: the part of the page, and the article
  // that is open. Closing an article leaves its entry to the next one, so that "back" never
  // walks through a row of closed ones.

  const here = () => history.state?.quotidian ?? { view: "ask" };
  const replace = (entry) => history.replaceState({ quotidian: entry }, "");
  const push = (entry) => history.pushState({ quotidian: entry }, "");
  let moving = false;

  document.addEventListener("quotidian:open", ({ detail }) => {
    const { view, reader, spent } = here();
    if (!moving)
      (reader || spent || detail.quietly ? replace : push)({ view, reader: detail.key });
  });
  document.addEventListener("quotidian:closed", () => {
    const { view, reader } = here();
    if (!moving && reader) replace({ view, spent: true });
  });
  document.addEventListener("quotidian:view", ({ detail }) => {
    if (!moving && detail.view !== here().view) push({ view: detail.view });
  });
  window.addEventListener("popstate", () => {
    const { view, reader } = here();
    moving = true;
    quotidian.view?.(view);
    if (reader) quotidian.reopen?.(reader);
    else document.dispatchEvent(new CustomEvent("quotidian:close"));
    moving = false;
  });

  // ------------------------------------------------------------------- left and come back to
  // Gradio loads the page anew when a server is back; a reader may do so at any time.

  const DRAFT = "quotidian.draft";
  const box = () => document.querySelector("#question textarea");

  window.addEventListener("pagehide", () => {
    sessionStorage.setItem(DRAFT, box()?.value ?? "");
    sessionStorage.setItem("quotidian.chosen", quotidian.chosen?.() ?? "{}");
  });

  const draft = sessionStorage.getItem(DRAFT);
  const write = () => {
    if (!box()) return requestAnimationFrame(write);
    if (box().value) return;
    box().value = draft;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };
  if (draft) write();

  // ------------------------------------------------------------------------- a lost server
  // Gradio finds out, says so in the corner and loads the page anew when the server is back.

  const LOST = "Connection to the server was lost";
  const notice = document.createElement("p");
  notice.className = "lost";
  notice.setAttribute("role", "alert");

  const look = () => {
    const told = document.querySelector(".toast-wrap")?.textContent.includes(LOST);
    if (!told || page.dataset.server === "lost") return;
    page.dataset.server = "lost";
    document.dispatchEvent(new CustomEvent("quotidian:close"));
    document.body.append(notice);
    notice.textContent =
      "The server does not answer. What you wrote is kept, and this page goes on by itself " +
      "when the server is back.";
  };
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
})();
