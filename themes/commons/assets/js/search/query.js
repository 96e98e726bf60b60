/**
 * What a person probably means: words in, skills of the vocabulary out. It knows nothing of co-ops or
 * pages, so that how it understands can change without them.
 * @module
 */

import { typedWords } from "./fold.js";
import { createLexicon, EVERYDAY, isRest } from "./lexicon.js";

/**
 * @typedef {import("./data.js").Skill} Skill
 *
 * @typedef {import("./lexicon.js").Language} Language
 * @typedef {import("./lexicon.js").Name} Name
 *
 * @typedef {object} Meaning
 * @property {number} skill index into the skills of the search data
 * @property {number} score comparable within one query only
 * @property {string[]} words the typed words, folded, that speak for it
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

// Beside one of these an everyday word is a technology, however long the sentence.
const CRAFT = /^(?:develop|desarroll|desenvolv|program|engineer|ingenier|ingenieur|engenh|cod(?:e|er|ing)$|lang|leng|ling)/;

// Settled by trying everyday queries in the four languages; results change little around them.
const WHOLE_NAME = { label: 4, synonym: 3.4 };
const TOGETHER = 0.5; // what each further word adds: two that point one way are no accident
const AGAIN = 0.9; // what a word is worth to the next skill, once it has spoken for one
const SHARE = 0.2; // of the best one's score: less is noise
const LEAST = 0.25; // what a single misspelled common word can say is less

/**
 * Prepares the vocabulary once; what it returns may be called at every keystroke.
 *
 * @param {Skill[]} skills
 * @param {Language} language
 * @param {import("./lexicon.js").GetTold} [getTold] gets the words that are told of skills, each beginning once, when a word begins so
 * @returns {(text: string, isName?: (word: string) => boolean | Promise<boolean>) => Promise<Understanding>}
 *   isName says whether a folded word is part of a name, so that a place is not taken for a misspelled skill
 */
export function createQuery(skills, language, getTold = async () => []) {
  const lexicon = createLexicon(skills, language, getTold);
  const { names, keyOf, telling } = lexicon;

  /**
   * What a word says.
   * @param {string} word
   * @param {boolean} isLast what is typed last may only be begun
   * @param {(word: string) => boolean | Promise<boolean>} isName
   * @returns {Promise<import("./lexicon.js").Says | undefined>}
   */
  async function say(word, isLast, isName) {
    const own = await lexicon.meet(word);
    if (own) return own;
    if (await isName(word)) return undefined;
    const begun = await lexicon.begin(word);
    const near = (await lexicon.takeApart(word)) ?? (isLast ? begun : undefined);
    return near ?? (await lexicon.meetOther(word)) ?? begun ?? lexicon.misspell(word);
  }

  return async function understand(text, isName = () => false) {
    const typed = typedWords(text);
    const kept = telling(text, typed).filter((word) => !EVERYDAY.has(word) || isTechnology(word, typed, text, language));

    /** @type {Map<string, string>} key to the word as typed */
    const byKey = new Map();
    for (const word of kept) if (!byKey.has(keyOf(word))) byKey.set(keyOf(word), word);

    await Promise.all([...byKey.values()].map(lexicon.prepare)); // side by side

    /** @type {Map<number, Map<string, number>>} skill to what each word says for it */
    const evidence = new Map();
    const add = (/** @type {number} */ skill, /** @type {string} */ key, /** @type {number} */ amount) => {
      const row = evidence.get(skill) ?? new Map();
      evidence.set(skill, row.set(key, (row.get(key) ?? 0) + amount));
    };

    for (const [key, word] of byKey) {
      for (const [skill, amount] of (await say(word, word === typed.at(-1), isName)) ?? []) add(skill, key, amount);
    }

    const whole = wholeNames(names, byKey, typed, keyOf);
    for (const [skill, { kind, keys }] of whole) {
      const worth = (WHOLE_NAME[kind] * (1 + keys.length)) / 2 / keys.length;
      for (const key of keys) add(skill, key, (worth * (1 + (await lexicon.rarity(key)))) / 2);
    }

    const meanings = likeliest(evidence).map(({ skill, score, keys }) => ({ skill, score, words: keys.map((key) => byKey.get(key) ?? key) }));
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
 * @param {Language} language
 */
function isTechnology(word, typed, text, { isFiller }) {
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
 * @param {(word: string) => string} keyOf
 */
function wholeNames(names, byKey, typed, keyOf) {
  /** @type {Map<string, string[]>} neighbors written as one: word press, node js */
  const joined = new Map();
  typed.forEach((word, at) => {
    if (byKey.has(keyOf(word))) joined.set(word, [keyOf(word)]);
    if (at > 0) joined.set(typed[at - 1] + word, [keyOf(typed[at - 1]), keyOf(word)]);
  });

  const starts = new Set([...byKey.values()].map((word) => word.slice(0, 2)));
  /** @type {Map<number, {kind: "label" | "synonym", keys: string[]}>} */
  const best = new Map();
  for (const { skill, kind, all, words: counting, joined: asOne, isTechnology } of names) {
    // Two forms of a word begin alike, which is sooner seen than what is left without their endings.
    const isLikely = counting.length > 0 && counting.every((word) => starts.has(word.slice(0, 2)));
    const isWhole = !isRest(counting, all) || all.every((word) => typed.includes(word));
    const isTyped = isLikely && isWhole && counting.every((word) => byKey.has(keyOf(word)) && (!isTechnology || word.length > 3 || typed.includes(word)));
    const met = isTyped ? [...new Set(counting.map(keyOf))] : joined.get(asOne);
    if (!met) continue;
    const before = best.get(skill);
    if (!before || met.length > before.keys.length) best.set(skill, { kind, keys: met });
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
      score *= 1 + TOGETHER * (row.size - 1);
      if (score > best.score) best = { skill, score, keys: [...row.keys()] };
    }
    if (best.skill < 0 || best.score < Math.max(LEAST, SHARE * (chosen[0]?.score ?? 0))) break;
    chosen.push(best);
    for (const key of best.keys) worth.set(key, (worth.get(key) ?? 1) * AGAIN);
  }
  return chosen;
}
