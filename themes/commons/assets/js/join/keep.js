/**
 * What stays of a file that is changed: every key whose value is as it was keeps its lines, byte for byte, with their comments.
 * @module
 */

/**
 * @typedef {object} Part the lines of a key of the outermost map
 * @property {string} key
 * @property {string[]} above comments and empty lines before it
 * @property {string[]} lines
 */

/**
 * Takes a file apart; undefined where it is written in a way that cannot be followed by its lines alone.
 * @param {string} text
 * @returns {{head: string[], parts: Part[], foot: string[]} | undefined}
 */
export function partsOf(text) {
  /** @type {Part[]} */
  const parts = [];
  /** @type {string[]} */
  let above = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const last = parts.at(-1);
    if (line === "" || line.startsWith("#")) {
      above.push(line);
    } else if (line.startsWith(" ") && last) {
      last.lines.push(...above, line);
      above = [];
    } else {
      const key = /^([a-z_]+):(?: |$)/.exec(line)?.[1];
      if (key === undefined || line.includes("\r") || parts.some((part) => part.key === key)) return undefined;
      parts.push({ key, above, lines: [line] });
      above = [];
    }
  }
  const first = parts[0]?.above ?? [];
  const head = first.splice(0, first.findLastIndex((line) => line === "" || line.includes("yaml-language-server:")) + 1);
  return { head, parts, foot: above };
}

/**
 * Lays what stays of the old file over a new one.
 * @param {string} fresh what the form wrote, without a head
 * @param {string} old
 * @param {(key: string) => boolean} isSame whether the value of a key is as it was
 * @returns {string | undefined} undefined: the old file cannot be taken apart
 */
export function keep(fresh, old, isSame) {
  const [was, now] = [partsOf(old), partsOf(fresh)];
  if (!was || !now) return undefined;
  const lines = now.parts.flatMap(({ key, lines }) => {
    const before = was.parts.find((part) => part.key === key);
    return [...(before?.above ?? []), ...(before && isSame(key) ? before.lines : lines)];
  });
  return `${[...was.head, ...lines, ...was.foot].join("\n")}\n`;
}
