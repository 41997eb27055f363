// Drafts: kept every few seconds and on leaving a field, on the server when it answers, else in this browser; restored.
import { say, store, token, whenever } from "./page.js";

const EVERY = 4000;

function clock() {
  return new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
}

whenever("form[data-draft]", (form) => {
  const box = form.querySelector("textarea");
  const state = form.querySelector("[data-draft-state]");
  const kind = form.dataset.draftKind || "text";
  const key = `hy-draft:${form.dataset.draft || location.pathname}:${kind}`;
  let saved = box.value;
  let timer = 0;

  const told = (text, failed = false) => {
    if (!state) return;
    state.textContent = text;
    state.dataset.state = failed ? "failed" : "saved";
  };

  const keep = async () => {
    clearTimeout(timer);
    timer = 0;
    const text = box.value;
    if (text === saved) return;
    store.set(key, text);
    saved = text;
    if (!form.dataset.draft) return told(say("draft_saved", { time: clock() }));
    try {
      const body = new URLSearchParams({ kind, text, csrfmiddlewaretoken: token(form) });
      const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive: true });
      if (!answer.ok) throw new Error(String(answer.status));
      store.drop(key);
      const time = await answer.text(); // the house's clock, in the reader's zone
      told(say("draft_saved", { time: time || clock() }));
    } catch {
      saved = null; // try again with the next key or in a while
      told(say("draft_local"), true);
      timer = setTimeout(keep, 5 * EVERY);
    }
  };

  // What this browser kept while the server was away is newer than what the server gave.
  const local = store.get(key);
  if (local && !box.value) {
    box.value = local;
    told(say("draft_restored"));
    if (form.dataset.draft) timer = setTimeout(keep, EVERY);
    saved = form.dataset.draft ? null : local;
  }
  box.addEventListener("input", () => {
    timer ||= setTimeout(keep, EVERY);
  });
  box.addEventListener("blur", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    saved = box.value;
    store.drop(key);
  });
});

