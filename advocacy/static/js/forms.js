// Forms: sent once, not lost by a slip of the thumb, and counted while one types.
let unsaved = null;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-guard]")) return;
  if (form.dataset.sent) return event.preventDefault();
  unsaved = null;
  form.dataset.sent = "1";
  const button = event.submitter;
  // After this turn, or the name and value of the button would not be sent.
  setTimeout(() => button?.setAttribute("aria-busy", "true"));
});

// Coming back by the phone's back key must find a form that can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-unsaved]");
  if (form) unsaved = form;
  count(event.target);
});

addEventListener("beforeunload", (event) => {
  if (unsaved?.isConnected) event.preventDefault();
});

// <p data-count="id_body" data-max="60" data-unit="words" data-say="{n} of {max} words">
function count(field) {
  const line = field.id && document.querySelector(`[data-count="${CSS.escape(field.id)}"]`);
  if (!line) return;
  const text = field.value.trim();
  const n = line.dataset.unit === "words" ? (text ? text.split(/\s+/).length : 0) : field.value.length;
  const max = Number(line.dataset.max);
  line.textContent = line.dataset.say.replace("{n}", n).replace("{max}", max);
  line.classList.toggle("counter--over", max > 0 && n > max);
}

function ready(root) {
  for (const line of root.querySelectorAll("[data-count]")) {
    const field = document.getElementById(line.dataset.count);
    if (field) count(field);
  }
  root.querySelector("[data-summary]")?.focus();
}
ready(document);
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) ready(event.target); });
