/**
 * Writes a file of the directory as `coops fmt` would: internal/yamldoc is the same in Go, and test/js/canonical.json holds both to it.
 * @module
 */

/**
 * How a value is laid out; what is not said is decided by length.
 * @typedef {object} Shape
 * @property {boolean} [block] one line per key or item, however short
 * @property {boolean} [quoted] a text for people: in double quotes, with what is inside
 * @property {Map<string, Shape>} [keys] of a map, in their order
 * @property {Shape} [others] of all other keys
 * @property {Shape} [items] of a list
 */

/** @typedef {string | number | boolean | Value[] | {[key: string]: Value}} Value */

const WIDTH = 110; // columns that a map or list may take to stand on one line

const WORDS = new Set(["null", "true", "false", "yes", "no", "on", "off", "y", "n"]);
const NUMERIC = /^[0-9][0-9A-Fa-f_.,:eExo+-]*$/;
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}($|T)/;
const SPECIAL = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const FIRST = "-?:&*!|>'\"%@`#~=<.+";

/** Whether a text needs no quotes, wherever it stands but in brackets. */
function isPlain(/** @type {string} */ text) {
  if (text === "" || SPECIAL.test(text) || text.trim() !== text || FIRST.includes(text[0])) return false;
  if (/[,[\]{}]/.test(text) || text.includes(": ") || text.endsWith(":") || text.includes(" #") || text.includes("<<")) return false;
  if (NUMERIC.test(text) && !DAY.test(text)) return false;
  return !WORDS.has(text.toLowerCase());
}

function quoted(/** @type {string} */ text) {
  let written = "";
  for (const c of text) {
    if (c === '"' || c === "\\") written += `\\${c}`;
    else if (c === "\n") written += "\\n";
    else if (c === "\t") written += "\\t";
    else if (SPECIAL.test(c)) written += `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    else written += c;
  }
  return `"${written}"`;
}

function oneLine(/** @type {string} */ text, isQuoted = false, isInside = false) {
  return !isQuoted && isPlain(text) && !(isInside && text.includes(":")) ? text : quoted(text);
}

/** Whether a text is written as a block of lines. */
const isBlock = (/** @type {Value} */ value) => typeof value === "string" && /[^\n]\n/.test(value) && !SPECIAL.test(value.replaceAll("\n", ""));

const isContainer = (/** @type {Value} */ value) => typeof value === "object";

/**
 * What stands below a map or list: keys in the order of its shape, then the others as they come.
 * @param {Value} value
 * @param {Shape} [shape]
 * @returns {{key?: string, value: Value, shape?: Shape}[]}
 */
function entries(value, shape) {
  if (!isContainer(value)) return [];
  if (Array.isArray(value)) return value.map((item) => ({ value: item, shape: shape?.items }));
  const order = [...(shape?.keys?.keys() ?? [])];
  const rank = (/** @type {string} */ key) => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.keys(value)
    .map((key) => ({ key, value: /** @type {{[key: string]: Value}} */ (value)[key], shape: shape?.keys?.get(key) ?? shape?.others }))
    .sort((a, b) => rank(a.key) - rank(b.key));
}

/**
 * Whether a map or list may stand on one line: of scalars, and for an item of a list also of such maps and lists.
 * @param {Value} value
 * @param {Shape | undefined} shape
 * @param {boolean} isKey whether it stands behind a key
 * @returns {boolean}
 */
function canFlow(value, shape, isKey) {
  const below = entries(value, shape);
  if (shape?.block && below.length > 0) return false;
  return below.every((child) => {
    if (isBlock(child.value)) return false;
    if (entries(child.value).length === 0) return true;
    if (Array.isArray(value) || (isKey && !Array.isArray(child.value))) return false;
    return canFlow(child.value, child.shape, true);
  });
}

/**
 * @param {Value} value
 * @param {Shape} [shape]
 * @param {boolean} [isInside] whether it stands in brackets
 * @returns {string}
 */
function inline(value, shape, isInside = false) {
  if (typeof value === "string") return oneLine(value, shape?.quoted, isInside);
  if (!isContainer(value)) return String(value);
  const parts = entries(value, shape).map((child) => {
    const written = inline(child.value, child.shape, true);
    return child.key === undefined ? written : `${oneLine(child.key, false, true)}: ${written}`;
  });
  return Array.isArray(value) ? `[${parts.join(", ")}]` : `{${parts.join(", ")}}`;
}

/**
 * The lines of what stands below a map or list, one block entry after the other.
 * @param {Value} value
 * @param {Shape | undefined} shape
 * @param {number} indent
 * @returns {string[]}
 */
function lines(value, shape, indent) {
  const margin = " ".repeat(indent);
  return entries(value, shape).flatMap((child) => {
    const start = child.key === undefined ? "- " : `${oneLine(child.key)}: `;
    if (isBlock(child.value)) {
      const text = String(child.value);
      const below = text.replace(/\n$/, "").split("\n");
      return [`${margin}${start}|${text.endsWith("\n") ? "" : "-"}`, ...below.map((line) => (line === "" ? "" : `${margin}  ${line}`))];
    }
    const flat = inline(child.value, child.shape);
    const isShort = indent + [...(start + flat)].length <= WIDTH && canFlow(child.value, child.shape, child.key !== undefined);
    if (!isContainer(child.value) || entries(child.value).length === 0 || isShort) return [margin + start + flat];
    const below = lines(child.value, child.shape, indent + 2);
    if (child.key !== undefined) return [margin + start.trimEnd(), ...below];
    return [`${margin}- ${below[0].slice(indent + 2)}`, ...below.slice(1)];
  });
}

/**
 * A text as a file can hold it: its lines without white space at their ends, and no empty ones around them.
 * @param {string} text
 */
export const tidyText = (text) => text.replace(/\r\n?/g, "\n").replaceAll("\t", "  ").replace(/[^\S\n]+$/gm, "").trim();

/**
 * The text of a file below its first comment. Texts are as tidyText leaves them; one line end may follow.
 * @param {{[key: string]: Value}} content
 * @param {Shape} shape
 */
export const write = (content, shape) => [...lines(content, shape, 0), ""].join("\n");
