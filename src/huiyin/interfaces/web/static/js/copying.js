// What is shown once can be copied or printed.
import { toast, whenever } from "./page.js";

whenever("[data-needs-script]", (one) => one.removeAttribute("hidden"));

whenever("[data-select]", (field) => field.addEventListener("focus", () => field.select()));

whenever("[data-copy]", (button) => {
  button.removeAttribute("hidden");
  button.addEventListener("click", async () => {
    const field = document.querySelector(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without permission the link is marked, ready for the device's own copy.
      field.select();
      if (!document.execCommand("copy")) return;
    }
    toast(button.dataset.said, "ok");
  });
});
