import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine } from "../../themes/commons/assets/js/search/engine.js";
import { empty, noFilters } from "../../themes/commons/assets/js/search/state.js";
import * as english from "../../themes/commons/assets/js/understand/en.js";
import { directory, serve } from "./fixtures.js";

const COOPS = [
  { name: "Álamo", place: "Rosario", does: ["web-development", "wordpress"], countries: ["AR"], languages: ["es"], networks: ["ring"] },
  { name: "Birch", place: "Montreal", does: ["web-development"], teaches: ["elixir"], countries: ["CA"], languages: ["en", "fr"], coop: 1, availability: "open" },
  { name: "Cedar Web", place: "Lyon", does: ["hosting"], countries: ["FR"], languages: ["fr"], former: ["Old Cedar"] },
  { name: "Dogwood", place: "Toronto", does: ["elixir"], needs: ["wordpress"], countries: ["CA"], summary: "We build beautiful timetables for railways.", availability: "full", coop: 1 },
  { name: "Elder", place: "Paris", does: ["web-development"], countries: ["FR"], status: "closed" },
  { name: "We Are Fern", does: ["games"], other: ["Braille embossing"] },
];

/** An engine over a directory, with its answers in names. */
async function open(coops, options) {
  const { manifest, files } = directory(coops, options);
  serve(files);
  const engine = await createEngine(manifest, "", async () => english);
  return async function ask(q, filters = {}, sort = "best") {
    serve(files);
    const { answer } = await engine.ask({ ...empty(), q, filters: { ...noFilters(), ...filters }, sort });
    const cards = await engine.cards(answer.results);
    return { ...answer, names: cards.map(({ name }) => name), why: cards.map((card, at) => answer.reasons(answer.results[at], card)) };
  };
}

const ask = await open(COOPS);
const names = (answer) => answer.names;
const count = (answer, facet, id) => answer.facets.get(facet)?.find((value) => value.id === id)?.count;
const kinds = (answer) => answer.why[0]?.map(({ kind }) => kind);

test("without a question everything at work is there, by name", async () => {
  assert.deepEqual(names(await ask("")), ["Álamo", "Birch", "Cedar Web", "Dogwood", "We Are Fern"]);
});

test("a co-op is found by name without accents and with a typing mistake", async () => {
  assert.equal(names(await ask("alamo"))[0], "Álamo");
  assert.equal(names(await ask("dogwod"))[0], "Dogwood");
  assert.deepEqual(kinds(await ask("alamo")), ["name"]);
});

test("a name made of filler is found", async () => {
  assert.equal(names(await ask("we are"))[0], "We Are Fern");
});

test("a name written as one word is found", async () => {
  assert.equal(names(await ask("cedarweb"))[0], "Cedar Web");
});

test("a former name leads to the co-op and says so", async () => {
  const answer = await ask("old cedar");
  assert.equal(names(answer)[0], "Cedar Web");
  assert.ok(kinds(answer).includes("former"));
});

test("a skill and a place ask for both", async () => {
  assert.deepEqual(names(await ask("web development in Canada")), ["Birch"]);
  assert.deepEqual(kinds(await ask("web development in Canada")), ["does", "country"]);
});

test("where nobody has both, those with either are shown", async () => {
  assert.deepEqual(names(await ask("games in Argentina")).sort(), ["We Are Fern", "Álamo"].sort());
});

test("who teaches a skill answers too, after who does it", async () => {
  const answer = await ask("elixir");
  assert.deepEqual(names(answer), ["Dogwood", "Birch"]);
  assert.deepEqual(answer.why[1][0], { kind: "teaches", text: "Elixir" });
});

test("who only needs a skill is no answer to it", async () => {
  assert.ok(!names(await ask("wordpress")).includes("Dogwood"));
});

test("words of a summary and of other skills are met", async () => {
  assert.equal(names(await ask("timetables"))[0], "Dogwood");
  assert.equal(names(await ask("braille embossing"))[0], "We Are Fern");
});

