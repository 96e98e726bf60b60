/**
 * A map of co-ops with a list that follows it.
 * @module
 */

import { texts } from "../search/view/text.js";
import { byCountry, cluster, spotsOf } from "./cluster.js";
import { listen } from "./gestures.js";
import { createList } from "./list.js";
import { createMarks } from "./marks.js";
import { clamp, fit, format, isIn, pan, parse, seen, zoom } from "./viewport.js";

/**
 * @typedef {import("./cluster.js").MapData} MapData
 * @typedef {import("./cluster.js").Cluster} Cluster
 * @typedef {import("./viewport.js").View} View
 * @typedef {import("./viewport.js").Box} Box
 *
 * @typedef {object} Chosen a place whose co-ops the list shows, instead of those in view
 * @property {string} title
 * @property {[country: number, coops: number[]][]} groups
 */

const REACH = 44; // pixels: marks nearer than that would cover each other
const ROOM = 48; // pixels around what is zoomed to
const CITY = 1.2; // pixels per step: so near a co-op is shown that is chosen from the list
const PAUSE = 250; // milliseconds without a move, after which the list follows
const FLIGHT = 300; // milliseconds

/**
 * Brings a map to life.
 * @param {HTMLElement} root as themes/commons/layouts/_partials/map/world.html writes it
 * @param {MapData} data
 * @param {{keepsAddress?: boolean}} [options] whether the view is written behind the # of the address
 */
