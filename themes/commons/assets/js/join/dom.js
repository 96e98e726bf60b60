/**
 * Elements, made in one breath.
 * @module
 */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {{[attribute: string]: string | boolean | undefined}} [attributes] true: there, without a value; false or undefined: not there
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(attribute, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/**
 * A button that does something on this page.
 * @param {string} text
 * @param {() => void} press
 * @param {{[attribute: string]: string}} [attributes]
 */
export function button(text, press, attributes = {}) {
  const made = element("button", { type: "button", class: "button button--quiet button--small", ...attributes }, text);
  made.addEventListener("click", press);
  return made;
}
