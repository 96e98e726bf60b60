/**
 * Where the address asks something: has what answers it travel while the script of the search (search.js) is still on its way. It is
 * small, and nothing waits for it or needs it.
 * @module
 */

import { FACETS } from "./search/state.js";

const root = document.getElementById("directory");
const asked = new URLSearchParams(location.search);

/**
 * @param {"preload" | "modulepreload"} rel
 * @param {string} href
 */
function fetchAhead(rel, href) {
  const link = document.createElement("link");
  link.rel = rel;
  link.href = href;
  if (rel === "preload") {
    link.as = "fetch";
    link.crossOrigin = "anonymous";
  }
  document.head.append(link);
}

if (root && (asked.get("q") || FACETS.some((facet) => asked.has(facet)))) {
  const { search = "", files = "{}", understand = "" } = root.dataset;
  const { facets, folder } = JSON.parse(files);
  for (const name of [facets, `${folder}terms.txt`]) fetchAhead("preload", search + name);
  if (asked.get("q")) {
    fetchAhead("modulepreload", understand);
    fetchAhead("preload", `${search}${folder}vocabulary.json`);
  }
}
