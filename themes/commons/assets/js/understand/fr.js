/**
 * What readers of French mean.
 * @module
 */

import { stemmer } from "@orama/stemmers/french";
import { fold } from "../search/fold.js";
import { createFor } from "./create.js";
import filler from "./filler/fr.json" with { type: "json" };

// The stemmer leaves the plural of such words as it is.
const singular = (/** @type {string} */ word) => word.replace(/([^aeiou]|[ei])os$/, "$1o");

export const create = createFor((word) => fold(stemmer(singular(word))), filler);
