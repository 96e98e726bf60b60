/**
 * The files of the search, as the site's build writes them (internal/site/search.go), and how they get
 * here: each when it is first needed, and only once.
 * @module
 */

/**
 * @typedef {object} Skill
 * @property {string} label
 * @property {boolean} [isTechnology]
 * @property {string[]} [names] synonyms in the reader's language, as their words, folded, with acronyms in capitals
 * @property {string} [ask] the distinctive words, folded, of the sentence people say when they need it, where they are at hand
 * @property {number} [told] how many of them are to be fetched instead, each when a word begins like it
 *
 * @typedef {[isTechnology: number, told: number, ...names: string[]]} Row a skill as the vocabulary has it
 *
 * @typedef {object} Manifest what there is to fetch
 * @property {number} version of the format
 * @property {number} coops
 * @property {string} facets address of the columns, from the search's folder
 * @property {string} dates
 * @property {string} folder of the language
 * @property {number} cards how many a block has
 * @property {string[]} words where the blocks of words begin; the first begins at the beginning
 * @property {string[]} told likewise
 *
 * @typedef {object} Card what a result shows that is in no column
 * @property {string} slug
 * @property {string} name
 * @property {[initials: string, tint: number, shape: number]} mark
 * @property {string} place the main one, without its country
 * @property {string} summary
 * @property {string} lang of the summary, where it is not the page's
 * @property {string} logo address of the picture, from the site's root
 * @property {string[]} former names it had
 * @property {string[]} other what it does that the vocabulary does not have
 * @property {string[]} places besides the main one
 * @property {string} from name of the directory that it comes from; empty: this one
 */

export const VERSION = 3;

const PATIENCE = 20_000; // milliseconds, on a slow line too

/** The site speaks another format by now: this page is too old for it. */
export class Outdated extends Error {}

/**
 * Gets a file; rejects where it cannot be had.
 * @param {string} address
 * @param {RequestCache} [cache]
 * @returns {Promise<string>}
 */
async function get(address, cache = "default") {
  const response = await fetch(address, { cache, signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

/**
 * Gets a file and reads it; one that came broken out of a cache is fetched once more, past all caches.
 * @template T
 * @param {string} address
 * @param {(text: string) => T} read throws where the text is not what it should be
 * @returns {Promise<T>}
 */
async function sound(address, read) {
  const text = await get(address);
  try {
    return read(text);
  } catch {
    return read(await get(address, "reload"));
  }
}

/**
 * Gets the manifest that holds now.
 * @param {string} address
 * @returns {Promise<Manifest>}
 */
export async function latest(address) {
  const manifest = JSON.parse(await get(address, "no-store"));
  if (manifest?.version !== VERSION) throw new Outdated(`${address}: not of version ${VERSION}`);
  return manifest;
}

/**
 * The files that a manifest names. What failed is fetched anew the next time.
 * @param {Manifest} manifest
 * @param {string} root address of the search's folder
 */
export function createFiles(manifest, root) {
  /** @type {Map<string, Promise<any>>} */
  const files = new Map();

  /**
   * @template T
   * @param {string} name from the search's folder
   * @param {(text: string) => T} read throws where the text is not what it should be
   * @returns {Promise<T>}
   */
  function file(name, read) {
    let made = files.get(name);
    if (!made) {
      made = sound(root + name, read).catch((error) => {
        files.delete(name);
        throw error;
      });
      files.set(name, made);
    }
    return made;
  }

  const lines = (/** @type {string} */ kind, /** @type {number} */ coops, /** @type {string} */ name, /** @type {(lines: string[]) => any} */ read) =>
    file(name, (text) => read(linesOf(text, kind, coops)));

  return {
    /** @returns {Promise<string[]>} the lines of the columns */
    facets: () => lines("facets", manifest.coops, manifest.facets, (all) => all),
    /** @returns {Promise<string[]>} */
    dates: () => lines("dates", manifest.coops, manifest.dates, (all) => all),
    /** @returns {Promise<string[]>} */
    terms: () => lines("terms", manifest.coops, `${manifest.folder}terms.txt`, (all) => all),
    /**
     * What gets the blocks of a kind.
     * @param {"words" | "told"} kind
     * @returns {<T>(block: number, read: (lines: string[]) => T) => Promise<T>}
     */
    blocks: (kind) => (block, read) => lines(kind, 0, `${manifest.folder}${kind}/${block}.txt`, read),
    /** @returns {Promise<{skills: Row[]}>} */
    vocabulary: () => file(`${manifest.folder}vocabulary.json`, (text) => vocabularyOf(JSON.parse(text))),
    /**
     * The cards of some co-ops, by their numbers.
     * @param {number[]} numbers
     * @returns {Promise<Card[]>}
     */
    async cards(numbers) {
      const each = manifest.cards;
      const blockOf = (/** @type {number} */ number) => {
        const block = Math.floor(number / each);
        return file(`${manifest.folder}cards/${block}.json`, (text) => cardsOf(text, Math.min(each, manifest.coops - block * each)));
      };
      return Promise.all(numbers.map(async (number) => (await blockOf(number))[number % each]));
    },
  };
}

/**
 * The skills of the vocabulary, which leaves out the labels.
 * @param {Row[]} rows
 * @param {string[]} labels of the skills
 * @returns {Skill[]}
 */
export function skillsOf(rows, labels) {
  if (rows.length !== labels.length) throw new Error("the vocabulary is of other skills");
  return rows.map(([isTechnology, told, ...names], at) => ({ label: labels[at], isTechnology: isTechnology === 1, told, names }));
}

/**
 * The lines of a text file, without the first, which says what it is, and the last, without which
 * something of it is missing.
 * @param {string} text
 * @param {string} kind
 * @param {number} coops
 */
export function linesOf(text, kind, coops) {
  const lines = text.split("\n");
  if (lines.shift() !== `coops ${kind} ${VERSION} ${coops}` || lines.pop() !== ".") throw new Error(`not a whole file of ${kind}`);
  return lines;
}

/** @param {any} content */
function vocabularyOf(content) {
  if (!Array.isArray(content?.skills)) throw new Error("no skills in it");
  return content;
}

/**
 * @param {string} text
 * @param {number} count
 * @returns {Card[]}
 */
function cardsOf(text, count) {
  const rows = JSON.parse(text);
  if (!Array.isArray(rows) || rows.length !== count) throw new Error(`not ${count} cards`);
  return rows.map(([slug, name, initials, look, place = "", summary = "", lang = "", logo = "", former = [], other = [], places = [], from = ""]) => ({
    slug, name, mark: [initials, look % 8, Math.floor(look / 8)], place, summary, lang, logo, former: former ?? [], other: other ?? [], places, from,
  }));
}
