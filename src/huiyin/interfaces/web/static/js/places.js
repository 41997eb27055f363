// Places remembered: the scroll of the queue, the filter of the timeline, the end of a long history.
import { store, whenever } from "./page.js";

whenever(".rows", (rows) => {
  const key = `hy-rows:${location.pathname.split("/")[1]}`;
  const here = rows.querySelector('[aria-current="true"]');
  rows.scrollTop = Number(store.get(key) || 0);
  here?.scrollIntoView({ block: "nearest" });
  rows.addEventListener("scroll", () => store.set(key, String(rows.scrollTop)), { passive: true });
});

whenever("[data-remember]", (group) => {
  const key = `hy-choice:${group.dataset.remember}`;
  const chosen = [...group.querySelectorAll("input")].find((one) => one.value === store.get(key));
  if (chosen) chosen.checked = true;
  group.addEventListener("change", (event) => store.set(key, event.target.value));
});
