/**
 * The page. It shows what it is told and tells what people do; it decides nothing about the search.
 * @module
 */

import { cards } from "./view/card.js";
import { chipRow } from "./view/chips.js";
import { facetLists } from "./view/facets.js";
import { texts } from "./view/text.js";
import { FACETS } from "./state.js";

/**
 * @typedef {import("./data.js").SearchData} SearchData
 * @typedef {import("./index.js").Answer} Answer
 * @typedef {import("./query.js").Meaning} Meaning
 * @typedef {import("./state.js").Facet} Facet
 * @typedef {import("./state.js").Sort} Sort
 * @typedef {import("./state.js").State} State
 *
 * @typedef {object} Listeners what people do
 * @property {() => void} begin the search is about to be used
 * @property {(text: string) => void} type
 * @property {() => void} submit
 * @property {(facet: Facet, id: string) => void} toggle
 * @property {(sort: Sort) => void} sort
 * @property {() => void} more
 * @property {() => void} clear
 * @property {() => void} retry
 */

/** How many results one step shows. */
export const STEP = 50;

const WIDE = "(min-width: 60rem)";

/**
 * @param {HTMLElement} root the element around everything the search has on the page
 * @param {Listeners} on
 */
export function createView(root, on) {
  const language = document.documentElement.lang;
  const say = texts(root, language);
  const part = (/** @type {string} */ name) => {
    const element = root.querySelector(`[data-search-${name}]`);
    if (!(element instanceof HTMLElement)) throw new Error(`the page has no data-search-${name}`);
    return element;
  };
  const template = (/** @type {string} */ id) => /** @type {HTMLTemplateElement} */ (document.getElementById(id));

  const form = /** @type {HTMLFormElement} */ (root.querySelector("form[data-search]"));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const status = part("status");
  const trouble = part("trouble");
  const layout = part("layout");
  const results = part("results");
  const list = part("list");
  const nothing = part("nothing");
  const more = /** @type {HTMLButtonElement} */ (part("more"));
  const sort = /** @type {HTMLSelectElement} */ (part("sort"));
  const opener = /** @type {HTMLButtonElement} */ (part("open"));
  const panel = part("filters");
  const server = part("server");
  const switches = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("header a[hreflang]"));
  const addresses = [...switches].map((link) => link.href.split("?")[0]);

  const showMeanings = chipRow(part("meanings"), part("meanings-list"), template("meaning-template"), () => input);
  const showChosen = chipRow(part("chosen"), part("chosen-list"), template("chip-template"), () => input);

  /** @type {ReturnType<typeof facetLists> | undefined} */
  let facets;
  /** @type {ReturnType<typeof cards> | undefined} */
  let card;
  /** @type {(facet: Facet, id: string) => string} */
  let label = (_, id) => id;
  /** @type {boolean | undefined} whether a person opened or closed the filters; until then the width decides */
  let wish;
  let hasChoice = false;
  let shown = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    on.submit();
  });
  input.addEventListener("focus", () => on.begin());
  input.addEventListener("input", () => on.type(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || input.value === "") return;
    event.preventDefault();
    input.value = "";
    on.type("");
  });
  document.addEventListener("keydown", (event) => {
    const fields = "input:not([type=checkbox]), textarea, select, [contenteditable]";
    const isTyping = event.target instanceof Element && event.target.closest(fields);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  sort.addEventListener("change", () => on.sort(sort.value === "name" ? "name" : "best"));
  more.addEventListener("click", () => on.more());
  part("retry").addEventListener("click", () => on.retry());
  for (const button of root.querySelectorAll("[data-search-clear]")) {
    button.addEventListener("click", () => {
      on.clear();
      input.focus();
    });
  }
  opener.addEventListener("click", () => {
    wish = opener.getAttribute("aria-expanded") !== "true";
    openFilters(wish);
    if (wish) on.begin();
  });
  for (const element of root.querySelectorAll("[data-search-enhanced]")) element.removeAttribute("hidden");

  /** @param {boolean} isOpen */
  function openFilters(isOpen) {
    opener.setAttribute("aria-expanded", String(isOpen));
    panel.hidden = !isOpen || !hasChoice;
    layout.classList.toggle("directory--filtering", !panel.hidden);
  }

  /** @param {string} text */
  function announce(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  /** @param {Answer["results"]} found */
  function fragment(found) {
    return found.map((result) => {
      const item = document.createElement("li");
      if (card) item.append(card(result));
      return item;
    });
  }

  /**
   * @param {State} state
   * @returns {import("./view/chips.js").Chip[]}
   */
  function chosenChips(state) {
    return FACETS.flatMap((facet) =>
      state.filters[facet].map((id) => {
        const name = label(facet, id);
        const shownAs = say(`chosen-${facet}`, { term: name });
        return { key: `${facet} ${id}`, label: shownAs, title: say("remove", { term: shownAs }), press: () => on.toggle(facet, id) };
      }),
    );
  }

  /**
   * @param {State} state
   * @param {Meaning[]} meanings
   * @param {SearchData} data
   * @returns {import("./view/chips.js").Chip[]}
   */
  function meaningChips(state, meanings, data) {
    return meanings.map(({ skill }) => {
      const { id, label: name } = data.skills[skill];
      return { key: id, label: name, pressed: state.filters.does.includes(id), press: () => on.toggle("does", id) };
    });
  }

  return {
    /** @param {string} text */
    write(text) {
      if (input.value.replace(/\s+/g, " ").trim() !== text) input.value = text;
    },

    /** @param {boolean} isAsking the list that is about to be replaced is not shown first */
    waiting(isAsking) {
      announce(say("loading"));
      trouble.hidden = true;
      server.hidden = isAsking;
    },

    /** The data could not be had: the page says so and keeps the list it came with. */
    failed() {
      announce("");
      trouble.hidden = false;
      results.hidden = true;
      server.hidden = false;
    },

    /**
     * The data is here: what is made from it can be made.
     * @param {SearchData} data
     */
    ready(data) {
      trouble.hidden = true;
      const names = labels(data, say);
      label = names;
      facets = facetLists(panel, template("value-template"), names, on.toggle, say);
      card = cards(template("card-template"), data, { base: root.dataset.base ?? "", top: root.dataset.root ?? "/", say });
    },

    /**
     * @param {State} state
     * @param {boolean} isAsking false: the list the page came with is shown, and only the filters are ours
     * @param {Answer} answer
     * @param {Meaning[]} meanings
     * @param {SearchData} data
     * @param {boolean} isSteady somebody is choosing filters: they stay where they are
     */
    show(state, isAsking, answer, meanings, data, isSteady) {
      const visible = state.page * STEP;
      const found = answer.results;
      hasChoice = facets?.show(answer.facets, isSteady) ?? false;
      openFilters(wish ?? (isAsking && window.matchMedia(WIDE).matches));
      showMeanings(meaningChips(state, meanings, data));
      showChosen(chosenChips(state));
      sort.value = state.sort;
      results.hidden = !isAsking;
      server.hidden = isAsking;
      nothing.hidden = found.length > 0;
      list.hidden = found.length === 0;
      part("order").hidden = !isAsking || found.length < 2;
      list.replaceChildren(...(isAsking ? fragment(found.slice(0, visible)) : []));
      shown = list.children.length;
      more.hidden = !isAsking || found.length <= visible;
      announce(!isAsking ? "" : found.length > 0 ? say("results", { count: found.length }) : say("none"));
    },

    /**
     * The next results, below those shown; the focus goes to the first of them.
     * @param {State} state
     * @param {Answer} answer
     */
    showMore(state, answer) {
      const visible = state.page * STEP;
      const items = fragment(answer.results.slice(shown, visible));
      list.append(...items);
      shown = list.children.length;
      more.hidden = answer.results.length <= visible;
      /** @type {HTMLElement | null | undefined} */ (items[0]?.querySelector("a"))?.focus();
    },

    /**
     * The other languages of this page get the same question.
     * @param {string} query
     */
    carry(query) {
      switches.forEach((link, at) => {
        link.href = query ? `${addresses[at]}?${query}` : addresses[at];
      });
    },
  };
}

/**
 * The label of each value of each facet.
 * @param {SearchData} data
 * @param {import("./view/text.js").Say} say
 * @returns {(facet: Facet, id: string) => string}
 */
function labels(data, say) {
  const lists = {
    does: data.skills,
    teaches: data.skills,
    needs: data.skills,
    country: data.countries,
    language: data.languages,
    network: data.networks,
    sector: data.sectors,
  };
  /** @type {Map<string, Map<string, string>>} */
  const known = new Map();
  for (const [facet, terms] of Object.entries(lists)) known.set(facet, new Map((terms ?? []).map(({ id, label }) => [id, label])));
  return (facet, id) => (facet === "availability" || facet === "listed" ? say(`${facet}-${id}`) : (known.get(facet)?.get(id) ?? id));
}
