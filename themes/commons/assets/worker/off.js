/**
 * What stands in the service worker's place where a site keeps nothing for offline (`params.offline: false`):
 * it takes away what an earlier one left, and itself.
 * @module
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const FAMILY = `coops ${new URL("./", worker.location.href).pathname} `;

worker.addEventListener("install", () => void worker.skipWaiting());

worker.addEventListener("activate", (event) => {
  event.waitUntil(leave());
});

async function leave() {
  for (const name of await caches.keys()) {
    if (name.startsWith(FAMILY)) await caches.delete(name);
  }
  await worker.registration.unregister();
}
