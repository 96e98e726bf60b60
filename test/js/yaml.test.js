import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { write } from "../../themes/commons/assets/js/join/yaml.js";

const { shape, cases } = JSON.parse(readFileSync(new URL("yaml.json", import.meta.url), "utf8"));

test("the browser writes what coops fmt writes, byte for byte", () => {
  assert.ok(cases.length > 300, `only ${cases.length} cases`);
  const wrong = cases.filter(({ value, text }) => write(value, shape) !== text);
  for (const { value, text } of wrong.slice(0, 5)) assert.equal(write(value, shape), text, JSON.stringify(value));
});
