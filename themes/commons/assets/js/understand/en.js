/**
 * What readers of English mean.
 * @module
 */

export { create } from "./create.js";
