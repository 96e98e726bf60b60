/**
 * The search as the page uses it: what it asks for is fetched when it is first needed, and the parts
 * that understand words only once there are words.
 * @module
 */

import { readColumns, readDates } from "./columns.js";
import { createFiles, skillsOf } from "./data.js";
import { typedWords } from "./fold.js";
import { createIndex, NOTHING } from "./index.js";
import { createMatch } from "./match.js";
import { createPostings } from "./postings.js";

/**
 * @typedef {import("./data.js").Card} Card
 * @typedef {import("./data.js").Manifest} Manifest
 * @typedef {import("./columns.js").Columns} Columns
 * @typedef {import("./index.js").Answer} Answer
 * @typedef {import("./query.js").Understanding} Understanding
 * @typedef {import("./state.js").State} State
 * @typedef {{create: ReturnType<typeof import("../understand/create.js").createFor>}} Understand
 *
 * @typedef {object} Engine
 * @property {Columns} columns
 * @property {Map<import("./state.js").Facet, Set<string>>} known ids by facet
 * @property {(state: State) => Promise<{answer: Answer, understood: Understanding}>} ask
 * @property {(coops: number[]) => Promise<Card[]>} cards
 */

/**
 * @param {Manifest} manifest
 * @param {string} root address of the search's folder
 * @param {() => Promise<Understand>} getUnderstand
 * @param {string} [expected] what will be asked first: what that needs is fetched along with the rest
 * @returns {Promise<Engine>}
 */
export async function createEngine(manifest, root, getUnderstand, expected = "") {
  const files = createFiles(manifest, root);
  const postings = createPostings(manifest.words, files.blocks("words"));
  const told = createPostings(manifest.told, files.blocks("told"));
  const getScript = once(getUnderstand);
  const getWords = once(() => Promise.all([getScript(), files.vocabulary()]));
  if (expected !== "") {
    const typed = typedWords(expected);
    const lookUp = (/** @type {string[]} */ all) => Promise.all(all.flatMap((word) => [postings.exactly(word), told.exactly(word)]));
    // Filler is only known once the language is, and is short: long words need not wait for it.
    const rest = getScript().then(({ create }) => lookUp(typed.filter((word) => !create.isFiller(word))));
    Promise.all([getWords(), lookUp(typed.filter((word) => word.length > 4)), rest]).catch(() => {}); // whoever needs it asks again, and is told
  }
  const columns = readColumns(...(await Promise.all([files.facets(), files.terms()])));

  const understanding = once(async () => {
    const [{ create }, { skills }] = await getWords();
    const { understand, stem } = create({ skills: skillsOf(skills, columns.of.does.labels), told: told.beginning });
    return { understand, match: createMatch(columns, postings, stem) };
  });
  const getMatch = async () => (await understanding()).match;
  const index = createIndex(columns, getMatch, async () => readDates(await files.dates()));

  return {
    columns,
    known: index.known,
    cards: files.cards,
    async ask({ q, filters, sort }) {
      let understood = NOTHING;
      if (q !== "") {
        const { understand, match } = await understanding();
        understood = await understand(q, match.isName);
      }
      return { understood, answer: await index.search(understood, filters, sort) };
    },
  };
}

/**
 * The same promise for all who ask; after a failure the next one tries again.
 * @template T
 * @param {() => Promise<T>} make
 * @returns {() => Promise<T>}
 */
export function once(make) {
  /** @type {Promise<T> | undefined} */
  let made;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
