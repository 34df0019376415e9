// Shows a notice that the push service brings, and opens its one link. It keeps and fetches nothing.
"use strict";

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data ? event.data.json() : {}; } catch { told = {}; }
  event.waitUntil(self.registration.showNotification(told.title || "Mandate", {
    body: told.body || "",
    lang: told.lang || "en",
    dir: told.dir || "ltr",
    tag: told.tag || "mandate",
    icon: "/static/favicon.svg",
    data: { link: told.link || "/waiting" },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const link = new URL(event.notification.data.link, self.location.origin);
  if (link.origin !== self.location.origin) return;
  event.waitUntil(self.clients.openWindow(link.href));
});
