/**
 * Which co-ops answer, in which order and why; and what could be chosen next. It gets a query that is
 * already understood and returns plain values, so that another index can take its place.
 * @module
 */

import MiniSearch from "minisearch";
import { fold, stem, words } from "./fold.js";
import { hasEnded } from "./data.js";
import { FACETS } from "./state.js";

/**
 * @typedef {import("./data.js").SearchData} SearchData
 * @typedef {import("./data.js").Coop} Coop
 * @typedef {import("./query.js").Understanding} Understanding
 * @typedef {import("./state.js").Facet} Facet
 * @typedef {import("./state.js").Filters} Filters
 * @typedef {import("./state.js").Sort} Sort
 *
 * @typedef {"does" | "teaches" | Field} ReasonKind
 *
 * @typedef {object} Reason why a co-op is among the results
 * @property {ReasonKind} kind
 * @property {string} text what of the co-op was met
 *
 * @typedef {object} Result
 * @property {Coop} coop
 * @property {Reason[]} reasons the weightiest first; none where nothing was typed
 *
 * @typedef {object} FacetValue
 * @property {string} id
 * @property {string} label empty for availability and listed, whose words are the page's
 * @property {number} count results if this were chosen, with what is chosen in the other facets
 * @property {boolean} chosen
 *
 * @typedef {object} Answer
 * @property {Result[]} results all of them, in order
 * @property {Map<Facet, FacetValue[]>} facets only those the data has values for; the most frequent
 *   values first, and none that the words alone rule out
 *
 * @typedef {object} Column a facet, as a column over all co-ops
 * @property {Facet} facet
 * @property {string[]} ids
 * @property {string[]} labels
 * @property {number[][]} columns of each co-op the indexes of its values
 *
 * @typedef {keyof typeof BOOST} Field
 */

const BOOST = { name: 6, former: 5, place: 4, country: 4, network: 3, language: 3, sector: 2, other: 3, summary: 1 };
const FIELDS = /** @type {Field[]} */ (Object.keys(BOOST));

/** A word of these names something: who types it beside a need wants only what is there. */
const NAMING = new Set(["name", "former", "place", "country", "network", "language", "sector"]);

// What counts how much in the order of the results.
const SKILL = 10;
const TAUGHT = 0.5; // teaching what is needed, beside doing it
const TEXT = 6;
const WHOLE_NAME = 30;
const SAME_NAME = 60;
const OWN_WORDS = 0.5; // the words of a need in a co-op's text, without the skill
const BY_ITSELF = 0.2; // listed by the co-op itself: first among equals
const NO_ROOM = -0.5;

const STEM = "~~~"; // before what is left of a word without its ending: no typing mistake leads there

/** @param {string} word */
const terms = (word) => (word.length > 3 ? [word, STEM + stem(word)] : word);

/** @param {string} term */
const isStem = (term) => term.startsWith(STEM);

/** @param {string} term */
const fuzziness = (term) => (isStem(term) || term.length < 5 ? false : term.length > 6 ? 2 : 1);

/**
 * Prepares the records once; search may be called at every keystroke.
 * @param {SearchData} data
 */
