/**
 * The search of the directory's page: wires what is understood, what is found and what is shown, and
 * keeps the address in step. What it needs is fetched when the search is first used.
 * @module
 */

import { latest, Outdated } from "./search/data.js";
import { createEngine, once } from "./search/engine.js";
import { empty, FACETS, format, isAsking, parse, tidy, toggle } from "./search/state.js";
import { createView } from "./search/view.js";

/**
 * @typedef {import("./search/engine.js").Engine} Engine
 * @typedef {import("./search/state.js").State} State
 */

const PAUSE = 120; // milliseconds without a key before an answer

/** @param {HTMLElement} root */
function start(root) {
  const base = root.dataset.base ?? location.pathname;
  // The list may be on its second page: that is where an empty search leads back to.
  const home = isAsking(parse(location.search)) ? base : location.pathname;

  let state = parse(location.search);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let turn = 0;
  let isOutdated = false;
  let isReady = false;

  const { search = "", files = "{}", understand = "" } = root.dataset;
  let manifest = JSON.parse(files);
  // A script that could not be had is not asked for again in the life of a page.
  const getUnderstand = () => import(understand).catch((error) => Promise.reject(new Outdated(String(error))));
  const prepare = () => once(() => createEngine(manifest, search, getUnderstand, state.q));
  let ready = prepare();
  if (isAnswered(state)) ready().catch(() => {}); // under way while the page is made ready; render tells of trouble

  const view = createView(root, {
    begin() {
      if (!isReady) void render();
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
    look(shownAs) {
      state = { ...state, view: shownAs, page: 1 };
      void update("push");
    },
    more() {
      state = { ...state, page: state.page + 1 };
      write("replace");
      void view.showMore(state).catch(() => render());
    },
    clear() {
      state = { ...empty(), view: state.view };
      view.write("");
      void update("push");
    },
    retry() {
      if (isOutdated) location.reload();
      else void render();
    },
  });

  /**
   * Does something with the engine. Where that fails the site may have been built anew since this page
   * was loaded: then its new files answer.
   * @template T
   * @param {(engine: Engine) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async function attempt(work) {
    const used = manifest;
    try {
      return await work(await ready());
    } catch (error) {
      if (manifest === used) await (renewing ??= renew().finally(() => (renewing = undefined)));
      if (manifest === used) throw error;
      return work(await ready());
    }
  }

  /** @type {Promise<void> | undefined} one for all who failed meanwhile */
  let renewing;

  async function renew() {
    const now = await latest(`${search}${root.dataset.language}/manifest.json`).catch((trouble) => {
      if (trouble instanceof Outdated) throw trouble;
      return manifest;
    });
    if (JSON.stringify(now) === JSON.stringify(manifest)) return;
    manifest = now;
    ready = prepare();
  }

  /** @param {unknown} error */
  function failed(error) {
    isOutdated = error instanceof Outdated;
    view.failed();
    console.error(error);
  }

  /** @param {"push" | "replace"} how */
  function write(how) {
    clearTimeout(timer);
    const query = format(state);
    view.carry(query);
    const address = isAnswered(state) ? `${base}?${query}` : home;
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
    const asked = state;
    view.waiting(!isReady, isAnswered(asked));
    try {
      await attempt(async (engine) => {
        const known = onlyKnown(asked, engine.known);
        const found = await engine.ask(known);
        if (mine !== turn) return; // something newer was asked meanwhile
        isReady = true;
        await view.show({ engine, state: known, isAsking: isAsking(known), ...found, isSteady });
      });
    } catch (error) {
      if (mine === turn) failed(error);
    }
  }

  window.addEventListener("popstate", () => {
    clearTimeout(timer);
    state = parse(location.search);
    view.write(state.q);
    view.carry(format(state));
    void render();
  });

  if (isAnswered(state)) {
    view.write(state.q);
    view.carry(format(state));
    void render().then(returnToPlace);
  }
  window.addEventListener("pagehide", () => history.replaceState({ ...history.state, y: window.scrollY }, ""));
}

/**
 * Whether the answer is shown, and not the list that the page came with: on a map it is, whatever is asked.
 * @param {State} state
 */
const isAnswered = (state) => isAsking(state) || state.view === "map";

/** Results come after the page: going back to them goes back to where they were read. */
function returnToPlace() {
  const y = history.state?.y;
  if (typeof y === "number") window.scrollTo({ top: y, behavior: "instant" });
}

/**
 * The state without ids that this directory does not have.
 * @param {State} state
 * @param {Engine["known"]} known
 * @returns {State}
 */
function onlyKnown(state, known) {
  const filters = { ...state.filters };
  for (const facet of FACETS) filters[facet] = filters[facet].filter((id) => known.get(facet)?.has(id));
  return { ...state, filters };
}

const root = document.getElementById("directory");
if (root) start(root);
