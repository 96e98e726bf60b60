/**
 * Cards of co-ops, cloned from the page's own card and filled.
 * @module
 */

import { hasEnded } from "../data.js";

/**
 * @typedef {import("../index.js").Result} Result
 * @typedef {import("../data.js").SearchData} SearchData
 * @typedef {import("./text.js").Say} Say
 */

/** As many skills as the cards have that the site's build writes. */
const MOST_SKILLS = 5;
const MOST_REASONS = 3;
const LONGEST_REASON = 90;

/**
 * @param {HTMLTemplateElement} template
 * @param {SearchData} data
 * @param {{base: string, top: string, say: Say}} page the addresses of the co-ops' pages and of the site
 * @returns {(result: Result) => DocumentFragment}
 */
export function cards(template, data, { base, top, say }) {
  return function card({ coop, reasons }) {
    const clone = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const hook = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (clone.querySelector(`[data-card-${name}]`));
    const write = (/** @type {HTMLElement | null} */ element, /** @type {string} */ text) => {
      if (!element) return;
      element.textContent = text;
      element.hidden = text === "";
    };

    const link = /** @type {HTMLAnchorElement | null} */ (hook("name"));
    if (link) {
      link.textContent = coop.name;
      link.href = `${base}${coop.slug}/`;
    }
    const countries = (coop.countries ?? []).map((index) => data.countries[index]?.label);
    const where = [coop.place, ...countries].filter(Boolean).join(", ");
    write(hook("where"), [where, coop.remote && say("remote")].filter(Boolean).join(" · "));
    const summary = hook("summary");
    write(summary, coop.summary ?? "");
    if (summary && coop.lang) summary.lang = coop.lang;
    write(hook("why"), why(reasons, say));
    picture(hook("mark"), /** @type {HTMLImageElement | null} */ (hook("logo")), coop, top);
    skills(hook("says"), hook("does"), coop, reasons, data, say);
    flags(hook("flags"), coop);
    clone.querySelector(".card")?.classList.toggle("card--ended", hasEnded(coop));
    return clone;
  };
}

/**
 * @param {Result["reasons"]} reasons
 * @param {Say} say
 */
function why(reasons, say) {
  const parts = reasons.slice(0, MOST_REASONS).map(({ kind, text }) => {
    const term = text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON).trimEnd()}…` : text;
    return say(`why-${kind}`, { term });
  });
  return parts.length > 0 ? say("why", { term: parts.join(" · ") }) : "";
}

/**
 * @param {HTMLElement | null} mark
 * @param {HTMLImageElement | null} logo
 * @param {Result["coop"]} coop
 * @param {string} top
 */
function picture(mark, logo, coop, top) {
  if (logo && coop.logo) {
    logo.src = top + coop.logo;
    logo.hidden = false;
    mark?.remove();
    return;
  }
  logo?.remove();
  const [initials, tint, shape] = coop.mark;
  if (!mark) return;
  mark.textContent = initials;
  mark.classList.add(`mark--tint-${tint}`, `mark--shape-${shape}`);
}

/**
 * What it does, that which was asked for first.
 * @param {HTMLElement | null} around
 * @param {HTMLElement | null} list
 * @param {Result["coop"]} coop
 * @param {Result["reasons"]} reasons
 * @param {SearchData} data
 * @param {Say} say
 */
function skills(around, list, coop, reasons, data, say) {
  if (!list) return;
  const asked = new Set(reasons.filter(({ kind }) => kind === "does").map(({ text }) => text));
  const labels = [...(coop.does ?? []).map((index) => data.skills[index].label), ...(coop.other ?? [])];
  labels.sort((a, b) => Number(asked.has(b)) - Number(asked.has(a)));
  const more = labels.length - MOST_SKILLS;
  const items = labels.slice(0, MOST_SKILLS).map((label) => item(label));
  if (more > 0) items.push(item(say("more", { count: more }), "more"));
  list.replaceChildren(...items);
  if (around) around.hidden = labels.length === 0;
}

/**
 * @param {string} text
 * @param {string} [className]
 */
function item(text, className) {
  const element = document.createElement("li");
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/**
 * @param {HTMLElement | null} list
 * @param {Result["coop"]} coop
 */
function flags(list, coop) {
  if (!list) return;
  /** @type {Record<string, number>} */
  const shown = { teaches: coop.teaches?.length ?? 0, needs: coop.needs?.length ?? 0, unconfirmed: coop.coop ? 0 : 1 };
  if (coop.status) shown[coop.status] = 1;
  let isAny = false;
  for (const flag of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-flag]"))) {
    const count = shown[flag.dataset.flag ?? ""] ?? 0;
    flag.hidden = count === 0;
    isAny ||= count > 0;
    const number = flag.querySelector("[data-flag-count]");
    if (number) number.textContent = String(count);
    if (count === 0) flag.remove();
  }
  list.hidden = !isAny;
}
