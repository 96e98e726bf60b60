import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createQuery } from "../../themes/commons/assets/js/search/query.js";
import { LANGUAGES, vocabulary } from "./fixtures.js";

const skills = Object.fromEntries(LANGUAGES.map((language) => [language, vocabulary(language)]));
const understand = Object.fromEntries(LANGUAGES.map((language) => [language, createQuery(skills[language])]));

const meant = (language, text, isName) =>
  understand[language](text, isName).meanings.map(({ skill }) => skills[language][skill].id);

test("a sentence is answered with the skill it means, in every language", () => {
  for (const [language, text, id] of [
    ["en", "We want our members to be able to pay their fees by card", "donations-payments"],
    ["es", "Queremos que la gente nos encuentre en Google", "seo"],
    ["fr", "Nous cherchons quelqu’un pour réparer notre site", "site-maintenance"],
    ["pt", "Queremos vender nossos produtos pela internet", "e-commerce"],
  ]) {
    assert.ok(meant(language, text).includes(id), `${text}: ${meant(language, text)}`);
  }
});

test("a sentence with two needs gets both", () => {
  const ids = meant("en", "translate our website into French and make a logo");
  assert.ok(ids.includes("translation") && ids.includes("branding"), String(ids));
});

test("a label of another language is understood", () => {
  for (const text of ["contabilidad", "comptabilité", "contabilidade"]) {
    assert.ok(meant("en", text).includes("erp-accounting"), `${text}: ${meant("en", text)}`);
  }
});

test("typing mistakes and missing accents do not matter", () => {
  assert.equal(meant("en", "kubernets")[0], "kubernetes");
  assert.equal(meant("en", "wordpres")[0], "wordpress");
  assert.equal(meant("es", "contabilidad")[0], meant("es", "contabílidad")[0]);
});

test("a word that is only begun is understood", () => {
  assert.equal(meant("en", "wordp")[0], "wordpress");
});

test("short and everyday names are met as whole words only", () => {
  for (const [text, id] of [["go", "go"], ["R", "r"], ["rust", "rust"], ["Swift", "swift"], ["git", "git"], ["TS", "typescript"], ["POS", "point-of-sale"], ["PR", "marketing"]]) {
    assert.equal(meant("en", text)[0], id, text);
  }
  for (const [text, id] of [["rusty", "rust"], ["springs", "spring"], ["gol", "go"], ["reac", "react"], ["discourses", "discourse"], ["gits", "git"], ["vues", "vue"]]) {
    assert.ok(!meant("en", text).includes(id), `${text}: ${meant("en", text)}`);
  }
});

test("an everyday word in a sentence is a technology only where it is meant as one", () => {
  assert.ok(!meant("en", "we need to go digital").includes("go"));
  assert.equal(meant("en", "we are looking for a go developer")[0], "go");
  assert.ok(meant("en", "a new service written in Go please").includes("go"));
});

test("acronyms that are filler elsewhere count where they are written as acronyms", () => {
  assert.equal(meant("en", "IT support")[0], "it-support");
  assert.equal(meant("pt", "suporte de TI")[0], "it-support");
  assert.deepEqual(meant("en", "it"), []);
});

test("names with dots and signs are met", () => {
  for (const [text, id] of [["C++", "c-cpp"], ["C#", "c-sharp-dotnet"], [".NET", "c-sharp-dotnet"], ["Node.js", "nodejs"], ["node js", "nodejs"], ["word press", "wordpress"]]) {
    assert.equal(meant("en", text)[0], id, text);
  }
});

test("the name of a place is no misspelled skill", () => {
  assert.notDeepEqual(meant("en", "wodpress"), []);
  const { meanings, rest } = understand.en("wodpress", (word) => word === "wodpress");
  assert.deepEqual([meanings, rest], [[], ["wodpress"]]);
});

test("the reason names what was met", () => {
  const reason = (text) => understand.en(text).meanings[0].reason;
  assert.deepEqual(reason("web development"), { kind: "label", text: "Web development" });
  assert.equal(reason("golang").text, "Golang");
  assert.equal(reason("golang").kind, "synonym");
});

test("words that speak for no skill are left over", () => {
  assert.deepEqual(understand.en("web development in Montevideo").rest, ["montevideo"]);
});

test("filler alone means nothing and is not nonsense", () => {
  const { meanings, words, isNonsense } = understand.en("we need a");
  assert.deepEqual([meanings, words, isNonsense], [[], [], false]);
});

test("nonsense is survived", () => {
  for (const text of ["", "   ", "🎉🎉", "(.*)+[\\", "\"' OR 1=1 --", "<script>", "__proto__", "constructor", "x".repeat(10_000), "a ".repeat(5_000), "\u0000\uD800"]) {
    for (const language of LANGUAGES) assert.ok(understand[language](text).meanings.length <= 3, text.slice(0, 20));
  }
  assert.equal(understand.en("🎉🎉").isNonsense, true);
});

test("a skill without synonyms or asks is met by its label", () => {
  const bare = createQuery([{ id: "weaving", label: "Weaving", category: "design" }]);
  assert.deepEqual(bare("weaving").meanings[0].reason, { kind: "label", text: "Weaving" });
});

test("an empty vocabulary means nothing", () => {
  assert.deepEqual(createQuery([])("web development").meanings, []);
});

// The weights were settled with these queries, so the share says only that nothing broke.
test("everyday queries find a right skill in the top three", (context) => {
  const queries = readFileSync(new URL("queries.jsonl", import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const missed = queries.filter(({ lang, query, expect }) => !meant(lang, query).some((id) => expect.includes(id)));
  const share = 1 - missed.length / queries.length;
  context.diagnostic(`top three: ${(share * 100).toFixed(1)} % of ${queries.length}`);
  assert.ok(share >= 0.88, missed.map(({ lang, query }) => `${lang} ${query}: ${meant(lang, query)}`).join("\n"));
});
