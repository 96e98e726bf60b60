/**
 * The words of the co-ops' texts and who says them where. They come in blocks, in order of the words,
 * and only those blocks that a typed word can touch.
 * @module
 */

import { numberOf } from "./columns.js";

/** Where a word can stand, as bits; internal/site/postings.go writes the same. */
export const IN = { text: 1, summary: 2, name: 4, place: 8, other: 16, whole: 32, former: 64 };

const LEVELS = 4;
const END = "\uffff"; // after every letter

/**
 * @typedef {object} Entry
 * @property {string} term
 * @property {string} list what Postings.visit reads
 */

/**
 * @param {string[]} starts where the blocks begin, without the first
 * @param {(block: number, read: (lines: string[]) => Entry[]) => Promise<Entry[]>} get
 */
export function createPostings(starts, get) {
  /** @param {string} word in which block it is, if it is in any */
  const blockOf = (word) => firstAfter(starts, (start) => start > word);

  return {
    /**
     * How many blocks have the words that begin so.
     * @param {string} prefix
     */
    breadth: (prefix) => blockOf(prefix + END) - blockOf(prefix) + 1,

    /**
     * The words that begin so, in order.
     * @param {string} prefix
     * @returns {Promise<Entry[]>}
     */
    async beginning(prefix) {
      const wanted = [];
      for (let block = blockOf(prefix); block <= blockOf(prefix + END); block++) wanted.push(get(block, readBlock));
      return (await Promise.all(wanted)).flatMap((entries) => {
        const from = firstAfter(entries, ({ term }) => term >= prefix);
        return entries.slice(from, firstAfter(entries, ({ term }) => term > prefix + END));
      });
    },

    /**
     * The word itself.
     * @param {string} word
     * @returns {Promise<Entry | undefined>}
     */
    async exactly(word) {
      const entries = await get(blockOf(word), readBlock);
      const entry = entries[firstAfter(entries, ({ term }) => term >= word)];
      return entry?.term === word ? entry : undefined;
    },
  };
}

/**
 * Calls visit with each co-op of a list, the set of fields in which it has the word, and how much
 * stands around it there.
 * @param {string} list
 * @param {(coop: number, fields: number, level: number) => void} visit
 */
export function visit(list, visit) {
  let key = -1;
  let coop = -1;
  let high = 0;
  for (let at = 0; at < list.length; at++) {
    const code = list.charCodeAt(at);
    if (code === 0x09) {
      key = -1;
      coop = -1;
    } else if (code >= 0x61) {
      high = high * 30 + code - 0x61;
    } else {
      const number = high * 64 + code - 0x21;
      high = 0;
      if (key < 0) key = number;
      else visit((coop += number + 1), Math.floor(key / LEVELS), key % LEVELS);
    }
  }
}

/**
 * @param {string[]} lines
 * @returns {Entry[]}
 */
function readBlock(lines) {
  let last = "";
  return lines.map((line) => {
    const tab = line.indexOf("\t");
    if (tab < 0) throw new Error("a line without a list");
    last = [...last].slice(0, numberOf(line.charCodeAt(0))).join("") + line.slice(1, tab);
    return { term: last, list: line.slice(tab) };
  });
}

/**
 * The index of the first element for which a test holds, where it holds for all after it too.
 * @template T
 * @param {T[]} list
 * @param {(element: T) => boolean} test
 */
function firstAfter(list, test) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(list[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
