// Keeps the page and its parts for when there is no network. It never sees a seal or a name: both stay in the page.

importScripts("shell.js"); // self.SHELL: version and files, written by the centre from the bytes of all parts

const PREFIX = "borne-verify-";
const CACHE = PREFIX + self.SHELL.version;
const ROOT = new URL("..", self.location.href);
const PAGE = new URL("verify", ROOT);
const KEPT = new Set(self.SHELL.files.map((file) => new URL(file, ROOT).pathname));

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder());
});

self.addEventListener("fetch", (event) => {
  const path = keptPath(new URL(event.request.url));
  if (event.request.method === "GET" && path !== null) event.respondWith(keptOrFetched(path, event.request));
});

async function keepAll() {
  const cache = await caches.open(CACHE);
  await cache.addAll(self.SHELL.files.map((file) => new Request(new URL(file, ROOT), { cache: "reload" })));
  await self.skipWaiting();
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Where an address is kept, or null; the page's own address may come in the upper case of the printed code. */
function keptPath(url) {
  if (url.origin !== ROOT.origin) return null;
  if (url.pathname.toLowerCase() === PAGE.pathname.toLowerCase()) return PAGE.pathname;
  return KEPT.has(url.pathname) ? url.pathname : null;
}

async function keptOrFetched(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