export function createIndex(data) {
  const { coops } = data;
  const facets = facetColumns(data);
  const records = coops.map((coop, id) => ({ id, ...textOf(coop, data) }));

  const text = new MiniSearch({ fields: FIELDS, tokenize: words, processTerm: terms });
  text.addAll(records);

  const naming = FIELDS.filter((field) => NAMING.has(field));
  const nameWords = new Set(records.flatMap((record) => naming.flatMap((field) => words(record[field]))));

  const options = {
    boost: BOOST,
    tokenize: (/** @type {string} */ word) => [word],
    weights: { prefix: 0.5, fuzzy: 0.2 },
    prefix: (/** @type {string} */ term) => !isStem(term) && term.length > 1,
    fuzzy: fuzziness,
  };

  /**
   * What one word meets: co-op to score, and in which fields it stands as typed or only resembles.
   * @param {string} word
   */
  const hitsOf = (word) => {
    const own = new Set([terms(word)].flat());
    const hits = text.search(word, options).map(({ id, score, match }) => {
      /** @type {Set<Field>} */
      const exact = new Set();
      /** @type {Set<Field>} */
      const fields = new Set();
      for (const [term, where] of Object.entries(match)) {
        for (const field of /** @type {Field[]} */ (where)) (own.has(term) ? exact : fields).add(field);
      }
      for (const field of exact) fields.add(field);
      const isBegun = Object.keys(match).some((term) => term.startsWith(word));
      return { id: /** @type {number} */ (id), score, exact, fields, isBegun };
    });
    // What is there as typed is no misspelling of something else.
    return hits.some(({ exact }) => exact.size > 0) ? hits.filter(({ exact, isBegun }) => exact.size > 0 || isBegun) : hits;
  };

  /**
   * The co-ops that answer the words, by number, with their score and reasons.
   * @param {Understanding} understood
   * @returns {Map<number, {score: number, reasons: Reason[], named: boolean}>}
   */
  function answering({ meanings, words: typed, all, rest }) {
    const named = namedBy(all, records, text);
    const byWord = new Map(typed.map((word) => [word, hitsOf(word)]));

    // Each group is a thing that was asked for: the skills together, and each word that names something.
    /** @type {Map<number, number>[]} */
    const groups = [];
    if (meanings.length > 0) groups.push(skilled(meanings, coops, byWord));
    for (const word of rest) {
      const hits = byWord.get(word) ?? [];
      const wanted = meanings.length === 0 ? hits : hits.filter(({ exact }) => naming.some((field) => exact.has(field)));
      if (wanted.length > 0) groups.push(new Map(wanted.map(({ id }) => [id, 0])));
    }

    const found = meeting(groups);
    for (const id of named.keys()) found.add(id);

    const texts = textScores(byWord);
    const most = Math.max(1, ...[...texts.values()].map(({ score }) => score));
    /** @type {Map<number, {score: number, reasons: Reason[], named: boolean}>} */
    const answers = new Map();
    for (const id of found) {
      const coop = coops[id];
      const met = texts.get(id);
      let score = ((met?.score ?? 0) / most) * TEXT + (named.get(id) ?? 0);
      if (meanings.length > 0) score += (groups[0].get(id) ?? 0) * SKILL;
      if (coop.coop) score += BY_ITSELF;
      if (coop.availability === "full") score += NO_ROOM;
      const isNamed = named.has(id);
      const reasons = [
        ...skillReasons(coop, meanings, data),
        ...textReasons(met?.fields ?? new Set(), records[id], isNamed),
      ];
      answers.set(id, { score, reasons, named: isNamed });
    }
    return answers;
  }

  /**
   * @param {Understanding} understood
   * @param {Filters} filters ids the data does not know are ignored
   * @param {Sort} sort
   * @returns {Answer}
   */
  function search(understood, filters, sort) {
    const isText = understood.words.length > 0 || understood.all.length > 0 || understood.isNonsense;
    let answers = isText ? answering(understood) : null;
    // Nothing but filler so far, "we need a …": everything still answers.
    if (answers?.size === 0 && understood.words.length === 0 && !understood.isNonsense) answers = null;

    const inReach = coops.flatMap((coop, id) => {
      if (answers && !answers.has(id)) return [];
      return hasEnded(coop) && !answers?.get(id)?.named ? [] : [id];
    });

    const { kept, values } = filtered(inReach, facets, filters);
    const scoreOf = (/** @type {number} */ id) => answers?.get(id)?.score ?? 0;
    const isLast = (/** @type {number} */ id) => Number(hasEnded(coops[id]) && scoreOf(id) < SAME_NAME);
    if (sort === "best") kept.sort((a, b) => scoreOf(b) - scoreOf(a) || a - b);
    kept.sort((a, b) => isLast(a) - isLast(b));

    return { results: kept.map((id) => ({ coop: coops[id], reasons: answers?.get(id)?.reasons ?? [] })), facets: values };
  }

  return {
    search,
    /**
     * Whether a folded word is part of a name, a place, a network or the like.
     * @param {string} word
     */
    isName: (word) => nameWords.has(word),
    /** The ids of every facet that the data knows: others in an address mean nothing. */
    known: new Map(facets.map(({ facet, ids }) => [facet, new Set(ids)])),
  };
}

/**
 * What of the co-ops in reach the filters keep, and what each facet has to choose from.
 * @param {number[]} inReach
 * @param {Column[]} facets
 * @param {Filters} filters
 * @returns {{kept: number[], values: Map<Facet, FacetValue[]>}}
 */
