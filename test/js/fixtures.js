// The vocabulary as the site's build puts it into the search data, and a handful of made-up co-ops.

import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { VERSION } from "../../themes/commons/assets/js/search/data.js";
import { words } from "../../themes/commons/assets/js/search/fold.js";

export const LANGUAGES = ["en", "es", "fr", "pt"];

const folder = new URL("../../data/skills/", import.meta.url);
const categories = readdirSync(folder).filter((file) => file.endsWith(".yaml")).sort();
const entries = categories.flatMap((file) =>
  Object.entries(parse(readFileSync(new URL(file, folder), "utf8")))
    .filter(([, skill]) => !skill.alias_of)
    .map(([id, skill]) => ({ id, category: file.replace(".yaml", ""), ...skill })),
);

/** The skills of the search data in one language. */
export function vocabulary(language) {
  return entries.map(({ id, category, label, synonyms = {}, asks = {}, clues = {} }) => {
    const names = synonyms[language] ?? (category === "technology" ? (synonyms.en ?? []) : []);
    const own = [label[language], ...names, asks[language] ?? ""].flatMap((text) => words(text));
    const begun = new Set(own.map((word) => word.slice(0, 5)));
    const also = LANGUAGES.filter((other) => other !== language)
      .flatMap((other) => [label[other], ...(synonyms[other] ?? []), asks[other] ?? ""])
      .flatMap((text) => words(text))
      .filter((word) => word.length > 3 && !begun.has(word.slice(0, 5)) && begun.add(word.slice(0, 5)));
    return { id, label: label[language], isTechnology: category === "technology", names: names.map(written), ask: [asks[language] ?? "", ...(clues[language] ?? [])].flatMap((text) => words(text)).join(" "), also: also.join(" ") };
  });
}

/** The sentences and labels of the vocabulary in a language. */
export function asked(language) {
  return entries.flatMap(({ label, asks = {} }) => [label[language], asks[language] ?? ""]);
}

/** A name as internal/site/vocabulary.go writes it. */
function written(name) {
  const acronyms = name === name.toUpperCase() ? [] : name.split(/[^\p{L}\p{N}]+/u).filter((part) => /^\p{Lu}{2,3}$/u.test(part));
  return words(name).map((word) => acronyms.find((part) => part.toLowerCase() === word) ?? word).join(" ");
}

/**
 * Skills with their words apart from them, as internal/site/vocabulary.go writes them: rows without, and told, which gets the words
 * by how they begin.
 */
export function inBlocks(skills, isFiller = () => false) {
  const told = new Map();
  const rows = skills.map(({ ask = "", also = "", ...skill }, number) => {
    const known = new Set([skill.label, ...(skill.names ?? [])].flatMap((name) => words(name)));
    const asks = [...new Set(ask.split(" "))].filter((word) => word !== "" && !isFiller(word) && !known.has(word));
    for (const [at, list] of [asks, also.match(/\S+/g) ?? []].entries()) {
      for (const word of list) {
        const of = told.get(word) ?? told.set(word, ["", ""]).get(word);
        of[at] += character(number);
      }
    }
    return { ...skill, told: asks.length };
  });
  const entries = [...told].sort(([a], [b]) => (a < b ? -1 : 1)).map(([term, [own, others]]) => ({ term, list: `\t${own}\t${others}` }));
  return { rows, entries, told: async (start) => entries.filter(({ term }) => term.startsWith(start)) };
}

const STATUSES = ["active", "forming", "dormant", "closed", "merged", "no-longer-coop"];
const ROOM = ["", "open", "limited", "full"];
const FIELDS = ["text", "summary", "name", "place", "other", "whole", "former"];

const character = (n) => String.fromCharCode(n < 94 ? n + 33 : n - 94 + 0xa1 + (n - 94 + 0xa1 >= 0xd800 ? 0x800 : 0));

function number(n) {
  let digits = "";
  for (let high = Math.floor(n / 64); high > 0; high = Math.floor(high / 30)) digits = String.fromCharCode(97 + (high % 30)) + digits;
  return digits + String.fromCharCode(33 + (n % 64));
}

/**
 * The files of the search over a small directory, as internal/site writes them, by their address. Co-ops
 * are {name, does: [ids], countries: [codes], summary …}; some says how many words a block has.
 */
