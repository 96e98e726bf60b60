/**
 * The words of the vocabulary, and what each says for which skill: as written, in another form, taken
 * apart, begun, misspelled, or in another language. It knows words only; sentences are query.js's.
 * @module
 */

import { numberOf } from "./columns.js";
import { distance, stem as lightStem, words } from "./fold.js";

/**
 * @typedef {import("./data.js").Skill} Skill
 *
 * @typedef {object} Language what is particular to a language
 * @property {(word: string) => string} stem what two forms of a folded word have in common
 * @property {(word: string) => boolean} isFiller whether a folded word says nothing about what is needed
 *
 * @typedef {Map<number, number>} Says skill to how much is said for it
 *
 * @typedef {(start: string) => Promise<import("./postings.js").Entry[]>} GetTold gets the words that begin with one or two letters.
 *   Their lists are the characters of the skills of which they are told, after a tab in the reader's language, and
 *   after another one in others.
 *
 * @typedef {object} Name a label or synonym, ready to be recognized
 * @property {number} skill
 * @property {"label" | "synonym"} kind
 * @property {string[]} words those that count
 * @property {string[]} all with filler
 * @property {string} joined all its words as one
 * @property {boolean} isTechnology whose short words must be typed as they are
 */

// Names of technologies that are everyday words too: never begun, misspelled or inflected ones.
export const EVERYDAY = new Set(["go", "swift", "spring", "rust", "react", "unity", "matrix", "phoenix", "discourse", "blender", "git"]);

// Longer names made of them, ReactJS or SwiftUI, are no more to be reached by half a word.
const MADE_OF_EVERYDAY = /^(?:swift|spring|rust|react|unity|matrix|phoenix|discourse|blender)/;

// Everybody here is one: beside other words these say little.
const COOPERATIVE = /^(?:coop|cooperat|cooperativ|scop|koop)/;

// Weights, settled by trying everyday queries in the four languages; results change little around them.
const FIELD = { label: 3, names: 2.7, technology: 4, ask: 1.5, other: 0.8 };
const MET = { form: 0.9, part: 0.8, begun: 0.45, misspelled: 0.4 };
const BROAD = 0.3; // how much less each word of a long name says
const REST = 0.3; // what a single word says that is left of a longer name: internet, of the internet of things
const RARE = 1.8; // how much more a rare word says
const LONG = 0.1; // how much less each word of a skill with many of them says
const [LEAST_WORDS, MANY_WORDS] = [12, 40];
const COMMON = 0.2; // how rare a word is that everybody here uses

const LETTER = /^[a-z\d]$/; // of these alone nothing is told, and much begins with them

const SHORTEST = { part: 3, compound: 7, begun: 4, misspelled: 5, long: 9 }; // letters

/**
 * @param {Skill[]} skills
 * @param {Language} language
 * @param {GetTold} getTold
 */
