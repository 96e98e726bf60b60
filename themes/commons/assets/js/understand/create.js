/**
 * Understanding, ready for the page: the words of the reader's language first, and those of the other
 * languages only where they are not enough.
 * @module
 */

import { stem } from "../search/fold.js";
import { createQuery } from "../search/query.js";

/**
 * @typedef {import("../search/data.js").Skill} Skill
 * @typedef {import("../search/query.js").Understanding} Understanding
 *
 * @typedef {object} Vocabulary
 * @property {Skill[]} skills
 *
 * @typedef {object} Others
 * @property {string[]} also of each skill the words, folded, of the other languages
 *
 * @typedef {object} Understander
 * @property {(text: string, isName?: (word: string) => boolean | Promise<boolean>) => Promise<Understanding>} understand
 *   may be called at every keystroke
 * @property {(word: string) => string} stem what two forms of a folded word have in common
 */

/**
 * @param {object} from
 * @param {Vocabulary} from.vocabulary
 * @param {() => Promise<Others>} from.others gets the words of the other languages, once
 * @returns {Understander}
 */
export function create({ vocabulary: { skills }, others }) {
  const own = createQuery(skills);
  /** @type {Promise<ReturnType<typeof createQuery>> | undefined} */
  let all;

  function withOthers() {
    all ??= others().then(
      ({ also }) => createQuery(skills.map((skill, at) => ({ ...skill, also: also[at] }))),
      () => {
        all = undefined; // the next question tries again
        return own;
      },
    );
    return all;
  }

  return {
    stem,
    async understand(text, isName = () => false) {
      const understood = await own(text, isName);
      for (const word of understood.rest) {
        if (!(await isName(word))) return (await withOthers())(text, isName);
      }
      return understood;
    },
  };
}
