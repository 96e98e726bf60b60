/**
 * Holds what the form says against the schema that `coops validate` uses.
 * @module
 */

import { Validator } from "@cfworker/json-schema";

/** @typedef {import("./yaml.js").Value} Value */

/**
 * @typedef {object} Problem
 * @property {string} pointer JSON Pointer of the value, or of the one that is missing
 * @property {"required" | "long" | "form" | "other"} kind
 */

/** Keywords that fail because something inside them does. */
const AROUND = new Set(["properties", "items", "$ref", "if", "then", "else", "allOf", "propertyNames"]);

const KINDS = /** @type {const} */ ({ required: "required", minItems: "required", minProperties: "required", minLength: "form", maxLength: "long", pattern: "form", type: "form", minimum: "form", maximum: "form", format: "form" });

/**
 * What checks content: its problems, in the order of the schema, at most one at each place.
 * @param {{[keyword: string]: any}} schema
 * @param {{[keyword: string]: any}[]} others that it refers to
 */
export function createCheck(schema, others) {
  const validator = new Validator(schema, "7", false);
  for (const other of others) validator.addSchema(other);

  return function check(/** @type {{[key: string]: Value}} */ content) {
    /** @type {Map<string, Problem>} */
    const problems = new Map();
    for (const { keyword, keywordLocation, instanceLocation, error } of validator.validate(content).errors) {
      if (AROUND.has(keyword) || /\/(if|anyOf|oneOf)\//.test(keywordLocation)) continue;
      let pointer = decodeURI(instanceLocation.replace(/^#/, ""));
      if (keyword === "required") pointer += `/${error.match(/"([^"]+)"/)?.[1] ?? ""}`;
      if (keyword === "anyOf") pointer += "/locations"; // the one choice that the schemas leave between fields
      const kind = keyword === "anyOf" ? "required" : (/** @type {{[keyword: string]: Problem["kind"]}} */ (KINDS)[keyword] ?? "other");
      if (!problems.has(pointer)) problems.set(pointer, { pointer, kind });
    }
    const places = [...problems.keys()];
    return [...problems.values()].filter(({ pointer, kind }) => kind !== "other" || !places.some((place) => place.startsWith(`${pointer}/`)));
  };
}

/**
 * The keys whose lists stand in order, by the schema.
 * @param {{properties?: {[key: string]: any}}} schema
 */
export const sortedKeys = ({ properties = {} }) => Object.keys(properties).filter((key) => properties[key]["x-sorted"]);