export function createLexicon(skills, language, getTold) {
  const { isFiller } = language;
  /** @type {Map<string, Says>} */
  const exact = new Map();
  /** @type {Map<string, Says>} by what is left without the ending, as far as it was asked for */
  const forms = new Map();
  /** @type {Map<string, {word: string, skill: number, amount: number}[]>} what has endings, by how it begins */
  const waiting = new Map();
  /** @type {Map<string, Says>} of the other languages, by what is left without the ending */
  const others = new Map();
  /** @type {Name[]} */
  const names = [];

  /** @type {Map<string, string>} */
  const stems = new Map();
  /** @param {string} word */
  function stem(word) {
    const known = stems.get(word) ?? language.stem(word);
    stems.set(word, known);
    return known;
  }

  /**
   * What two forms of a word have in common; an everyday name has only itself.
   * @param {string} word
   */
  const keyOf = (word) => (EVERYDAY.has(word) ? `=${word}` : stem(word));

  /**
   * The words of a name or a sentence that count: no filler, save where it is written as an acronym is
   * (IT, TI).
   * @param {string} text
   * @param {string[]} all the words of the text
   * @returns {string[]}
   */
  function telling(text, all) {
    const shouted = text === text.toLowerCase() || text === text.toUpperCase() ? [] : (text.match(/(?<![\p{L}\p{N}])\p{Lu}{2,3}(?![\p{L}\p{N}])/gu) ?? []);
    const acronyms = new Set(shouted.map((word) => word.toLowerCase()));
    return all.filter((word) => !isFiller(word) || EVERYDAY.has(word) || acronyms.has(word));
  }

  const thrift = skills.map((skill, index) => {
    const { isTechnology = false } = skill;
    /** @type {Set<string>} */
    const entered = new Set();
    [skill.label, ...(skill.names ?? [])].forEach((text, at) => {
      const all = at === 0 ? words(text) : text.toLowerCase().split(" ");
      const counting = telling(text, all);
      names.push({ skill: index, kind: at === 0 ? "label" : "synonym", words: counting, all, joined: all.join(""), isTechnology });
      const amount = isTechnology ? FIELD.technology : at === 0 ? FIELD.label : FIELD.names;
      const share = isRest(counting, all) ? REST : 1 - BROAD + BROAD / counting.length;
      for (const word of counting) {
        entered.add(word);
        enter(word, index, amount * share);
      }
    });
    for (const word of (skill.ask ?? "").split(" ")) {
      if (word === "" || isFiller(word)) continue;
      entered.add(word);
      enter(word, index, FIELD.ask);
    }
    return 1 / (1 - LONG + (LONG * Math.max(LEAST_WORDS, entered.size + (skill.told ?? 0))) / MANY_WORDS);
  });

  /**
   * @param {string} word
   * @param {number} skill
   * @param {number} amount
   */
  function enter(word, skill, amount) {
    put(exact, word, skill, amount);
    if (EVERYDAY.has(word) || (skills[skill].isTechnology && (word.length <= 3 || MADE_OF_EVERYDAY.test(word)))) return;
    const start = word.slice(0, 2);
    const list = waiting.get(start) ?? [];
    waiting.set(start, list);
    list.push({ word, skill, amount });
  }

  /** @type {Map<string, Promise<void>>} what was fetched, by how it begins */
  const fetched = new Map();

  /** @param {string} word */
  function fetchLike(word) {
    const start = word.slice(0, 2);
    const known = fetched.get(start);
    if (known || LETTER.test(start)) return known;
    const coming = getTold(start).then((told) => {
      for (const { term, list } of told) {
        const [, own, away = ""] = list.split("\t");
        for (const skill of own) enter(term, numberOf(skill.charCodeAt(0)), FIELD.ask);
        for (const skill of away) put(others, lightStem(term), numberOf(skill.charCodeAt(0)), FIELD.other);
      }
    });
    coming.catch(() => fetched.delete(start)); // the next question tries again
    fetched.set(start, coming);
    return coming;
  }

  /**
   * Has all that is told of a word and its forms.
   * @param {string} word
   */
  async function prepare(word) {
    await Promise.all([word, stem(word)].map(fetchLike));
  }

  /** What may be begun or misspelled: words of names, for clues are everyday words, near to many others. */
  const plain = [...new Set(names.flatMap((name) => name.words))].filter(
    (word) => word.length > 3 && !EVERYDAY.has(word) && !MADE_OF_EVERYDAY.test(word),
  );

  /**
   * To take the ending of every word is most of the work, and few words are ever asked for. Words that begin like it are
   * there by then.
   * @param {string} key
   */
  function form(key) {
    const start = key.slice(0, 2);
    for (const { word, skill, amount } of waiting.get(start) ?? []) put(forms, stem(word), skill, amount);
    waiting.delete(start);
    return forms.get(key);
  }

  /** @param {string} key from 0 to 1: a word of one skill tells much, "site" tells little */
  function rarity(key) {
    if (COOPERATIVE.test(key)) return COMMON;
    const row = key.startsWith("=") ? exact.get(key.slice(1)) : form(key);
    return Math.log(1 + skills.length / (row?.size ?? 1)) / Math.log(1 + skills.length);
  }

  /**
   * @param {string} word
   * @returns {Promise<Says | undefined>} as written or in another form
   */
  async function meet(word) {
    await prepare(word);
    /** @type {Says} */
    const says = new Map();
    const rare = rarity(keyOf(word)) ** RARE;
    for (const [skill, amount] of inOrder(exact.get(word))) raise(says, skill, amount * rare * thrift[skill]);
    if (!EVERYDAY.has(word) && !MADE_OF_EVERYDAY.test(word)) {
      for (const [skill, amount] of inOrder(form(stem(word)))) raise(says, skill, amount * MET.form * rare * thrift[skill]);
    }
    return says.size > 0 ? says : undefined;
  }

  return {
    names,
    keyOf,
    telling,
    prepare,
    meet,

    /** @param {string} key */
    async rarity(key) {
      await prepare(key.replace("=", ""));
      return rarity(key);
    },

    /**
     * @param {string} word two words written as one: only where both speak for a skill, as in webhosting;
     *   a lighthouse is neither light nor a house
     * @returns {Promise<Says | undefined>}
     */
    async takeApart(word) {
      if (word.length < SHORTEST.compound) return undefined;
      for (let at = word.length - SHORTEST.part; at >= SHORTEST.part; at--) {
        const head = await meet(word.slice(0, at));
        const tail = head && (await meet(word.slice(at)));
        /** @type {Says} */
        const says = new Map();
        for (const [skill, amount] of head ?? []) {
          const other = tail?.get(skill);
          if (other) says.set(skill, (amount + other) * MET.part);
        }
        if (says.size > 0) return says;
      }
      return undefined;
    },

    /**
     * @param {string} word the beginning of one
     * @returns {Promise<Says | undefined>}
     */
    async begin(word) {
      if (word.length < SHORTEST.begun) return undefined;
      return gather(plain.filter((known) => known.startsWith(word)), (known) => (MET.begun * (known.length + word.length)) / (2 * known.length));
    },

    /**
     * @param {string} word
     * @returns {Promise<Says | undefined>}
     */
    async misspell(word) {
      if (word.length < SHORTEST.misspelled) return undefined;
      const most = word.length < SHORTEST.long ? 1 : 2;
      /** @type {Map<string, number>} */
      const mistakes = new Map();
      for (const known of plain) {
        const count = distance(word, known, most);
        if (count <= most) mistakes.set(known, count);
      }
      return gather([...mistakes.keys()], (known) => MET.misspelled * (1 - (mistakes.get(known) ?? 0) / word.length));
    },

    /**
     * @param {string} word of another language
     * @returns {Promise<Says | undefined>}
     */
    async meetOther(word) {
      await fetchLike(word);
      const row = others.get(lightStem(word));
      if (!row) return undefined;
      const rare = (Math.log(1 + skills.length / row.size) / Math.log(1 + skills.length)) ** RARE;
      return new Map(inOrder(row).map(([skill, amount]) => [skill, amount * rare]));
    },
  };

  /**
   * @param {string[]} known words of the vocabulary
   * @param {(known: string) => number} worth from 0 to 1
   * @returns {Promise<Says | undefined>}
   */
  async function gather(known, worth) {
    await Promise.all(known.map(prepare));
    /** @type {Says} */
    const says = new Map();
    for (const word of known) {
      const share = worth(word) * rarity(keyOf(word)) ** RARE;
      for (const [skill, amount] of inOrder(exact.get(word))) raise(says, skill, amount * share * thrift[skill]);
    }
    return says.size > 0 ? says : undefined;
  }
}

/**
 * Whether only the first word of a longer name counts, which says little by itself: the internet, of the
 * internet of things. What stands last says all there is: making a website.
 * @param {string[]} counting
 * @param {string[]} all
 */
export const isRest = (counting, all) => counting.length === 1 && all.length > 2 && counting[0] === all[0];

/**
 * What is said, in order of the skills, whatever came first.
 * @param {Says} [says]
 */
const inOrder = (says) => [...(says ?? [])].sort(([a], [b]) => a - b);

/**
 * @param {Map<string, Says>} map
 * @param {string} key
 * @param {number} skill
 * @param {number} amount
 */
function put(map, key, skill, amount) {
  const row = map.get(key) ?? new Map();
  map.set(key, row);
  raise(row, skill, amount);
}

/**
 * @param {Says} says
 * @param {number} skill
 * @param {number} amount
 */
function raise(says, skill, amount) {
  if (amount > (says.get(skill) ?? 0)) says.set(skill, amount);
}
