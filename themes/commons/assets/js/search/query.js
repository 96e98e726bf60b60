/**
 * What a person probably means: words in, skills of the vocabulary out. It knows nothing of co-ops or
 * pages, so that how it understands can change without them.
 * @module
 */

import MiniSearch from "minisearch";
import { isFiller, stem, typedWords, words } from "./fold.js";

/**
 * @typedef {import("./data.js").Skill} Skill
 *
 * @typedef {object} Meaning
 * @property {number} skill index into the skills of the search data
 * @property {number} score comparable within one query only
 * @property {{kind: "label" | "synonym" | "ask" | "other", text: string}} reason what of the
 *   vocabulary was met: its label, one of its synonyms, or the typed words that its ask or another
 *   language has
 * @property {string[]} words the typed words, folded, that speak for it
 *
 * @typedef {object} Name a label or synonym, ready to be recognized
 * @property {number} skill
 * @property {"label" | "synonym"} kind
 * @property {string} text
 * @property {string[]} keys what of it must have been typed, in any form
 * @property {string[]} exact what of it must have been typed as it is
 * @property {string} joined the name as one word
 *
 * @typedef {object} Understanding
 * @property {Meaning[]} meanings up to three, the likeliest first
 * @property {string[]} all what was typed, folded
 * @property {string[]} words the same without filler, each once
 * @property {string[]} rest those of the words that speak for none of the meanings
 * @property {boolean} isNonsense something was typed, but no word
 */

/** How many skills a sentence is answered with. */
const MOST = 3;

// Names of technologies that are everyday words too: never begun, misspelled or inflected ones.
const EVERYDAY = new Set(["go", "swift", "spring", "rust", "react", "unity", "matrix", "phoenix", "discourse", "blender", "git"]);

// Longer names made of them, ReactJS or SwiftUI, are no more to be reached by half a word.
const MADE_OF_EVERYDAY = /^(?:swift|spring|rust|react|unity|matrix|phoenix|discourse|blender)/;

// Beside one of these an everyday word is a technology, however long the sentence.
const CRAFT = /^(?:develop|desarroll|desenvolv|program|engineer|ingenier|ingenieur|engenh|cod(?:e|er|ing)$|lang|leng|ling)/;

// Everybody here is one: beside other words these say little.
const COOPERATIVE = /^(?:coop|cooperat|cooperativ|scop|koop)/;

// Weights, settled by trying everyday queries in the four languages; results change little around them.
const BOOST = { label: 3, names: 2.5, technology: 3, ask: 1.3, also: 0.8 };
const WEIGHTS = { prefix: 0.4, fuzzy: 0.2 };
const WHOLE_NAME = { label: 12, synonym: 10 };
const COMMON = 0.2; // how rare a word is that everybody here uses
const DAMPING = 0.8; // one word that fills a skill's synonyms is still one word
const AGAIN = 0.6; // what a word is worth to the next skill, once it has spoken for one
const SHARE = 0.2; // of the best one's score: less is noise
const LEAST = 3; // what a single misspelled common word can say is less

/**
 * What two forms of a word have in common; an everyday name has only itself.
 * @param {string} word
 */
const keyOf = (word) => (EVERYDAY.has(word) ? `=${word}` : stem(word));

// Marks before terms, long enough that no typing mistake of another word leads to them: what matches
// only as it is, and what is left of a word without its ending.
const WHOLE = "===";
const STEM = "~~~";

/**
 * The terms a word is indexed and looked up under.
 * @param {string} word
 * @param {string} [field]
 * @returns {string[]}
 */
function terms(word, field) {
  if (EVERYDAY.has(word)) return [WHOLE + word];
  if (MADE_OF_EVERYDAY.test(word)) return field === "technology" ? [WHOLE + word] : [WHOLE + word, word, STEM + stem(word)];
  if (word.length > 3) return [word, STEM + stem(word)];
  return field === "technology" ? [WHOLE + word] : [WHOLE + word, STEM + stem(word)];
}

/**
 * The label of a skill, then its synonyms.
 * @param {Skill} skill
 */
const namesOf = (skill) => [skill.label, ...(skill.names ?? [])];

/** @param {string} term */
const isPlain = (term) => !term.startsWith(WHOLE) && !term.startsWith(STEM);

/**
 * The words of a name or a sentence that count: no filler, save where it is written as an acronym is
 * (IT, TI).
 * @param {string} text
 * @param {string[]} [all] the words of the text
 * @returns {string[]}
 */