export function createMap(root, data, { keepsAddress = true } = {}) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-map-${name}]`));
  const [frame, title, status] = [part("frame"), part("title"), part("status")];
  const picture = /** @type {SVGSVGElement} */ (root.querySelector("[data-map-picture]"));
  const say = texts(root, document.documentElement.lang);
  const world = { width: Number(picture.getAttribute("data-map-width")), height: Number(picture.getAttribute("data-map-height")) };
  const start = /** @type {Box} */ ((picture.getAttribute("viewBox") ?? "").split(" ").map(Number));
  const links = /** @type {NodeListOf<SVGAElement>} */ (root.querySelectorAll("[data-map-country]"));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  let size = { width: 1, height: 1 };
  /** @type {View} */
  let view = { x: 0, y: 0, scale: 1 };
  let isAll = true; // nobody has moved it: it keeps showing everything when the window changes
  let isSome = false; // not all co-ops are shown
  let spots = spotsOf(data, () => true);
  /** @type {(coop: import("./cluster.js").Coop) => boolean} */
  let isShown = () => true;
  /** @type {(place: import("./cluster.js").Place) => boolean} */
  let isThere = () => true;
  /** @type {Map<number, Cluster[]>} by the scale they are made for */
  let clusters = new Map();
  /** @type {Chosen | undefined} */
  let chosen;
  /** @type {number | undefined} */
  let selected;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let flight = 0;

  const list = createList(part("items"), data, { base: root.dataset.base ?? "/", say, show: showCoop });
  const marks = createMarks(part("marks"), { say, nameOf: (index) => data.coops[index].name, open });

  /** The clusters for a scale; they stay as they are while one zooms a little, and however one pans. */
  function clustersNow() {
    const level = Math.round(Math.log2(view.scale) * 2);
    const made = clusters.get(level) ?? cluster(spots, REACH / 2 ** (level / 2));
    clusters.set(level, made);
    return made;
  }

  function draw() {
    const box = seen(view, size);
    picture.setAttribute("viewBox", box.map((n) => n.toFixed(2)).join(" "));
    picture.setAttribute("stroke-width", (0.75 / view.scale).toFixed(3));
    const margin = REACH / view.scale;
    const around = /** @type {Box} */ ([box[0] - margin, box[1] - margin, box[2] + 2 * margin, box[3] + 2 * margin]);
    marks.show(clustersNow().filter((one) => isIn(one, around)));
    marks.place(({ x, y }) => [(x - box[0]) * view.scale, (y - box[1]) * view.scale]);
    marks.mark(selected);
  }

  /** The list, the count and the address, once the map has come to rest. */
  function follow() {
    clearTimeout(timer);
    timer = setTimeout(settle, PAUSE);
  }

  function settle() {
    if (keepsAddress && !isAll) history.replaceState(history.state, "", `#${format(view)}`);
    else if (keepsAddress && location.hash.startsWith("#at=")) history.replaceState(history.state, "", location.pathname + location.search);
    fill();
  }

  function fill() {
    const box = seen(view, size);
    const groups = chosen?.groups ?? byCountry(spots.filter((spot) => isIn(spot, box)));
    const count = new Set(groups.flatMap(([, coops]) => coops)).size;
    title.textContent = chosen?.title || (chosen ? say("here") : (title.dataset.text ?? ""));
    part("return").hidden = !chosen;
    const text = count > 0 ? say("count", { count }) : say("none");
    if (status.textContent !== text) status.textContent = text;
    list.fill(groups, count);
    list.mark(selected);
  }

  /** @param {View} next @param {boolean} [fly] */
  function look(next, fly = false) {
    cancelAnimationFrame(flight);
    const [from, to] = [view, clamp(next, world, size)];
    if (!fly || calm.matches) {
      view = to;
      return draw();
    }
    /** @type {number | undefined} */
    let began;
    const frameOf = (/** @type {number} */ now) => {
      began ??= now;
      const t = Math.min((now - began) / FLIGHT, 1);
      const part = t * (2 - t);
      const scale = from.scale * (to.scale / from.scale) ** part;
      // Along the line on which what ends up in the middle moves there evenly.
      const way = from.scale === to.scale ? part : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
      view = t === 1 ? to : { scale, x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way };
      draw();
      if (t < 1) flight = requestAnimationFrame(frameOf);
    };
    flight = requestAnimationFrame(frameOf);
  }

  /** A move by hand: the list follows the map again. @param {View} next */
  function move(next) {
    chosen = undefined;
    selected = undefined;
    isAll = false;
    look(next);
    follow();
  }

  /** Everything: the world as the page has it, or all places of those that were found. @returns {View} */
  function whole() {
    if (!isSome || spots.length === 0) return fit(start, size);
    const [{ box }] = cluster(spots, Infinity);
    const view = fit(box, size, ROOM);
    return { ...view, scale: Math.min(view.scale, CITY) };
  }

  /** @param {boolean} [fly] */
  function showAll(fly = true) {
    chosen = undefined;
    selected = undefined;
    isAll = true;
    look(whole(), fly);
    follow();
  }

  /** Zooms to the places of a cluster, or where they cannot be told apart, lists its co-ops. @param {Cluster} cluster */
  function open({ spots: places, coops, box }) {
    const near = clamp(fit(box, size, ROOM), world, size);
    if (places.length > 1 && near.scale > view.scale * 1.01) {
      move(view);
      look(near, true);
      frame.focus({ preventScroll: true });
      return;
    }
    chosen = { title: places.map(({ name }) => name).filter(Boolean).slice(0, 3).join(", "), groups: byCountry(places) };
    selected = coops.length === 1 ? coops[0] : undefined;
    marks.mark(selected);
    fill();
    title.focus();
  }

  /** @param {number} index of a country @param {boolean} [fly] */
  function showCountry(index, fly = true) {
    const { box, label } = data.countries[index];
    if (!box) return;
    chosen = { title: label, groups: [[index, coopsIn(index)]] };
    selected = undefined;
    isAll = false;
    look(fit(box, size, ROOM / 2), fly);
    fill();
  }

  /** @param {import("./cluster.js").Coop} coop */
  const isSomewhere = ({ places }) => places.some(({ at, country }) => at || (country !== undefined && data.countries[country].at));

  const coopsIn = (/** @type {number} */ country) =>
    data.coops.flatMap((coop, index) => (isShown(coop) && coop.places.some((place) => place.country === country && isThere(place)) ? [index] : []));

  /** @param {number} index of a co-op in the list, which stays as it is */
  function showCoop(index) {
    const at = data.coops[index].places.find((place) => place.at)?.at;
    if (!at) return;
    selected = index;
    isAll = false;
    clearTimeout(timer);
    look({ x: at[0], y: at[1], scale: Math.max(view.scale, CITY) }, true);
    list.mark(index);
    marks.mark(index);
  }

  for (const link of links) {
    link.setAttribute("tabindex", "-1"); // the list has them all
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      showCountry(data.countries.findIndex(({ id }) => id === link.dataset.mapCountry));
    });
  }
  part("back")?.addEventListener("click", () => {
    chosen = undefined;
    selected = undefined;
    marks.mark();
    fill();
    title.focus();
  });

  root.querySelector("[data-map-dots]")?.setAttribute("hidden", "");
  frame.classList.add("map__frame--live");
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", say("frame"));
  frame.setAttribute("aria-describedby", part("help").id);
  listen(frame, part("controls"), { pan: (dx, dy) => move(pan(view, dx, dy)), zoom: (factor, px, py) => move(zoom(view, factor, px, py)), all: showAll });

  size = { width: frame.clientWidth || 1, height: frame.clientHeight || 1 };
  const wanted = keepsAddress ? location.hash.slice(1) : "";
  const country = data.countries.findIndex(({ id, box }) => box && id === wanted);
  const there = parse(wanted);
  if (country >= 0) {
    showCountry(country, false);
    part("list").scrollTop = 0; // the browser went to the country in the list that was
    root.scrollIntoView();
  } else if (there) {
    move(there);
  } else {
    showAll(false);
  }
  fill();

  new ResizeObserver(() => {
    if (frame.clientWidth === size.width && frame.clientHeight === size.height) return;
    size = { width: frame.clientWidth || 1, height: frame.clientHeight || 1 };
    look(isAll ? whole() : view);
  }).observe(frame);

  return {
    /**
     * Shows some co-ops only, named by their numbers in the search; undefined: all. The view stays where
     * somebody has moved it.
     * @param {Iterable<number>} [numbers]
     * @param {string[]} [within] ISO 3166-1 codes of the countries whose places are looked at; none: all
     */
    show(numbers, within = []) {
      const ids = new Set(within.map((code) => code.toLowerCase()));
      isThere = ({ country }) => ids.size === 0 || (country !== undefined && ids.has(data.countries[country].id));
      const found = numbers && new Set(numbers);
      isSome = found !== undefined;
      isShown = (coop) => found?.has(coop.number) ?? true;
      spots = spotsOf(data, isShown, isThere);
      clusters = new Map();
      chosen = undefined;
      selected = undefined;
      for (const link of links) {
        const index = data.countries.findIndex(({ id }) => id === link.dataset.mapCountry);
        const count = coopsIn(index).length;
        const shade = data.shades.filter((from) => count >= from).length;
        link.setAttribute("class", shade > 0 ? `map__country map__shade--${shade}` : "map__land");
        const text = `${data.countries[index].label}${say("colon")} ${say("count", { count })}`;
        link.setAttribute("aria-label", text);
        const tip = link.querySelector("title");
        if (tip) tip.textContent = text;
      }
      const nowhere = data.coops.filter((coop) => isShown(coop) && !isSomewhere(coop)).length;
      part("nowhere").hidden = nowhere === 0;
      part("nowhere-text").textContent = say("nowhere", { count: nowhere });
      look(isAll ? whole() : view);
      fill();
    },
  };
}
