// Dialogs, menus, popovers, toasts, print: opened by data attributes, closed by Escape or a click beside them.
import { whenever } from "./page.js";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    const dialog = document.getElementById(opener.dataset.opens);
    opener.closest("details.drop")?.removeAttribute("open");
    if (dialog && !dialog.open) dialog.showModal();
    return;
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  else if (event.target.matches("dialog")) closeBeside(event);
  if (event.target.closest("[data-dismiss]")) event.target.closest(".toast")?.remove();
  if (event.target.closest("[data-print]")) window.print();
  if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
  document.querySelectorAll("details.drop[open]").forEach((one) => one.contains(event.target) || one.removeAttribute("open"));
});

// A click on the veil closes, unless something was typed in the dialog.
function closeBeside(event) {
  const dialog = event.target;
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  const typed = [...dialog.querySelectorAll("textarea,input:not([type=hidden])")].some((one) => one.value !== one.defaultValue);
  if (!inside && !typed) dialog.close();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.drop[open]").forEach((one) => {
    one.removeAttribute("open");
    one.querySelector("summary")?.focus();
  });
});

// A popover stands under the button that opened it and never leaves the window.
document.addEventListener(
  "toggle",
  (event) => {
    const pop = event.target;
    if (!pop.matches?.("[data-place]") || event.newState !== "open") return;
    const button = document.querySelector(`[popovertarget="${CSS.escape(pop.id)}"]`);
    if (!button) return;
    const box = button.getBoundingClientRect();
    pop.dataset.placed = "";
    const left = Math.max(12, Math.min(box.right - pop.offsetWidth, innerWidth - pop.offsetWidth - 12));
    const below = box.bottom + 8 + pop.offsetHeight < innerHeight;
    pop.style.left = `${left}px`;
    pop.style.top = `${below ? box.bottom + 8 : Math.max(12, box.top - pop.offsetHeight - 8)}px`;
  },
  true,
);

whenever(".toast[data-fades]", (one) => setTimeout(() => one.remove(), 6000));
whenever("[data-focus]", (one) => one.focus());