test("a language is met by its name", async () => {
  assert.deepEqual(names(await ask("Spanish")), ["Álamo"]);
});

test("an ended co-op is found by name only", async () => {
  assert.equal(names(await ask("elder"))[0], "Elder");
  assert.ok(!names(await ask("web development")).includes("Elder"));
  assert.ok(!names(await ask("", { country: ["FR"] })).includes("Elder"));
});

test("values of one facet add up, facets narrow each other", async () => {
  assert.deepEqual(names(await ask("", { country: ["AR", "CA"] })), ["Álamo", "Birch", "Dogwood"]);
  assert.deepEqual(names(await ask("", { country: ["AR", "CA"], does: ["web-development"] })), ["Álamo", "Birch"]);
});

test("a facet's counts follow all other choices but not its own", async () => {
  const answer = await ask("", { does: ["web-development"], country: ["CA"] });
  assert.deepEqual(names(answer), ["Birch"]);
  assert.equal(count(answer, "country", "AR"), 1);
  assert.equal(count(answer, "country", "CA"), 1);
  assert.equal(count(answer, "country", "FR"), 0);
  assert.equal(count(answer, "does", "elixir"), 1);
  assert.equal(count(answer, "does", "hosting"), 0);
});

test("every count is what choosing that value alone in its facet would show", async () => {
  for (const filters of [{}, { country: ["CA"] }, { country: ["CA", "AR"], language: ["en"] }, { does: ["web-development"], listed: ["coop"] }]) {
    const { facets } = await ask("", filters);
    for (const [facet, values] of facets) {
      for (const { id, count: shown } of values) {
        assert.equal(names(await ask("", { ...filters, [facet]: [id] })).length, shown, `${facet} ${id} with ${JSON.stringify(filters)}`);
      }
    }
  }
});

test("counts follow the words too", async () => {
  const { facets } = await ask("web development");
  assert.deepEqual(facets.get("country")?.map(({ id }) => id).sort(), ["AR", "CA"]);
});

test("facets without values in the data are not there", async () => {
  const answer = await (await open([{ name: "One", does: ["games"] }]))("");
  assert.deepEqual([...answer.facets.keys()], ["does"]);
});

test("a choice that the words rule out stays to be taken back", async () => {
  const answer = await ask("hosting", { country: ["AR"] });
  assert.deepEqual(answer.results, []);
  assert.deepEqual(answer.facets.get("country")?.find(({ id }) => id === "AR"), { id: "AR", label: "Argentina", count: 0, chosen: true });
});

test("ids that the data does not know change nothing", async () => {
  assert.equal((await ask("", { country: ["XX"], does: ["nope"] })).results.length, (await ask("")).results.length);
});

test("sorted by name, the order is the data's", async () => {
  assert.deepEqual(names(await ask("elixir", {}, "name")), ["Birch", "Dogwood"]);
});

test("half a sentence of filler still shows everything", async () => {
  assert.equal((await ask("we need some")).results.length, 5);
});

test("nonsense finds nothing and breaks nothing", async () => {
  for (const text of ["qqqqzzzz", "🎉", "(.*)+[\\", "x".repeat(10_000), "__proto__", "toString"]) {
    assert.deepEqual(names(await ask(text)), [], text.slice(0, 20));
  }
});

test("a directory without co-ops answers", async () => {
  const { names: found, facets } = await (await open([]))("web");
  assert.deepEqual([found, facets], [[], new Map()]);
});

test("co-ops are sorted by the day they were listed or confirmed, unknown days last", async () => {
  const sorted = await open([
    { name: "A", confirmed: "2026-01-05" },
    { name: "B", newest: "2026-03-01" },
    { name: "C", newest: "2025-03-01", confirmed: "2026-02-01" },
  ]);
  assert.deepEqual(names(await sorted("", {}, "newest")), ["B", "C", "A"]);
  assert.deepEqual(names(await sorted("", {}, "confirmed")), ["C", "A", "B"]);
});

