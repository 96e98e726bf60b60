import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createQuery } from "../../themes/commons/assets/js/search/query.js";
import { LANGUAGES, vocabulary } from "./fixtures.js";

const skills = Object.fromEntries(LANGUAGES.map((language) => [language, vocabulary(language)]));
const understand = Object.fromEntries(LANGUAGES.map((language) => [language, createQuery(skills[language])]));

const meant = async (language, text, isName) =>
  (await understand[language](text, isName)).meanings.map(({ skill }) => skills[language][skill].id);

test("a sentence is answered with the skill it means, in every language", async () => {
  for (const [language, text, id] of [
    ["en", "We want our members to be able to pay their fees by card", "donations-payments"],
    ["es", "Queremos que la gente nos encuentre en Google", "seo"],
    ["fr", "Nous cherchons quelqu’un pour réparer notre site", "site-maintenance"],
    ["pt", "Queremos vender nossos produtos pela internet", "e-commerce"],
  ]) {
    const ids = await meant(language, text);
    assert.ok(ids.includes(id), `${text}: ${ids}`);
  }
});

test("a sentence with two needs gets both", async () => {
  const ids = await meant("en", "translate our website into French and make a logo");
  assert.ok(ids.includes("translation") && ids.includes("branding"), String(ids));
});

test("a label of another language is understood", async () => {
  for (const text of ["contabilidad", "comptabilité", "contabilidade"]) {
    const ids = await meant("en", text);
    assert.ok(ids.includes("erp-accounting"), `${text}: ${ids}`);
  }
});

test("typing mistakes and missing accents do not matter", async () => {
  assert.equal((await meant("en", "kubernets"))[0], "kubernetes");
  assert.equal((await meant("en", "wordpres"))[0], "wordpress");
  assert.equal((await meant("es", "contabilidad"))[0], (await meant("es", "contabílidad"))[0]);
});

test("a word that is only begun is understood", async () => {
  assert.equal((await meant("en", "wordp"))[0], "wordpress");
});

test("short and everyday names are met as whole words only", async () => {
  for (const [text, id] of [["go", "go"], ["R", "r"], ["rust", "rust"], ["Swift", "swift"], ["git", "git"], ["TS", "typescript"], ["POS", "point-of-sale"], ["PR", "marketing"]]) {
    assert.equal((await meant("en", text))[0], id, text);
  }
  for (const [text, id] of [["rusty", "rust"], ["springs", "spring"], ["gol", "go"], ["reac", "react"], ["discourses", "discourse"], ["gits", "git"], ["vues", "vue"]]) {
    const ids = await meant("en", text);
    assert.ok(!ids.includes(id), `${text}: ${ids}`);
  }
});

test("an everyday word in a sentence is a technology only where it is meant as one", async () => {
  assert.ok(!(await meant("en", "we need to go digital")).includes("go"));
  assert.equal((await meant("en", "we are looking for a go developer"))[0], "go");
  assert.ok((await meant("en", "a new service written in Go please")).includes("go"));
});

test("acronyms that are filler elsewhere count where they are written as acronyms", async () => {
  assert.equal((await meant("en", "IT support"))[0], "it-support");
  assert.equal((await meant("pt", "suporte de TI"))[0], "it-support");
  assert.deepEqual((await meant("en", "it")), []);
});

test("names with dots and signs are met", async () => {
  for (const [text, id] of [["C++", "c-cpp"], ["C#", "c-sharp-dotnet"], [".NET", "c-sharp-dotnet"], ["Node.js", "nodejs"], ["node js", "nodejs"], ["word press", "wordpress"]]) {
    assert.equal((await meant("en", text))[0], id, text);
  }
});

test("the name of a place is no misspelled skill", async () => {
  assert.notDeepEqual((await meant("en", "wodpress")), []);
  const { meanings, rest } = await understand.en("wodpress", (word) => word === "wodpress");
  assert.deepEqual([meanings, rest], [[], ["wodpress"]]);
});

test("the reason names what was met", async () => {
  const reason = async (text) => (await understand.en(text)).meanings[0].reason;
  assert.deepEqual(await reason("web development"), { kind: "label", text: "Web development" });
  assert.equal((await reason("golang")).text, "Golang");
  assert.equal((await reason("golang")).kind, "synonym");
});

test("words that speak for no skill are left over", async () => {
  assert.deepEqual((await understand.en("web development in Montevideo")).rest, ["montevideo"]);
});

test("filler alone means nothing and is not nonsense", async () => {
  const { meanings, words, isNonsense } = await understand.en("we need a");
  assert.deepEqual([meanings, words, isNonsense], [[], [], false]);
});

test("nonsense is survived", async () => {
  for (const text of ["", "   ", "🎉🎉", "(.*)+[\\", "\"' OR 1=1 --", "<script>", "__proto__", "constructor", "x".repeat(10_000), "a ".repeat(5_000), "\u0000\uD800"]) {
    for (const language of LANGUAGES) assert.ok((await understand[language](text)).meanings.length <= 3, text.slice(0, 20));
  }
  assert.equal((await understand.en("🎉🎉")).isNonsense, true);
});

test("a skill without synonyms or asks is met by its label", async () => {
  const bare = createQuery([{ id: "weaving", label: "Weaving", category: "design" }]);
  assert.deepEqual((await bare("weaving")).meanings[0].reason, { kind: "label", text: "Weaving" });
});

test("an empty vocabulary means nothing", async () => {
  assert.deepEqual((await createQuery([])("web development")).meanings, []);
});

// The weights were settled with these queries, so the share says only that nothing broke.
test("everyday queries find a right skill in the top three", async (context) => {
  const queries = readFileSync(new URL("queries.jsonl", import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const missed = [];
  for (const { lang, query, expect } of queries) {
    const ids = await meant(lang, query);
    if (!ids.some((id) => expect.includes(id))) missed.push(`${lang} ${query}: ${ids}`);
  }
  const share = 1 - missed.length / queries.length;
  context.diagnostic(`top three: ${(share * 100).toFixed(1)} % of ${queries.length}`);
  assert.ok(share >= 0.88, missed.join("\n"));
});
