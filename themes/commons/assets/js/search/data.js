/**
 * The search data of one language, as the site's build writes it, and how it gets here.
 * @module
 */

/**
 * @typedef {object} Term
 * @property {string} id
 * @property {string} label in the reader's language
 *
 * @typedef {object} Skill
 * @property {string} id
 * @property {string} label
 * @property {string} category
 * @property {string[]} [names] synonyms in the reader's language
 * @property {string} [ask] the distinctive words, folded, of the sentence people say when they need it
 * @property {string} [also] words, folded, of the other languages
 *
 * @typedef {object} Coop
 * @property {string} slug
 * @property {string} name
 * @property {[initials: string, tint: number, shape: number]} mark
 * @property {string} [logo] address of the picture, from the site's root
 * @property {string} [place] the main place, without its country
 * @property {string} [summary]
 * @property {string} [lang] of the summary, where it is not the page's
 * @property {string[]} [former] names it had
 * @property {number[]} [does] indexes into the skills, as are teaches and needs
 * @property {string[]} [other] what it does that the vocabulary does not have
 * @property {number[]} [teaches]
 * @property {number[]} [needs]
 * @property {number[]} [countries] indexes, as are languages, networks and sectors
 * @property {number[]} [languages]
 * @property {number[]} [networks]
 * @property {number[]} [sectors]
 * @property {string} [availability]
 * @property {string} [status] absent: active
 * @property {1} [coop] listed by the co-op itself
 * @property {1} [remote] works at a distance
 *
 * @typedef {object} SearchData
 * @property {number} version
 * @property {string} language
 * @property {Skill[]} skills
 * @property {Term[]} countries
 * @property {Term[]} languages
 * @property {Term[]} networks
 * @property {Term[]} sectors
 * @property {Coop[]} coops by name
 */

const VERSION = 1;
const PATIENCE = 20_000; // milliseconds, on a slow line too

const ENDED = new Set(["closed", "merged", "no-longer-coop"]);

/**
 * Whether a co-op is no longer at work.
 * @param {Coop} coop
 */
export const hasEnded = (coop) => ENDED.has(coop.status ?? "");

/**
 * Gets the search data; rejects where it cannot be had or is not what this script reads.
 * @param {string} address
 * @returns {Promise<SearchData>}
 */
export async function load(address) {
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const data = await response.json();
  if (data?.version !== VERSION || !Array.isArray(data.coops) || !Array.isArray(data.skills)) {
    throw new Error(`${address}: not search data of version ${VERSION}`);
  }
  return data;
}
