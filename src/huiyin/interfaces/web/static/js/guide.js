// Words of the guide go into the message at the cursor; what was used goes along with it, open slots are marked.
import { whenever } from "./page.js";

const written = new WeakSet();
const SLOT = /\{[^{}\s]+\}/;

function writing(button) {
  const own = button.closest("form.step, form.message");
  if (own) return own;
  return document.querySelector("#act form.step:has(textarea[name=text])") || document.querySelector(".comp form.message");
}

function remember(form, name, value) {
  const field = document.createElement("input");
  [field.type, field.name, field.value] = ["hidden", name, value];
  form.append(field);
}

function insert(form, words, uses) {
  const box = form.querySelector("textarea[name=text]");
  const mode = form.closest(".comp")?.querySelector("input[name=composer][value=message]");
  if (mode && !mode.checked) mode.click();
  // Where nobody has written yet the words go to the end of what is there.
  const [start, end] = written.has(box) ? [box.selectionStart, box.selectionEnd] : [box.value.length, box.value.length];
  const before = box.value.slice(0, start);
  const text = before && !/\s$/.test(before) ? `\n${words}` : words;
  box.setRangeText(text, start, end, "end");
  const slot = box.value.slice(start).match(SLOT);
  box.focus();
  if (slot) box.setSelectionRange(start + slot.index, start + slot.index + slot[0].length);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  written.add(box);
  if (uses) {
    remember(form, "script", uses);
    remember(form, "script_words", words);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert]");
  const form = button && writing(button);
  if (!form) return;
  event.preventDefault();
  const side = document.getElementById("side");
  if (side?.matches(":popover-open")) side.hidePopover();
  insert(form, button.dataset.insert, button.dataset.uses);
});

// The guide opens beside the case, on a narrow screen as a drawer.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-shows=side]")) return;
  const side = document.getElementById("side");
  if (side && getComputedStyle(side).position === "fixed") side.showPopover?.();
});

// A slash in an empty message asks the knowledge base.
whenever("textarea[name=text]", (box) => {
  box.addEventListener("pointerup", () => written.add(box));
  box.addEventListener("keyup", () => written.add(box));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || event.keyCode === 229 || box.value) return;
    const find = box.form?.querySelector("[data-guide-find]");
    if (!find) return;
    event.preventDefault();
    find.focus();
  });
});
