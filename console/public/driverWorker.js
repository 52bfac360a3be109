/**
 * Answers for the driver's page when nobody else does. Of the API it keeps nothing: what the page shows and sends without
 * a connection is its own business (driver/main.ts).
 */
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate')
    event.respondWith(fetch(request).catch(async () => (await caches.match('/d/')) ?? Response.error()))
  else if (pathname.startsWith('/assets/') || pathname === '/icon.svg')
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)))
})
