/**
 * What every page does once it is there: offer the reader's language, and see to it that what was visited
 * can be read without a network. Nothing waits for it.
 * @module
 */

import { offerLanguage } from "./page/language.js";
import { keepForOffline, showKept } from "./page/offline.js";

const script = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[data-page]"));

/** Milliseconds after the page is whole: on a slow line, what the reader came for goes first. */
const PATIENCE = 2000;

const keep = () => setTimeout(() => void keepForOffline(script?.dataset.worker, script?.dataset.scope ?? "/"), PATIENCE);

offerLanguage();
if (document.readyState === "complete") keep();
else window.addEventListener("load", keep, { once: true });
const list = document.querySelector("[data-kept]");
if (list instanceof HTMLElement) void showKept(list, script?.dataset.scope ?? "/");
