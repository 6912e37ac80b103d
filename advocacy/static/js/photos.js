// Shows the chosen photos at once, from the phone itself: nothing is sent for it.
// The browser's own file button speaks the browser's language; ours lies over it and speaks the page's.
const live = () => { for (const place of document.querySelectorAll("[data-photos]")) place.classList.add("is-live"); };
document.addEventListener("htmx:load", live);
live();

document.addEventListener("change", (event) => {
  const input = event.target;
  const place = input.type === "file" && input.closest("[data-photos]")?.querySelector(".photos");
  if (!place) return;
  place.replaceChildren();
  for (const file of input.files) {
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    const size = file.size < 1e6 ? `${Math.ceil(file.size / 1e3)} KB` : `${(file.size / 1e6).toFixed(1).replace(".", ",")} MB`;
    caption.textContent = `${file.name} · ${size}`;
    if (file.type.startsWith("image/")) {
      const image = new Image();
      image.alt = "";
      // A type the browser cannot draw (HEIC) still has its name below.
      image.onerror = () => image.remove();
      image.onload = () => URL.revokeObjectURL(image.src);
      image.src = URL.createObjectURL(file);
      figure.append(image);
    }
    figure.append(caption);
    place.append(figure);
  }
});
