// The plots narrow the list of articles: a bar to its days, several to a stretch, a publisher.

const bars = () => [...element.querySelectorAll("[data-first]")];
let narrowed = {};
let from = null; // the bar at which a stretch begins, by its place
let dragged = false;

const narrow = (change) =>
  document.dispatchEvent(new CustomEvent("quotidian:narrow", { detail: change }));

const mark = () => {
  const { after, before, publisher } = narrowed;
  for (const bar of bars()) {
    const { first, last } = bar.dataset;
    const inside = (after || before) && (!after || first >= after) && (!before || last <= before);
    bar.ariaPressed = String(Boolean(inside));
  }
  for (const button of element.querySelectorAll("[data-publisher]"))
    button.ariaPressed = String(button.dataset.publisher === publisher);
};
document.addEventListener("quotidian:narrowed", ({ detail }) => {
  narrowed = detail;
  mark();
});
watch("value", mark);

const stretch = (one, other) => {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  return { after: bars()[first].dataset.first, before: bars()[last].dataset.last };
};

const choose = (bar, further) => {
  const place = bars().indexOf(bar);
  if (further && from !== null) return narrow(stretch(from, place));
  const only = bars().filter(({ ariaPressed }) => ariaPressed === "true");
  const again = only.length === 1 && only[0] === bar;
  from = again ? null : place;
  narrow(again ? { after: "", before: "" } : stretch(place, place));
};

element.addEventListener("click", (event) => {
  const bar = event.target.closest("[data-first]");
  const publisher = event.target.closest("[data-publisher]");
  if (bar && !dragged) choose(bar, event.shiftKey);
  if (publisher) {
    const on = publisher.ariaPressed === "true";
    narrow({ publisher: on ? "" : publisher.dataset.publisher });
  }
});

// Of all bars one can be reached by Tab, and the arrow keys go on from it.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
element.addEventListener("keydown", (event) => {
  const bar = event.target.closest("[data-first]");
  const step = STEPS[event.key];
  if (!bar || !step) return;
  event.preventDefault();
  const all = bars();
  reach(all[Math.min(Math.max(0, all.indexOf(bar) + step), all.length - 1)]).focus();
});
const reach = (bar) => {
  for (const other of bars()) other.tabIndex = other === bar ? 0 : -1;
  return bar;
};
element.addEventListener("focusin", ({ target }) => {
  if (target.dataset?.first) reach(target);
});

// Dragging over the bars chooses a stretch.
let start = null;
const barAt = ({ clientX, clientY }) =>
  document.elementFromPoint(clientX, clientY)?.closest("#figures [data-first]");
element.addEventListener("pointerdown", (event) => {
  start = event.target.closest("[data-first]");
  dragged = false;
});
document.addEventListener("pointermove", (event) => {
  const bar = start && barAt(event);
  if (!bar || bar === start) return;
  dragged = true;
  from = bars().indexOf(start);
  narrowed = { ...narrowed, ...stretch(from, bars().indexOf(bar)) };
  mark();
});
document.addEventListener("pointerup", () => {
  if (start && dragged) narrow({ after: narrowed.after, before: narrowed.before });
  start = null;
  setTimeout(() => (dragged = false)); // after the click that ends it
});
document.addEventListener("pointercancel", () => (start = null));
