/**
 * What is asked for, as it stands in the address: made to be shared, so nothing in it is trusted and
 * nothing in it is an error.
 * @module
 */

/** The facets, in the order people meet them. */
export const FACETS = /** @type {const} */ ([
  "does", "teaches", "needs", "country", "language", "network", "sector", "availability", "listed",
]);

/** The orders of results, the one without a word in the address first. */
export const SORTS = /** @type {const} */ (["best", "name", "newest", "confirmed"]);

/**
 * @typedef {typeof FACETS[number]} Facet
 * @typedef {Record<Facet, string[]>} Filters chosen ids of each facet
 * @typedef {typeof SORTS[number]} Sort
 *
 * @typedef {object} State
 * @property {string} q as typed, without the spaces around it
 * @property {Filters} filters
 * @property {Sort} sort
 * @property {"list" | "map"} view
 * @property {number} page how many steps of results are shown, from 1
 */

const LONGEST_QUERY = 500;
const MOST_VALUES = 50;
const MOST_PAGES = 1000;
const ID = /^[A-Za-z0-9-]{1,64}$/;

/** @returns {Filters} */
export const noFilters = () => ({
  does: [], teaches: [], needs: [], country: [], language: [], network: [], sector: [], availability: [], listed: [],
});

/** @returns {State} */
export const empty = () => ({ q: "", filters: noFilters(), sort: "best", view: "list", page: 1 });

/**
 * Reads the part of an address behind the question mark. Never fails; what makes no sense is left out.
 * @param {string} search
 * @returns {State}
 */
export function parse(search) {
  const params = new URLSearchParams(search);
  const state = empty();
  state.q = tidy(params.get("q") ?? "");
  for (const facet of FACETS) {
    state.filters[facet] = [...new Set(params.getAll(facet).filter((id) => ID.test(id)))].slice(0, MOST_VALUES);
  }
  state.sort = SORTS.find((sort) => sort === params.get("sort")) ?? "best";
  if (params.get("view") === "map") state.view = "map";
  const page = Number(params.get("page"));
  if (Number.isInteger(page) && page > 1) state.page = Math.min(page, MOST_PAGES);
  return state;
}

/**
 * Writes what parse reads; empty where nothing is asked for. The same state gives the same text.
 * @param {State} state
 * @returns {string}
 */
export function format(state) {
  const params = new URLSearchParams();
  if (state.q) params.set("q", tidy(state.q));
  for (const facet of FACETS) for (const id of state.filters[facet]) params.append(facet, id);
  if (state.sort !== "best") params.set("sort", state.sort);
  if (state.view !== "list") params.set("view", state.view);
  if (state.page > 1) params.set("page", String(state.page));
  return params.toString();
}

/**
 * Whether anything is asked for; an order alone is no question.
 * @param {State} state
 */
export const isAsking = (state) => state.q !== "" || FACETS.some((facet) => state.filters[facet].length > 0);

/**
 * The state with one value of a facet added, or taken away if it was there.
 * @param {State} state
 * @param {Facet} facet
 * @param {string} id
 * @returns {State}
 */
export function toggle(state, facet, id) {
  const chosen = state.filters[facet];
  const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
  return { ...state, page: 1, filters: { ...state.filters, [facet]: next } };
}

/**
 * A typed text with single spaces and a sane length, without halves of letters.
 * @param {string} text
 */
export function tidy(text) {
  return text.slice(0, LONGEST_QUERY).replace(/\p{Cs}/gu, "").replace(/\s+/g, " ").trim();
}
