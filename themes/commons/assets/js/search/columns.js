/**
 * What every co-op has in each facet, as columns over all of them by number: they answer filters, with
 * counts, without any text.
 * @module
 */

import { FACETS } from "./state.js";

/**
 * @typedef {import("./state.js").Facet} Facet
 * @typedef {import("./state.js").Filters} Filters
 *
 * @typedef {object} Column a facet: the values of co-op n are values[starts[n]] to values[starts[n + 1] - 1]
 * @property {Facet} facet
 * @property {string[]} ids of the values, by number
 * @property {string[]} labels empty for availability and listed, whose words are the page's
 * @property {Uint32Array} starts
 * @property {Uint16Array} values
 *
 * @typedef {object} FacetValue
 * @property {string} id
 * @property {string} label
 * @property {number} count results if this were chosen, with what is chosen in the other facets
 * @property {boolean} chosen
 *
 * @typedef {object} Columns
 * @property {number} count of co-ops; they are numbered by name
 * @property {Record<Facet, Column>} of
 * @property {Facet[]} used the facets that there are values for
 * @property {Uint8Array} status index into STATUSES
 * @property {Uint8Array} isOwn 1: listed by the co-op itself
 * @property {Uint8Array} isRemote 1: works at a distance
 */

export const STATUSES = ["active", "forming", "dormant", "closed", "merged", "no-longer-coop"];
const FIRST_ENDED = STATUSES.indexOf("closed");
const AVAILABILITIES = ["open", "limited", "full"];
const LISTED = ["coop", "third-party"];

/** The facets with values of their own, each with the line that has their ids and labels. */
const LINES = /** @type {const} */ ([["does", 0], ["teaches", 0], ["needs", 0], ["country", 1], ["language", 2], ["network", 3], ["sector", 4]]);
const KINDS = 5;

/**
 * The number that a character stands for: those of ASCII, then what comes after its control characters.
 * @param {number} code
 */
export function numberOf(code) {
  if (code < 0x7f) return code - 0x21;
  return (code >= 0xe000 ? code - 0x800 : code) - 0xa1 + 94;
}

/**
 * The character that stands for a number.
 * @param {number} number
 */
export function characterOf(number) {
  const code = number < 94 ? number + 0x21 : number - 94 + 0xa1;
  return String.fromCharCode(code < 0xd800 ? code : code + 0x800);
}

/**
 * @param {string[]} facets the lines of the file of columns
 * @param {string[]} terms those of the labels
 * @returns {Columns}
 */
export function readColumns(facets, terms) {
  const state = facets[KINDS + LINES.length];
  if (state === undefined || terms.length < KINDS) throw new Error("columns are missing");
  const count = state.length;
  const status = new Uint8Array(count);
  const isOwn = new Uint8Array(count);
  const isRemote = new Uint8Array(count);
  const availability = { starts: new Uint32Array(count + 1), values: new Uint16Array(count) };
  const listed = { starts: new Uint32Array(count + 1), values: new Uint16Array(count) };
  for (let n = 0; n < count; n++) {
    let rest = numberOf(state.charCodeAt(n));
    const take = (/** @type {number} */ choices) => {
      const taken = rest % choices;
      rest = Math.floor(rest / choices);
      return taken;
    };
    status[n] = take(STATUSES.length);
    const room = take(AVAILABILITIES.length + 1);
    const filled = availability.starts[n];
    if (room > 0) availability.values[filled] = room - 1;
    availability.starts[n + 1] = filled + Math.min(room, 1);
    isOwn[n] = take(2);
    isRemote[n] = take(2);
    listed.values[n] = 1 - isOwn[n];
    listed.starts[n + 1] = n + 1;
  }

  /** @type {Partial<Record<Facet, Column>>} */
  const of = {
    availability: { facet: "availability", ids: AVAILABILITIES, labels: AVAILABILITIES.map(() => ""), starts: availability.starts, values: availability.values.subarray(0, availability.starts[count]) },
    listed: { facet: "listed", ids: LISTED, labels: LISTED.map(() => ""), ...listed },
  };
  LINES.forEach(([facet, kind], at) => {
    const ids = facets[kind] ? facets[kind].split(" ") : [];
    const labels = terms[kind] ? terms[kind].split("\t") : [];
    const column = rowsOf(facets[KINDS + at], count);
    if (labels.length !== ids.length || column.values.some((value) => value >= ids.length)) throw new Error(`the values of ${facet} do not fit`);
    of[facet] = { facet, ids, labels, ...column };
  });
  const columns = /** @type {Record<Facet, Column>} */ (of);
  const used = FACETS.filter((facet) => new Set(columns[facet].values).size > (facet === "listed" ? 1 : 0));
  return { count, of: columns, used, status, isOwn, isRemote };
}

