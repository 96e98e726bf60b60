// What the form of the site writes is what `coops fmt` writes: internal/layout/canonical_test.go made the texts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { shapeOf } from "../../themes/commons/assets/js/join/fields.js";
import { tidyText, write } from "../../themes/commons/assets/js/join/yaml.js";

const { fields, cases } = JSON.parse(readFileSync(new URL("canonical.json", import.meta.url), "utf8"));

test("a profile is written as fmt writes it", () => {
  assert.ok(cases.length > 100);
  const shape = shapeOf(fields);
  for (const { content, text } of cases) assert.equal(write(content, shape), text);
});

test("a text has no white space where a file cannot keep it", () => {
  assert.equal(tidyText("  one \r\n\ttwo\t\r\n\r\n three\n \n"), "one\n  two\n\n three");
});
