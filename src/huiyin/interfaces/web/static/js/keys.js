// Keyboard: ? sheet, / search, n new, j/k rows, r reply, i note, a assign, Ctrl+Enter sends.
// Rests while typing and during input-method composition; nothing on a single key sends or deletes.
const on = document.documentElement.dataset.keys !== "off";

function typing(target) {
  return target.isContentEditable || target.matches?.("textarea,select,input:not([type=checkbox],[type=radio],[type=button])");
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const here = rows.findIndex((row) => row === document.activeElement);
  const start = here >= 0 ? here : rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = rows[Math.max(0, Math.min(rows.length - 1, start + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target.matches("input[type=search]")) target.focus();
  else target.click();
  if (target.matches("input[type=radio]")) {
    const form = target.closest(".comp")?.querySelector(`form.${target.value} textarea`);
    form?.focus();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  // keyCode 229 is how browsers mark keys that an input method swallowed
  if (event.isComposing || event.keyCode === 229) return;
  // Out of the search field again, so that the next key is a command.
  if (event.key === "Escape" && event.target.matches?.("input[type=search]")) return event.target.blur();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest?.("form");
    if (form && event.target.matches("textarea,input")) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button:not([type=button],[name=undo])") || undefined);
    }
    return;
  }
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && press("/")) return event.preventDefault();
  if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    document.getElementById("keys")?.showModal();
    return event.preventDefault();
  }
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    step(key === "j" ? 1 : -1);
    event.preventDefault();
  } else if ("/nria".includes(key) && press(key)) event.preventDefault();
});
