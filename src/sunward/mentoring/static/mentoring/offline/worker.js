// Runs behind the pages of a mentor's phone. /sw.js names VERSION, SHELLS (by language), FILES and STATIC before it.
/* global VERSION, SHELLS, FILES, STATIC */
'use strict';
const CACHE = `sunward-${VERSION}`;
const LANGUAGE = '/offline/language';
// A name with a fingerprint never changes what it holds.
const FINGERPRINT = /\.[0-9a-f]{12}\.[a-z0-9]+$/;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      const asked = [...Object.values(SHELLS), ...FILES].map(
        (address) => new Request(address, { credentials: 'omit', cache: 'reload' }),
      );
      await cache.addAll(asked);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      const old = names.filter((name) => name.startsWith('sunward-') && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  const language = event.data && event.data.language;
  if (!(language in SHELLS)) return;
  event.waitUntil(caches.open(CACHE).then((cache) => cache.put(LANGUAGE, new Response(language))));
});

// Pages always come from the network and none is kept: they are about children.
const readPage = async (request) => {
  try {
    return await fetch(request);
  } catch (error) {
    const said = await caches.match(LANGUAGE);
    const shell = await caches.match(SHELLS[said ? await said.text() : 'zh-Hans']);
    if (shell) return shell;
    throw error;
  }
};

const readFile = async (request) => {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const found = await fetch(request);
  if (found.ok && FINGERPRINT.test(new URL(request.url).pathname) && (await caches.has(CACHE))) {
    (await caches.open(CACHE)).put(request, found.clone());
  }
  return found;
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const place = new URL(request.url);
  if (request.method !== 'GET' || place.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(readPage(request));
  else if (place.pathname.startsWith(STATIC)) event.respondWith(readFile(request));
});
