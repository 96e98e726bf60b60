import assert from "node:assert/strict";
import { test } from "node:test";

import { toOffer } from "../../themes/commons/assets/js/page/language.js";

test("a page in the reader's language offers nothing", () => {
  assert.equal(toOffer(["en-GB", "es"], "en-US", ["es", "fr", "pt"]), undefined);
});

test("the first language that the page is in too is offered", () => {
  assert.equal(toOffer(["eu", "es-AR", "en"], "en-US", ["es", "fr", "pt"]), "es");
  assert.equal(toOffer(["pt-BR", "fr"], "es", ["en", "fr", "pt"]), "pt");
});

test("languages that the site does not have are not offered", () => {
  assert.equal(toOffer(["ja", "eu"], "en-US", ["es", "fr", "pt"]), undefined);
  assert.equal(toOffer([], "en-US", ["es"]), undefined);
});
