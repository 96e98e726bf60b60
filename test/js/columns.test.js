import assert from "node:assert/strict";
import { test } from "node:test";
import { filtered, hasEnded, numberOf, readColumns, valuesOf } from "../../themes/commons/assets/js/search/columns.js";
import { visit } from "../../themes/commons/assets/js/search/postings.js";
import { noFilters } from "../../themes/commons/assets/js/search/state.js";
import { directory } from "./fixtures.js";

/** Numbers that are the same at every run (mulberry32). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SKILLS = Array.from({ length: 150 }, (_, at) => ({ id: `skill-${at}`, label: `Skill ${at}`, category: "web" }));
const some = (random, list, most) => [...new Set(Array.from({ length: Math.floor(random() * (most + 1)) }, () => list[Math.floor(random() ** 2 * list.length)]))];

function invented(seed, count) {
  const random = seeded(seed);
  const ids = SKILLS.map(({ id }) => id);
  const coops = Array.from({ length: count }, (_, at) => ({
    name: `Coop ${String(at).padStart(4, "0")}`,
    does: some(random, ids, 8), teaches: some(random, ids, 2), needs: some(random, ids, 2),
    countries: some(random, ["AR", "CA", "FR"], 2), languages: some(random, ["en", "es", "fr"], 3), networks: some(random, ["ring"], 1),
    availability: ["", "open", "limited", "full"][Math.floor(random() * 4)], status: random() < 0.1 ? "closed" : "active",
    coop: Number(random() < 0.5), remote: Number(random() < 0.5),
  }));
  const { files, coops: all } = directory(coops, { skills: SKILLS });
  const lines = (name) => files[name].split("\n").slice(1, -1);
  return { random, coops: all, columns: readColumns(lines("facets.txt"), lines("en/terms.txt")) };
}

const KEYS = { does: "does", teaches: "teaches", needs: "needs", country: "countries", language: "languages", network: "networks", sector: "sectors" };
function has(coop, facet) {
  if (facet === "availability") return coop.availability ? [coop.availability] : [];
  if (facet === "listed") return [coop.coop ? "coop" : "third-party"];
  return coop[KEYS[facet]] ?? [];
}

test("columns give back what was written", () => {
  const { coops, columns } = invented(1, 400);
  coops.forEach((coop, at) => {
    for (const facet of columns.used) {
      assert.deepEqual([...valuesOf(columns.of[facet], at)].map((value) => columns.of[facet].ids[value]), has(coop, facet));
    }
    assert.deepEqual([hasEnded(columns, at), columns.isOwn[at], columns.isRemote[at]], [coop.status === "closed", coop.coop, coop.remote]);
  });
});

test("counts are what counting by hand gives, whatever is chosen", () => {
  const { random, coops, columns } = invented(2, 300);
  const reach = [...coops.keys()].filter((at) => coops[at].status === "active");
  for (let round = 0; round < 60; round++) {
    const filters = noFilters();
    for (const facet of columns.used) if (random() < 0.3) filters[facet] = some(random, columns.of[facet].ids, 3);
    const keeps = (coop, but) => Object.entries(filters).every(([facet, ids]) => facet === but || ids.length === 0 || has(coop, facet).some((id) => ids.includes(id)));
    const { kept, facets } = filtered(columns, reach, filters);
    assert.deepEqual(kept, reach.filter((at) => keeps(coops[at])));
    for (const [facet, values] of facets) {
      for (const { id, count } of values) {
        const expected = reach.filter((at) => keeps(coops[at], facet) && has(coops[at], facet).includes(id)).length;
        assert.equal(count, expected, `${facet} ${id} with ${JSON.stringify(filters)}`);
      }
    }
  }
});

test("characters stand for numbers, past ASCII and past the surrogates", () => {
  for (const [text, number] of [["!", 0], ["~", 93], ["¡", 94], ["\ud7ff", 0xd7ff - 0xa1 + 94], ["\ue000", 0xd800 - 0xa1 + 94]]) {
    assert.equal(numberOf(text.charCodeAt(0)), number);
  }
});

test("a list of co-ops is read by field, one and two digits long", () => {
  const met = [];
  visit("\t%!!b!\tb1`", (coop, fields, level) => met.push([coop, fields, level]));
  assert.deepEqual(met, [[0, 1, 0], [1, 1, 0], [66, 1, 0], [63, 20, 0]]);
});
