/**
 * The form by which a file of the directory is written without knowing YAML: a co-op's profile, or a request. Nothing is sent: what was
 * written stays in this browser until the reader takes it to GitHub, into a mail or a file.
 * @module
 */

import { createCheck, sortedKeys } from "./join/check.js";
import { button, element } from "./join/dom.js";
import { shapeOf } from "./join/fields.js";
import { createFinder, fieldOf } from "./join/form.js";
import { keep } from "./join/keep.js";
import { write } from "./join/yaml.js";
import { fold } from "./search/fold.js";

/**
 * @typedef {import("./join/fields.js").Field} Field
 * @typedef {import("./join/yaml.js").Value} Value
 * @typedef {{[key: string]: Value}} Content
 */

/**
 * What the page's file says of the form.
 * @typedef {object} Definition
 * @property {{id: string, title: string, fields: Field[]}[]} groups
 * @property {import("./join/form.js").Context["choices"] & {vocabulary: [isTechnology: number, ask: string, ...names: string[]][], also: string[]}} offer
 */

const PAUSE = 250; // milliseconds without a change before it is looked at
const LONGEST_ADDRESS = 7000; // characters that hosts and browsers take for sure

/** @param {string} address */
async function getJSON(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/**
 * The id nearest to a name, as internal/check makes it.
 * @param {string} name
 */
function slugOf(name) {
  const letters = /** @type {{[letter: string]: string}} */ ({ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", "'": "", "’": "" });
  const dashed = fold(name).replace(/[ßæœøłđðþı'’]/g, (letter) => letters[letter]).replace(/[^a-z0-9]+/g, "-");
  return dashed.replace(/^-+|-+$/g, "").slice(0, 80).replace(/-+$/, "");
}

/**
 * What a file's content is called.
 * @param {Content} content
 */
const named = ({ name, title }) => String(name ?? Object.values(title ?? {})[0] ?? "");

/** Today where the reader is. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** @param {HTMLElement} root */
async function start(root) {
  const data = root.dataset;
  const texts = JSON.parse(data.texts ?? "{}");
  const say = (/** @type {string} */ key, term = "") => (texts[key] ?? key).replace("{term}", () => term);
  const kind = data.kind ?? "coop";
  const folder = data.folder ?? "data/coops";
  const asked = new URLSearchParams(location.search);
  const edited = /^[a-z0-9]+(-[a-z0-9]+)*$/.exec(asked.get("edit") ?? "")?.[0] ?? "";
  const draftKey = `coops-draft-${kind}-${edited}`;

  const [definition, schema, common] = await Promise.all([data.definition, data.schema, data.common].map((address) => getJSON(String(address))));
  const { groups, offer } = /** @type {Definition} */ (definition);
  const fields = groups.flatMap((group) => group.fields);
  const shape = shapeOf(fields);
  const check = createCheck(schema, [common]);
  const sorted = sortedKeys(schema);

  const old = edited ? await readProfile(`${data.profiles}${edited}.yaml`, String(data.read)) : undefined;
  const known = old?.content;
  /** @type {Content} */
  const fresh = kind === "coop" ? { listed_by: "coop", confirmed: today() } : { status: "open" };
  const first = known ? taken(known, asked) : fresh;

  const findSkills = createFinder(offer, () => import(String(data.understand)));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  };
  const context = { choices: offer, findSkills, say, language: data.language ?? "en", changed };

  // The form itself: what is needed first, the rest of each group when it is asked for.
  const early = ["website", "teaches", "needs"];
  const widgets = fields.map((field) => ({ key: field.key, isEarly: field.needed || early.includes(field.key), group: groups.find((group) => group.fields.includes(field)), ...fieldOf(field, context, `/${field.key}`) }));
  const form = element("form", { class: "form", novalidate: true, autocomplete: "off" });
  for (const group of groups) {
    const own = widgets.filter((widget) => widget.group === group);
    const later = own.filter((widget) => !widget.isEarly);
    const section = element("section", { class: "form__group" }, element("h2", {}, group.title), ...own.filter((widget) => widget.isEarly).map(({ node }) => node));
    if (later.length > 0) section.append(element("details", { class: "form__more" }, element("summary", {}, `${say("more")} (${later.length})`), ...later.map(({ node }) => node)));
    form.append(section);
  }
  const slug = element("input", { id: "form-slug", class: "form__control", autocomplete: "off", spellcheck: "false", autocapitalize: "none", pattern: "[a-z0-9]+(-[a-z0-9]+)*", "aria-describedby": "form-slug-hint", readonly: edited !== "" });
  let isOwnSlug = edited !== "";
  slug.value = edited;
  slug.addEventListener("input", () => {
    isOwnSlug = slug.value !== "";
    changed();
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  // What comes of it.
  const problems = element("div", { class: "form__problems", role: "status", tabindex: "-1" });
  const file = element("pre", { class: "form__file", tabindex: "0", translate: "no", "aria-label": say("file") }, element("code"));
  const place = element("p", { class: "soft", translate: "no" });
  const told = element("p", { role: "status" });
  const actions = element("p", { class: "actions" });
  const again = button(say("again"), () => {
    store(undefined);
    fill(first);
    show();
  });
  const outcome = element(
    "section",
    { class: "form__outcome", "aria-labelledby": "form-file" },
    element("h2", { id: "form-file" }, say("file")), element("p", {}, say("file_hint")),
    element("div", { class: "form__field" }, element("label", { for: "form-slug" }, say("slug")), element("p", { class: "form__hint", id: "form-slug-hint" }, say("slug_hint")), slug),
    problems, place, file, actions, told, element("p", {}, again),
  );

  function content() {
    /** @type {Content} */
    const all = {};
    for (const { key, get } of widgets) {
      const value = get();
      if (value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0)) continue;
      all[key] = sorted.includes(key) && Array.isArray(value) ? [...value].sort() : value;
    }
    return { ...all, ...others };
  }

  /** @type {Content} what the form does not know is kept as it is */
  let others = {};
  /** @type {Content} the listing as the form read it, before anything was changed */
  let asRead = {};

  function fill(/** @type {Content} */ value) {
    others = { ...value };
    for (const { key, set } of widgets) {
      set(others[key]);
      delete others[key];
    }
  }

  function store(/** @type {Content | undefined} */ value) {
    try {
      if (value === undefined) localStorage.removeItem(draftKey);
      else localStorage.setItem(draftKey, JSON.stringify(value));
    } catch {
      // Without storage there is no draft; everything else works.
    }
  }

  /** @returns {Content | undefined} */
  function stored() {
    try {
      const value = JSON.parse(localStorage.getItem(draftKey) ?? "null");
      return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {string} pointer */
  function placeOf(pointer) {
    const all = [...form.querySelectorAll("[data-pointer]")].filter((node) => node instanceof HTMLElement);
    for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      const found = all.find((node) => node.dataset.pointer === at);
      if (found) return found;
    }
    return undefined;
  }

  function show() {
    const value = content();
    store(JSON.stringify(value) === JSON.stringify(first) ? undefined : value);
    if (!isOwnSlug) slug.value = slugOf(named(value));
    const fresh = write(value, shape);
    const kept = old && keep(fresh, old.text, (key) => JSON.stringify(value[key]) === JSON.stringify(asRead[key]));
    const text = kept ?? (old?.head ?? `# yaml-language-server: $schema=../../schema/${kind}.schema.json\n`) + fresh;
    const name = slug.value;
    const found = check(value);
    const isNamed = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);

    for (const node of form.querySelectorAll("[aria-invalid]")) node.removeAttribute("aria-invalid");
    for (const node of form.querySelectorAll(".form__problem")) node.toggleAttribute("hidden", true);
    const links = found.map(({ pointer, kind: problem }) => {
      const at = placeOf(pointer);
      const words = say(`problem_${problem}`);
      const title = at?.querySelector("label, legend")?.firstChild?.textContent ?? pointer;
      // Before somebody has said anything, what is missing is no mistake: then only the summary tells of it.
      const message = at?.querySelector(":scope > .form__problem");
      if (message instanceof HTMLElement && problem !== "required") {
        message.textContent = words;
        message.hidden = false;
        at?.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
      }
      const link = element("a", { href: "#form-file" }, `${title}${say("colon")} ${words}`);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        at?.closest("details")?.setAttribute("open", "");
        const control = /** @type {HTMLElement | null | undefined} */ (at?.querySelector("input, select, textarea, button"));
        control?.focus();
      });
      return element("li", {}, link);
    });
    if (!isNamed) {
      const link = element("a", { href: "#form-slug" }, `${say("slug")}${say("colon")} ${say(name === "" ? "problem_required" : "problem_form")}`);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        slug.focus();
      });
      links.push(element("li", {}, link));
    }
    const isSound = links.length === 0;
    problems.replaceChildren(element("p", {}, isSound ? say("ok") : say("problems")), ...(isSound ? [] : [element("ul", {}, ...links)]));
    problems.classList.toggle("form__problems--none", isSound);
    const path = `${folder}/${name || "…"}.yaml`;
    place.textContent = path;
    /** @type {HTMLElement} */ (file.firstChild).textContent = text;
    told.textContent = "";
    showActions(text, path, isNamed);
  }

  /**
   * The ways to hand it in. They are there from the start: who lacks something is told, and not kept from asking for help.
   * @param {string} text
   * @param {string} path
   * @param {boolean} isNamed
   */
  function showActions(text, path, isNamed) {
    const ways = [];
    const copy = () => navigator.clipboard.writeText(text).then(() => (told.textContent = say("copied")), () => (told.textContent = say("not_copied")));
    const { repository, branch = "main", contact } = data;
    if (repository && isNamed) {
      const isOld = edited !== "";
      const whole = `${repository}/new/${branch}?filename=${encodeURIComponent(path)}&value=${encodeURIComponent(text)}`;
      const isShort = !isOld && whole.length <= LONGEST_ADDRESS;
      const address = isOld ? `${repository}/edit/${branch}/${path}` : isShort ? whole : `${repository}/new/${branch}?filename=${encodeURIComponent(path)}`;
      const link = element("a", { class: "button", href: address, target: "_blank", rel: "noopener", "data-way": "github" }, say(isShort ? "github" : "github_copy"));
      if (!isShort) link.addEventListener("click", () => void copy());
      ways.push(link);
    }
    const saved = element("a", { class: "button button--quiet", href: URL.createObjectURL(new Blob([text], { type: "text/yaml" })), download: path.slice(path.lastIndexOf("/") + 1), "data-way": "download" }, say("download"));
    ways.push(saved, button(say("copy"), () => void copy(), { class: "button button--quiet", "data-way": "copy" }));
    if (contact) {
      const letter = `mailto:${contact}?subject=${encodeURIComponent(path)}&body=${encodeURIComponent(text)}`;
      const isShort = letter.length <= LONGEST_ADDRESS;
      const mail = element("a", { class: "button button--quiet", href: isShort ? letter : `mailto:${contact}?subject=${encodeURIComponent(path)}`, "data-way": "mail" }, say(isShort ? "mail" : "mail_copy"));
      if (!isShort) mail.addEventListener("click", () => void copy());
      ways.push(mail);
    }
    for (const old of actions.querySelectorAll("[download]")) URL.revokeObjectURL(/** @type {HTMLAnchorElement} */ (old).href);
    actions.replaceChildren(...ways);
  }

  const draft = stored();
  if (known) {
    fill(known);
    asRead = content();
  }
  fill(draft ?? first);
  const notices = [];
  if (known) notices.push(element("p", { class: "notice" }, say("editing", named(known)), ...(old?.hasRemarks ? [" ", say("remarks")] : [])));
  if (draft) notices.push(element("p", { class: "notice", role: "status" }, say("draft")));
  root.replaceChildren(...notices, form, outcome);
  root.classList.add("form-page");
  show();
}

/**
 * A profile as it stands in its file, and the comments at its head.
 * @param {string} address
 * @param {string} reader the address of join/read.js
 */
async function readProfile(address, reader) {
  const [response, { read }] = await Promise.all([fetch(address), import(reader)]);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const text = await response.text();
  const head = /^(#.*\n|[ \t]*\n)*/.exec(text)?.[0] ?? "";
  /** @type {Content} */
  const content = read(text);
  return { text, content, head, hasRemarks: /(^|\s)#\s/m.test(text.slice(head.length)) };
}

/**
 * A profile as its co-op takes it over (?claim), confirms it (?confirm), or leaves it.
 * @param {Content} profile
 * @param {URLSearchParams} asked
 * @returns {Content}
 */
function taken(profile, asked) {
  if (asked.has("claim")) {
    const { source: _, ...own } = profile;
    return { ...own, listed_by: "coop", confirmed: today() };
  }
  return asked.has("confirm") && profile.listed_by === "coop" ? { ...profile, confirmed: today() } : profile;
}

const root = document.getElementById("form");
if (root) {
  start(root).catch((error) => {
    root.replaceChildren(element("p", { class: "notice", role: "alert" }, JSON.parse(root.dataset.texts ?? "{}").failed ?? ""));
    console.error(error);
  });
}
