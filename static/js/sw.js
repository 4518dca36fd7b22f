// Shows an own page while there is no connection; everything else goes to the network as if this were not here.
"use strict";

const KEPT = "bebeli-1";
const OFFLINE = { id: "/luring/", en: "/en/luring/" };

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(Object.values(OFFLINE))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  const language = new URL(event.request.url).pathname.startsWith("/en/") ? "en" : "id";
  event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE[language])));
});
