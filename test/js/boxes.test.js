import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("the boxes of countries are those of the atlas", () => {
  const made = execFileSync(process.execPath, ["scripts/boxes.mjs"], { cwd: root, encoding: "utf8" });
  assert.equal(readFileSync(`${root}internal/world/boxes.json`, "utf8"), made, "run: node scripts/boxes.mjs > internal/world/boxes.json");
});
