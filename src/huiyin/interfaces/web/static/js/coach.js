// A better wording takes the place of the marked words by one press; the coach then reads the message again.
import { whenever } from "./page.js";

function message(part) {
  return part.closest("form")?.querySelector("textarea[name=text]");
}

// Places count characters, not the halves of those outside the first plane.
function place(text, count) {
  return [...text].slice(0, count).join("").length;
}

whenever("[data-better]", (button) => {
  button.hidden = false;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-better]");
  const box = button && message(button);
  if (!box) return;
  const read = button.closest("ul").parentElement.querySelector("template[data-coached]").content.textContent;
  // What was typed since has not been read: it is read now, and nothing is put anywhere.
  if (box.value.replaceAll("\r\n", "\n") === read.replaceAll("\r\n", "\n")) {
    const from = place(box.value, Number(button.dataset.from));
    const to = place(box.value, Number(button.dataset.to));
    box.setRangeText(button.dataset.better, from, to, "select");
    const slot = button.dataset.better.match(/\{[^{}\s]+\}/);
    if (slot) box.setSelectionRange(from + slot.index, from + slot.index + slot[0].length);
  }
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
