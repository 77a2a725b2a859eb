// From Enter to the answer: asked once only, and no waiting without an end. A question waits until
// it stands in the conversation, is refused, or is given up; until then it stays in the box.

(() => {
  const page = document.documentElement;
  const quotidian = (window.quotidian ??= {});
  const box = () => document.querySelector("#question textarea");

  // Milliseconds. Twenty people who ask at once are all answered in a tenth of it.
  const LONGEST = 60_000;
  let patience = 0;
  // Whether the page itself knows why no answer comes: it was refused with a note in the corner, or
  // ended by a new conversation.
  let knownAt = -Infinity; // when it last came to know
  let ended = false;
  quotidian.expectAnswer = () => (ended = false);

  const settle = () => {
    clearTimeout(patience);
    delete page.dataset.asking;
  };

  const wait = (giveUp) => {
    clearTimeout(patience);
    patience = setTimeout(giveUp, LONGEST);
  };

  // ---------------------------------------------------------------------------- asked once only
  // A second Enter before the server has taken the question would ask whatever is left in the box.
  // Until then the style sheet says that the question waits. A button that is reached by Tab is not
  // pressed yet: Enter and Space become clicks.

  const untaken = () => {
    settle();
    quotidian.say("The server has not taken the question for a minute. It is still in the box.", Infinity);
  };

  const begins = ({ type, target, key, shiftKey, isComposing }) =>
    type === "click"
      ? Boolean(target.closest?.("#question .submit-button"))
      : target === box() && key === "Enter" && !shiftKey && !isComposing;

  let stopped = false;
  const once = (event) => {
    if (!begins(event)) return;
    if (event.type !== "keypress") {
      const blank = !box().value.trim();
      if (blank) quotidian.say("Write a question first.");
      stopped = blank || ("asking" in page.dataset && !page.dataset.server);
      if (!stopped) {
        quotidian.expectAnswer();
        page.dataset.asking = "";
        wait(untaken);
      }
    }
    if (!stopped) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box().focus();
  };
  for (const kind of ["keydown", "keypress", "click"]) document.addEventListener(kind, once, true);

  // ------------------------------------------------------------------------- and not for ever

  // The conversation is drawn anew: what was asked stands in it, or it was ended. A question that
  // the server took just after a new conversation was begun is ended too.
  quotidian.taken = (waiting, turns) => {
    settle();
    if (ended && turns) return document.querySelector("#masthead .anew").click();
    if (!waiting) return;
    wait(() => {
      // If the answer comes after all, it is drawn in the place of this.
      waiting.classList.replace("waiting", "failure");
      waiting.querySelector("p").textContent = "No answer has come for a minute. Ask again.";
      quotidian.announce(waiting.textContent);
    });
  };

  const refused = () => {
    knownAt = performance.now();
    quotidian.expected = 0;
    settle();
  };
  // Gradio says in the corner why it could not hand a question over: as a new note, or in one that
  // is there already.
  const inCorner = ({ target, addedNodes }) =>
    target.closest?.(".toast-wrap")?.querySelector(".toast-body.error") ||
    [...addedNodes].some((node) => node.querySelector?.(".toast-body.error"));
  new MutationObserver((changes) => {
    const waits = "asking" in page.dataset || quotidian.busy?.();
    if (waits && changes.some(inCorner)) refused();
  }).observe(page, { childList: true, subtree: true });

  const end = ({ target }) => {
    if (!target.closest?.("#masthead .anew")) return;
    ended = true;
    knownAt = performance.now();
    settle();
  };
  document.addEventListener("click", end, true);

  // What the server is told when an event of its own failed: whether to leave the page as it is.
  // Gradio's note is drawn a while after it, and the end of what was ended may be told late, when
  // the next question is asked already.
  quotidian.known = async () => {
    for (let looked = 0; looked < 10; looked += 1) {
      if (performance.now() - knownAt < 10_000) return "known";
      await new Promise((done) => setTimeout(done, 100));
    }
    return "";
  };
})();
