// The vocabulary as the site's build puts it into the search data, and a handful of made-up co-ops.

import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
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
    return { id, label: label[language], category, names, ask: [asks[language] ?? "", ...(clues[language] ?? [])].flatMap((text) => words(text)).join(" "), also: also.join(" ") };
  });
}

/** Search data of a small directory: ids of skills, countries and so on in place of indexes. */
export function directory(coops, skills = vocabulary("en")) {
  const terms = (labels) => Object.entries(labels).map(([id, label]) => ({ id, label }));
  const data = {
    version: 1,
    language: "en",
    skills,
    countries: terms({ AR: "Argentina", CA: "Canada", FR: "France" }),
    languages: terms({ en: "English", es: "Spanish", fr: "French" }),
    networks: terms({ ring: "The Ring" }),
    sectors: terms({ food: "Food" }),
  };
  const indexes = (list, ids = []) => ids.map((id) => list.findIndex((one) => one.id === id));
  data.coops = coops
    .map((coop) => ({
      slug: coop.name.toLowerCase().replace(/\W+/g, "-"),
      mark: ["X", 0, 0],
      ...coop,
      does: indexes(skills, coop.does),
      teaches: indexes(skills, coop.teaches),
      needs: indexes(skills, coop.needs),
      countries: indexes(data.countries, coop.countries),
      languages: indexes(data.languages, coop.languages),
      networks: indexes(data.networks, coop.networks),
      sectors: indexes(data.sectors, coop.sectors),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return data;
}
