// How many words a passer-by has to read, over all fields of the form while one types.
const line = document.querySelector("[data-sum]");
const form = line?.closest("form");

const wordsIn = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);

function words(field) {
  if (field.type === "checkbox") return field.checked ? wordsIn(field.closest("label")?.textContent ?? "") : 0;
  // A day is printed in words: "Berlaku sampai 31 Desember 2026".
  return field.dataset.words && field.value ? Number(field.dataset.words) : wordsIn(field.value);
}

function sum() {
  const counted = [...form.elements].filter((field) => "words" in field.dataset || field.name === "bring");
  const n = counted.reduce((total, field) => total + words(field), 0);
  const max = Number(line.dataset.advised);
  line.textContent = line.dataset.say.replace("{n}", n).replace("{max}", max);
  line.classList.toggle("counter--over", n > max);
}

if (form) {
  form.addEventListener("input", sum);
  sum();
}
