/**
 * The page. It shows what it is told and tells what people do; it decides nothing about the search.
 * @module
 */

import { cards } from "./view/card.js";
import { chipRow } from "./view/chips.js";
import { facetLists } from "./view/facets.js";
import { resultsMap } from "./view/map.js";
import { texts } from "./view/text.js";
import { FACETS } from "./state.js";

/**
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./index.js").Answer} Answer
 * @typedef {import("./query.js").Understanding} Understanding
 * @typedef {import("./state.js").Facet} Facet
 * @typedef {import("./state.js").Sort} Sort
 * @typedef {import("./state.js").State} State
 *
 * @typedef {object} Found what is to be shown
 * @property {Engine} engine
 * @property {State} state
 * @property {boolean} isAsking false: the list the page came with is shown, and only the filters are ours
 * @property {Answer} answer
 * @property {Understanding} understood
 * @property {boolean} isSteady somebody is choosing filters: they stay where they are
 *
 * @typedef {object} Listeners what people do
 * @property {() => void} begin the search is about to be used
 * @property {(text: string) => void} type
 * @property {() => void} submit
 * @property {(facet: Facet, id: string) => void} toggle
 * @property {(sort: Sort) => void} sort
 * @property {(shownAs: State["view"]) => void} look
 * @property {() => void} more
 * @property {() => void} clear
 * @property {() => void} retry
 */

/** How many results one step shows. */
export const STEP = 20;

