/**
 * The list beside the map: the co-ops that are in view, or those of a place that was chosen, by country.
 * @module
 */

/**
 * @typedef {import("./cluster.js").MapData} MapData
 * @typedef {import("./cluster.js").Coop} Coop
 * @typedef {import("../search/view/text.js").Say} Say
 */

const FEW = 30; // co-ops: up to so many, every country is open
const MOST = 100; // co-ops of a country in the list; the country's page has them all

/**
 * @param {HTMLElement} list
 * @param {MapData} data
 * @param {{base: string, say: Say, show: (coop: number) => void}} page the address of the site in its language
 */
export function createList(list, data, { base, say, show }) {
  list.classList.add("map__countries--live");
  /** @type {Map<number, HTMLElement>} the buttons that show a co-op on the map */
  let buttons = new Map();

  /** @param {number} index @param {number} country */
  function row(index, country) {
    const coop = data.coops[index];
    const places = coop.places.filter((place) => (place.country ?? -1) === country);
    const item = document.createElement("li");
    if (places.some(({ at }) => at)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "map__show";
      button.textContent = "◎";
      button.ariaLabel = say("show", { term: coop.name });
      button.ariaPressed = "false";
      button.addEventListener("click", () => show(index));
      buttons.set(index, button);
      item.append(button);
    }
    const text = document.createElement("span");
    const link = document.createElement("a");
    link.href = `${base}coops/${coop.slug}/`;
    link.textContent = coop.name;
    link.dir = "auto";
    const where = document.createElement("span");
    where.className = "soft";
    const named = places.map(({ place }) => place).filter(Boolean).join(", ");
    where.textContent = places.some(({ at }) => at) ? named : [named, say("unplaced")].filter(Boolean).join(" · ");
    text.append(link, " ", where);
    item.append(text);
    return item;
  }

  /** @param {number} country @param {number[]} coops @param {boolean} isOpen */
  function group(country, coops, isOpen) {
    const rows = document.createElement("ul");
    rows.className = "map__coops";
    rows.append(...coops.slice(0, MOST).map((index) => row(index, country)));
    const { id, label } = data.countries[country] ?? { id: "", label: "" };
    const item = document.createElement("li");
    if (!id) {
      item.append(rows);
      return item;
    }
    if (coops.length > MOST) {
      const more = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${base}countries/${id}/`;
      link.textContent = say("more", { count: coops.length - MOST });
      more.append(link);
      rows.append(more);
    }
    const details = document.createElement("details");
    details.open = isOpen;
    details.dataset.mapGroup = id;
    const summary = document.createElement("summary");
    const count = document.createElement("span");
    count.className = "count";
    count.textContent = String(coops.length);
    summary.append(`${label} `, count);
    details.append(summary, rows);
    item.append(details);
    return item;
  }

  return {
    /**
     * @param {[country: number, coops: number[]][]} groups
     * @param {number} count of co-ops in all of them
     */
    fill(groups, count) {
      const opened = new Set([...list.querySelectorAll("details[open]")].map((details) => /** @type {HTMLElement} */ (details).dataset.mapGroup));
      buttons = new Map();
      list.replaceChildren(...groups.map(([country, coops]) =>
        group(country, coops, count <= FEW || groups.length === 1 || opened.has(data.countries[country]?.id))));
    },
    /** @param {number} [coop] */
    mark(coop) {
      for (const [index, button] of buttons) button.ariaPressed = String(index === coop);
    },
  };
}
