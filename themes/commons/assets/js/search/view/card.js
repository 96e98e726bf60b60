/**
 * Cards of co-ops, cloned from the page's own card and filled.
 * @module
 */

import { hasEnded, STATUSES, valuesOf } from "../columns.js";

/**
 * @typedef {import("../columns.js").Columns} Columns
 * @typedef {import("../data.js").Card} Card
 * @typedef {import("../index.js").Reason} Reason
 * @typedef {import("./text.js").Say} Say
 */

/** As many skills as the cards have that the site's build writes. */
const MOST_SKILLS = 5;
const MOST_REASONS = 3;
const LONGEST_REASON = 90;

/**
 * @param {HTMLTemplateElement} template
 * @param {Columns} columns
 * @param {{base: string, top: string, say: Say}} page the addresses of the co-ops' pages and of the site
 * @returns {(coop: number, card: Card, reasons: Reason[]) => DocumentFragment} of a co-op by its number
 */
export function cards(template, columns, { base, top, say }) {
  const language = document.documentElement.lang;
  /** @type {Intl.DisplayNames | undefined} */
  let names;
  const saidIn = (/** @type {string} */ code) => {
    const note = item(say("said-in", { term: (names ??= new Intl.DisplayNames([language], { type: "language" })).of(code) ?? code }), "fallback", "span");
    note.lang = language;
    return note;
  };

  return function filled(coop, card, reasons) {
    const clone = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const hook = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (clone.querySelector(`[data-card-${name}]`));
    const write = (/** @type {HTMLElement | null} */ element, /** @type {string} */ text) => {
      if (!element) return;
      element.textContent = text;
      element.hidden = text === "";
    };

    const link = /** @type {HTMLAnchorElement | null} */ (hook("name"));
    if (link) {
      link.textContent = card.name;
      link.href = `${base}${card.slug}/`;
    }
    const where = [card.place, ...labelsOf(columns.of.country, coop)].filter(Boolean).join(", ");
    write(hook("where"), [where, columns.isRemote[coop] && say("remote")].filter(Boolean).join(" · "));
    const summary = hook("summary");
    write(summary, card.summary);
    if (summary && card.lang) {
      summary.lang = card.lang;
      summary.append(" ", saidIn(card.lang));
    }
    write(hook("why"), why(reasons, say));
    picture(hook("mark"), /** @type {HTMLImageElement | null} */ (hook("logo")), card, top);
    skills(hook("says"), hook("does"), [...labelsOf(columns.of.does, coop), ...card.other], reasons, say);
    flags(hook("flags"), columns, coop, card.from);
    clone.querySelector(".card")?.classList.toggle("card--ended", hasEnded(columns, coop));
    return clone;
  };
}

/**
 * @param {import("../columns.js").Column} column
 * @param {number} coop
 */
const labelsOf = (column, coop) => [...valuesOf(column, coop)].map((value) => column.labels[value]);

/**
 * @param {Reason[]} reasons
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
 * @param {Card} card
 * @param {string} top
 */
function picture(mark, logo, card, top) {
  if (logo && card.logo) {
    logo.src = top + card.logo;
    logo.hidden = false;
    mark?.remove();
    return;
  }
  logo?.remove();
  const [initials, tint, shape] = card.mark;
  if (!mark) return;
  mark.textContent = initials;
  mark.classList.add(`mark--tint-${tint}`, `mark--shape-${shape}`);
}

/**
 * What it does, that which was asked for first.
 * @param {HTMLElement | null} around
 * @param {HTMLElement | null} list
 * @param {string[]} labels
 * @param {Reason[]} reasons
 * @param {Say} say
 */
function skills(around, list, labels, reasons, say) {
  if (!list) return;
  const asked = new Set(reasons.filter(({ kind }) => kind === "does").map(({ text }) => text));
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
 * @param {string} [tag]
 */
function item(text, className, tag = "li") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/**
 * @param {HTMLElement | null} list
 * @param {Columns} columns
 * @param {number} coop
 * @param {string} from
 */
function flags(list, columns, coop, from) {
  if (!list) return;
  /** @type {Record<string, number | string>} */
  const shown = {
    from,
    teaches: valuesOf(columns.of.teaches, coop).length,
    needs: valuesOf(columns.of.needs, coop).length,
    unconfirmed: 1 - columns.isOwn[coop],
    [STATUSES[columns.status[coop]]]: 1,
  };
  for (const flag of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-flag]"))) {
    const value = shown[flag.dataset.flag ?? ""];
    if (!value) {
      flag.remove();
      continue;
    }
    list.hidden = flag.hidden = false;
    const place = flag.querySelector("[data-flag-value]");
    if (place) place.textContent = String(value);
  }
}
