/**
 * Which co-ops a word meets: as typed, in another form, begun, or misspelled. Words of their own texts
 * are looked up in the postings; those of countries, networks and the like in the labels of the columns.
 * @module
 */

import { distance, words } from "./fold.js";
import { IN, visit } from "./postings.js";

/**
 * @typedef {import("./columns.js").Columns} Columns
 * @typedef {import("./state.js").Facet} Facet
 * @typedef {ReturnType<typeof import("./postings.js").createPostings>} Postings
 *
 * @typedef {object} Hits what one word meets, by the co-ops' numbers
 * @property {Float32Array} score 0: not met
 * @property {Uint16Array} exact fields in which it stands, in any form
 * @property {Uint16Array} fields those in which it stands, or what it begins or resembles
 * @property {Map<Facet, Set<number>>} values of the columns that were met
 */

/** The fields that are columns, as bits beside those of the postings. */
const NAMED = /** @type {const} */ ([["country", 128], ["network", 256], ["language", 512], ["sector", 1024]]);

/** What a reason may name, the weightiest first, with its bit and how much it counts. */
export const FIELDS = /** @type {const} */ ([
  ["name", IN.name, 6], ["former", IN.former, 5], ["place", IN.place, 4], ["country", 128, 4], ["network", 256, 3],
  ["language", 512, 3], ["sector", 1024, 2], ["other", IN.other, 3], ["summary", IN.summary, 1], ["text", IN.text, 0.4],
]);

/** @typedef {typeof FIELDS[number][0]} Field */

/** A word of these names something: who types it beside a need wants only what is there. */
export const NAMING = IN.name | IN.former | IN.place | NAMED.reduce((bits, [, bit]) => bits | bit, 0);

/** How much a word counts in a text of a word or two, of a line, of a few lines, of more. */
const BY_LEVEL = [1.2, 1, 0.85, 0.7];

const BEGUN = 0.5;
const MISSPELLED = 0.2;
const MOST_BLOCKS = 4; // what a word that is hardly begun, or misspelled, may fetch
const MOST_KEPT = 40; // words whose hits are remembered

/** The fields of which a word is a part. */
const SAID = ~IN.whole;

/**
 * @param {Columns} columns
 * @param {Postings} postings
 * @param {(word: string) => string} stem
 */
