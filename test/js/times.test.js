import assert from "node:assert/strict";
import { test } from "node:test";
import { here, offsetOf } from "../../themes/commons/assets/js/page/times.js";

test("an offset is read from the end of a time", () => {
  assert.equal(offsetOf("2026-10-15T15:00:00-03:00"), -180);
  assert.equal(offsetOf("2026-10-15T15:00:00+05:30"), 330);
  assert.equal(offsetOf("2026-10-15T15:00:00Z"), 0);
  assert.equal(offsetOf(""), 0);
});

/** @param {string | undefined} text */
const plain = (text) => text?.replace(/\s/g, " ");

test("the reader's clock is said where it differs from the event's", () => {
  const event = /** @type {const} */ (["2026-10-15T15:00:00-03:00", "2026-10-15T16:00:00-03:00"]);
  assert.equal(here(...event, "en-US", "America/Argentina/Cordoba"), undefined);
  assert.equal(here(...event, "en-US", "America/Sao_Paulo"), undefined, "another zone in which the clock shows the same");
  assert.match(plain(here(...event, "es", "Europe/Madrid")) ?? "", /jueves, 15 de octubre, 20:00.*21:00/);
  assert.match(plain(here(...event, "en-US", "Asia/Tokyo")) ?? "", /Friday, October 16/);
  assert.equal(here(event[0], event[1], "en-US", "UTC") !== undefined, true);
});

test("what is no time says nothing", () => {
  assert.equal(here("soon", "later", "en"), undefined);
  assert.ok(here("2026-10-15T15:00:00+14:00", "2026-10-15T14:00:00+14:00", "en", "UTC"), "an end before the start is read as no length");
});
