/**
 * Times by the reader's clock.
 * @module
 */

/**
 * How far a time with an offset, as in 2026-10-15T15:00:00-03:00, is written from UTC, in minutes.
 * @param {string} written
 * @returns {number}
 */
export function offsetOf(written) {
  const found = /([+-])(\d\d):(\d\d)$/.exec(written);
  return found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0;
}

/**
 * What the reader's clock says from one time to another; nothing where it shows the same as what is written.
 * @param {string} from with its offset
 * @param {string} until
 * @param {string} language of the page
 * @param {string} [zone] the reader's, where it is not the machine's own
 * @returns {string | undefined}
 */
export function here(from, until, language, zone) {
  const [start, end] = [new Date(from), new Date(until)];
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime())) return undefined;
  /** @type {Intl.DateTimeFormatOptions} */
  const fields = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZone: zone };
  const clock = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const name = clock.formatToParts(start).find(({ type }) => type === "timeZoneName")?.value ?? "";
  if (offsetOf(name.replace("GMT", "")) === offsetOf(from)) return undefined;
  return new Intl.DateTimeFormat(language, fields).formatRange(start, end < start ? start : end);
}

/** @param {ParentNode} within */
export function sayTimes(within) {
  for (const when of within.querySelectorAll("[data-when]")) {
    const place = when.querySelector("[data-text-yours]");
    if (!(when instanceof HTMLElement) || !(place instanceof HTMLElement)) continue;
    const said = here(when.dataset.when ?? "", when.dataset.until ?? "", document.documentElement.lang);
    if (!said) continue;
    place.textContent = (place.dataset.textYours ?? "{when}").replace("{when}", () => said);
    place.hidden = false;
  }
}
