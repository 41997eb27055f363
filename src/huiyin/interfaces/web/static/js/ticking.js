// Clocks count on from the server's time: words, ring and shape change as the deadline comes and goes.
import { now, say } from "./page.js";

const SHORT = 2 * 3600;
const ROUND = 43.98;

export function words(seconds) {
  const over = seconds < 0;
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const kind = over ? "over" : "left";
  if (!minutes) return say(`${kind}_0`);
  if (days >= 3 || (days && !hours)) return say(`${kind}_d`, { days });
  if (days) return say(`${kind}_dh`, { days, hours });
  if (hours) return say(`${kind}_hm`, { hours, minutes: String(rest).padStart(2, "0") });
  return say(`${kind}_m`, { minutes });
}

function broken(chip) {
  if (chip.classList.contains("broken")) return;
  chip.classList.remove("running", "soon");
  chip.classList.add("broken");
  const ring = chip.querySelector(".ring");
  if (!ring) return;
  ring.setAttribute("class", "ring bad");
  ring.innerHTML = '<path class="full" d="M5.5.8h7l4.7 4.7v7l-4.7 4.7h-7L.8 12.5v-7z"/><path class="cut" d="M9 5v5M9 12.8v.2"/>';
}

function turn(chip, at, due) {
  const start = Date.parse(chip.dataset.start || "");
  const ring = chip.querySelector(".ring");
  if (Number.isNaN(start) || !ring || due <= start) return;
  const percent = Math.max(0, Math.min(100, Math.floor((100 * (at - start)) / (due - start))));
  ring.querySelector(".v")?.setAttribute("stroke-dasharray", `${((ROUND * percent) / 100).toFixed(2)} ${ROUND}`);
  ring.setAttribute("aria-label", say("used", { percent }));
  if (percent >= Number(chip.dataset.warn || 75) && chip.classList.contains("running")) {
    chip.classList.replace("running", "soon");
    ring.setAttribute("class", "ring warn");
  }
}

function tick() {
  const at = now();
  document.querySelectorAll("[data-due]").forEach((one) => {
    const due = Date.parse(one.dataset.due);
    const seconds = (due - at) / 1000;
    if (one.matches(".clk")) seconds < 0 ? broken(one) : turn(one, at, due);
    if (one.dataset.mode === "at" && seconds >= 0) return;
    if (one.dataset.mode === "list" && seconds > SHORT) return;
    const place = one.querySelector(".w") || one;
    const text = `${one.dataset.label ? `${one.dataset.label} ` : ""}${words(seconds)}`;
    if (place.textContent !== text) place.textContent = text;
  });
}

if (document.documentElement.dataset.now) setInterval(tick, 15000);
