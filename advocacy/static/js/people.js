// The slip of an invitation: the print button works only with a script, so it shows itself only then.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
