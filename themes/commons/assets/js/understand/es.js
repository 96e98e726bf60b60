/**
 * What readers of Spanish mean.
 * @module
 */

export { create } from "./create.js";