/** How many come first, so that a slow line shows something soon. */
const FIRST = 4;

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
  const map = resultsMap(part("map"), template("map-template"));
  const views = /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll("[data-search-view]"));
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
  /** @type {Found | undefined} the results on the page */
  let showing;
  /** @type {Engine | undefined} that the facets and cards are made from */
  let made;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    on.submit();
  });
  input.addEventListener("focus", () => on.begin());
  input.addEventListener("input", () => on.type(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(event, 0);
    if (event.key !== "Escape" || input.value === "") return;
    event.preventDefault();
    input.value = "";
    on.type("");
  });
  list.addEventListener("keydown", (event) => {
    const at = links().findIndex((link) => link === document.activeElement);
    if (at < 0) return;
    if (event.key === "ArrowDown") step(event, at + 1);
    if (event.key === "ArrowUp") step(event, at - 1);
    if (event.key === "Escape") step(event, -1);
  });
  document.addEventListener("keydown", (event) => {
    const fields = "input:not([type=checkbox]), textarea, select, [contenteditable]";
    const isTyping = event.target instanceof Element && event.target.closest(fields);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  sort.addEventListener("change", () => on.sort(/** @type {Sort} */ (sort.value)));
  for (const button of views) button.addEventListener("click", () => on.look(button.dataset.searchView === "map" ? "map" : "list"));
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

  /** The results, as what leads to them. */
  function links() {
    return results.hidden || list.hidden ? [] : [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-card-name]"))];
  }

  /**
   * Goes to a result, or before the first of them back to the box.
   * @param {KeyboardEvent} event
   * @param {number} to
   */
  function step(event, to) {
    const target = to < 0 ? input : links()[to];
    if (!target || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    target.focus();
  }

  /** @param {boolean} isOpen */
  function openFilters(isOpen) {
    opener.setAttribute("aria-expanded", String(isOpen));
    panel.hidden = !isOpen || !hasChoice;
    if (!panel.hidden) facets?.draw();
    layout.classList.toggle("directory--filtering", !panel.hidden);
  }

  /** @param {string} text */
  function announce(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  /**
   * Puts results into the list, in order, as their cards come, each in the place of what is there, so that the
   * page keeps its height and nothing jumps.
   * @param {Found} found
   * @param {number} from
   * @param {number} to
   * @returns {Promise<boolean>} false where something else is to be shown by now
   */
  async function append(found, from, to) {
    const { engine, answer } = found;
    layout.setAttribute("aria-busy", "true");
    let at = from;
    while (at < to) {
      const numbers = answer.results.slice(at, at === 0 ? Math.min(FIRST, to) : to);
      const cards = await engine.cards(numbers);
      if (showing !== found) return false;
      const items = numbers.map((coop, index) => {
        const item = document.createElement("li");
        if (card) item.append(card(coop, cards[index], answer.reasons(coop, cards[index])));
        return item;
      });
      for (const item of items) {
        const before = list.children[at++];
        if (before) before.replaceWith(item);
        else list.append(item);
      }
      if (at < to) await breath();
      if (showing !== found) return false;
    }
    while (list.children.length > to) list.lastElementChild?.remove();
    layout.removeAttribute("aria-busy");
    return true;
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
   * @param {Found} found
   * @returns {import("./view/chips.js").Chip[]}
   */
  function meaningChips({ engine, state, understood }) {
    const { ids, labels: names } = engine.columns.of.does;
    return understood.meanings.map(({ skill }) => {
      const id = ids[skill];
      return { key: id, label: names[skill], pressed: state.filters.does.includes(id), press: () => on.toggle("does", id) };
    });
  }

  /**
   * What is made from an engine, once for each.
   * @param {Engine} engine
   */
  function make(engine) {
    if (made === engine) return;
    made = engine;
    label = labels(engine.columns, say);
    facets = facetLists(panel, template("value-template"), (facet, id) => label(facet, id), on.toggle, say);
    card = cards(template("card-template"), engine.columns, { base: root.dataset.base ?? "", top: root.dataset.root ?? "/", say });
  }

  return {
    /** @param {string} text */
    write(text) {
      if (input.value.replace(/\s+/g, " ").trim() !== text) input.value = text;
    },

    /**
     * An answer is on its way. What is on the page stays until it is there.
     * @param {boolean} isFirst nothing of ours is on the page yet: a list that is about to be replaced is
     *   not shown first
     * @param {boolean} isAsking
     */
    waiting(isFirst, isAsking) {
      layout.setAttribute("aria-busy", "true");
      trouble.hidden = true;
      if (isFirst) server.hidden = isAsking;
      if (isFirst || (isAsking && results.hidden)) announce(say("loading"));
    },

    /** What is needed could not be had: the page says so and keeps the list it came with. */
    failed() {
      showing = undefined;
      announce("");
      layout.removeAttribute("aria-busy");
      trouble.hidden = false;
      results.hidden = true;
      server.hidden = false;
      map.hide();
    },

    /**
     * Shows an answer: how many there are and what to choose from at once, the results as they come.
     * @param {Found} found
     */
    async show(found) {
      make(found.engine);
      showing = found;
      const { state, answer, isAsking, isSteady } = found;
      const count = answer.results.length;
      const isMap = state.view === "map" && (count > 0 || !isAsking);
      const visible = isAsking && !isMap ? Math.min(state.page * STEP, count) : 0;
      const appended = append(found, 0, visible); // first, so that the rest is done while the cards are under way
      trouble.hidden = true;
      hasChoice = facets?.show(answer.facets, isSteady) ?? false;
      openFilters(wish ?? (isAsking && window.matchMedia(WIDE).matches));
      showMeanings(meaningChips(found));
      showChosen(chosenChips(state));
      sort.value = state.sort;
      for (const button of views) button.ariaPressed = String(button.dataset.searchView === state.view);
      if (isMap) void map.show(isAsking ? answer.results : undefined, state.filters.country);
      else map.hide();
      results.hidden = !isAsking || isMap;
      server.hidden = isAsking || isMap;
      nothing.hidden = count > 0;
      list.hidden = count === 0;
      part("order").hidden = !isAsking || isMap || count < 2;
      more.hidden = true;
      announce(!isAsking ? "" : count > 0 ? say("results", { count }) : say("none"));
      if (await appended) more.hidden = !isAsking || isMap || count <= visible;
    },

    /**
     * The next results, below those shown; the focus goes to the first of them.
     * @param {State} state
     */
    async showMore(state) {
      if (!showing) return;
      const found = showing;
      const before = list.children.length;
      const visible = Math.min(state.page * STEP, found.answer.results.length);
      if (!(await append(found, before, visible))) return;
      more.hidden = found.answer.results.length <= visible;
      list.children[before]?.querySelector("a")?.focus();
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

/** Lets the page show what it has, and take the next key, before more is made. */
const breath = () => new Promise((resolve) => setTimeout(resolve));

/**
 * The label of each value of each facet.
 * @param {import("./columns.js").Columns} columns
 * @param {import("./view/text.js").Say} say
 * @returns {(facet: Facet, id: string) => string}
 */
function labels(columns, say) {
  const known = new Map(FACETS.map((facet) => [facet, new Map(columns.of[facet].ids.map((id, at) => [id, columns.of[facet].labels[at]]))]));
  return (facet, id) => (facet === "availability" || facet === "listed" ? say(`${facet}-${id}`) : (known.get(facet)?.get(id) ?? id));
}
