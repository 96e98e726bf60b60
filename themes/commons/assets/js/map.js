/**
 * The map of the world: fetches where the co-ops are and makes the picture that the page has move.
 * Without it the picture and the list beside it are links that work.
 * @module
 */

import { createMap } from "./map/view.js";

/**
 * Fetches what a map shows and brings it to life; when that fails, the page says so and stays as it was.
 * @param {HTMLElement} root as themes/commons/layouts/_partials/map/world.html writes it
 * @param {Parameters<typeof createMap>[2]} [options]
 * @returns {Promise<ReturnType<typeof createMap> | undefined>}
 */
export async function openMap(root, options) {
  try {
    const response = await fetch(root.dataset.source ?? "");
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return createMap(root, await response.json(), options);
  } catch (error) {
    console.info(error);
    root.querySelector("[data-map-trouble]")?.removeAttribute("hidden");
    for (const part of root.querySelectorAll("[data-map-controls], [data-map-help]")) part.setAttribute("hidden", "");
  }
}

for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-map]"))) void openMap(root);
