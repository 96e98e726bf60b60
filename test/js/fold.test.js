import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { distance, fold, stem, typedWords, words } from "../../themes/commons/assets/js/search/fold.js";

test("accents, case and ligatures fold away", () => {
  assert.equal(fold("Élodie Ñandú Ação ŒUVRE Straße"), "elodie nandu acao oeuvre strasse");
});

test("names of technologies stay what they are", () => {
  assert.deepEqual(words("C++, C# & .NET, Node.js"), ["c++", "c#", "dotnet", "nodejs"]);
});

test("elisions and possessives lose their small part", () => {
  assert.deepEqual(words("l’hébergement d'un site, qu'elle, our member's"), ["hebergement", "un", "site", "elle", "our", "member"]);
});

test("what is written with and without a hyphen is one word", () => {
  assert.deepEqual(words("e-mail co-op e-commerce"), ["email", "coop", "ecommerce"]);
});

test("text without letters has no words", () => {
  for (const text of ["", "   ", "🎉🎉", "\"'()[]{}*+?.^$|\\", "—…"]) assert.deepEqual(words(text), [], text);
});

test("a very long text is read only to a sane length", () => {
  assert.ok(typedWords("word ".repeat(5000)).length <= 40);
  assert.ok(typedWords("x".repeat(10_000))[0].length <= 40);
});

test("forms of a word in one language meet", () => {
  for (const [one, other] of [
    ["payments", "payment"], ["voting", "votes"], ["translate", "translation"],
    ["pagos", "pagar"], ["paguen", "pagar"], ["votación", "votar"], ["traducir", "traducción"], ["reuniones", "reunión"],
    ["réservations", "réserver"], ["traduire", "traduction"], ["commandes", "commande"],
    ["pagamentos", "pagar"], ["reuniões", "reunião"], ["traduzir", "tradução"], ["virtuais", "virtual"],
  ]) {
    assert.equal(stem(fold(one)), stem(fold(other)), `${one} and ${other}`);
  }
});

test("short words keep their ending", () => {
  for (const word of ["go", "git", "app", "php", "c++"]) assert.equal(stem(word), word);
});

// internal/site takes texts apart for the index; its tests read the same file.
test("words are those that the site's build finds in texts", () => {
  const cases = JSON.parse(readFileSync(new URL("../../internal/site/testdata/words.json", import.meta.url), "utf8"));
  for (const { text, words: expected } of cases) assert.deepEqual(words(text), expected, text);
});

test("distance counts letters too many, missing, wrong and turned round", () => {
  for (const [a, b, steps] of [["fern", "fern", 0], ["fern", "ferns", 1], ["fern", "frn", 1], ["fern", "fren", 1], ["fern", "form", 2], ["fern", "fir", 2]]) {
    assert.equal(distance(a, b, 2), steps, `${a} ${b}`);
  }
  assert.ok(distance("fern", "completely", 2) > 2);
});
