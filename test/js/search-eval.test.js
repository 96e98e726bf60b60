import assert from "node:assert/strict";
import { test } from "node:test";
import { line, measure, parseQueries } from "../../scripts/search-eval.mjs";

const QUERIES = [
  { lang: "en", query: "first", expect: ["seo"] },
  { lang: "en", query: "third", expect: ["seo", "email"] },
  { lang: "en", query: "fourth", expect: ["seo"] },
  { lang: "pt", query: "nothing", expect: ["seo"] },
];
const CAME = {
  first: ["seo", "hosting"],
  third: ["hosting", "cloud", "email"],
  fourth: ["hosting", "cloud", "email", "seo"],
  nothing: [],
};

test("a query counts as met when any skill it expects comes first, or among three", async () => {
  const { languages, all } = await measure(QUERIES, (_, query) => CAME[query]);
  assert.deepEqual([...languages], [["en", { total: 3, first: 1, three: 2 }], ["pt", { total: 1, first: 0, three: 0 }]]);
  assert.deepEqual(all, { total: 4, first: 1, three: 2 });
});

test("the misses say what came instead", async () => {
  const { misses } = await measure(QUERIES, (_, query) => CAME[query]);
  assert.deepEqual(misses.map(({ query, came }) => [query, came]), [["fourth", ["hosting", "cloud", "email"]], ["nothing", []]]);
});

test("the result is one line with one decimal", async () => {
  assert.equal(line("all", { total: 3, first: 1, three: 2 }), "all top-1 33.3 % top-3 66.7 %");
  assert.equal(line("all", { total: 2, first: 2, three: 2 }), "all top-1 100.0 % top-3 100.0 %");
});

test("wrong lines are named by number, empty ones passed over", async () => {
  const good = '{"lang": "en", "query": "sell online", "expect": ["e-commerce"]}';
  const { queries, problems } = parseQueries(
    [good, "", "nonsense", "null", '{"lang": "EN!", "query": "x", "expect": ["seo"]}', '{"lang": "en", "query": " ", "expect": ["seo"]}', '{"lang": "en", "query": "x", "expect": []}', `${good}\r`, ""].join("\n"),
  );
  assert.deepEqual(queries.map((query) => query.line), [1, 8]);
  assert.deepEqual(problems.map((problem) => problem.split(":")[0]), ["line 3", "line 4", "line 5", "line 6", "line 7"]);
});