function telling(text, all = words(text)) {
  const shouted = text === text.toUpperCase() ? [] : (text.match(/(?<![\p{L}\p{N}])\p{Lu}{2,3}(?![\p{L}\p{N}])/gu) ?? []);
  const acronyms = new Set(shouted.map((word) => word.toLowerCase()));
  return all.filter((word) => !isFiller(word) || EVERYDAY.has(word) || acronyms.has(word));
}

/**
 * Prepares the vocabulary once; what it returns may be called at every keystroke.
 *
 * @param {Skill[]} skills
 * @returns {(text: string, isName?: (word: string) => boolean | Promise<boolean>) => Promise<Understanding>}
 *   isName says whether a folded word is part of a name, so that a place is not taken for a misspelled
 *   skill; it may have to fetch something to know
 */
export function createQuery(skills) {
  const vocabulary = new MiniSearch({
    idField: "skill",
    fields: ["label", "names", "technology", "ask", "also"],
    tokenize: (text) => telling(text),
    processTerm: terms,
  });
  const entries = skills.map((skill, index) => {
    const isTechnology = skill.category === "technology";
    return {
      skill: index,
      label: isTechnology ? "" : skill.label,
      names: isTechnology ? "" : namesOf(skill).slice(1).join(", "),
      technology: isTechnology ? namesOf(skill).join(", ") : "",
      ask: skill.ask ?? "",
      also: skill.also ?? "",
    };
  });
  vocabulary.addAll(entries);

  const names = skills.flatMap((skill, index) =>
    namesOf(skill).map((text, at) => {
      const all = words(text);
      /** @type {"label" | "synonym"} */
      const kind = at === 0 ? "label" : "synonym";
      const counting = telling(text, all);
      const exact = skill.category === "technology" ? counting.filter((word) => word.length <= 3) : [];
      return { skill: index, kind, text, keys: [...new Set(counting.map(keyOf))], exact, joined: all.join("") };
    }),
  );

  /** @type {Map<string, number>} in how many skills a word is, in any form */
  const spread = new Map();
  for (const { label, names: synonyms, technology, ask, also } of entries) {
    const keys = words([label, synonyms, technology, ask, also].join(" ")).map(keyOf);
    for (const key of new Set(keys)) spread.set(key, (spread.get(key) ?? 0) + 1);
  }

  /** @param {string} key from 0 to 1: a word of one skill tells much, "site" tells little */
  const rarity = (key) => {
    if (COOPERATIVE.test(key)) return COMMON;
    return Math.log(1 + skills.length / (spread.get(key) ?? 1)) / Math.log(1 + skills.length);
  };

  const options = {
    tokenize: (/** @type {string} */ word) => [word],
    boost: BOOST,
    weights: WEIGHTS,
    bm25: { k: 1.2, b: 0.5, d: 0.5 },
    prefix: (/** @type {string} */ term) => isPlain(term),
    fuzzy: (/** @type {string} */ term) => (!isPlain(term) || term.length < 5 ? false : term.length > 8 ? 2 : 1),
  };

  return async function understand(text, isName = () => false) {
    const typed = typedWords(text);
    const kept = telling(text, typed).filter((word) => !EVERYDAY.has(word) || isTechnology(word, typed, text));

    /** @type {Map<string, string>} key to the word as typed */
    const byKey = new Map();
    for (const word of kept) if (!byKey.has(keyOf(word))) byKey.set(keyOf(word), word);

    /** @type {Map<number, Map<string, number>>} skill to what each word says for it */
    const evidence = new Map();
    const add = (/** @type {number} */ skill, /** @type {string} */ key, /** @type {number} */ amount) => {
      const row = evidence.get(skill) ?? new Map();
      evidence.set(skill, row.set(key, (row.get(key) ?? 0) + amount));
    };

    for (const [key, word] of byKey) {
      const own = new Set(terms(word));
      const found = vocabulary.search(word, options);
      // What is there as typed is neither begun nor misspelled.
      const exact = found.filter(({ terms: met }) => met.some((term) => own.has(term)));
      if (exact.length === 0 && (await isName(word))) continue;
      for (const { id, score } of exact.length > 0 ? exact : found) add(id, key, (score * rarity(key)) ** DAMPING);
    }

    const whole = wholeNames(names, byKey, typed);
    for (const [skill, { kind, keys }] of whole) {
      const worth = (WHOLE_NAME[kind] * (1 + keys.length)) / 2 / keys.length;
      for (const key of keys) add(skill, key, (worth * (1 + rarity(key))) / 2);
    }

    const meanings = likeliest(evidence).map(({ skill, score, keys }) => {
      const spoken = keys.map((key) => byKey.get(key) ?? key);
      return { skill, score, reason: reasonFor(skills[skill], whole.get(skill), spoken), words: spoken };
    });
    const explained = new Set(meanings.flatMap((meaning) => meaning.words));
    const counting = [...byKey.values()];
    const rest = counting.filter((word) => !explained.has(word));
    return { meanings, all: typed, words: counting, rest, isNonsense: typed.length === 0 && text.trim() !== "" };
  };
}

