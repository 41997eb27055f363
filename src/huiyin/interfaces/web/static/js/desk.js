// The desk: filters that apply at once, the open row, the end of a course, forms that come into view.
import { store, whenever } from "./page.js";

whenever("select[data-submits]", (select) => {
  const form = select.form;
  form.dataset.live = "";
  select.addEventListener("change", () => form.requestSubmit());
});

// An empty choice has no business in the address.
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".filters")) return;
  event.target.querySelectorAll("select").forEach((one) => (one.disabled = !one.value));
});
window.addEventListener("pageshow", () => document.querySelectorAll(".filters select").forEach((one) => (one.disabled = false)));

// A row opens its case beside the list; the list stays where it is.
document.addEventListener("htmx:pushedIntoHistory", () => {
  const desk = document.querySelector(".desk");
  if (!desk) return;
  desk.dataset.pane = "main";
  document.querySelectorAll(".rows [data-row]").forEach((row) => {
    const open = new URL(row.href).pathname === location.pathname;
    row.toggleAttribute("aria-current", open);
    if (!open) return;
    row.setAttribute("aria-current", "true");
    row.classList.remove("un");
  });
});

// The course may be read the other way round, day by day; the choice is remembered.
const TURNED = "hy-course-newest-first";

function turn(list) {
  const days = [];
  for (const item of [...list.children]) {
    if (item.matches(".day") || !days.length) days.push([]);
    days.at(-1).push(item);
  }
  for (const day of days) {
    const from = day[0].matches(".day") ? 1 : 0;
    day.push(...day.splice(from).reverse());
  }
  list.replaceChildren(...days.reverse().flat());
}

whenever("[data-turns]", (button) => {
  const list = document.getElementById(button.dataset.turns);
  const show = () => button.setAttribute("aria-pressed", String(Boolean(store.get(TURNED))));
  button.hidden = false;
  if (store.get(TURNED)) turn(list);
  show();
  button.addEventListener("click", () => {
    store.get(TURNED) ? store.drop(TURNED) : store.set(TURNED, "1");
    turn(list);
    show();
    const body = list.closest(".case-body");
    if (body) body.scrollTop = store.get(TURNED) ? 0 : body.scrollHeight;
  });
});

// The course begins at its end, where the newest is, and stays there while it grows, unless somebody reads above.
const NEAR = 48;
whenever(".case-body[data-end]", (body) => {
  const toEnd = () => (body.scrollTop = body.scrollHeight);
  let atEnd = true;
  if (!body.querySelector("#act form, #act .guard") && !location.hash && !store.get(TURNED)) toEnd();
  body.addEventListener("scroll", () => (atEnd = body.scrollHeight - body.scrollTop - body.clientHeight < NEAR), { passive: true });
  body.addEventListener("htmx:oobAfterSwap", () => atEnd && !store.get(TURNED) && toEnd());
});

// A form that comes into the act area is brought into view and takes the keyboard.
document.addEventListener("htmx:afterSwap", (event) => {
  const act = event.detail.target;
  if (act?.id !== "act") return;
  act.closest("details.drop")?.removeAttribute("open");
  document.querySelectorAll("details.drop[open]").forEach((one) => one.removeAttribute("open"));
  const side = document.getElementById("side");
  if (side?.matches(":popover-open")) side.hidePopover();
  const body = act.closest(".case-body");
  if (body && getComputedStyle(body).overflowY === "auto") body.scrollTop = 0;
  else act.scrollIntoView({ block: "start" });
  act.querySelector("textarea,select,input:not([type=hidden])")?.focus({ preventScroll: true });
});

whenever("#live .guard:not(.warn)", (one) => setTimeout(() => one.remove(), 15000));

// What an open form knows goes along with the question what is new: then nothing changes under somebody's hands.
document.addEventListener("htmx:configRequest", (event) => {
  const seen = event.detail.elt.id === "live" && document.querySelector("#act [name=seen]");
  if (seen) event.detail.parameters.seen = seen.value;
});
