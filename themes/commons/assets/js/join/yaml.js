/**
 * Writes a profile as `coops fmt` would write it, byte for byte: internal/yamldoc (format_write.go and
 * format_text.go) in the browser. test/js/yaml.json, which Go writes, holds the two together.
 * @module
 */

/**
 * @typedef {object} Shape how a value is laid out (yamldoc.Shape)
 * @property {string[]} [keys] the order of a map's keys; others follow as they are written
 * @property {Record<string, Shape>} [of] the values of a map by key
 * @property {Shape} [others] the values of all other keys
 * @property {Shape} [items] the items of a list
 * @property {boolean} [quoted] texts for people: in double quotes
 * @property {boolean} [block] one line per key or item, however short
 * @property {boolean} [wide] in one line, however long
 *
 * @typedef {string | number | boolean | null | Value[] | {[key: string]: Value}} Value
 */

const WIDTH = 110; // columns that a map or list may take to stand on one line

// Words of YAML 1.1 or 1.2 that mean something else than they say.
const WORDS = new Set(["null", "true", "false", "yes", "no", "on", "off", "y", "n"]);
// What some reader might take for a number or a time of day: 012, 1e3, 0x1F, 1_000, 12:30.
const NUMERIC = /^[0-9][0-9A-Fa-f_.,:eExo+-]*$/;
// The beginning of a date or time, which means no more than the text it is.
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}($|T)/;
// What breaks the line or cannot be seen.
const SPECIAL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const SPECIAL_IN_BLOCK = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/**
 * Returns a map as lines of YAML, each ended by LF.
 * @param {{[key: string]: Value}} value
 * @param {Shape | undefined} shape
 */
export function write(value, shape) {
  return `${entries(value, 0, shape).join("\n")}\n`;
}

/** @param {Value} v @returns {v is Value[] | {[key: string]: Value}} */
const isNest = (v) => typeof v === "object" && v !== null;

/**
 * What is in a map or list, in the order in which it is written.
 * @param {Value[] | {[key: string]: Value}} v
 * @param {Shape | undefined} shape
 * @returns {{key: string | undefined, value: Value, shape: Shape | undefined}[]}
 */
function children(v, shape) {
  if (Array.isArray(v)) return v.map((value) => ({ key: undefined, value, shape: shape?.items }));
  const known = shape?.keys ?? [];
  const rank = (/** @type {string} */ key) => (known.includes(key) ? known.indexOf(key) : known.length);
  return Object.keys(v)
    .sort((a, b) => rank(a) - rank(b))
    .map((key) => ({ key, value: v[key], shape: shape?.of && Object.hasOwn(shape.of, key) ? shape.of[key] : shape?.others }));
}

/**
 * The lines of what is in a map or list, one entry after the other.
 * @param {Value[] | {[key: string]: Value}} v
 * @param {number} indent
 * @param {Shape | undefined} shape
 * @returns {string[]}
 */
function entries(v, indent, shape) {
  return children(v, shape).flatMap((child) => entry(child.key, child.value, indent, child.shape));
}

/**
 * The lines of a key or item with its value.
 * @param {string | undefined} key
 * @param {Value} v
 * @param {number} indent
 * @param {Shape | undefined} shape
 * @returns {string[]}
 */
function entry(key, v, indent, shape) {
  const space = " ".repeat(indent);
  const start = key === undefined ? "- " : `${oneLine(key, false, false)}: `;
  const below = blockOf(v);
  if (below) return [space + start + below.header, ...below.lines.map((l) => (l === "" ? "" : `${space}  ${l}`))];
  if (!isNest(v) || children(v, shape).length === 0 || fits(v, key !== undefined, indent, start, shape)) {
    return [space + start + inline(v, shape, false)];
  }
  const inside = entries(v, indent + 2, shape);
  if (key !== undefined) return [space + start.trimEnd(), ...inside];
  return [`${space}- ${inside[0].slice(indent + 2)}`, ...inside.slice(1)];
}

/**
 * @param {Value[] | {[key: string]: Value}} v
 * @param {boolean} isKey
 * @param {number} indent
 * @param {string} start
 * @param {Shape | undefined} shape
 */
function fits(v, isKey, indent, start, shape) {
  if (!canFlow(v, shape, isKey)) return false;
  return shape?.wide === true || indent + [...(start + inline(v, shape, false))].length <= WIDTH;
}

/**
 * Whether a map or list is of the kind that may stand on one line: of scalars, and for an item of a list
 * also of such maps and lists.
 * @param {Value[] | {[key: string]: Value}} v
 * @param {Shape | undefined} shape
 * @param {boolean} isKey
 * @returns {boolean}
 */
function canFlow(v, shape, isKey) {
  const all = children(v, shape);
  if (shape?.block && all.length > 0) return false;
  return all.every(({ value, shape: of }) => {
    if (blockOf(value)) return false;
    if (!isNest(value) || children(value, of).length === 0) return true;
    return !Array.isArray(v) && (Array.isArray(value) || !isKey) && canFlow(value, of, true);
  });
}

/**
 * A value on one line; inside tells whether it stands in brackets.
 * @param {Value} v
 * @param {Shape | undefined} shape
 * @param {boolean} inside
 * @returns {string}
 */
function inline(v, shape, inside) {
  if (typeof v === "string") return oneLine(v, shape?.quoted === true, inside);
  if (!isNest(v)) return String(v);
  const parts = children(v, shape).map(({ key, value, shape: of }) => {
    const text = inline(value, of, true);
    return key === undefined ? text : `${oneLine(key, false, true)}: ${text}`;
  });
  return Array.isArray(v) ? `[${parts.join(", ")}]` : `{${parts.join(", ")}}`;
}

/**
 * A text of several lines as a block, where a block means the same.
 * @param {Value} v
 * @returns {{header: string, lines: string[]} | undefined}
 */
function blockOf(v) {
  if (typeof v !== "string" || !v.includes("\n")) return undefined;
  const body = v.replace(/\n+$/, "");
  if (body === "" || SPECIAL_IN_BLOCK.test(v)) return undefined;
  const lines = v.replace(/\n$/, "").split("\n");
  const first = lines.find((line) => line !== "") ?? "";
  if (first.startsWith(" ") || lines.some((line) => line.startsWith("\t"))) return undefined;
  return { header: `|${["-", ""][v.length - body.length] ?? "+"}`, lines };
}

/**
 * A text on one line: plain where it means the same to every reader of YAML, 1.1 and 1.2, and otherwise in
 * double quotes. always asks for quotes anyhow.
 * @param {string} s
 * @param {boolean} always
 * @param {boolean} inside
 */
function oneLine(s, always, inside) {
  return !always && isPlain(s) && !(inside && s.includes(":")) ? s : quoted(s);
}

/**
 * Whether a text needs no quotes, wherever it stands but in brackets.
 * @param {string} s
 */
function isPlain(s) {
  if (s === "" || SPECIAL.test(s)) return false;
  if (s.trim() !== s || "-?:&*!|>'\"%@`#~=<.+".includes(s[0])) return false;
  if (/[,[\]{}]/.test(s) || s.includes(": ") || s.endsWith(":") || s.includes(" #") || s.includes("<<")) return false;
  if (NUMERIC.test(s) && !DAY.test(s)) return false;
  return !WORDS.has(s.toLowerCase());
}

/** @param {string} s */
function quoted(s) {
  const escaped = s.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t");
  return `"${escaped.replace(new RegExp(SPECIAL, "g"), (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`)}"`;
}
