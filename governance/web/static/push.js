// Subscribes this browser to web push, and hands what it got to the form of the page.
"use strict";

(() => {
  const form = document.querySelector("form[data-push]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const said = document.getElementById("push-said");
  const octets = (text) => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const fill = (name, value) => { form.elements[name].value = value; };

  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
      const worker = await navigator.serviceWorker.register(form.dataset.worker);
      const active = worker.active ? worker : await new Promise((done) => {
        const next = worker.installing || worker.waiting;
        next.addEventListener("statechange", () => next.state === "activated" && done(worker));
      });
      const got = await active.pushManager.subscribe({
        userVisibleOnly: true, applicationServerKey: octets(form.dataset.push),
      });
      fill("endpoint", got.endpoint);
      fill("p256dh", text(got.getKey("p256dh")));
      fill("auth", text(got.getKey("auth")));
      form.submit();
    } catch {
      said.hidden = false;
    }
  });
})();
