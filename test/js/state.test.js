import assert from "node:assert/strict";
import { test } from "node:test";
import { empty, format, isAsking, parse, tidy, toggle } from "../../themes/commons/assets/js/search/state.js";

test("a state survives the way through the address", () => {
  const state = { ...empty(), q: "pagos en línea & más", sort: "name", page: 3 };
  state.filters.does = ["web-development", "elixir"];
  state.filters.country = ["AR", "UY"];
  assert.deepEqual(parse(`?${format(state)}`), state);
});

test("an empty state leaves the address clean", () => {
  assert.equal(format(empty()), "");
  assert.deepEqual(parse(""), empty());
});

test("nonsense in an address is left out", () => {
  const state = parse("?q=%20%20web%20%20&does=web-development&does=web-development&does=%3Cscript%3E&country=&page=-1&sort=evil&unknown=1");
  assert.deepEqual(state, { ...empty(), q: "web", filters: { ...empty().filters, does: ["web-development"] } });
  for (const search of ["?%", "?q=%E0%A4%A", "?page=1e9", "?page=NaN", "?&&&===", `?q=${"x".repeat(10_000)}`, `?${"does=a&".repeat(10_000)}`]) {
    const { q, page, filters } = parse(search);
    assert.ok(q.length <= 500 && page >= 1 && page <= 1000 && filters.does.length <= 50, search.slice(0, 20));
  }
});

test("a value is added and taken away again, and pages start over", () => {
  const once = toggle({ ...empty(), page: 4 }, "does", "rust");
  assert.deepEqual([once.filters.does, once.page], [["rust"], 1]);
  assert.deepEqual(toggle(once, "does", "rust").filters.does, []);
});

test("an order or a page alone asks nothing", () => {
  assert.equal(isAsking(parse("?sort=name&page=2")), false);
  assert.equal(isAsking(parse("?q=web")), true);
  assert.equal(isAsking(parse("?needs=rust")), true);
});

test("a long text is not cut inside a letter", () => {
  for (const text of ["🎉".repeat(400), `a${"🎉".repeat(400)}`]) assert.doesNotThrow(() => encodeURIComponent(tidy(text)));
});