function filtered(inReach, facets, filters) {
  const tallies = facets.map(({ facet, ids, labels, columns }) => ({
    facet,
    columns,
    wanted: new Set(filters[facet].map((id) => ids.indexOf(id)).filter((at) => at >= 0)),
    values: ids.map((id, at) => ({ id, at, label: labels[at], count: 0, widest: 0 })),
  }));

  /** @type {number[]} */
  const kept = [];
  for (const id of inReach) {
    const failed = tallies.filter(({ wanted, columns }) => wanted.size > 0 && !columns[id].some((at) => wanted.has(at)));
    if (failed.length === 0) kept.push(id);
    // Who fails no facet counts in all of them; who fails a single one counts in that one.
    for (const tally of tallies) {
      const isCounted = failed.length === 0 || (failed.length === 1 && failed[0] === tally);
      for (const at of tally.columns[id]) {
        tally.values[at].widest += 1;
        if (isCounted) tally.values[at].count += 1;
      }
    }
  }

  const values = tallies.map(({ facet, wanted, values: all }) => {
    const shown = all.filter(({ at, widest }) => widest > 0 || wanted.has(at));
    shown.sort((a, b) => b.count - a.count || b.widest - a.widest || a.at - b.at);
    return /** @type {const} */ ([facet, shown.map(({ id, at, label, count }) => ({ id, label, count, chosen: wanted.has(at) }))]);
  });
  return { kept, values: new Map(values) };
}

/**
 * Every facet that the data has values for.
 * @param {SearchData} data
 * @returns {Column[]}
 */
function facetColumns(data) {
  const { coops } = data;
  const of = (/** @type {import("./data.js").Term[]} */ list, /** @type {(coop: Coop) => number[] | undefined} */ values) => ({
    ids: list.map(({ id }) => id),
    labels: list.map(({ label }) => label),
    columns: coops.map((coop) => values(coop) ?? []),
  });
  const among = (/** @type {string[]} */ ids, /** @type {(coop: Coop) => string | undefined} */ value) => ({
    ids,
    labels: ids.map(() => ""),
    columns: coops.map((coop) => [ids.indexOf(value(coop) ?? "")].filter((at) => at >= 0)),
  });
  const columns = {
    does: of(data.skills, (coop) => coop.does),
    teaches: of(data.skills, (coop) => coop.teaches),
    needs: of(data.skills, (coop) => coop.needs),
    country: of(data.countries ?? [], (coop) => coop.countries),
    language: of(data.languages ?? [], (coop) => coop.languages),
    network: of(data.networks ?? [], (coop) => coop.networks),
    sector: of(data.sectors ?? [], (coop) => coop.sectors),
    availability: among(["open", "limited", "full"], (coop) => coop.availability),
    listed: among(["coop", "third-party"], (coop) => (coop.coop ? "coop" : "third-party")),
  };
  return FACETS.map((facet) => ({ facet, ...columns[facet] })).filter(({ facet, columns: values }) => {
    const different = new Set(values.flat()).size;
    return different > (facet === "listed" ? 1 : 0);
  });
}

/**
 * What of a co-op is looked through, field by field.
 * @param {Coop} coop
 * @param {SearchData} data
 * @returns {Record<Field, string>}
 */
function textOf(coop, data) {
  const labels = (/** @type {number[] | undefined} */ indexes, /** @type {import("./data.js").Term[] | undefined} */ list) =>
    (indexes ?? []).map((index) => list?.[index]?.label ?? "").join(", ");
  return {
    name: coop.name,
    former: (coop.former ?? []).join(", "),
    place: coop.place ?? "",
    country: labels(coop.countries, data.countries),
    network: labels(coop.networks, data.networks),
    language: labels(coop.languages, data.languages),
    sector: labels(coop.sectors, data.sectors),
    other: (coop.other ?? []).join(", "),
    summary: coop.summary ?? "",
  };
}

/**
 * The co-ops whose name or former name has everything that was typed, filler too: "We Are Open".
 * @param {string[]} all
 * @param {({id: number} & Record<Field, string>)[]} records
 * @param {MiniSearch} text
 * @returns {Map<number, number>} to what that counts
 */
