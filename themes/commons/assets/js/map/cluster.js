/**
 * Co-ops to spots, and spots that are near to each other to clusters. Nothing here knows of the page.
 * @module
 */

/**
 * @typedef {{id: string, label: string, coops: number, code: string, at?: [number, number], box?: import("./viewport.js").Box}} Country
 * @typedef {{country?: number, place?: string, at?: [number, number]}} Place
 * @typedef {{number: number, slug: string, name: string, places: Place[]}} Coop number: the search's
 * @typedef {{countries: Country[], coops: Coop[], shades: number[]}} MapData see mapData in internal/site/map_view.go
 *
 * @typedef {object} Spot co-ops that are in the very same place
 * @property {number} x
 * @property {number} y
 * @property {number[]} coops indexes
 * @property {number} country index; -1: not said
 * @property {string} name the place's, or the country's
 * @property {boolean} vague whether only the country is known: then it lies where the country's label would
 *
 * @typedef {object} Cluster
 * @property {number} x
 * @property {number} y
 * @property {Spot[]} spots the one with the most co-ops first
 * @property {number[]} coops indexes, each once
 * @property {import("./viewport.js").Box} box
 */

/**
 * @param {MapData} data
 * @param {(coop: Coop) => boolean} isShown
 * @param {(place: Place) => boolean} [isThere] whether a place of a co-op is looked at
 * @returns {Spot[]} those with the most co-ops first
 */
export function spotsOf({ countries, coops }, isShown, isThere = () => true) {
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  coops.forEach((coop, index) => {
    if (!isShown(coop)) return;
    for (const place of coop.places.filter(isThere)) {
      const country = place.country === undefined ? undefined : countries[place.country];
      const at = place.at ?? country?.at;
      if (!at) continue;
      const vague = !place.at;
      // Who gives its place in a country needs no second mark for "somewhere in it".
      if (vague && coop.places.some((other) => other.at && other.country === place.country)) continue;
      const key = `${at} ${vague} ${place.country}`;
      const spot = spots.get(key) ?? { x: at[0], y: at[1], coops: [], country: place.country ?? -1, name: "", vague };
      spot.name ||= (vague ? country?.label : place.place) ?? "";
      if (spot.coops.at(-1) !== index) spot.coops.push(index);
      spots.set(key, spot);
    }
  });
  return [...spots.values()].sort((a, b) => b.coops.length - a.coops.length || a.x - b.x || a.y - b.y);
}

/**
 * Puts spots together that are nearer to a larger one than a radius. The same spots give the same clusters,
 * whatever part of the world is looked at.
 * @param {Spot[]} spots the largest first
 * @param {number} radius in steps
 * @returns {Cluster[]} from the north to the south
 */
export function cluster(spots, radius) {
  /** @type {Map<string, number[]>} cells as wide as the radius */
  const cells = new Map();
  const cell = (/** @type {number} */ n) => Math.floor(n / radius);
  spots.forEach(({ x, y }, index) => {
    const key = `${cell(x)} ${cell(y)}`;
    const list = cells.get(key);
    if (list) list.push(index);
    else cells.set(key, [index]);
  });
  const taken = new Uint8Array(spots.length);
  /** @type {Cluster[]} */
  const clusters = [];
  spots.forEach((middle, index) => {
    if (taken[index]) return;
    const near = [];
    for (let column = cell(middle.x) - 1; column <= cell(middle.x) + 1; column++) {
      for (let row = cell(middle.y) - 1; row <= cell(middle.y) + 1; row++) {
        for (const other of cells.get(`${column} ${row}`) ?? []) {
          if (!taken[other] && Math.hypot(spots[other].x - middle.x, spots[other].y - middle.y) < radius) near.push(other);
        }
      }
    }
    near.sort((a, b) => a - b);
    for (const other of near) taken[other] = 1;
    clusters.push(together(near.map((other) => spots[other])));
  });
  return clusters.sort((a, b) => a.y - b.y || a.x - b.x);
}

/**
 * Who is in some spots, by country (index), those with the most co-ops first.
 * @param {Spot[]} spots
 * @returns {[country: number, coops: number[]][]}
 */
export function byCountry(spots) {
  /** @type {Map<number, Set<number>>} */
  const countries = new Map();
  for (const { country, coops } of spots) {
    const all = countries.get(country) ?? new Set();
    for (const coop of coops) all.add(coop);
    countries.set(country, all);
  }
  return [...countries]
    .map(([country, coops]) => /** @type {[number, number[]]} */ ([country, [...coops].sort((a, b) => a - b)]))
    .sort(([a, inA], [b, inB]) => inB.length - inA.length || a - b);
}

/**
 * A cluster lies where its first spot is: in a real place, and so never nearer to another than the radius.
 * @param {Spot[]} spots
 * @returns {Cluster}
 */
function together(spots) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  /** @type {Set<number>} */
  const coops = new Set();
  for (const spot of spots) {
    [left, right] = [Math.min(left, spot.x), Math.max(right, spot.x)];
    [top, bottom] = [Math.min(top, spot.y), Math.max(bottom, spot.y)];
    for (const coop of spot.coops) coops.add(coop);
  }
  return { x: spots[0].x, y: spots[0].y, spots, coops: [...coops].sort((a, b) => a - b), box: [left, top, right - left, bottom - top] };
}
