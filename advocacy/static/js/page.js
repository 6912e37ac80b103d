// Theme, shortcuts, menu and filters: niceties only, every page works without them.
const root = document.documentElement;
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

// The theme lives in a cookie, so the server paints the right one at once.
for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Keys: "/" goes to the search, "g" and then a letter goes to a part of the posko.
let before = "";
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll("[data-menu][open]")) menu.open = false;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const field = event.key === "/" && document.querySelector("main input[type=search]");
  const link = document.querySelector(`a[data-key="${CSS.escape(before + event.key)}"]`);
  before = event.key === "g" ? "g " : "";
  if (field) field.focus();
  else if (link) link.click();
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => { copy.querySelector("[data-copied]").hidden = false; });
});

// On a wide screen a few filters stand open; older browsers cannot do that by style alone.
const wide = matchMedia("(min-width: 60rem)");
const open = () => { if (wide.matches) for (const filters of document.querySelectorAll(".filters:not(.filters--many)")) filters.open = true; };
wide.addEventListener("change", open);
document.addEventListener("htmx:load", open);
open();
