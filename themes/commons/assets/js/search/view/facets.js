/**
 * Lists to choose from. While somebody chooses, counts change and nothing else: boxes stay the same
 * elements in the same place.
 * @module
 */

import { fold } from "../fold.js";

/**
 * @typedef {import("../state.js").Facet} Facet
 * @typedef {import("../columns.js").FacetValue} FacetValue
 * @typedef {import("./text.js").Say} Say
 */

/** How many values of a facet show before "show all". */
const FIRST = 8;

/** From how many on they can be searched. */
const LONG = 16;

/**
 * @param {HTMLElement} panel with a fieldset[data-facet] for each facet
 * @param {HTMLTemplateElement} template of one value
 * @param {(facet: Facet, id: string) => string} label
 * @param {(facet: Facet, id: string) => void} onToggle
 * @param {Say} say
 */
export function facetLists(panel, template, label, onToggle, say) {
  const lists = [.../** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll("[data-facet]"))].map((fieldset) =>
    facetList(fieldset, template, label, onToggle, say),
  );
  return {
    /**
     * Takes in what there is to choose from; it is on the page after draw.
     * @param {Map<Facet, FacetValue[]>} facets
     * @param {boolean} isSteady keeps the order that is there
     * @returns {boolean} whether there is anything to choose
     */
    show: (facets, isSteady) => lists.map((list) => list.show(facets, isSteady)).some(Boolean),
    /** Nobody sees a closed panel: it need not be drawn at every key. */
    draw() {
      for (const list of lists) list.draw();
    },
  };
}

/**
 * @param {HTMLElement} fieldset
 * @param {HTMLTemplateElement} template
 * @param {(facet: Facet, id: string) => string} label
 * @param {(facet: Facet, id: string) => void} onToggle
 * @param {Say} say
 */
function facetList(fieldset, template, label, onToggle, say) {
  const facet = /** @type {Facet} */ (fieldset.dataset.facet);
  const list = /** @type {HTMLElement} */ (fieldset.querySelector("[data-facet-values]"));
  const all = /** @type {HTMLButtonElement} */ (fieldset.querySelector("[data-facet-all]"));
  /** @type {Map<string, {item: HTMLElement, box: HTMLInputElement, count: HTMLElement}>} */
  const known = new Map();
  const find = /** @type {HTMLInputElement} */ (fieldset.querySelector("[data-facet-find]"));
  const none = /** @type {HTMLElement} */ (fieldset.querySelector("[data-facet-none]"));
  let isOpen = false;
  /** @type {FacetValue[]} */
  let values = [];

  /** @param {string} id */
  function valueOf(id) {
    const before = known.get(id);
    if (before) return before;
    const clone = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const item = /** @type {HTMLElement} */ (clone.firstElementChild);
    const box = /** @type {HTMLInputElement} */ (item.querySelector("input"));
    const count = /** @type {HTMLElement} */ (item.querySelector("[data-value-count]"));
    const words = /** @type {HTMLElement} */ (item.querySelector("[data-value-label]"));
    words.textContent = label(facet, id);
    box.value = id;
    box.name = facet;
    box.addEventListener("change", () => onToggle(facet, id));
    const made = { item, box, count };
    known.set(id, made);
    return made;
  }

  function draw() {
    fieldset.hidden = values.length === 0;
    find.hidden = values.length < LONG;
    const sought = find.hidden ? "" : fold(find.value).trim();
    const isFound = (/** @type {string} */ id) => fold(label(facet, id)).includes(sought);
    const shown = values.filter(({ id, chosen }, at) => chosen || (sought ? isFound(id) : isOpen || at < FIRST));
    const items = shown.map(({ id, count: number, chosen }) => {
      const { item, box, count } = valueOf(id);
      box.checked = chosen;
      if (count.textContent !== String(number)) count.textContent = String(number);
      item.classList.toggle("facet__value--none", number === 0 && !chosen);
      return item;
    });
    // Moving an element takes its focus: only where the order really is another one.
    const isSame = items.length === list.children.length && items.every((item, at) => list.children[at] === item);
    if (!isSame) list.replaceChildren(...items);
    none.hidden = items.length > 0;
    all.hidden = values.length <= FIRST || sought !== "";
    all.setAttribute("aria-expanded", String(isOpen));
    all.textContent = isOpen ? say("fewer") : say("all-values", { count: values.length });
  }

  find.addEventListener("input", draw);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key !== "Escape" || find.value === "") return;
    event.preventDefault();
    find.value = "";
    draw();
  });
  all.addEventListener("click", () => {
    isOpen = !isOpen;
    draw();
  });

  return {
    /**
     * @param {Map<Facet, FacetValue[]>} facets
     * @param {boolean} isSteady
     */
    show(facets, isSteady) {
      const place = new Map(isSteady ? values.map(({ id }, at) => [id, at]) : []);
      const last = place.size;
      values = [...(facets.get(facet) ?? [])].sort((a, b) => (place.get(a.id) ?? last) - (place.get(b.id) ?? last));
      return values.length > 0;
    },
    draw,
  };
}
