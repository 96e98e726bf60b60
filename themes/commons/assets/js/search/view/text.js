/**
 * The page's words. They come from i18n, through data-text-* attributes.
 * @module
 */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

/**
 * Words of an element in the language of the page. `say("results", {count: 3})` takes the plural form
 * from data-text-results-one or -other; a key that is not there gives an empty text.
 * @param {HTMLElement} root
 * @param {string} language
 * @returns {Say}
 */
export function texts(root, language) {
  // Made when they are first needed: making them takes a phone as long as an answer.
  /** @type {Intl.PluralRules | undefined} */
  let plural;
  /** @type {Intl.NumberFormat | undefined} */
  let number;
  const find = (/** @type {string} */ key) => root.getAttribute(`data-text-${key}`);
  return (key, values = {}) => {
    const form = typeof values.count === "number" ? (plural ??= new Intl.PluralRules(language)).select(values.count) : "other";
    const text = find(key) ?? find(`${key}-${form}`) ?? find(`${key}-other`) ?? "";
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return typeof value === "number" ? (number ??= new Intl.NumberFormat(language)).format(value) : (value ?? whole);
    });
  };
}
