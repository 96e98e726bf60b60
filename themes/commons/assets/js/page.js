/**
 * What every page does once it is there: offer the reader's language, and see to it that what was visited
 * can be read without a network. Nothing waits for it.
 * @module
 */

import { offerLanguage } from "./page/language.js";
import { keepForOffline, showKept } from "./page/offline.js";

const script = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[data-page]"));

offerLanguage();
void keepForOffline(script?.dataset.worker, script?.dataset.scope ?? "/");
const list = document.querySelector("[data-kept]");
if (list instanceof HTMLElement) void showKept(list, script?.dataset.scope ?? "/");
