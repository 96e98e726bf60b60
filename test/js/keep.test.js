import assert from "node:assert/strict";
import { test } from "node:test";

import { keep, partsOf } from "../../themes/commons/assets/js/join/keep.js";

const old = `# yaml-language-server: $schema=x
# about the name
name: Fern # as we write it

# what we say
summary: {en: "We are: Fern."}
description:
  en: |
    # One

    two: three
locations:
  - {country: "NO", coordinates: {latitude: 59.90, longitude: 10.70}} # the harbor
skills:
  # first of all
  - python
# the end
`;
const fresh = `name: Fern
summary: {en: "We are: Fern."}
description:
  en: |
    # One

    two: three
founded: 2012
locations:
  - {country: "NO", coordinates: {latitude: 59.9, longitude: 10.7}}
skills:
  - python
  - go
`;

test("what is not changed keeps its bytes, and comments above what is", () => {
  const want = old.replace("locations:", "founded: 2012\nlocations:").replace("  # first of all\n  - python\n", "  - python\n  - go\n");
  assert.equal(keep(fresh, old, (key) => key !== "skills"), want);
});

test("a file in which nothing changed is the same", () => {
  assert.equal(keep(fresh.replace("founded: 2012\n", ""), old, () => true), old);
});

test("a key that is gone takes its comments along", () => {
  assert.equal(keep("name: Fern\n", "name: Fern\n# old\nkind: worker\n", () => true), "name: Fern\n");
});

test("a file that cannot be followed line by line is not taken apart", () => {
  for (const odd of ["{name: Fern}\n", "skills:\n- a\n", "---\nname: x\n", "name: x\r\nkind: y\r\n", "name: x\nname: y\n", "  name: x\n", "\"name\": x\n", "name: x\n...\n"]) {
    assert.equal(partsOf(odd), undefined, odd);
    assert.equal(keep("name: x\n", odd, () => true), undefined, odd);
  }
});
