#!/usr/bin/env node
// How well the search understands: every query of a file is given to the module the page runs, over the
// search data the page loads, and counted as met when one of the skills it expects comes first (top-1)
// or among the three that come (top-3).
//
//   npm run search:eval -- FILE.jsonl [--misses]
//
// A line of the file is {"lang": "en", "query": "sell online", "expect": ["e-commerce"]}; empty lines
// are passed over. --misses also lists the queries that got none of the skills they expect, with what
// came instead. The words of the vocabulary are those in public/search/<lang>/; without them the site is built first.
// An expected skill that is not in the vocabulary is told of, and can only be missed.
//
// Exit codes: 0 measured, 1 a line or a file is wrong, 2 the search data cannot be made or read.
//
// test/js/queries.jsonl is there to improve the search with; test/js/queries-heldout.jsonl is only for
// measuring: nobody may look at its misses to choose a synonym, or it says nothing any more.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { linesOf, skillsOf } from "../themes/commons/assets/js/search/data.js";
import { createPostings } from "../themes/commons/assets/js/search/postings.js";

const SITE = new URL("../public/", import.meta.url);
const USAGE = "usage: npm run search:eval -- FILE.jsonl [--misses]";

/**
 * The queries of a file and what is wrong with its lines, each with its number.
 * @param {string} text
 */
export function parseQueries(text) {
  const queries = [];
  const problems = [];
  for (const [at, line] of text.replace(/^\uFEFF/, "").split("\n").entries()) {
    if (line.trim() === "") continue;
    const wrong = (/** @type {string} */ why) => problems.push(`line ${at + 1}: ${why}`);
    let query;
    try {
      query = JSON.parse(line);
    } catch {
      wrong("this is not JSON");
      continue;
    }
    if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(query?.lang)) wrong(`"lang" must be the code of a language, like "en"`);
    else if (typeof query.query !== "string" || query.query.trim() === "") wrong(`"query" must be what somebody types`);
    else if (!Array.isArray(query.expect) || query.expect.length === 0 || !query.expect.every((/** @type {unknown} */ id) => typeof id === "string")) {
      wrong(`"expect" must be a list of ids of skills, at least one`);
    } else queries.push({ line: at + 1, ...query });
  }
  return { queries, problems };
}

/**
 * Counts, by language in the order of the file. answer gives the ids a query is met with, best first.
 * @param {{lang: string, query: string, expect: string[]}[]} queries
 * @param {(lang: string, query: string) => Promise<string[]> | string[]} answer
 */
export async function measure(queries, answer) {
  /** @type {Map<string, {total: number, first: number, three: number}>} */
  const languages = new Map();
  const all = { total: 0, first: 0, three: 0 };
  const misses = [];
  for (const query of queries) {
    const came = (await answer(query.lang, query.query)).slice(0, 3);
    const rank = came.findIndex((id) => query.expect.includes(id));
    const row = languages.get(query.lang) ?? { total: 0, first: 0, three: 0 };
    languages.set(query.lang, row);
    for (const counts of [row, all]) {
      counts.total += 1;
      if (rank === 0) counts.first += 1;
      if (rank >= 0) counts.three += 1;
    }
    if (rank < 0) misses.push({ ...query, came });
  }
  return { languages, all, misses };
}

/**
 * One line of the result.
 * @param {string} name
 * @param {{total: number, first: number, three: number}} counts
 */
export function line(name, { total, first, three }) {
  const percent = (/** @type {number} */ met) => ((100 * met) / Math.max(1, total)).toFixed(1);
  return `${name} top-1 ${percent(first)} % top-3 ${percent(three)} %`;
}

/**
 * @param {number} code
 * @param {string[]} lines
 * @returns {never}
 */
function stop(code, lines) {
  console.error(lines.join("\n"));
  process.exit(code);
}

/** @param {string[]} args */
async function main(args) {
  let options;
  try {
    options = parseArgs({ args, allowPositionals: true, options: { misses: { type: "boolean", default: false } } });
  } catch {
    stop(1, [USAGE]);
  }
  const [file] = options.positionals;
  if (options.positionals.length !== 1) stop(1, [USAGE]);

  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    stop(1, [`${file}: ${/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT" ? "there is no such file" : "this file cannot be read"}`]);
  }
  const { queries, problems } = parseQueries(text);
  if (problems.length > 0) stop(1, problems.map((problem) => `${file}, ${problem}`));
  if (queries.length === 0) stop(1, [`${file}: there is no query in it`]);

  if (!existsSync(new URL("search/", SITE))) {
    console.error("public/search is missing: building the site");
    const { status } = spawnSync("make", ["--silent", "site"], { cwd: fileURLToPath(new URL("../", SITE)), stdio: ["ignore", 2, 2] });
    if (status !== 0) stop(2, ["the site could not be built"]);
  }
  /** @type {Map<string, {ids: string[], skills: import("../themes/commons/assets/js/search/data.js").Skill[], told: import("../themes/commons/assets/js/search/lexicon.js").GetTold}>} */
  const vocabularies = new Map();
  for (const lang of new Set(queries.map((query) => query.lang))) {
    try {
      const search = new URL("search/", SITE);
      const read = (/** @type {string} */ name) => readFileSync(new URL(name, search), "utf8");
      const { folder, facets, told: starts } = JSON.parse(read(`${lang}/manifest.json`));
      const [ids, labels] = [read(facets).split("\n")[1].split(" "), read(`${folder}terms.txt`).split("\n")[1].split("\t")];
      const told = createPostings(starts, async (block, parse) => parse(linesOf(read(`${folder}told/${block}.txt`), "told", 0))).beginning;
      vocabularies.set(lang, { ids, skills: skillsOf(JSON.parse(read(`${folder}vocabulary.json`)).skills, labels), told });
    } catch {
      stop(2, [`public/search/${lang} is missing or cannot be read: build the site anew with \`make site\``]);
    }
  }
  for (const { line: number, lang, expect } of queries) {
    for (const id of expect) if (!vocabularies.get(lang)?.ids.includes(id)) console.error(`${file}, line ${number}: "${id}" is no skill of the vocabulary`);
  }

  const understand = new Map();
  for (const [lang, { skills, told }] of vocabularies) {
    const { create } = await import(`../themes/commons/assets/js/understand/${lang}.js`);
    understand.set(lang, create({ skills, told }).understand);
  }
  const { languages, all, misses } = await measure(queries, async (lang, query) =>
    (await understand.get(lang)(query)).meanings.map((/** @type {{skill: number}} */ { skill }) => vocabularies.get(lang)?.ids[skill]),
  );

  if (options.values.misses) {
    for (const { line: number, lang, query, expect, came } of misses) {
      console.log(`line ${number} ${lang} ${query}\n  expected ${expect.join(", ")}\n  came ${came.join(", ") || "nothing"}`);
    }
  }
  for (const [lang, counts] of languages) console.log(line(lang, counts));
  console.log(line("all", all));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(process.argv.slice(2));