export function createMatch(columns, postings, stem) {
  const labels = NAMED.flatMap(([facet, bit]) => {
    const { labels: all, starts, values } = columns.of[facet];
    /** @type {number[][]} */
    const havers = all.map(() => []);
    for (let coop = 0; coop < columns.count; coop++) {
      for (let at = starts[coop]; at < starts[coop + 1]; at++) havers[values[at]].push(coop);
    }
    return all.flatMap((label, value) => words(label).map((term) => ({ term, facet, bit, value, coops: havers[value] })));
  });

  /** @type {Map<string, Promise<Hits>>} */
  const known = new Map();

  /** @param {string} word */
  async function look(word) {
    const own = word.length > 3 ? stem(word) : word;
    const isOwn = (/** @type {string} */ term) => term === word || (word.length > 3 && term.length > 3 && stem(term) === own);
    const isBegun = (/** @type {string} */ term) => word.length > 1 && term.startsWith(word);
    const isMet = (/** @type {{term: string}} */ { term }) => isOwn(term) || isBegun(term);

    let entries = (await near(word, own)).filter(isMet);
    let named = labels.filter(isMet);
    const most = word.length < 5 ? 0 : word.length > 6 ? 2 : 1;
    if (entries.length + named.length === 0 && most > 0) {
      const isMisspelled = (/** @type {{term: string}} */ { term }) => distance(word, term, most) <= most;
      entries = (await alike(word)).filter(isMisspelled);
      named = labels.filter(isMisspelled);
    }
    const worth = (/** @type {string} */ term) => {
      if (isOwn(term)) return 1;
      if (isBegun(term)) return (BEGUN * term.length) / (term.length + 0.3 * (term.length - word.length));
      return (MISSPELLED * term.length) / (term.length + distance(word, term, most));
    };
    return hits(entries, named, isOwn, worth);
  }

  /**
   * The words that may be a form of this one or begin with it.
   * @param {string} word
   * @param {string} own what is left of it without its ending
   */
  async function near(word, own) {
    let kept = 0;
    while (kept < own.length && own[kept] === word[kept]) kept++;
    const begun = word.slice(0, kept);
    const shorter = kept > 4 ? begun.slice(0, -1) : begun; // stems that change their last letter: happy, happi
    for (const prefix of kept < 3 ? [word] : [shorter, begun, word]) {
      if (postings.breadth(prefix) <= MOST_BLOCKS) return postings.beginning(prefix);
    }
    if (word.length > 3) return postings.beginning(word);
    const entry = await postings.exactly(word);
    return entry ? [entry] : [];
  }

  /**
   * The words that begin alike, as far as that is not too many.
   * @param {string} word
   */
  function alike(word) {
    const shared = [0, 1, 2].find((length) => postings.breadth(word.slice(0, length)) <= MOST_BLOCKS) ?? 3;
    return postings.beginning(word.slice(0, shared));
  }

  /**
   * @param {import("./postings.js").Entry[]} entries
   * @param {typeof labels} named
   * @param {(term: string) => boolean} isOwn
   * @param {(term: string) => number} worth
   * @returns {Hits}
   */
  function hits(entries, named, isOwn, worth) {
    const { count } = columns;
    const score = new Float32Array(count);
    const exact = new Uint16Array(count);
    const fields = new Uint16Array(count);
    /** @type {Hits["values"]} */
    const values = new Map();
    const note = (/** @type {number} */ coop, /** @type {number} */ bits, /** @type {boolean} */ own) => {
      fields[coop] |= bits;
      if (own) exact[coop] |= bits;
    };

    for (const { term, list } of entries) {
      const own = isOwn(term);
      let havers = 0;
      visit(list, (_, bits) => {
        if (bits & SAID) havers++;
      });
      if (havers === 0) continue;
      const weight = worth(term) * rarity(havers, count);
      visit(list, (coop, bits, level) => {
        const said = bits & SAID;
        if (said === 0) return;
        score[coop] = Math.max(score[coop], weight * boost(said) * BY_LEVEL[level]);
        note(coop, said, own);
      });
    }
    for (const { term, facet, bit, value, coops } of named) {
      const weight = worth(term) * rarity(coops.length, count) * boost(bit);
      const own = isOwn(term);
      for (const coop of coops) {
        score[coop] += weight;
        note(coop, bit, own);
      }
      values.set(facet, (values.get(facet) ?? new Set()).add(value));
    }
    return { score, exact, fields, values };
  }

  return {
    /**
     * What a word meets; the same word is looked up once.
     * @param {string} word folded
     * @returns {Promise<Hits>}
     */
    hitsOf(word) {
      let made = known.get(word);
      if (!made) {
        if (known.size >= MOST_KEPT) known.clear();
        made = look(word);
        made.catch(() => known.delete(word));
        known.set(word, made);
      }
      return made;
    },

    /**
     * Whether a word is part of a name, a place, a network or the like.
     * @param {string} word folded
     */
    async isName(word) {
      if (labels.some(({ term }) => term === word)) return true;
      let isNaming = false;
      const entry = await postings.exactly(word);
      if (entry) visit(entry.list, (_, bits) => (isNaming ||= (bits & NAMING) !== 0));
      return isNaming;
    },

    /**
     * The co-ops whose whole name, written as one word, begins so.
     * @param {string} joined
     * @returns {Promise<Map<number, boolean>>} to whether that is all of it
     */
    async wholeNames(joined) {
      /** @type {Map<number, boolean>} */
      const found = new Map();
      const isLong = joined.length > 4;
      const exactly = isLong ? undefined : await postings.exactly(joined);
      for (const { term, list } of isLong ? await postings.beginning(joined) : exactly ? [exactly] : []) {
        visit(list, (coop, bits) => {
          if (bits & IN.whole) found.set(coop, found.get(coop) || term === joined);
        });
      }
      return found;
    },
  };
}

/** @param {number} bits */
function boost(bits) {
  let sum = 0;
  for (const [, bit, weight] of FIELDS) if (bits & bit) sum += weight;
  return sum;
}

/**
 * What a word says that so many of all have (the idf of BM25).
 * @param {number} havers
 * @param {number} count
 */
const rarity = (havers, count) => Math.log(1 + (count - havers + 0.5) / (havers + 0.5));
