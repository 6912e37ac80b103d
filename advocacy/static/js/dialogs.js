// A confirmation is a <details> that opens in place; with a script it becomes a dialog over the page.
document.addEventListener("click", (event) => {
  const summary = event.target.closest("[data-confirm] > summary");
  if (summary && window.HTMLDialogElement) {
    event.preventDefault();
    const details = summary.parentElement;
    const sheet = summary.nextElementSibling;
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    dialog.setAttribute("aria-label", summary.textContent.trim());
    dialog.append(sheet);
    details.after(dialog);
    dialog.addEventListener("close", () => {
      details.append(sheet);
      dialog.remove();
      summary.focus();
    });
    dialog.showModal();
    return;
  }
  const dialog = event.target.closest("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) return dialog.close();
  const close = event.target.closest("[data-close]");
  if (close) close.closest("details").open = false;
});
