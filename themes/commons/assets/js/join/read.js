/**
 * Reads the file of a profile. A script of its own, as it is large and only who changes a listing needs it.
 * @module
 */

import { parse } from "yaml";

/**
 * @param {string} text of a file that `coops validate` let pass
 * @returns {{[key: string]: import("./yaml.js").Value}}
 */
export const read = (text) => parse(text, { schema: "core", maxAliasCount: 0 });
