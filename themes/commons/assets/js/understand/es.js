/**
 * What readers of Spanish mean.
 * @module
 */

import { stemmer } from "@orama/stemmers/spanish";
import { fold } from "../search/fold.js";
import { createFor } from "./create.js";
import filler from "./filler/es.json" with { type: "json" };

// Words come without accents; the endings that the stemmer knows by theirs get them back.
const accented = (/** @type {string} */ word) => word.replace(/ion$/, "ión").replace(/logia(s?)$/, "logía$1").replace(/eria(s?)$/, "ería$1");

export const create = createFor((word) => fold(stemmer(accented(word))), filler);
