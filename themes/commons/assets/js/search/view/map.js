/**
 * The results on a map, whose script and data are fetched when it is first chosen.
 * @module
 */

/** @typedef {ReturnType<typeof import("../../map/view.js").createMap>} WorldMap */

/**
 * @param {HTMLElement} place where the map goes; its data-script says where the map's script is
 * @param {HTMLTemplateElement} template
 */
export function resultsMap(place, template) {
  /** @type {Promise<WorldMap | undefined> | undefined} */
  let opening;
  /** @type {[results?: number[], countries?: string[]]} */
  let wanted = [];

  /** @returns {Promise<WorldMap | undefined>} undefined where it could not be had, as the page then says */
  async function open() {
    const clone = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const root = /** @type {HTMLElement} */ (clone.firstElementChild);
    try {
      const { openMap } = await import(place.dataset.script ?? ""); // which opens what is on the page by then
      place.replaceChildren(root);
      return await openMap(root, { keepsAddress: false });
    } catch (error) {
      place.replaceChildren(root);
      console.error(error);
      root.querySelector("[data-map-trouble]")?.removeAttribute("hidden");
    }
  }

  return {
    /**
     * @param {number[]} [results] the numbers of the co-ops to show; undefined: all
     * @param {string[]} [countries] those that were chosen: of a co-op in several only its places there are shown
     */
    async show(results, countries) {
      wanted = [results, countries];
      place.hidden = false;
      opening ??= open();
      const map = await opening;
      if (map) map.show(...wanted);
      else opening = undefined; // the next one tries again
    },
    hide() {
      place.hidden = true;
    },
  };
}
