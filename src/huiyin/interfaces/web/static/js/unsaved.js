// Leaving a page with something written and not sent asks first.
import { whenever } from "./page.js";

const dirty = new Set();

whenever("form[data-unsaved]", (form) => {
  const fields = () => [...form.querySelectorAll("textarea,input:not([type=hidden]),select")];
  const changed = (one) => {
    if (one.matches("select")) return [...one.options].some((option) => option.selected !== option.defaultSelected);
    if (one.matches("[type=checkbox],[type=radio]")) return one.checked !== one.defaultChecked;
    return one.value !== one.defaultValue;
  };
  // A form whose draft the server keeps loses nothing.
  const kept = () => form.querySelector("[data-draft-state]")?.dataset.state === "saved" && form.dataset.draft;
  form.addEventListener("input", () => (fields().some(changed) ? dirty.add(form) : dirty.delete(form)));
  form.addEventListener("submit", () => dirty.delete(form));
  form.dataset.unsaved = "watched";
  form.isKept = kept;
});

window.addEventListener("beforeunload", (event) => {
  for (const form of dirty) {
    if (form.isConnected && !form.isKept()) {
      event.preventDefault();
      return;
    }
  }
});
