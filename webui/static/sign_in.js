// Signing in: Gradio checks the password and gives the cookie; what was linked to is then opened.

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const paint = () => document.documentElement.classList.toggle("dark", dark.matches);
dark.addEventListener("change", paint);
paint();

const form = document.querySelector("form");
const refused = form.querySelector(".refused");
const WHY = {
  400: "This user and password do not go together.",
  429: "Too many attempts; wait a moment.",
};

// Two people may use one browser: each has a list of conversations of their own.
const enter = (user) => {
  if (localStorage.getItem("quotidian.user") !== user) sessionStorage.clear();
  localStorage.setItem("quotidian.user", user);
  location.reload();
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  refused.textContent = "";
  try {
    const { ok, status } = await fetch("login", { method: "POST", body: new FormData(form) });
    if (ok) return enter(form.elements.username.value);
    refused.textContent = WHY[status] ?? "That did not work; try again.";
  } catch {
    refused.textContent = "The server does not answer; try again when it is back.";
  }
  form.elements.password.select();
});
