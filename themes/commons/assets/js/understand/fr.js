/**
 * What readers of French mean.
 * @module
 */

export { create } from "./create.js";