export function directory(coops, { skills = vocabulary("en"), perBlock = 20, cards = 3 } = {}) {
  const all = coops
    .map((coop) => ({ slug: coop.name.toLowerCase().replace(/\W+/g, "-"), ...coop }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const file = (kind, count, lines) => [`coops ${kind} ${VERSION} ${count}`, ...lines, "."].join("\n");
  const labels = {
    countries: { AR: "Argentina", CA: "Canada", FR: "France" },
    languages: { en: "English", es: "Spanish", fr: "French" },
    networks: { ring: "The Ring" },
    sectors: { food: "Food" },
  };
  const kinds = [skills.map(({ id, label }) => [id, label]), ...Object.values(labels).map(Object.entries)];
  const columns = [["does", 0], ["teaches", 0], ["needs", 0], ["countries", 1], ["languages", 2], ["networks", 3], ["sectors", 4]];
  const rows = columns.map(([key, kind]) =>
    all.map((coop) => (coop[key] ?? []).map((id) => character(kinds[kind].findIndex(([one]) => one === id))).join("")).join(" "),
  );
  const state = all.map(({ status = "active", availability = "", coop = 0, remote = 0 }) =>
    character(STATUSES.indexOf(status) + 6 * ROOM.indexOf(availability) + 24 * coop + 48 * remote),
  );
  const days = ["", ...new Set(all.flatMap(({ newest = "", confirmed = "" }) => [newest, confirmed]).filter(Boolean))].sort();
  const dates = ["newest", "confirmed"].map((key) => all.map((coop) => character(days.indexOf(coop[key] ?? ""))).join(""));

  const postings = new Map();
  all.forEach((coop, at) => {
    const places = (coop.places ?? []).concat(coop.place ?? []);
    const texts = { text: [coop.text], summary: [coop.summary], name: [coop.name], place: places, other: coop.other, former: coop.former };
    const add = (word, field) => {
      const of = postings.get(word) ?? postings.set(word, new Map()).get(word);
      of.set(at, (of.get(at) ?? 0) | (1 << FIELDS.indexOf(field)));
    };
    for (const [field, said] of Object.entries(texts)) for (const text of said ?? []) for (const word of words(text ?? "")) add(word, field);
    for (const name of [coop.name, ...(coop.former ?? [])]) if (words(name).length > 0) add(words(name).join("").slice(0, 40), "whole");
  });
  const lines = [...postings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([word, of]) => {
    const list = [...of].map(([at, bits]) => `\t${number(bits * 4 + 1)}${number(at)}`).join("");
    return { word, line: `!${word}${list}` };
  });
  const blocks = [];
  for (let at = 0; at < Math.max(1, lines.length); at += perBlock) blocks.push(lines.slice(at, at + perBlock));

  const manifest = {
    version: 1, coops: all.length, facets: "facets.txt", dates: "dates.txt", folder: "en/", cards,
    words: blocks.slice(1).map(([{ word }]) => word), told: [],
  };
  const files = {
    "facets.txt": file("facets", all.length, [...kinds.map((terms) => terms.map(([id]) => id).join(" ")), ...rows, state.join("")]),
    "dates.txt": file("dates", all.length, [days.join(" "), ...dates]),
    "en/terms.txt": file("terms", all.length, kinds.map((terms) => terms.map(([, label]) => label).join("\t"))),
    "en/vocabulary.json": JSON.stringify({ skills: inBlocks(skills).rows.map(({ isTechnology, told, names = [] }) => [Number(isTechnology), told, ...names]) }),
    "en/told/0.txt": file("told", 0, inBlocks(skills).entries.map(({ term, list }) => `!${term}${list}`)),
    "en/manifest.json": JSON.stringify(manifest),
  };
  blocks.forEach((block, at) => (files[`en/words/${at}.txt`] = file("words", 0, block.map(({ line }) => line))));
  for (let at = 0; at * cards < all.length; at++) {
    files[`en/cards/${at}.json`] = JSON.stringify(
      all.slice(at * cards, (at + 1) * cards).map(({ slug, name, place = "", summary = "", former = [], other = [], places = [] }) => [slug, name, "X", 0, place, summary, "", "", former, other, places]),
    );
  }
  return { manifest, files, coops: all };
}

/** Lets fetch answer with files; returns what was asked for so far. */
export function serve(files) {
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(address);
    const text = files[address];
    return { ok: text !== undefined, status: text === undefined ? 404 : 200, text: async () => text };
  };
  return asked;
}
