// What the modules share: words in the page's language, the server's time, when new parts arrive.
const meta = document.querySelector('meta[name="hy-words"]');
const words = meta ? JSON.parse(meta.content) : {};

export function say(key, values = {}) {
  return (words[key] || key).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "").replaceAll("%%", "%");
}

const told = Date.parse(document.documentElement.dataset.now || "");
const ahead = Number.isNaN(told) ? 0 : told - Date.now();

export function now() {
  return Date.now() + ahead;
}

// Runs at once and for every part htmx brings in later.
export function whenever(selector, act) {
  const look = (root) => {
    if (root.matches?.(selector)) act(root);
    root.querySelectorAll?.(selector).forEach(act);
  };
  look(document);
  document.addEventListener("htmx:load", (event) => look(event.target));
}

export function token(form) {
  return form?.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

export function toast(text, tone = "") {
  const list = document.getElementById("toasts");
  if (!list) return;
  const item = document.createElement("div");
  item.className = `toast ${tone}`;
  const said = document.createElement("div");
  said.className = "grow";
  said.textContent = text;
  item.append(said);
  list.append(item);
  setTimeout(() => item.remove(), 6000);
}

// Storage may be switched off; then nothing is remembered and nothing breaks.
export const store = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      /* full or forbidden */
    }
  },
  drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      /* forbidden */
    }
  },
};
