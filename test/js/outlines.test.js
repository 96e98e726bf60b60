import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { geoEqualEarth } from "d3-geo";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("the outlines of countries are those of the atlas", () => {
  const made = execFileSync(process.execPath, ["scripts/outlines.mjs"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 24 });
  assert.ok(readFileSync(`${root}internal/world/outlines.json`, "utf8") === made, "run: npm run world");
});

test("the places that the Go tests want are d3-geo's", () => {
  const projection = geoEqualEarth().rotate([-11, 0]).precision(0).fitWidth(1000, { type: "Sphere" });
  const top = projection([11, 90])[1];
  const places = readFileSync(`${root}internal/world/plane_test.go`, "utf8").matchAll(/"(.+)":\s+\{([-\d.]+), ([-\d.]+), Point\{([-\d.]+), ([-\d.]+)\}\}/g);
  let seen = 0;
  for (const [, name, latitude, longitude, x, y] of places) {
    const [wantX, wantY] = projection([Number(longitude), Number(latitude)]);
    assert.deepEqual([x, y], [wantX.toFixed(3), (wantY - top).toFixed(3)], name);
    seen++;
  }
  assert.ok(seen >= 8, `only ${seen} places`);
});