function namedBy(all, records, text) {
  if (all.length === 0) return new Map();
  const asOne = all.join("");
  const found = text.search(all.join(" "), {
    fields: ["name", "former"],
    tokenize: (typed) => typed.split(" "),
    processTerm: (word) => word,
    combineWith: "AND",
    prefix: (term) => term.length > 2,
    fuzzy: fuzziness,
  });
  const named = new Map(found.map(({ id, score }) => [id, WHOLE_NAME + score / 100]));
  for (const { id, name, former } of records) {
    for (const one of [name, ...former.split(", ")]) {
      const joined = words(one).join("");
      if (joined === asOne) named.set(id, SAME_NAME);
      else if (asOne.length > 4 && joined.startsWith(asOne) && !named.has(id)) named.set(id, WHOLE_NAME);
    }
  }
  return named;
}

/**
 * The co-ops that do or teach what is meant, or say so in their own words.
 * @param {Understanding["meanings"]} meanings
 * @param {Coop[]} coops
 * @param {Map<string, {id: number, exact: Set<Field>}[]>} byWord
 * @returns {Map<number, number>} to how well, about 0 to 2
 */
function skilled(meanings, coops, byWord) {
  /** @type {Map<number, number>} */
  const worth = new Map();
  meanings.forEach(({ skill, score, words: spoken }, rank) => {
    const weight = (score / meanings[0].score) * 0.7 ** rank;
    const said = spoken.map((word) => {
      const hits = byWord.get(word) ?? [];
      return new Set(hits.filter(({ exact }) => exact.has("summary") || exact.has("other")).map(({ id }) => id));
    });
    coops.forEach((coop, id) => {
      const isDone = coop.does?.includes(skill) ?? false;
      const isTaught = coop.teaches?.includes(skill) ?? false;
      const isSaid = !isDone && !isTaught && said.length > 0 && said.every((ids) => ids.has(id));
      const share = Number(isDone) + Number(isTaught) * TAUGHT + Number(isSaid) * OWN_WORDS;
      if (share > 0) worth.set(id, (worth.get(id) ?? 0) + share * weight);
    });
  });
  return worth;
}

/**
 * The co-ops in every group; where there is none, those in any.
 * @param {Map<number, number>[]} groups
 * @returns {Set<number>}
 */
function meeting(groups) {
  if (groups.length === 0) return new Set();
  const [first, ...others] = groups;
  const inAll = [...first.keys()].filter((id) => others.every((group) => group.has(id)));
  return new Set(inAll.length > 0 ? inAll : groups.flatMap((group) => [...group.keys()]));
}

/**
 * @param {Map<string, {id: number, score: number, fields: Set<Field>}[]>} byWord
 * @returns {Map<number, {score: number, fields: Set<Field>}>}
 */
function textScores(byWord) {
  /** @type {Map<number, {score: number, fields: Set<Field>}>} */
  const scores = new Map();
  for (const hits of byWord.values()) {
    for (const { id, score, fields } of hits) {
      const before = scores.get(id) ?? { score: 0, fields: new Set() };
      before.score += score;
      for (const field of fields) before.fields.add(field);
      scores.set(id, before);
    }
  }
  return scores;
}

/**
 * @param {Coop} coop
 * @param {Understanding["meanings"]} meanings
 * @param {SearchData} data
 * @returns {Reason[]}
 */
function skillReasons(coop, meanings, data) {
  return meanings.flatMap(({ skill }) => {
    const text = data.skills[skill].label;
    /** @type {Reason[]} */
    const reasons = [];
    if (coop.does?.includes(skill)) reasons.push({ kind: "does", text });
    if (coop.teaches?.includes(skill)) reasons.push({ kind: "teaches", text });
    return reasons;
  });
}

/**
 * @param {Set<Field>} fields
 * @param {Record<Field, string>} record
 * @param {boolean} isNamed
 * @returns {Reason[]}
 */
function textReasons(fields, record, isNamed) {
  const met = FIELDS.filter((field) => fields.has(field) || (isNamed && field === "name" && !fields.has("former")));
  return met
    .filter((field) => field !== "country" || !met.includes("place") || !fold(record.place).includes(fold(record.country)))
    .map((kind) => ({ kind, text: record[kind] }));
}