test("rare words count for more than common ones", async () => {
  const common = Array.from({ length: 20 }, (_, at) => ({ name: `N${at}`, summary: "Software with weavers" }));
  const found = await open([...common, { name: "Zed", summary: "Lighthouses" }]);
  assert.equal(names(await found("lighthouses weavers"))[0], "Zed");
});

test("words of a description are met, after those of a summary", async () => {
  const found = await open([{ name: "A", text: "lighthouses" }, { name: "B", summary: "lighthouses" }, { name: "C" }]);
  const answer = await found("lighthouses");
  assert.deepEqual(names(answer), ["B", "A"]);
  assert.deepEqual(answer.why.map(([{ kind }]) => kind), ["summary", "text"]);
});

test("every place of a co-op finds it", async () => {
  const found = await open([{ name: "A", places: ["Montevideo", "Rosario"] }, { name: "B", place: "Lima" }]);
  assert.deepEqual(names(await found("rosario")), ["A"]);
});

test("forms of a word meet, however the blocks are cut", async () => {
  for (const perBlock of [1, 2, 3, 7, 100]) {
    const cut = await open(COOPS, { perBlock, cards: perBlock });
    assert.deepEqual(names(await cut("timetable")), ["Dogwood"], String(perBlock));
    assert.deepEqual(names(await cut("railwyas")), ["Dogwood"], String(perBlock));
    assert.equal(names(await cut("dogw"))[0], "Dogwood", String(perBlock));
  }
});

test("a filter alone fetches no words", async () => {
  const { manifest, files } = directory(COOPS);
  const asked = serve(files);
  const engine = await createEngine(manifest, "", () => assert.fail("nothing is to be understood"));
  await engine.ask({ ...empty(), filters: { ...noFilters(), country: ["CA"] } });
  assert.deepEqual(asked.sort(), ["en/terms.txt", "facets.txt"]);
});

test("words fetch the blocks they can touch, and no others", async () => {
  const many = Array.from({ length: 200 }, (_, at) => ({ name: `${"abcdefghij"[at % 10]}${at}x`, summary: `${"klmnopqrst"[at % 10]}word${at}` }));
  const { manifest, files } = directory(many, { perBlock: 10 });
  const asked = serve(files);
  const engine = await createEngine(manifest, "", async () => english);
  const { answer } = await engine.ask({ ...empty(), q: "kword100" });
  assert.equal(answer.results.length, 1);
  const blocks = asked.filter((address) => address.includes("/words/"));
  assert.ok(blocks.length >= 1 && blocks.length <= 3, `${blocks.length} of ${manifest.words.length + 1} blocks`);
});

test("what failed is fetched anew", async () => {
  const { manifest, files } = directory(COOPS);
  const { ["en/words/0.txt"]: block, ...without } = files;
  serve(without);
  const engine = await createEngine(manifest, "", async () => english);
  const asking = { ...empty(), q: "alamo" };
  await assert.rejects(engine.ask(asking));
  serve({ ...files, "en/words/0.txt": block.slice(0, -20) });
  await assert.rejects(engine.ask(asking), /not a whole file/);
  serve({ ...files, "en/words/0.txt": block.replace(/words \d+/, "words 1") });
  await assert.rejects(engine.ask(asking), /not a whole file/);
  serve(files);
  assert.equal((await engine.ask(asking)).answer.results.length, 1);
});

test("columns that are not whole are refused", async () => {
  const { manifest, files } = directory(COOPS);
  const lines = files["facets.txt"].split("\n");
  for (const broken of [
    files["facets.txt"].slice(0, -3),
    "",
    "<!doctype html>",
    lines.with(6, lines[6].slice(0, -4)).join("\n"),
    lines.with(9, `${lines[9]}~`).join("\n"),
    lines.toSpliced(4, 1).join("\n"),
  ]) {
    serve({ ...files, "facets.txt": broken });
    await assert.rejects(createEngine(manifest, "", async () => english), broken.slice(0, 30));
  }
});
