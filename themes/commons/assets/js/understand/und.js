/**
 * What readers of any other language mean: no filler is known, and endings are those of four languages.
 * @module
 */

import { stem } from "../search/fold.js";
import { createFor } from "./create.js";

export const create = createFor(stem, []);
