/**
 * The page that finds a team: skills are chosen by typing a need, and the fewest co-ops that do all of them are shown. The address says what is
 * asked (?need=a,b,c), so it can be sent to others.
 * @module
 */

import { element } from "./join/dom.js";
import { createFinder, skills as skillsWidget } from "./join/form.js";
import { findTeams } from "./team/cover.js";

const MOST = 5; // teams

/** @param {string} address */
async function getJSON(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** @param {HTMLElement} root */
async function start(root) {
  const { texts = "{}", language = "en", root: top = "/" } = root.dataset;
  const words = JSON.parse(texts);
  const say = (/** @type {string} */ key, term = "") => (words[key] ?? key).replace("{term}", () => term);
  const [data, { offer }] = await Promise.all([getJSON(String(root.dataset.teams)), getJSON(String(root.dataset.definition))]);
  const labels = new Map(/** @type {[string, string][]} */ (offer.skills));
  const label = (/** @type {string} */ id) => labels.get(id) ?? id;
  const names = (/** @type {"language" | "region"} */ type, /** @type {string[]} */ codes) => {
    const display = new Intl.DisplayNames([language], { type });
    return codes.map((code) => display.of(code) ?? code).join(", ");
  };

  const widget = skillsWidget({ choices: offer, findSkills: createFinder(offer, () => import(String(root.dataset.understand))), say, language, changed: () => show("push") }, "team-skills");
  const answer = element("div", { role: "status" });

  const read = () => (new URLSearchParams(location.search).get("need") ?? "").split(",").filter((id) => labels.has(id));

  function show(/** @type {"push" | "keep"} */ how) {
    const need = /** @type {string[]} */ (widget.get() ?? []);
    if (how === "push") history.pushState(null, "", need.length > 0 ? `?need=${need.join(",")}` : location.pathname);
    const { teams, missing, isExact } = findTeams(data, need, MOST);
    /** @type {HTMLElement[]} */
    const said = [element("h2", { class: "visually-hidden" }, say("found"))];
    if (need.length === 0) said.push(element("p", { class: "empty" }, say("none")));
    if (missing.length > 0) said.push(element("p", { class: "empty" }, say("nobody", missing.map(label).join(", "))));
    if (!isExact) said.push(element("p", { class: "soft" }, say("many")));
    said.push(
      element(
        "ol",
        { class: "pairs" },
        ...teams.map(({ members, languages, countries }) =>
          element(
            "li", {},
            ...members.flatMap(({ coop, skills }) => [
              element("h3", {}, element("a", { href: `${top}coops/${coop.slug}/` }, element("bdi", {}, coop.name))),
              element("p", {}, skills.map(label).join(", ")),
            ]),
            element("ul", { class: "reasons" }, ...[languages.length > 0 ? say("speak", names("language", languages)) : say("speak_none"), ...(countries.length > 0 ? [say("in", names("region", countries))] : [])].map((reason) => element("li", {}, reason))),
          ),
        ),
      ),
    );
    answer.replaceChildren(...said);
  }

  root.replaceChildren(element("fieldset", { class: "form__field form__field--group" }, element("legend", {}, say("ask")), widget.node), answer);
  widget.set(read());
  show("keep");
  window.addEventListener("popstate", () => {
    widget.set(read());
    show("keep");
  });
}

const root = document.getElementById("team");
if (root) {
  start(root).catch((error) => {
    root.replaceChildren(element("p", { class: "notice", role: "alert" }, JSON.parse(root.dataset.texts ?? "{}").failed ?? ""));
    console.error(error);
  });
}
