// What parts fetched by htmx do when things go wrong: say so, keep what was typed, and lead to the sign-in when it ended.
import { say, toast } from "./page.js";

document.addEventListener("htmx:sendError", () => toast(say("busy"), "warn"));
document.addEventListener("htmx:responseError", () => toast(say("failed"), "bad"));

// A whole page where a part was asked for is the sign-in page; it must not be pasted into this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, boosted, elt } = event.detail;
  if (boosted || elt.closest("[hx-select]")) return;
  if (!/^\s*<!doctype html/i.test(xhr.responseText)) return;
  event.preventDefault();
  if (xhr.status < 400) location.assign(xhr.responseURL);
  else toast(say("failed"), "bad");
});
