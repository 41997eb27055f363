// Theme, density, contrast and shortcuts change at once; the server keeps the cookie.
import { token } from "./page.js";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches?.("[data-look]") || !button?.name) return;
  event.preventDefault();
  const body = new URLSearchParams({ [button.name]: button.value, csrfmiddlewaretoken: token(form) });
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return form.submit();
  if (button.name === "keys") return location.reload();
  document.documentElement.dataset[button.name] = button.value;
  if (button.name === "contrast") {
    button.setAttribute("aria-pressed", String(button.value === "more"));
    button.value = button.value === "more" ? "normal" : "more";
    return;
  }
  form.querySelectorAll(`button[name=${button.name}]`).forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
});
