/**
 * Understanding, ready for the page: the words of the reader's language first, and those of the other
 * languages only where they are not enough.
 * @module
 */

import { stem as lightStem } from "../search/fold.js";
import { createQuery } from "../search/query.js";

/**
 * @typedef {import("../search/data.js").Skill} Skill
 * @typedef {import("../search/query.js").Understanding} Understanding
 *
 * @typedef {object} Others
 * @property {string[]} also of each skill the words, folded, of the other languages
 *
 * @typedef {object} From
 * @property {Skill[]} skills the vocabulary
 * @property {() => Promise<Others>} others gets the words of the other languages, once
 *
 * @typedef {object} Understander
 * @property {(text: string, isName?: (word: string) => boolean | Promise<boolean>) => Promise<Understanding>} understand
 *   may be called at every keystroke
 * @property {(word: string) => string} stem what two forms of a folded word have in common, in whatever
 *   language: a co-op writes in its own
 */

/**
 * @param {(word: string) => string} stem of the language
 * @param {string} filler words, folded, that say nothing about what is needed
 * @returns {(from: From) => Understander}
 */
export function createFor(stem, filler) {
  const fillers = new Set(filler.match(/\S+/g));
  const language = {
    // Names like C++ and ES6 have no endings, and three letters none to lose.
    stem: (/** @type {string} */ word) => (word.length < 4 || /[\d+#]/.test(word) ? word : stem(word)),
    isFiller: (/** @type {string} */ word) => fillers.has(word),
  };
  return ({ skills, others }) => ({
    understand: createQuery(skills, language, async () => (await others()).also),
    stem: lightStem,
  });
}
