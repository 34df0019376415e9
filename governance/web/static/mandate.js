/* Comfort only: every page is whole without this file. */
"use strict";

const typing = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");

/* Keys lead to places, never to an act. They can be switched off in the list that "?" opens. */
const keysOff = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };
for (const choice of document.querySelectorAll("[data-keys]")) {
  choice.checked = !keysOff();
  choice.addEventListener("change", () => { try { localStorage.setItem("keys", choice.checked ? "on" : "off"); } catch { choice.checked = true; } });
}
let gone = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter" && event.target.matches("textarea")) {
    event.target.form?.querySelector("[data-sends-reason]")?.focus();
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || keysOff()) return;
  const first = gone; gone = false;
  if (first) { document.querySelector(`[data-goes="${CSS.escape(event.key)}"]`)?.click(); return; }
  if (event.key === "g") { gone = true; return; }
  if (event.key === "?") { document.querySelector("#keys")?.showModal(); return; }
  if (event.key === "/") { const find = document.querySelector("input[type=search]"); if (find) { event.preventDefault(); find.focus(); } else document.querySelector("a[data-search]")?.click(); return; }
  if (event.key === "x") { document.activeElement?.closest("tr")?.querySelector("input[type=checkbox]")?.click(); return; }
  if (event.key === "j" || event.key === "k") {
    const cards = [...document.querySelectorAll("[data-card]")];
    const next = cards.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1);
    cards[Math.max(0, Math.min(cards.length - 1, next))]?.focus();
  }
});

/* Enter on a choice is not an answer. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input:is([type=radio], [type=checkbox])")) event.preventDefault();
});

/* Leaving with text that was typed and not sent: the browser asks. */
let unsent = false;
document.addEventListener("input", (event) => { if (event.target.closest("form[data-guards]") || event.target.form?.matches("[data-guards]")) unsent = true; });
document.addEventListener("submit", () => { unsent = false; });
window.addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });

/* What is typed in a meeting stays in this tab until it has been taken, whatever the network does. */
const kept = {
  get: (name) => { try { return sessionStorage.getItem(name); } catch { return null; } },
  set: (name, words) => { try { sessionStorage.setItem(name, words); } catch { /* no room: the page still holds it */ } },
  drop: (name) => { try { sessionStorage.removeItem(name); } catch { /* nothing was kept */ } },
};
for (const field of document.querySelectorAll("[data-keeps]")) {
  const name = `${new URL(field.form.action).pathname}#${field.dataset.keeps}`;
  const once = field.form.querySelector("[data-once]");
  const away = field.form.querySelector("[data-away]");
  if (kept.get(`${name}:sent`) && new URLSearchParams(location.search).has("done")) { kept.drop(name); kept.drop(`${name}:once`); }
  kept.drop(`${name}:sent`);
  if (!field.value && kept.get(name)) { field.value = kept.get(name); unsent = true; }
  if (once) once.value = kept.get(`${name}:once`) ?? "";
  field.addEventListener("input", () => {
    kept.set(name, field.value);
    if (!once || once.value) return;
    once.value = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    kept.set(`${name}:once`, once.value);
  });
  field.form.addEventListener("submit", (event) => {
    if (navigator.onLine) { kept.set(`${name}:sent`, "yes"); return; }
    event.preventDefault();
    if (away) away.hidden = false;
  });
  window.addEventListener("online", () => { if (away) away.hidden = true; });
}

/* A page that looks again by itself leaves alone what somebody is typing. */
document.addEventListener("htmx:before:request", (event) => { if (unsent && event.target.closest?.("[data-again]")) event.preventDefault(); });

/* The words after the act: minutes left to take an answer back, told once a minute. */
for (const told of document.querySelectorAll("[data-until]")) {
  const until = Date.parse(told.dataset.until);
  const tell = () => {
    const minutes = Math.ceil((until - Date.now()) / 60000);
    told.hidden = minutes <= 0;
    told.querySelector("[data-minutes]").textContent = String(minutes);
    if (minutes > 0) setTimeout(tell, 30000);
  };
  tell();
}

/* A summary of errors takes the focus; a menu closes with Escape or a click elsewhere. */
document.querySelector("[data-summary]")?.focus();
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => { for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false; });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") for (const menu of menus()) { menu.open = false; menu.querySelector("summary").focus(); } });

/* A form that was sent is not sent twice by a second click. */
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
  setTimeout(() => { delete event.target.dataset.sent; }, 4000);
});

/* A select that filters sends its form; the button beside it does the same without this file. */
document.addEventListener("change", (event) => { if (event.target.matches("[data-sends]")) event.target.form.requestSubmit(); });
