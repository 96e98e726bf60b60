/**
 * What readers of English mean.
 * @module
 */

import { stemmer } from "@orama/stemmers/english";
import { createFor } from "./create.js";
import filler from "./filler/en.json" with { type: "json" };

export const create = createFor(stemmer, filler);
