import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { create } from "../../themes/commons/assets/js/understand/en.js";
import { create as createAny } from "../../themes/commons/assets/js/understand/und.js";
import { words } from "../../themes/commons/assets/js/search/fold.js";
import { asked, inBlocks, LANGUAGES, vocabulary } from "./fixtures.js";
import { meant, understander, understanders } from "./understanders.js";

/** What a file of queries has. */
const queries = (file) => readFileSync(new URL(file, import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line));

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

test("an apostrophe is one, however it is typed", async () => {
  const asks = LANGUAGES.flatMap((language) => asked(language).filter((text) => /['’]/.test(text)).map((text) => [language, text]));
  assert.ok(asks.length >= 40 && asks.some(([language]) => language === "fr"), `${asks.length} sentences`);
  for (const [language, text] of asks) {
    const [straight, curly] = ["'", "’"].map((sign) => text.replace(/['’]/g, sign));
    assert.deepEqual(await meant(language, straight), await meant(language, curly), text);
    assert.deepEqual(words(straight), words(curly), text);
  }
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
  const { meanings, rest } = await understanders.en.understand("wodpress", (word) => word === "wodpress");
  assert.deepEqual([meanings, rest], [[], ["wodpress"]]);
});

test("words that speak for no skill are left over", async () => {
  assert.deepEqual((await understanders.en.understand("web development in Montevideo")).rest, ["montevideo"]);
});

test("filler alone means nothing and is not nonsense", async () => {
  const { meanings, words, isNonsense } = await understanders.en.understand("we need a");
  assert.deepEqual([meanings, words, isNonsense], [[], [], false]);
});

test("nonsense is survived", async () => {
  for (const text of ["", "   ", "🎉🎉", "(.*)+[\\", "\"' OR 1=1 --", "<script>", "__proto__", "constructor", "x".repeat(10_000), "a ".repeat(5_000), "\u0000\uD800"]) {
    for (const language of LANGUAGES) assert.ok((await understanders[language].understand(text)).meanings.length <= 3, text.slice(0, 20));
  }
  assert.equal((await understanders.en.understand("🎉🎉")).isNonsense, true);
});

test("filler says nothing, short names of skills do", async () => {
  for (const [language, text, telling] of [
    ["en", "we need an app", ["app"]], ["es", "necesitamos una IA", ["ia"]], ["fr", "nous avons besoin de VR", ["vr"]], ["pt", "precisamos de um PR", ["pr"]],
  ]) {
    assert.deepEqual((await understanders[language].understand(text)).words, telling, text);
  }
});

test("forms of a word say the same", async () => {
  for (const [language, one, other] of [
    ["en", "donate", "donations"], ["es", "pagar", "pagos"], ["fr", "réserver", "réservations"], ["pt", "votar", "votação"],
    ["fr", "vidéo", "vidéos"], ["pt", "jornal", "jornais"], ["es", "árbol", "árboles"],
  ]) {
    assert.equal((await meant(language, one))[0], (await meant(language, other))[0], `${one}, ${other}`);
  }
});

test("words written as one, or as two, are the same", async () => {
  for (const [one, other] of [["website", "web site"], ["ecommerce", "e-commerce"], ["webhosting", "web hosting"], ["sitemaintenance", "site maintenance"], ["fundraisinggrants", "fundraising grants"]]) {
    assert.equal((await meant("en", one))[0], (await meant("en", other))[0], `${one}, ${other}`);
  }
});

test("a common word alone means the obvious", async () => {
  for (const [language, text, id] of [
    ["en", "website", "web-development"], ["es", "página web", "web-development"], ["fr", "site web", "web-development"], ["pt", "site", "web-development"],
    ["es", "redes", "networks-internet"], ["fr", "réseau", "networks-internet"], ["pt", "redes", "networks-internet"],
    ["en", "shop", "e-commerce"], ["en", "logo", "branding"], ["en", "app", "mobile-apps"],
    ["en", "members", "membership-crm"], ["es", "dinero", "fundraising-grants"], ["en", "C", "c-cpp"], ["fr", "serveur", "sysadmin"],
  ]) {
    assert.equal((await meant(language, text))[0], id, text);
  }
});

test("networks of people are near where networks are typed", async () => {
  for (const [language, text] of [["es", "redes sociales"], ["fr", "réseaux sociaux"], ["pt", "redes sociais"]]) {
    assert.equal((await meant(language, text))[0], "marketing", text);
  }
});

test("what is told of words is fetched by how they begin, none of filler, and each once", async () => {
  const fetched = [];
  const told = async (start) => {
    fetched.push(start);
    return [{ term: "tejeduria", list: "\t\t!" }, { term: "looms", list: "\t!" }].filter(({ term }) => term.startsWith(start));
  };
  const { understand } = create({ skills: [{ label: "Weaving", told: 1 }], told });
  for (const text of ["weaving", "we need weaving"]) await understand(text);
  assert.deepEqual(fetched, ["we"]);
  for (const text of ["tejeduría", "a tejeduría por favor"]) assert.deepEqual((await understand(text)).meanings[0].words, ["tejeduria"]);
  assert.deepEqual((await understand("a loom")).meanings[0].words, ["loom"]);
  assert.equal(new Set(fetched).size, fetched.length, String(fetched));
});

test("what is told of words and cannot be had is asked for again", async () => {
  let tries = 0;
  const told = async () => {
    if (++tries === 1) throw new Error("offline");
    return [{ term: "tejeduria", list: "\t\t!" }];
  };
  const { understand } = create({ skills: [{ label: "Weaving" }], told });
  await assert.rejects(understand("tejeduría"), /offline/);
  assert.equal((await understand("tejeduría")).meanings.length, 1);
});

test("words that are told of skills say the same in blocks as at hand", async () => {
  for (const language of LANGUAGES) {
    const skills = vocabulary(language).map(({ also: _, ...skill }) => skill);
    const { create } = await import(`../../themes/commons/assets/js/understand/${language}.js`);
    const { rows, told } = inBlocks(skills, create.isFiller);
    const [atHand, fetching] = [create({ skills, told: async () => [] }), create({ skills: rows, told })];
    for (const { query } of queries("queries.jsonl").filter(({ lang }) => lang === language)) {
      assert.deepEqual(await fetching.understand(query), await atHand.understand(query), query);
    }
  }
});

test("a language of its own is understood without its endings", async () => {
  const { understand } = understander(createAny, [{ label: "Weberei", names: ["webstuhl"] }]);
  assert.equal((await understand("Webstühle, Weberei")).meanings.length, 1);
});

test("a skill without synonyms or asks is met by its label", async () => {
  const { understand } = understander(create, [{ label: "Weaving" }]);
  assert.deepEqual((await understand("weaving")).meanings[0].words, ["weaving"]);
});

test("an empty vocabulary means nothing", async () => {
  assert.deepEqual((await understander(create, []).understand("web development")).meanings, []);
});

// The vocabulary was improved with these queries, so the share says only that nothing broke.
for (const [file, least] of [["queries.jsonl", 0.97], ["queries-people.jsonl", 0.96]]) {
  test(`everyday queries find a right skill in the top three: ${file}`, async (context) => {
    const all = queries(file);
    const missed = [];
    for (const { lang, query, expect } of all) {
      const ids = await meant(lang, query);
      if (!ids.some((id) => expect.includes(id))) missed.push(`${lang} ${query}: ${ids}`);
    }
    const share = 1 - missed.length / all.length;
    context.diagnostic(`top three: ${(share * 100).toFixed(1)} % of ${all.length}`);
    assert.ok(share >= least, missed.join("\n"));
  });
}
