// The page that finds teams gives the answers of `coops match --need`: internal/site/team_test.go made them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findTeams } from "../../themes/commons/assets/js/team/cover.js";

const { data, cases } = JSON.parse(readFileSync(new URL("teams.json", import.meta.url), "utf8"));

test("the fewest co-ops are those that match finds", () => {
  assert.ok(cases.length >= 80);
  for (const { need, language, country, ...wanted } of cases) {
    const { teams, missing, isExact } = findTeams(data, need, 5, { language, country });
    const said = teams.map(({ members, languages, countries }) => ({ members: members.map(({ coop, skills }) => ({ slug: coop.slug, skills })), languages, countries }));
    assert.deepEqual({ teams: said, missing, isExact }, wanted, [need, language, country].join(" "));
  }
});

test("of nobody and nothing there is no team", () => {
  assert.deepEqual(findTeams({ skills: [], coops: [] }, ["web"], 5), { teams: [], missing: ["web"], isExact: true });
  assert.deepEqual(findTeams(data, [], 5), { teams: [], missing: [], isExact: true });
});
