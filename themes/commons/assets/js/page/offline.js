/**
 * The page's side of the service worker (assets/worker/sw.js).
 * @module
 */

/**
 * @param {string | undefined} address of the worker; none: whatever is there goes
 * @param {string} scope
 */
export async function keepForOffline(address, scope) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  try {
    if (!address) {
      const registration = await serviceWorker.getRegistration(scope);
      if (registration && new URL(registration.scope).pathname === scope) await registration.unregister();
      return;
    }
    serviceWorker.addEventListener("controllerchange", () => void tell());
    await serviceWorker.register(address, { scope, updateViaCache: "none" });
    await tell();
  } catch {
    // a private window, or a network that has gone: the page is complete without it
  }
}

/** Tells the worker what this page is made of, for what was loaded before the worker was there. */
async function tell() {
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  active?.postMessage({ keep: [location.href, ...parts] });
}

/**
 * Lists the pages that are kept, by their titles.
 * @param {HTMLElement} box hidden as long as there are none
 * @param {string} scope
 */
export async function showKept(box, scope) {
  const list = box.querySelector("ul");
  if (!list || !("caches" in window)) return;
  for (const name of await caches.keys()) {
    if (!name.startsWith(`coops ${scope} `)) continue;
    const cache = await caches.open(name);
    for (const { url } of [...(await cache.keys())].reverse()) {
      if (!url.endsWith("/") || url.endsWith("/offline/")) continue;
      const response = await cache.match(url);
      if (!response) continue;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = url;
      link.textContent = page.title || url;
      link.lang = page.documentElement.lang;
      item.append(link);
      list.append(item);
      box.hidden = false;
    }
  }
}
