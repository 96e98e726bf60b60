/**
 * The page that finds a team: skills are chosen by typing a need, and the fewest co-ops that do all of them are shown; where it is wished, of those
 * that work for a country or speak a language. The address says what is asked (?need=a,b,c&country=AR&language=es), so it can be sent to others.
 * @module
 */

import { button, element } from "./join/dom.js";
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
  const nameIn = (/** @type {"language" | "region"} */ type) => {
    const display = new Intl.DisplayNames([language], { type });
    return (/** @type {string} */ code) => display.of(code) ?? code;
  };
  const languageName = nameIn("language");
  const countryName = nameIn("region");
  /** What limits the teams: the values that somebody has, by name. */
  function limit(/** @type {string} */ key, /** @type {string[]} */ codes, /** @type {(code: string) => string} */ name) {
    const options = [...new Set(codes)].map((value) => ({ value, text: name(value) })).sort((a, b) => a.text.localeCompare(b.text, language));
    const select = element("select", { id: `team-${key}`, class: "form__control", name: key, autocomplete: "off" }, ...[{ value: "", text: say(`${key}_all`) }, ...options].map(({ value, text }) => element("option", { value }, text)));
    select.addEventListener("change", () => show("push"));
    return { select, node: element("p", { class: "form__field", hidden: options.length === 0 }, element("label", { for: select.id }, say(key)), select) };
  }
  const coops = /** @type {import("./team/cover.js").Coop[]} */ (data.coops);
  const country = limit("country", coops.flatMap(({ countries = [], serves = [] }) => [...countries, ...serves]).filter((code) => code !== "worldwide"), countryName);
  const spoken = limit("language", coops.flatMap(({ languages = [] }) => languages), languageName);

  const widget = skillsWidget({ choices: offer, findSkills: createFinder(offer, () => import(String(root.dataset.understand))), say, language, changed: () => show("push") }, "team-skills");
  const answer = element("div", { role: "status" });
  const switches = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("header a[hreflang]"));

  function read() {
    const asked = new URLSearchParams(location.search);
    widget.set((asked.get("need") ?? "").split(",").filter((id) => labels.has(id)));
    for (const [{ select }, value] of /** @type {const} */ ([[country, asked.get("country")?.toUpperCase()], [spoken, asked.get("language")?.split("-")[0]]])) {
      select.value = value ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
  }
  function unlimited() {
    const first = country.select.value ? country : spoken;
    country.select.value = spoken.select.value = "";
    show("push");
    first.select.focus(); // the button is gone
  }

  /**
   * What everybody in a team has in common; one alone is not "all".
   * @param {boolean} isOne
   * @param {string[]} languages
   * @param {string[]} countries
   */
  function shared(isOne, languages, countries) {
    const facts = [languages.length > 0 ? say(isOne ? "speaks" : "speak", languages.map(languageName).join(", ")) : say("speak_none")];
    if (countries.length > 0) facts.push(say(isOne ? "is_in" : "in", countries.map(countryName).join(", ")));
    return facts;
  }

  function show(/** @type {"push" | "keep"} */ how) {
    const need = /** @type {string[]} */ (widget.get() ?? []);
    const limits = { country: country.select.value, language: spoken.select.value };
    const query = Object.entries({ need: need.join(","), ...limits }).filter(([, value]) => value).map((pair) => pair.join("="));
    if (how === "push") history.pushState(null, "", query.length > 0 ? `?${query.join("&")}` : location.pathname);
    for (const link of switches) link.search = query.join("&");
    const { teams, missing, isExact } = findTeams(data, need, MOST, limits);
    const nowhere = findTeams(data, missing, 0).missing;
    const beyond = missing.filter((id) => !nowhere.includes(id)); // what somebody does, but nobody within the limits
    /** @type {HTMLElement[]} */
    const said = [element("h2", { class: "visually-hidden" }, say("found"))];
    if (need.length === 0) said.push(element("p", { class: "empty" }, say("none")));
    if (nowhere.length > 0) said.push(element("p", { class: "empty" }, say("nobody", nowhere.map(label).join(", "))));
    if (beyond.length > 0) said.push(element("p", { class: "empty" }, say("nobody_within", beyond.map(label).join(", ")), " ", button(say("unlimited"), unlimited)));
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
              ...(coop.from ? [element("p", { class: "flag flag--from" }, say("from"), " ", element("bdi", {}, coop.from))] : []),
            ]),
            element("ul", { class: "reasons" }, ...shared(members.length === 1, languages, countries).map((reason) => element("li", {}, reason))),
          ),
        ),
      ),
    );
    answer.replaceChildren(...said);
  }

  root.replaceChildren(element("fieldset", { class: "form__field form__field--group" }, element("legend", {}, say("ask")), widget.node), country.node, spoken.node, answer);
  read();
  show("keep");
  window.addEventListener("popstate", () => {
    read();
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
