const rows = [...document.querySelectorAll("tbody tr")];
const [text, kind, shown] = ["text", "kind", "shown"].map((id) => document.getElementById(id));
function filter() {
  const words = text.value.toLowerCase();
  let count = 0;
  for (const row of rows) {
    const fits = (!words || row.textContent.toLowerCase().includes(words)) && (!kind.value || row.dataset.kinds.split(" ").includes(kind.value));
    row.hidden = !fits;
    row.style.display = fits ? "" : "none";
    count += fits;
  }
  shown.textContent = count === rows.length ? "" : count + " of " + rows.length + " shown";
}
text.addEventListener("input", filter);
kind.addEventListener("change", filter);
