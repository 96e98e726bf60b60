/**
 * Which co-ops answer, in which order and why; and what could be chosen next. It gets a query that is
 * already understood and returns plain values, so that another index can take its place.
 * @module
 */

import { filtered, has, hasEnded, valuesOf } from "./columns.js";
import { fold } from "./fold.js";
import { FIELDS, NAMING } from "./match.js";
import { IN } from "./postings.js";

/**
 * @typedef {import("./data.js").Card} Card
 * @typedef {import("./columns.js").Columns} Columns
 * @typedef {import("./columns.js").FacetValue} FacetValue
 * @typedef {import("./match.js").Field} Field
 * @typedef {import("./match.js").Hits} Hits
 * @typedef {import("./query.js").Understanding} Understanding
 * @typedef {import("./state.js").Facet} Facet
 * @typedef {import("./state.js").Filters} Filters
 * @typedef {import("./state.js").Sort} Sort
 * @typedef {ReturnType<typeof import("./match.js").createMatch>} Match
 * @typedef {ReturnType<typeof import("./columns.js").readDates>} Dates
 *
 * @typedef {object} Reason why a co-op is among the results
 * @property {"does" | "teaches" | Field} kind
 * @property {string} text what of the co-op was met
 *
 * @typedef {object} Answer
 * @property {number[]} results the numbers of all co-ops that answer, in order
 * @property {(coop: number, card: Card) => Reason[]} reasons the weightiest first; none where nothing was typed
 * @property {Map<Facet, FacetValue[]>} facets only those the data has values for
 *
 * @typedef {object} Met how a co-op answers what was typed
 * @property {number} score
 * @property {number} fields
 * @property {boolean} isNamed
 */

// What counts how much in the order of the results.
const SKILL = 10;
const TAUGHT = 0.5; // teaching what is needed, beside doing it
const TEXT = 6;
const WHOLE_NAME = 30;
const SAME_NAME = 60;
const OWN_WORDS = 0.5; // the words of a need in a co-op's text, without the skill
const BY_ITSELF = 0.2; // listed by the co-op itself: first among equals
const NO_ROOM = -0.5;

const LONGEST_NAME = 6; // words: more are no name
const LONGEST_WORD = 40; // letters that internal/site/tokens.go looks at

/** What nobody typed means. @type {Understanding} */
export const NOTHING = { meanings: [], all: [], words: [], rest: [], isNonsense: false };

/**
 * @param {Columns} columns
 * @param {() => Promise<Match>} getMatch what finds words, needed only where there are any
 * @param {() => Promise<Dates>} getDates
 */
