// What concerns the window as a whole, whatever Gradio draws in it: what is half written when the
// page is left, and a server that does not answer. The back button: address.js.

(() => {
  const page = document.documentElement;
  const quotidian = (window.quotidian ??= {});

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

  // -------------------------------------------------------------------- a reply that never came
  // Refused, or an error of the server: whoever waits for it hears so, see works.js and others.

  quotidian.failed = () => {
    document.dispatchEvent(new CustomEvent("quotidian:failed"));
    quotidian.say("The server could not answer that. Try again.", Infinity);
  };

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
