/**
 * What readers of Portuguese mean.
 * @module
 */

import { stemmer } from "@orama/stemmers/portuguese";
import { fold } from "../search/fold.js";
import { createFor } from "./create.js";
import filler from "./filler/pt.json" with { type: "json" };

// Words come without accents; the endings that the stemmer knows by theirs get them back, and plurals their l.
const accented = (/** @type {string} */ word) => word.replace(/cao$/, "ção").replace(/coes$/, "ções").replace(/oes$/, "ões").replace(/ao$/, "ão").replace(/encia(s?)$/, "ência$1").replace(/([aeo])is$/, "$1l");

export const create = createFor((word) => fold(stemmer(accented(word))), filler);
