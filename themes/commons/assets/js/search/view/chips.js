/**
 * Rows of chips: what was probably meant, and what is chosen.
 * @module
 */

/**
 * @typedef {object} Chip
 * @property {string} key
 * @property {string} label
 * @property {string} [title] what pressing it does, for those who cannot see it: the label is in it
 * @property {boolean} [pressed] for chips that switch
 * @property {() => void} press
 */

/**
 * Shows chips in a row; one that stays keeps its element and so its focus. Where the focused one goes,
 * the focus moves to its neighbor, or to the element given.
 * @param {HTMLElement} row hidden while there are none
 * @param {HTMLElement} list
 * @param {HTMLTemplateElement} template
 * @param {() => HTMLElement} next where the focus goes when no chip is left
 */
export function chipRow(row, list, template, next) {
  /** @type {Map<string, {item: HTMLElement, button: HTMLButtonElement, chip: Chip}>} */
  let shown = new Map();

  /** @param {Chip} chip */
  function make(chip) {
    const clone = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const item = /** @type {HTMLElement} */ (clone.firstElementChild);
    const button = /** @type {HTMLButtonElement} */ (item.querySelector("button"));
    const made = { item, button, chip };
    button.addEventListener("click", () => made.chip.press());
    return made;
  }

  /** @param {Chip[]} chips */
  return function show(chips) {
    const focused = [...shown.values()].findIndex(({ button }) => button === document.activeElement);
    /** @type {typeof shown} */
    const wanted = new Map();
    for (const chip of chips) {
      const made = shown.get(chip.key) ?? make(chip);
      made.chip = chip;
      wanted.set(chip.key, made);
      const label = made.button.querySelector("[data-chip-label]") ?? made.button;
      if (label.textContent !== chip.label) label.textContent = chip.label;
      if (chip.title) made.button.setAttribute("aria-label", chip.title);
      if (chip.pressed !== undefined) made.button.setAttribute("aria-pressed", String(chip.pressed));
    }
    const items = [...wanted.values()].map(({ item }) => item);
    const isSame = items.length === list.children.length && items.every((item, at) => list.children[at] === item);
    shown = wanted;
    row.hidden = items.length === 0;
    if (isSame) return;
    const active = document.activeElement;
    list.replaceChildren(...items);
    if (focused < 0) return;
    const buttons = [...wanted.values()].map(({ button }) => button);
    const back = buttons.find((button) => button === active) ?? buttons[Math.min(focused, buttons.length - 1)];
    (back ?? next()).focus();
  };
}
