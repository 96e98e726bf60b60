/**
 * Keeps what was visited for when there is no network. Pages come from the network first, so that nobody
 * reads an old one twice; what is named after its content comes from the cache. Each build has a cache of
 * its own, and the others go when it takes over.
 * @module
 */

/**
 * @typedef {object} Site what the build says of itself (internal/site/offline.go)
 * @property {string} build changes with every build that differs
 * @property {Record<string, string[]>} search path of a language ("", "es/") -> its search data, where that is small
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const site = /** @type {Site} */ (/** @type {unknown} */ ("@site@"));

const base = new URL("./", worker.location.href).pathname;
const FAMILY = `coops ${base} `; // caches belong to the whole host: those of other sites on it are theirs
const CACHE = FAMILY + site.build;
const PATIENCE = 3000; // milliseconds for a page of which there is a kept one
const MOST = 400; // files kept
const HASHED = /[./_][0-9a-f]{12,64}[./]/; // a file, or the folder it is in, is named after its content

worker.addEventListener("install", (event) => {
  event.waitUntil(install());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

worker.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (!isOurs(url) || request.method !== "GET" || request.headers.has("range")) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (HASHED.test(url.pathname)) event.respondWith(asset(request));
  else if (isKept(url)) event.respondWith(fresh(event, request.url));
});

/** @param {URL} url */
const isOurs = (url) => url.origin === worker.location.origin && url.pathname.startsWith(base) && url.pathname !== worker.location.pathname;

/**
 * Whether a file that is not named after its content is worth keeping: what pages show, not the exports.
 * @param {URL} url
 */
const isKept = (url) => /\.(css|js|svg|png|webp|json)$/.test(url.pathname) && !/^(api|schema)\//.test(url.pathname.slice(base.length));

/** The paths of languages, the longest first: "es/" before "". */
const languages = Object.keys(site.search).sort((a, b) => b.length - a.length);

/** @param {string} path */
const languageOf = (path) => languages.find((prefix) => path.startsWith(base + prefix)) ?? "";

async function install() {
  await keep(languages.map((prefix) => `${base + prefix}offline/`));
  await worker.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(FAMILY) && name !== CACHE) await caches.delete(name);
  }
  await worker.clients.claim();
}

/**
 * Only whole answers of this site itself: no error, no part, nothing from where a redirect led.
 * @param {Response} response
 */
const isSound = (response) => response.status === 200 && response.type === "basic" && !response.redirected;

/**
 * Fetches what is not kept yet. Of a directory it takes the search data of its language too.
 * @param {unknown[]} addresses
 */
async function keep(addresses) {
  const cache = await caches.open(CACHE);
  const wanted = new Set();
  for (const address of addresses) {
    const url = new URL(String(address), worker.location.href);
    if (!isOurs(url)) continue;
    url.hash = "";
    if (url.pathname.endsWith("/")) url.search = "";
    if (!url.pathname.endsWith("/") && !HASHED.test(url.pathname) && !isKept(url)) continue;
    wanted.add(url.href);
    const language = languageOf(url.pathname);
    if (url.pathname === `${base + language}coops/`) {
      for (const file of site.search[language]) wanted.add(new URL(base + file, url).href);
    }
  }
  await Promise.all(
    [...wanted].map(async (address) => {
      if (await cache.match(address)) return;
      const response = await fetch(address).catch(() => undefined);
      if (response && isSound(response)) await cache.put(address, response);
    }),
  );
  await trim(cache);
}

/** @param {Cache} cache the oldest go first, but never the offline pages */
async function trim(cache) {
  const keys = await cache.keys();
  const old = keys.filter((request) => !request.url.endsWith("/offline/")).slice(0, Math.max(0, keys.length - MOST));
  for (const request of old) await cache.delete(request);
}

/**
 * A page: what is asked behind the question mark is answered in the page itself.
 * @param {FetchEvent} event
 * @param {URL} url
 */
async function page(event, url) {
  const response = await fresh(event, url.origin + url.pathname).catch(() => undefined);
  if (response) return response;
  const cache = await caches.open(CACHE);
  return (await cache.match(`${base + languageOf(url.pathname)}offline/`)) ?? Response.error();
}

/**
 * From the network; from the cache where that fails or takes too long, and then the cache learns the new one.
 * @param {FetchEvent} event
 * @param {string} key
 */
async function fresh(event, key) {
  const cache = await caches.open(CACHE);
  const network = fetch(event.request).then(async (response) => {
    if (isSound(response)) await cache.put(key, response.clone());
    return response;
  });
  event.waitUntil(network.catch(() => undefined));
  const kept = await cache.match(key);
  if (!kept) return network;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(() => kept);
  return Promise.race([network.catch(() => kept), late]);
}

/**
 * From the cache, unless the page found what is kept there broken and asks to load it anew.
 * @param {Request} request
 */
async function asset(request) {
  const cache = await caches.open(CACHE);
  const kept = request.cache === "reload" ? undefined : await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (isSound(response)) {
    await cache.put(request.url, response.clone());
    await trim(cache);
  }
  return response;
}
