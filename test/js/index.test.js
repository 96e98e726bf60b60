import assert from "node:assert/strict";
import { test } from "node:test";
import { createIndex } from "../../themes/commons/assets/js/search/index.js";
import { createQuery } from "../../themes/commons/assets/js/search/query.js";
import { noFilters } from "../../themes/commons/assets/js/search/state.js";
import { directory } from "./fixtures.js";

const COOPS = [
  { name: "Álamo", place: "Rosario", does: ["web-development", "wordpress"], countries: ["AR"], languages: ["es"], networks: ["ring"] },
  { name: "Birch", place: "Montreal", does: ["web-development"], teaches: ["elixir"], countries: ["CA"], languages: ["en", "fr"], coop: 1, availability: "open" },
  { name: "Cedar Web", place: "Lyon", does: ["hosting"], countries: ["FR"], languages: ["fr"], former: ["Old Cedar"] },
  { name: "Dogwood", place: "Toronto", does: ["elixir"], needs: ["wordpress"], countries: ["CA"], summary: "We build beautiful timetables for railways.", availability: "full", coop: 1 },
  { name: "Elder", place: "Paris", does: ["web-development"], countries: ["FR"], status: "closed" },
  { name: "We Are Fern", does: ["games"], other: ["Braille embossing"] },
];

const data = directory(COOPS);
const index = createIndex(data);
const understand = createQuery(data.skills);

const ask = async (text, filters = {}, sort = "best") => index.search(await understand(text, index.isName), { ...noFilters(), ...filters }, sort);
const names = (answer) => answer.results.map(({ coop }) => coop.name);
const count = (answer, facet, id) => answer.facets.get(facet)?.find((value) => value.id === id)?.count;
const kinds = (answer) => answer.results[0]?.reasons.map(({ kind }) => kind);

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
  assert.deepEqual(answer.results[1].reasons[0], { kind: "teaches", text: "Elixir" });
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
  const bare = createIndex(directory([{ name: "One", does: ["games"] }]));
  const answer = bare.search(await createQuery([])(""), noFilters(), "best");
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
  const none = createIndex(directory([]));
  assert.deepEqual(none.search(await understand("web"), noFilters(), "best"), { results: [], facets: new Map() });
});
