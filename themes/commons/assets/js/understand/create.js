/**
 * Understanding, ready for the page.
 * @module
 */

import { stem as lightStem } from "../search/fold.js";
import { createQuery } from "../search/query.js";

/**
 * @typedef {import("../search/data.js").Skill} Skill
 * @typedef {import("../search/query.js").Understanding} Understanding
 *
 * @typedef {object} From
 * @property {Skill[]} skills the vocabulary
 * @property {import("../search/lexicon.js").GetTold} told gets the words that are told of skills
 *
 * @typedef {object} Understander
 * @property {(text: string, isName?: (word: string) => boolean | Promise<boolean>) => Promise<Understanding>} understand
 *   may be called at every keystroke
 * @property {(word: string) => string} stem what two forms of a folded word have in common, in whatever
 *   language: a co-op writes in its own
 */

/**
 * @param {(word: string) => string} stem of the language
 * @param {string[]} filler lines of words, folded, that say nothing about what is needed
 * @returns {((from: From) => Understander) & Pick<import("../search/lexicon.js").Language, "isFiller">}
 */
export function createFor(stem, filler) {
  const fillers = new Set(filler.join(" ").split(" "));
  const language = {
    // Names like C++ and ES6 have no endings, and three letters none to lose.
    stem: (/** @type {string} */ word) => (word.length < 4 || /[\d+#]/.test(word) ? word : stem(word)),
    isFiller: (/** @type {string} */ word) => fillers.has(word),
  };
  const create = (/** @type {From} */ { skills, told }) => ({ understand: createQuery(skills, language, told), stem: lightStem });
  return Object.assign(create, { isFiller: language.isFiller });
}