/**
 * Whether an everyday word is meant as the technology: in a few words it is; "go" and the like in a
 * longer sentence only with a capital inside it or beside a word of the craft.
 * @param {string} word
 * @param {string[]} typed
 * @param {string} text
 */
function isTechnology(word, typed, text) {
  if (typed.length <= 3 || !isFiller(word)) return true;
  const at = typed.indexOf(word);
  if (CRAFT.test(typed[at - 1] ?? "") || CRAFT.test(typed[at + 1] ?? "")) return true;
  const capital = word[0].toUpperCase() + word.slice(1);
  return at > 0 && new RegExp(`[^\\p{L}\\p{N}]${capital}(?![\\p{L}\\p{N}])`, "u").test(text);
}

/**
 * The labels and synonyms of which every word was typed, the best of each skill.
 * @param {Name[]} names
 * @param {Map<string, string>} byKey
 * @param {string[]} typed
 */
function wholeNames(names, byKey, typed) {
  /** @type {Map<string, string[]>} neighbors written as one: word press, node js */
  const joined = new Map();
  typed.forEach((word, at) => {
    if (byKey.has(keyOf(word))) joined.set(word, [keyOf(word)]);
    if (at > 0) joined.set(typed[at - 1] + word, [keyOf(typed[at - 1]), keyOf(word)]);
  });

  /** @type {Map<number, {kind: "label" | "synonym", text: string, keys: string[]}>} */
  const best = new Map();
  for (const { skill, kind, text, keys, exact, joined: asOne } of names) {
    const isTyped =
      keys.length > 0 && keys.every((key) => byKey.has(key)) && exact.every((word) => typed.includes(word));
    const met = isTyped ? keys : joined.get(asOne);
    if (!met) continue;
    const before = best.get(skill);
    if (!before || met.length > before.keys.length) best.set(skill, { kind, text, keys: met });
  }
  return best;
}

/**
 * The skills with the most evidence, one after the other. A word that has spoken for one skill says
 * less for the next, so that a sentence with two needs gets both.
 * @param {Map<number, Map<string, number>>} evidence
 */
function likeliest(evidence) {
  /** @type {{skill: number, score: number, keys: string[]}[]} */
  const chosen = [];
  /** @type {Map<string, number>} */
  const worth = new Map();
  while (chosen.length < MOST) {
    let best = { skill: -1, score: 0, keys: /** @type {string[]} */ ([]) };
    for (const [skill, row] of evidence) {
      if (chosen.some((one) => one.skill === skill)) continue;
      let score = 0;
      for (const [key, amount] of row) score += amount * (worth.get(key) ?? 1);
      if (score > best.score) best = { skill, score, keys: [...row.keys()] };
    }
    if (best.skill < 0 || best.score < Math.max(LEAST, SHARE * (chosen[0]?.score ?? 0))) break;
    chosen.push(best);
    for (const key of best.keys) worth.set(key, (worth.get(key) ?? 1) * AGAIN);
  }
  return chosen;
}

/**
 * @param {Skill} skill
 * @param {{kind: "label" | "synonym", text: string} | undefined} whole
 * @param {string[]} spoken
 * @returns {Meaning["reason"]}
 */
function reasonFor(skill, whole, spoken) {
  if (whole) return { kind: whole.kind, text: whole.text };
  const keys = new Set(spoken.map(keyOf));
  const shares = (/** @type {string} */ text) => words(text).filter((word) => keys.has(keyOf(word))).length;
  if (shares(skill.label) > 0) return { kind: "label", text: skill.label };
  const synonym = namesOf(skill).slice(1).sort((a, b) => shares(b) - shares(a))[0];
  if (synonym !== undefined && shares(synonym) > 0) return { kind: "synonym", text: synonym };
  return { kind: shares(skill.ask ?? "") > 0 ? "ask" : "other", text: spoken.join(" ") };
}
