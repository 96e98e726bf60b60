/**
 * The fields of the form, as the page's definition names them: what the schema says, in the reader's language.
 * @module
 */

/**
 * @typedef {object} Type
 * @property {string} id as in internal/fields: text, number, whole-number, yes-no, choice, id, country, …, list, per-language, map
 * @property {string} [refers] what an id is one of
 * @property {Type[]} [of] of a list, or per language
 */

/**
 * @typedef {object} Field
 * @property {string} id
 * @property {string} key
 * @property {string} title
 * @property {string} hint HTML of the schema, safe as it is
 * @property {Type} type
 * @property {{id: string, label: string}[]} values each with its word
 * @property {number} most characters of a text; 0: no limit
 * @property {boolean} needed in every profile, or by those of co-ops themselves
 * @property {Field[]} fields of the map, or of the maps in the list
 */

/** Keys that are laid out in a way of their own, as internal/layout says. */
const BLOCKS = ["skills", "source"];

/**
 * How what stands under these keys is laid out.
 * @param {Field[]} fields
 * @returns {import("./yaml.js").Shape}
 */
export function shapeOf(fields) {
  /** @type {Map<string, import("./yaml.js").Shape>} */
  const keys = new Map();
  for (const { key, type, fields: inside } of fields) {
    const block = BLOCKS.includes(key) || (type.id === "list" && inside.length > 0);
    if (type.id === "list") keys.set(key, { block, items: inside.length > 0 ? shapeOf(inside) : {} });
    else if (type.id === "per-language") keys.set(key, { others: { quoted: true } });
    else if (type.id === "map") keys.set(key, { block, ...shapeOf(inside) });
    else keys.set(key, { quoted: key === "other" });
  }
  return { keys };
}
