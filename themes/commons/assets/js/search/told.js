/**
 * The words of other languages, where all of them are at hand and not in blocks.
 * @module
 */

import { characterOf } from "./columns.js";

/**
 * @param {string[]} also of each skill its words, folded
 * @returns {import("./lexicon.js").GetTold}
 */
export function toldOf(also) {
  /** @type {Map<string, import("./postings.js").Entry[]>} by how they begin */
  const all = new Map();
  also.forEach((text, skill) => {
    for (const term of text.match(/\S+/g) ?? []) {
      const start = term.slice(0, 2);
      all.set(start, [...(all.get(start) ?? []), { term, list: `\t\t${characterOf(skill)}` }]);
    }
  });
  return async (start) => all.get(start) ?? [];
}
