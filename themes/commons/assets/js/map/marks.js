/**
 * The marks on the map: a button for each cluster in view, laid over the picture.
 * @module
 */

/**
 * @typedef {import("./cluster.js").Cluster} Cluster
 * @typedef {import("../search/view/text.js").Say} Say
 */

const NAMES = 3; // places that a cluster's label names

/**
 * @param {HTMLElement} layer
 * @param {{say: Say, nameOf: (coop: number) => string, open: (cluster: Cluster) => void}} page
 */
export function createMarks(layer, { say, nameOf, open }) {
  /** @type {Map<string, {button: HTMLButtonElement, cluster: Cluster}>} */
  let marks = new Map();

  /** @param {Cluster} cluster */
  function label({ spots, coops }) {
    const places = [...new Set(spots.map(({ name }) => name).filter(Boolean))].slice(0, NAMES).join(", ");
    if (spots.every(({ vague }) => vague)) return say("vague", { count: coops.length, term: places });
    if (coops.length === 1) return [nameOf(coops[0]), places].filter(Boolean).join(", ");
    return places ? say("cluster", { count: coops.length, term: places }) : say("count", { count: coops.length });
  }

  /** @param {Cluster} cluster */
  function create(cluster) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "map__mark";
    const isVague = cluster.spots.every(({ vague }) => vague);
    button.classList.toggle("map__mark--vague", isVague);
    button.classList.toggle("map__mark--one", cluster.coops.length === 1 && !isVague);
    if (cluster.coops.length > 1 || isVague) button.textContent = String(cluster.coops.length);
    button.ariaLabel = button.title = label(cluster);
    button.addEventListener("click", () => open(cluster));
    return { button, cluster };
  }

  return {
    /** @param {Cluster[]} clusters in the order in which the keyboard meets them */
    show(clusters) {
      const next = new Map();
      for (const cluster of clusters) {
        const key = `${cluster.x} ${cluster.y} ${cluster.coops}`;
        next.set(key, marks.get(key) ?? create(cluster));
      }
      for (const [key, { button }] of marks) if (!next.has(key)) button.remove();
      marks = next;
      let before = layer.firstElementChild;
      for (const { button } of marks.values()) {
        if (button === before) before = before.nextElementSibling;
        else layer.insertBefore(button, before);
      }
    },
    /** @param {(point: {x: number, y: number}) => [number, number]} at from the frame's corner, in pixels */
    place(at) {
      for (const { button, cluster } of marks.values()) {
        const [left, top] = at(cluster);
        button.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px) translate(-50%, -50%)`;
      }
    },
    /** @param {number} [coop] */
    mark(coop) {
      for (const { button, cluster } of marks.values()) {
        const isChosen = coop !== undefined && cluster.coops.includes(coop);
        button.classList.toggle("map__mark--chosen", isChosen);
        button.ariaCurrent = isChosen ? "true" : null;
      }
    },
  };
}
