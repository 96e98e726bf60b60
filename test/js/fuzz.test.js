// What anybody may type, paste or write into an address: an answer comes, whatever it is. Each run makes other texts; a failure
// names its seed, and `FUZZ_SEED=… npm test` repeats it. `FUZZ_SECONDS=600 npm test` goes on for ten minutes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine } from "../../themes/commons/assets/js/search/engine.js";
import { empty, format, parse, tidy } from "../../themes/commons/assets/js/search/state.js";
import * as english from "../../themes/commons/assets/js/understand/en.js";
import { directory, LANGUAGES, serve, vocabulary } from "./fixtures.js";
import { understanders } from "./understanders.js";

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 0);
const TEXTS = 150; // of each kind, where no time is given

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = LANGUAGES.flatMap((language) => vocabulary(language).flatMap(({ label, names, ask }) => [label, ...names, ask]));
const ODD = [
  "\"", "'", "*", "(", ")", "[", "{", "\\", "/", "-", "--", "~", "^", "$", ".", "+", "|", "?", "%", "%00", "%E0%A4%A", "&amp;", "<script>", "</template>", "__proto__", "constructor", "hasOwnProperty", "toString",
  "\u0000", "\u00ad", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\ud800", "\udc00", "🎉", "👩‍👩‍👧‍👧", "🇦🇷", "e\u0301", "a\u0300\u0301\u0302\u0303", "ı", "İ", "ß", "ﬁ", "Ǆ", "ｗｅｂ", "مرحبا", "שלום", "网站", "ウェブ", "c++", "c#", ".net", "node.js", "a.b.c.d", "1e999", "-0", "NaN", "   ", "\t\n\r", "a".repeat(5000), "web ".repeat(2000), "🎉".repeat(3000), "é".repeat(3000), "-".repeat(3000),
];

/** A text of words, pieces of words and what is no word. */
function textOf(next) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  let text = "";
  for (let left = 1 + Math.floor(next() ** 2 * 30); left > 0; left--) {
    const kind = next();
    const word = pick(WORDS);
    if (kind < 0.4) text += word;
    else if (kind < 0.6) text += word.slice(Math.floor(next() * word.length));
    else if (kind < 0.9) text += pick(ODD);
    else text += String.fromCodePoint(Math.floor(next() * 0x110000));
    if (next() < 0.7) text += " ";
  }
  return text.slice(0, 12_000);
}

/** Calls check with texts, for as long as is asked for. */
async function fuzz(check) {
  const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const next = random(seed);
  const end = Date.now() + SECONDS * 1000;
  for (let made = 0; SECONDS > 0 ? Date.now() < end : made < TEXTS; made++) {
    const text = textOf(next);
    try {
      await check(text, next);
    } catch (error) {
      throw new Error(`FUZZ_SEED=${seed}, text ${made + 1}: ${JSON.stringify(text.slice(0, 300))}: ${error.stack}`);
    }
  }
}

test("whatever is typed is understood as something or nothing, in every language", async () => {
  const count = Object.fromEntries(LANGUAGES.map((language) => [language, vocabulary(language).length]));
  await fuzz(async (text, next) => {
    const language = LANGUAGES[Math.floor(next() * LANGUAGES.length)];
    const { meanings } = await understanders[language].understand(tidy(text), next() < 0.5 ? (word) => word.length % 2 === 0 : undefined);
    const numbers = meanings.map(({ skill }) => skill);
    assert.equal(new Set(numbers).size, numbers.length, "a skill comes twice");
    assert.ok(numbers.every((skill) => Number.isInteger(skill) && skill >= 0 && skill < count[language]), `there is no such skill: ${numbers}`);
  });
});

test("whatever stands in an address is a state, and the address of that state means the same", async () => {
  await fuzz(async (text) => {
    const state = parse(`?${text}&q=${text}&does=${text}`);
    assert.ok(state.q.length <= 500, `${state.q.length} characters`);
    assert.deepEqual(parse(`?${format(state)}`), state);
    const q = tidy(text);
    assert.equal(parse(`?${format({ ...empty(), q })}`).q, q);
  });
});

test("whatever is asked of a directory is answered with co-ops of it", async () => {
  const coops = Array.from({ length: 12 }, (_, at) => ({ name: `Coop ${"ÁbcÑ"[at % 4]}${at}`, place: "Rosario", does: at % 3 ? ["web-development"] : ["hosting"], countries: ["AR"], languages: ["es"], summary: WORDS[at * 7] }));
  const { manifest, files } = directory(coops);
  serve(files);
  const engine = await createEngine(manifest, "", async () => english);
  await fuzz(async (text) => {
    serve(files);
    const { answer } = await engine.ask(parse(`?q=${encodeURIComponent(text.toWellFormed())}`));
    assert.ok(answer.results.every((coop) => coop >= 0 && coop < coops.length), `${answer.results}`);
    assert.equal(new Set(answer.results).size, answer.results.length, "a co-op comes twice");
  });
});
