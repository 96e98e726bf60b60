/**
 * The search of the directory's page: wires what is understood, what is found and what is shown, and
 * keeps the address in step. The data is fetched when the search is first used.
 * @module
 */

import { load } from "./search/data.js";
import { createIndex } from "./search/index.js";
import { empty, FACETS, format, isAsking, parse, tidy, toggle } from "./search/state.js";
import { createView } from "./search/view.js";
import { create } from "./understand/en.js";

/**
 * @typedef {import("./search/data.js").SearchData} SearchData
 * @typedef {import("./search/state.js").State} State
 *
 * @typedef {object} Engine everything that comes from the data
 * @property {SearchData} data
 * @property {import("./understand/create.js").Understander["understand"]} understand
 * @property {ReturnType<typeof createIndex>} index
 */

const PAUSE = 120; // milliseconds without a key before an answer

/** @param {HTMLElement} root */
function start(root) {
  const base = root.dataset.base ?? location.pathname;
  // The list may be on its second page: that is where an empty search leads back to.
  const home = isAsking(parse(location.search)) ? base : location.pathname;

  let state = parse(location.search);
  /** @type {Promise<Engine> | undefined} */
  let engine;
  /** @type {import("./search/index.js").Answer | undefined} */
  let answer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let turn = 0;

  const view = createView(root, {
    begin() {
      if (!engine) void render();
    },
    type(text) {
      state = { ...state, q: tidy(text), page: 1 };
      clearTimeout(timer);
      timer = setTimeout(() => void update("replace"), PAUSE);
    },
    submit() {
      clearTimeout(timer);
      void update("push");
    },
    toggle(facet, id) {
      state = toggle(state, facet, id);
      void update("push", true);
    },
    sort(sort) {
      state = { ...state, sort, page: 1 };
      void update("push");
    },
    more() {
      state = { ...state, page: state.page + 1 };
      write("replace");
      if (answer) view.showMore(state, answer);
    },
    clear() {
      state = empty();
      view.write("");
      void update("push");
    },
    retry: () => void render(),
  });

  /** @returns {Promise<Engine>} the same for all who ask; after a failure the next one tries again */
  function ready() {
    engine ??= load(root.dataset.source ?? "").then(
      (data) => {
        view.ready(data);
        const also = data.skills.map((skill) => skill.also ?? "");
        const { understand } = create({
          vocabulary: { skills: data.skills.map(({ also: _, ...skill }) => skill) },
          others: () => Promise.resolve({ also }),
        });
        return { data, understand, index: createIndex(data) };
      },
      (error) => {
        engine = undefined;
        throw error;
      },
    );
    return engine;
  }

  /** @param {"push" | "replace"} how */
  function write(how) {
    clearTimeout(timer);
    const query = format(state);
    view.carry(query);
    const address = isAsking(state) ? `${base}?${query}` : home;
    if (address === location.pathname + location.search) return;
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
  }

  /**
   * @param {"push" | "replace"} how
   * @param {boolean} [isSteady]
   */
  function update(how, isSteady) {
    write(how);
    return render(isSteady);
  }

  async function render(isSteady = false) {
    const mine = ++turn;
    if (!engine) view.waiting(isAsking(state));
    try {
      const { data, understand, index } = await ready();
      if (mine !== turn) return; // something newer was asked meanwhile
      const known = onlyKnown(state, index.known);
      const understood = await understand(known.q, index.isName);
      if (mine !== turn) return;
      answer = index.search(understood, known.filters, known.sort);
      view.show(known, isAsking(known), answer, understood.meanings, data, isSteady);
    } catch (error) {
      if (mine === turn) view.failed();
      console.error(error);
    }
  }

  window.addEventListener("popstate", () => {
    clearTimeout(timer);
    state = parse(location.search);
    view.write(state.q);
    view.carry(format(state));
    void render();
  });

  if (isAsking(state)) {
    view.write(state.q);
    view.carry(format(state));
    void render().then(returnToPlace);
  }
  window.addEventListener("pagehide", () => history.replaceState({ ...history.state, y: window.scrollY }, ""));
}

/** Results come after the page: going back to them goes back to where they were read. */
function returnToPlace() {
  const y = history.state?.y;
  if (typeof y === "number") window.scrollTo({ top: y, behavior: "instant" });
}

/**
 * The state without ids that this directory does not have.
 * @param {State} state
 * @param {Map<import("./search/state.js").Facet, Set<string>>} known
 * @returns {State}
 */
function onlyKnown(state, known) {
  const filters = { ...state.filters };
  for (const facet of FACETS) filters[facet] = filters[facet].filter((id) => known.get(facet)?.has(id));
  return { ...state, filters };
}

const root = document.getElementById("directory");
if (root) start(root);
