/**
 * What readers of Portuguese mean.
 * @module
 */

export { create } from "./create.js";
