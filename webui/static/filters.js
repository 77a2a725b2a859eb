// Which articles may answer: what is chosen here goes with the next question.

const chosenIn = (form) =>
  Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
const form = () => element.querySelector("form");

(window.quotidian ??= {}).chosen = () => JSON.stringify(form() ? chosenIn(form()) : {});

const field = (name) => element.querySelector(`[name="${name}"]`);
const inWords = (day) =>
  new Date(`${day}T12:00`).toLocaleDateString("en-GB", { dateStyle: "long" });

const draw = () => {
  if (!form()) return;
  const chosen = chosenIn(form());
  const { after = "", before = "" } = chosen;
  const dates = element.querySelector(".dates .chosen");
  if (dates) {
    dates.textContent =
      after && before
        ? `${inWords(after)} – ${inWords(before)}`
        : after
          ? `From ${inWords(after)}`
          : before
            ? `Until ${inWords(before)}`
            : "Any date";
  }
  for (const bar of element.querySelectorAll("g[data-first]"))
    bar.classList.toggle(
      "in",
      (!after || bar.dataset.last >= after) && (!before || bar.dataset.first <= before),
    );
  for (const select of element.querySelectorAll("select"))
    select.classList.toggle("set", Boolean(select.value));
  element.querySelector(".dates")?.classList.toggle("set", Boolean(after || before));
  element.querySelector(".clear").hidden = !Object.keys(chosen).length;
};

const choose = (first, last) => {
  field("after").value = first;
  field("before").value = last;
  draw();
};

// Dragging over the bars chooses the days from the first to the last of them.
let from = null;
const barAt = (event) =>
  document.elementFromPoint(event.clientX, event.clientY)?.closest("g[data-first]");
element.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest("g[data-first]");
  if (!bar) return;
  event.preventDefault();
  from = bar;
  choose(bar.dataset.first, bar.dataset.last);
});
document.addEventListener("pointermove", (event) => {
  const bar = from && barAt(event);
  if (!bar || !element.contains(bar)) return;
  const ends = [from, bar].sort((a, b) => (a.dataset.first < b.dataset.first ? -1 : 1));
  choose(ends[0].dataset.first, ends[1].dataset.last);
});
document.addEventListener("pointerup", () => (from = null));

element.addEventListener("input", draw);
element.addEventListener("reset", () => setTimeout(draw));
element.addEventListener("submit", (event) => event.preventDefault());
element.addEventListener("click", ({ target }) => {
  if (target.closest(".any")) choose("", "");
});

// A page that was left with something chosen has it again.
let left = JSON.parse(sessionStorage.getItem("quotidian.chosen") ?? "{}");
watch("value", () => {
  for (const [name, value] of form() ? Object.entries(left) : [])
    if (field(name)) field(name).value = value;
  if (form()) left = {};
  draw();
});
draw();