export function createIndex(columns, getMatch, getDates) {
  const { does, teaches, availability } = columns.of;
  const full = availability.ids.indexOf("full");

  /**
   * The co-ops that answer the words, by number.
   * @param {Understanding} understood
   * @returns {Promise<{answers: Map<number, Met>, byWord: Map<string, Hits>}>}
   */
  async function answering({ meanings, words: typed, all, rest }) {
    const match = await getMatch();
    const byWord = new Map(await Promise.all(typed.map(async (word) => /** @type {const} */ ([word, await match.hitsOf(word)]))));
    const named = await namedBy(all, byWord, match);

    // Each group is a thing that was asked for: the skills together, and each word that names something.
    /** @type {Map<number, number>[]} */
    const groups = [];
    if (meanings.length > 0) groups.push(skilled(meanings, byWord));
    for (const word of rest) {
      const { score, exact } = byWord.get(word) ?? (await match.hitsOf(word));
      /** @type {Map<number, number>} */
      const wanted = new Map();
      score.forEach((amount, coop) => {
        if (amount > 0 && (meanings.length === 0 || (exact[coop] & NAMING) > 0)) wanted.set(coop, 0);
      });
      if (wanted.size > 0) groups.push(wanted);
    }

    const found = meeting(groups);
    for (const coop of named.keys()) found.add(coop);

    const texts = new Float32Array(columns.count);
    const fields = new Uint16Array(columns.count);
    for (const hits of byWord.values()) {
      for (let coop = 0; coop < columns.count; coop++) {
        texts[coop] += hits.score[coop];
        fields[coop] |= hits.fields[coop];
      }
    }
    const most = texts.reduce((a, b) => Math.max(a, b), 1);

    /** @type {Map<number, Met>} */
    const answers = new Map();
    for (const coop of found) {
      let score = (texts[coop] / most) * TEXT + (named.get(coop) ?? 0);
      if (meanings.length > 0) score += (groups[0].get(coop) ?? 0) * SKILL;
      if (columns.isOwn[coop]) score += BY_ITSELF;
      if (has(availability, coop, full)) score += NO_ROOM;
      answers.set(coop, { score, fields: fields[coop], isNamed: named.has(coop) });
    }
    return { answers, byWord };
  }

  /**
   * The co-ops whose name or former name has everything that was typed, filler too: "We Are Open".
   * @param {string[]} all
   * @param {Map<string, Hits>} byWord
   * @param {Match} match
   * @returns {Promise<Map<number, number>>} to what that counts
   */
  async function namedBy(all, byWord, match) {
    /** @type {Map<number, number>} */
    const named = new Map();
    if (all.length === 0) return named;

    // What is looked up already comes first: most often it rules all names out, and filler need not be.
    /** @type {Map<number, number> | undefined} */
    let candidates;
    for (const word of [...new Set(all)].sort((a, b) => Number(byWord.has(b)) - Number(byWord.has(a)))) {
      const { score, exact, fields } = byWord.get(word) ?? (await match.hitsOf(word));
      const where = word.length > 2 ? fields : exact;
      /** @type {Map<number, number>} */
      const left = new Map();
      for (const coop of candidates?.keys() ?? where.keys()) {
        if (where[coop] & (IN.name | IN.former)) left.set(coop, (candidates?.get(coop) ?? 0) + score[coop]);
      }
      candidates = left;
      if (left.size === 0) break;
    }
    for (const [coop, score] of candidates ?? []) named.set(coop, WHOLE_NAME + score / 100);

    if (all.length > LONGEST_NAME) return named;
    for (const [coop, isAll] of await match.wholeNames(all.join("").slice(0, LONGEST_WORD))) {
      if (isAll) named.set(coop, SAME_NAME);
      else if (!named.has(coop)) named.set(coop, WHOLE_NAME);
    }
    return named;
  }

  /**
   * The co-ops that do or teach what is meant, or say so in their own words.
   * @param {Understanding["meanings"]} meanings
   * @param {Map<string, Hits>} byWord
   * @returns {Map<number, number>} to how well, about 0 to 2
   */
  function skilled(meanings, byWord) {
    /** @type {Map<number, number>} */
    const worth = new Map();
    meanings.forEach(({ skill, score, words: spoken }, rank) => {
      const weight = (score / meanings[0].score) * 0.7 ** rank;
      const said = spoken.map((word) => byWord.get(word)?.exact);
      for (let coop = 0; coop < columns.count; coop++) {
        const isDone = has(does, coop, skill);
        const isTaught = has(teaches, coop, skill);
        const isSaid = !isDone && !isTaught && said.length > 0 && said.every((exact) => exact && exact[coop] & (IN.summary | IN.other));
        const share = Number(isDone) + Number(isTaught) * TAUGHT + Number(isSaid) * OWN_WORDS;
        if (share > 0) worth.set(coop, (worth.get(coop) ?? 0) + share * weight);
      }
    });
    return worth;
  }

  /**
   * @param {Understanding} understood
   * @param {Filters} filters ids the data does not know are ignored
   * @param {Sort} sort
   * @returns {Promise<Answer>}
   */
  async function search(understood, filters, sort) {
    const isText = understood.words.length > 0 || understood.all.length > 0;
    const { answers, byWord } = isText ? await answering(understood) : { answers: new Map(), byWord: new Map() };
    // Nothing but filler so far, "we need a …": everything still answers.
    const isOpen = !understood.isNonsense && (!isText || (answers.size === 0 && understood.words.length === 0));

    const inReach = [...Array(columns.count).keys()].filter((coop) =>
      isOpen ? !hasEnded(columns, coop) : answers.has(coop) && (!hasEnded(columns, coop) || answers.get(coop)?.isNamed),
    );
    const { kept, facets } = filtered(columns, inReach, filters);

    const scoreOf = (/** @type {number} */ coop) => answers.get(coop)?.score ?? 0;
    if (sort === "best") kept.sort((a, b) => scoreOf(b) - scoreOf(a) || a - b);
    if (sort === "newest" || sort === "confirmed") {
      const days = (await getDates())[sort];
      kept.sort((a, b) => days[b] - days[a] || a - b);
    }
    const isLast = (/** @type {number} */ coop) => Number(hasEnded(columns, coop) && scoreOf(coop) < SAME_NAME);
    kept.sort((a, b) => isLast(a) - isLast(b));

    const reasons = (/** @type {number} */ coop, /** @type {Card} */ card) => {
      const met = answers.get(coop);
      return met ? [...skillReasons(coop, understood.meanings), ...textReasons(coop, met, card, [...byWord.values()])] : [];
    };
    return { results: kept, reasons, facets };
  }

  /**
   * @param {number} coop
   * @param {Understanding["meanings"]} meanings
   * @returns {Reason[]}
   */
  function skillReasons(coop, meanings) {
    return meanings.flatMap(({ skill }) => {
      const text = does.labels[skill];
      /** @type {Reason[]} */
      const reasons = [];
      if (has(does, coop, skill)) reasons.push({ kind: "does", text });
      if (has(teaches, coop, skill)) reasons.push({ kind: "teaches", text });
      return reasons;
    });
  }

  /**
   * @param {number} coop
   * @param {Met} met
   * @param {Card} card
   * @param {Hits[]} hits
   * @returns {Reason[]}
   */
  function textReasons(coop, { fields, isNamed }, card, hits) {
    /** @param {"country" | "network" | "language" | "sector"} facet */
    const labels = (facet) => {
      const { labels: all } = columns.of[facet];
      const met = [...valuesOf(columns.of[facet], coop)].filter((value) => hits.some(({ values }) => values.get(facet)?.has(value)));
      return met.map((value) => all[value]).join(", ");
    };
    const place = card.place || card.places.join(", ");
    const texts = {
      name: card.name, former: card.former.join(", "), place, other: card.other.join(", "), summary: card.summary, text: "",
      country: labels("country"), network: labels("network"), language: labels("language"), sector: labels("sector"),
    };
    const isMet = (/** @type {number} */ bit) => (fields & bit) > 0;
    return FIELDS.filter(([kind, bit]) => isMet(bit) || (isNamed && kind === "name" && !isMet(IN.former)))
      .filter(([kind]) => kind !== "country" || !isMet(IN.place) || !fold(place).includes(fold(texts.country)))
      .map(([kind]) => ({ kind, text: texts[kind] }));
  }

  return {
    search,
    /** The ids of every facet that the data knows: others in an address mean nothing. */
    known: new Map(columns.used.map((facet) => [facet, new Set(columns.of[facet].ids)])),
  };
}

/**
 * The co-ops in every group; where there is none, those in any.
 * @param {Map<number, number>[]} groups
 * @returns {Set<number>}
 */
function meeting(groups) {
  if (groups.length === 0) return new Set();
  const [first, ...others] = groups;
  const inAll = [...first.keys()].filter((coop) => others.every((group) => group.has(coop)));
  return new Set(inAll.length > 0 ? inAll : groups.flatMap((group) => [...group.keys()]));
}
