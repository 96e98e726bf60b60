/**
 * Finds the fewest co-ops that do everything that is asked for: internal/exchange/team.go is the same in Go, and test/js/teams.json holds
 * both to the same answers.
 * @module
 */

/**
 * @typedef {object} Coop
 * @property {string} slug
 * @property {string} name
 * @property {string} [from] the name of the directory that it comes from
 * @property {string[]} [languages]
 * @property {string[]} [countries] where it is
 * @property {string[]} [serves] where else it works for others; may be "worldwide"
 * @property {[number, number][]} does number of a skill, and its points
 */

/**
 * @typedef {object} Team
 * @property {{coop: Coop, skills: string[]}[]} members what covers most first
 * @property {string[]} languages that all of them speak, sorted
 * @property {string[]} countries where all of them are, sorted
 */

/** @typedef {{language?: string, country?: string}} Limits what everybody speaks, and where everybody is or works for others; empty: any */

/** @typedef {{coop: Coop, number: number, covers: bigint, quality: number}} Candidate */

const MOST_ASKED = 64;
const MOST_EXACT = 10;

/** Skills of a set. */
function size(/** @type {bigint} */ set) {
  let count = 0;
  for (; set !== 0n; set &= set - 1n) count += 1;
  return count;
}

const compare = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * @param {Coop[]} coops by slug
 * @param {number[]} needed numbers of skills
 * @returns {Candidate[]}
 */
function candidates(coops, needed) {
  return coops.flatMap((coop, number) => {
    let covers = 0n;
    let quality = 0;
    for (const [skill, points] of coop.does) {
      const at = needed.indexOf(skill);
      if (at < 0) continue;
      covers |= 1n << BigInt(at);
      quality += points;
    }
    return covers === 0n ? [] : [{ coop, number, covers, quality }];
  });
}

/**
 * The best of the smallest teams by every set of skills: fewest co-ops, then quality.
 * @param {Candidate[]} all
 * @param {number} whole
 */
function exact(all, whole) {
  /** @type {Map<bigint, Candidate>} */
  const best = new Map();
  for (const one of all) if (one.quality > (best.get(one.covers)?.quality ?? -1)) best.set(one.covers, one);
  const pool = [...best.values()].sort((a, b) => a.number - b.number).map((one) => ({ one, covers: Number(one.covers) }));
  const ways = Array.from({ length: whole + 1 }, () => ({ count: 0, quality: 0, from: 0, last: 0 }));
  for (let s = 0; s < whole; s++) {
    if (s !== 0 && ways[s].count === 0) continue;
    const missing = ~s & (s + 1); // the first skill that is not covered
    for (const [last, { one, covers }] of pool.entries()) {
      if ((covers & missing) === 0) continue;
      const way = { count: ways[s].count + 1, quality: ways[s].quality + one.quality, from: s, last };
      const was = ways[s | covers];
      if (was.count === 0 || way.count < was.count || (way.count === was.count && way.quality > was.quality)) ways[s | covers] = way;
    }
  }
  const team = [];
  for (let s = whole; s !== 0; s = ways[s].from) team.push(pool[ways[s].last].one);
  return team;
}

/**
 * Whoever covers most of what is left, again and again.
 * @param {Candidate[]} pool
 * @param {bigint} left
 */
function greedy(pool, left) {
  const team = [];
  while (left !== 0n) {
    let next = pool[0];
    for (const one of pool) {
      const more = size(one.covers & left) - size(next.covers & left);
      if (more > 0 || (more === 0 && (one.quality > next.quality || (one.quality === next.quality && one.number < next.number)))) next = one;
    }
    team.push(next);
    left &= ~next.covers;
  }
  return team;
}

/**
 * Teams of the least size: the best of all, and the best of those that share a language, a country or both.
 * @param {Candidate[]} pool
 * @param {number} count of skills
 */
function smallest(pool, count) {
  /** @type {Candidate[][]} */
  const teams = [];
  const whole = (1n << BigInt(count)) - 1n;
  const attempt = (/** @type {Candidate[]} */ part) => {
    if (count === 0 || part.reduce((can, { covers }) => can | covers, 0n) !== whole) return;
    teams.push(count > MOST_EXACT ? greedy(part, whole) : exact(part, Number(whole)));
  };
  const each = (/** @type {Candidate[]} */ part, /** @type {"languages" | "countries"} */ what, /** @type {(part: Candidate[]) => void} */ use) => {
    for (const thing of new Set(part.flatMap(({ coop }) => coop[what] ?? []))) use(part.filter(({ coop }) => coop[what]?.includes(thing)));
  };
  attempt(pool);
  each(pool, "countries", attempt);
  each(pool, "languages", (part) => {
    attempt(part);
    each(part, "countries", attempt);
  });
  const least = Math.min(...teams.map(({ length }) => length));
  return teams.filter(({ length }) => length === least);
}

/**
 * @param {{skills: string[], coops: Coop[]}} data
 * @param {string[]} asked ids of skills
 * @param {number} most teams
 * @param {Limits} [limits]
 * @returns {{teams: Team[], missing: string[], isExact: boolean}} missing: what nobody does; isExact: there can be no smaller team
 */
export function findTeams({ skills, coops: everybody }, asked, most, { language, country } = {}) {
  const coops = everybody.filter(
    ({ languages = [], countries = [], serves = [] }) => (!language || languages.includes(language)) && (!country || [...countries, ...serves].some((place) => place === country || place === "worldwide")),
  );
  const ids = [...new Set(asked)].slice(0, MOST_ASKED);
  const done = new Set(coops.flatMap(({ does }) => does.map(([skill]) => skill)));
  const needed = ids.map((id) => skills.indexOf(id)).filter((skill) => done.has(skill));
  const missing = ids.filter((id) => !done.has(skills.indexOf(id)));
  const pool = candidates(coops, needed);

  /** @type {Map<string, Team & {quality: number, slugs: string}>} */
  const found = new Map();
  for (const team of smallest(pool, needed.length)) {
    const members = [...team].sort((a, b) => size(b.covers) - size(a.covers) || a.number - b.number);
    const shared = (/** @type {"languages" | "countries"} */ what) => (members[0].coop[what] ?? []).filter((thing) => members.every(({ coop }) => coop[what]?.includes(thing))).sort(compare);
    const slugs = members.map(({ coop }) => coop.slug).join(" ");
    found.set(slugs, {
      members: members.map(({ coop, covers }) => ({ coop, skills: needed.filter((_, at) => covers & (1n << BigInt(at))).map((skill) => skills[skill]) })),
      languages: shared("languages"), countries: shared("countries"), slugs, quality: members.reduce((sum, { quality }) => sum + quality, 0),
    });
  }
  const has = (/** @type {string[]} */ list) => (list.length > 0 ? 0 : 1);
  const teams = [...found.values()].sort((a, b) => has(a.languages) - has(b.languages) || has(a.countries) - has(b.countries) || b.quality - a.quality || compare(a.slugs, b.slugs));
  return { teams: teams.slice(0, most).map(({ members, languages, countries }) => ({ members, languages, countries })), missing, isExact: needed.length <= MOST_EXACT };
}