/**
 * When the co-ops were listed and confirmed, as numbers that grow with the days; 0 is unknown.
 * @param {string[]} lines of the file of dates
 */
export function readDates([, listed, confirmed]) {
  const days = (/** @type {string} */ line) => Uint16Array.from(line, (_, at) => numberOf(line.charCodeAt(at)));
  return { newest: days(listed), confirmed: days(confirmed) };
}

/**
 * @param {string} line
 * @param {number} count
 */
function rowsOf(line, count) {
  const starts = new Uint32Array(count + 1);
  const values = new Uint16Array(line.length);
  let row = 0;
  let filled = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code !== 0x20) values[filled++] = numberOf(code);
    else starts[++row] = filled;
  }
  if (count > 0) starts[++row] = filled;
  if (row !== count) throw new Error("a column is not whole");
  return { starts, values: values.subarray(0, filled) };
}

/**
 * The values of a co-op in a facet.
 * @param {Column} column
 * @param {number} coop
 */
export const valuesOf = ({ starts, values }, coop) => values.subarray(starts[coop], starts[coop + 1]);

/**
 * Whether a co-op has a value in a facet: asked of all of them at every key, so nothing is made for it.
 * @param {Column} column
 * @param {number} coop
 * @param {number} value
 */
export function has({ starts, values }, coop, value) {
  for (let at = starts[coop]; at < starts[coop + 1]; at++) if (values[at] === value) return true;
  return false;
}

/**
 * Whether a co-op is no longer at work.
 * @param {Columns} columns
 * @param {number} coop
 */
export const hasEnded = (columns, coop) => columns.status[coop] >= FIRST_ENDED;

/**
 * What of the co-ops in reach the filters keep, and what each facet has to choose from: OR inside a
 * facet, AND across. Ids that no co-op has are ignored.
 * @param {Columns} columns
 * @param {number[]} inReach
 * @param {Filters} filters
 * @returns {{kept: number[], facets: Map<Facet, FacetValue[]>}} the most frequent values first, and none
 *   that what is in reach rules out
 */
export function filtered(columns, inReach, filters) {
  const tallies = columns.used.map((facet) => {
    const column = columns.of[facet];
    const wanted = new Uint8Array(column.ids.length);
    for (const id of filters[facet]) {
      const at = column.ids.indexOf(id);
      if (at >= 0) wanted[at] = 1;
    }
    return { ...column, wanted, isAsked: wanted.includes(1), counts: new Uint32Array(wanted.length), widest: new Uint32Array(wanted.length) };
  });
  const asked = tallies.filter(({ isAsked }) => isAsked);

  /** @type {number[]} */
  const kept = [];
  for (const coop of inReach) {
    // Who fails no facet counts in all of them; who fails a single one counts in that one.
    let failures = 0;
    let failed;
    for (const tally of asked) {
      let isMet = false;
      for (let at = tally.starts[coop]; at < tally.starts[coop + 1]; at++) isMet ||= tally.wanted[tally.values[at]] === 1;
      if (isMet) continue;
      failures++;
      failed = tally;
    }
    if (failures === 0) kept.push(coop);
    for (const tally of tallies) {
      const isCounted = failures === 0 || (failures === 1 && failed === tally);
      for (let at = tally.starts[coop]; at < tally.starts[coop + 1]; at++) {
        tally.widest[tally.values[at]]++;
        if (isCounted) tally.counts[tally.values[at]]++;
      }
    }
  }

  const facets = tallies.map(({ facet, ids, labels, wanted, counts, widest }) => {
    const shown = [...ids.keys()].filter((at) => widest[at] > 0 || wanted[at]);
    shown.sort((a, b) => counts[b] - counts[a] || widest[b] - widest[a] || a - b);
    return /** @type {const} */ ([facet, shown.map((at) => ({ id: ids[at], label: labels[at], count: counts[at], chosen: wanted[at] === 1 }))]);
  });
  return { kept, facets: new Map(facets) };
}
