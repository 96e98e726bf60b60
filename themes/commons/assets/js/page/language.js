/**
 * Offers a page in the language that the browser prefers, once, and never takes anybody there.
 * @module
 */

const CHOSEN = "language"; // in the storage of the browser: the reader has chosen

/** @param {string} language */
const plain = (language) => language.toLowerCase().split("-")[0];

/**
 * The language to offer: the first that the reader prefers and the page is in, if it is another than the page's.
 * @param {readonly string[]} preferred of the reader
 * @param {string} own the page's
 * @param {string[]} others that the page is in too
 * @returns {string | undefined}
 */
export function toOffer(preferred, own, others) {
  for (const language of preferred.map(plain)) {
    if (language === plain(own)) return undefined;
    const found = others.find((other) => plain(other) === language);
    if (found) return found;
  }
  return undefined;
}

export function offerLanguage() {
  const nav = document.querySelector(".languages");
  if (!nav) return;
  const links = /** @type {HTMLAnchorElement[]} */ ([...nav.querySelectorAll("a[data-offer]")]);
  nav.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) remember();
  });
  const language = toOffer(navigator.languages, document.documentElement.lang, links.map((link) => link.hreflang));
  const link = links.find((one) => one.hreflang === language);
  if (link && !hasChosen()) show(link); // the storage is asked last: a phone takes long to open it
}

/** @param {HTMLAnchorElement} to */
function show(to) {
  const box = document.createElement("aside");
  box.className = "offer";
  box.lang = to.lang;
  box.setAttribute("aria-label", to.text);
  const link = document.createElement("a");
  link.href = to.href;
  link.hreflang = to.hreflang;
  link.textContent = to.dataset.offer ?? "";
  link.addEventListener("click", () => {
    link.href = to.href; // a search may have changed the address meanwhile
    remember();
  });
  const close = document.createElement("button");
  close.type = "button";
  close.className = "offer__close";
  close.textContent = to.dataset.offerClose ?? "×";
  close.addEventListener("click", () => {
    remember();
    box.remove();
  });
  box.append(link, close);
  document.querySelector("main")?.before(box);
}

function hasChosen() {
  try {
    return localStorage.getItem(CHOSEN) !== null;
  } catch {
    return true; // no storage: then better not ask on every page
  }
}

function remember() {
  try {
    localStorage.setItem(CHOSEN, "chosen");
  } catch {
    // the next page asks again
  }
}
