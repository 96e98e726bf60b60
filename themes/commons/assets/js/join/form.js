/**
 * Makes a form of fields: for each kind of value what one types or chooses it with.
 * @module
 */

import { button, element } from "./dom.js";
import { fold } from "../search/fold.js";
import { toldOf } from "../search/told.js";
import { tidyText } from "./yaml.js";

/** @typedef {import("./fields.js").Field} Field */
/** @typedef {import("./fields.js").Type} Type */
/** @typedef {import("./yaml.js").Value} Value */
/** @typedef {[string, string][]} Choices ids with their labels */

/**
 * What a value is typed or chosen with.
 * @typedef {object} Widget
 * @property {HTMLElement} node
 * @property {boolean} isGroup whether it has several controls, and so needs a legend
 * @property {() => Value | undefined} get undefined: nothing is said
 * @property {(value: Value | undefined) => void} set
 */

/**
 * What the form is made with.
 * @typedef {object} Context
 * @property {{countries: Choices, languages: Choices, networks: Choices, sectors: Choices, skills: Choices}} choices
 * @property {(text: string) => Promise<string[]>} findSkills the ids that a need in words probably means, likeliest first
 * @property {(key: string, term?: string) => string} say
 * @property {string} language of the reader
 * @property {() => void} changed
 */

const FEW = 8; // skills offered for what is typed
const MANY = 10; // values, from which on they are chosen one after the other
let made = 0; // controls, for their ids

/**
 * @param {Field} field
 * @returns {Choices}
 */
const valuesOf = ({ values }) => values.map(({ id, label }) => [id, label]);

/** @param {Field} field */
const idOf = (field) => `form-${field.id}-${++made}`;

const isTold = (/** @type {Value | undefined} */ value) => value !== undefined && value !== "" && !(typeof value === "object" && Object.keys(value).length === 0);

/**
 * A field with its name, hint and control, and room for what is wrong with it.
 * @param {Field} field
 * @param {Context} context
 * @param {string} pointer JSON Pointer of the value
 * @returns {Widget}
 */
export function fieldOf(field, context, pointer) {
  const id = idOf(field);
  const widget = widgetOf(field, field.type, context, id, pointer);
  const name = [field.title, ...(field.needed ? [" ", element("span", { class: "form__needed" }, context.say("required"))] : [])];
  const hint = element("p", { class: "form__hint", id: `${id}-hint` });
  hint.innerHTML = field.hint; // of the schema, escaped when the site was built
  const problem = element("p", { class: "form__problem", id: `${id}-problem`, hidden: true });
  const described = field.hint ? `${id}-hint ${id}-problem` : `${id}-problem`;
  /** @type {HTMLElement} */
  let node;
  if (widget.isGroup) {
    node = element("fieldset", { class: "form__field form__field--group", "aria-describedby": described, tabindex: "-1" }, element("legend", {}, ...name), hint, widget.node, problem);
  } else {
    widget.node.setAttribute("aria-describedby", described);
    node = element("div", { class: "form__field" }, element("label", { for: id }, ...name), hint, widget.node, problem);
  }
  if (!field.hint) hint.remove();
  node.dataset.pointer = pointer;
  return { ...widget, node };
}

/**
 * @param {Field} field
 * @param {Type} type
 * @param {Context} context
 * @param {string} id
 * @param {string} pointer
 * @returns {Widget}
 */
function widgetOf(field, type, context, id, pointer) {
  const { choices, say } = context;
  switch (type.id) {
    case "choice":
      return oneOf(valuesOf(field), context, id);
    case "yes-no":
      return yesNo(context, id);
    case "country":
      return oneOf(field.key === "serves" ? [["worldwide", say("worldwide")], ...choices.countries] : choices.countries, context, id);
    case "language":
      return oneOf(choices.languages, context, id);
    case "per-language":
      return perLanguage(field, context);
    case "map":
      return mapOf(field.fields, context, pointer);
    case "list":
      return listOf(field, type, context, id, pointer);
    case "id":
      if (type.refers === "skills") return oneSkill(context, id);
      if (type.refers === "networks") return oneOf(choices.networks, context, id);
      if (type.refers === "sectors") return oneOf(choices.sectors, context, id);
      return typed(context, id, { type: "text", spellcheck: "false", autocapitalize: "none" });
    case "number":
    case "whole-number":
      return number(context, id, type.id === "number");
    case "date":
      return typed(context, id, { type: "date" });
    case "year-or-date":
      return { ...typed(context, id, { type: "text", inputmode: "numeric" }, (text) => (/^\d{4}$/.test(text) ? Number(text) : text)) };
    case "web-address":
      return typed(context, id, { type: "url", placeholder: "https://", spellcheck: "false" });
    case "time-zone":
      return typed(context, id, { type: "text", list: zones(), spellcheck: "false" });
    case "date-time":
      return typed(context, id, { type: "text", placeholder: "2027-03-10T18:00" });
    default:
      return typed(context, id, { type: "text", spellcheck: field.most > 90 ? "true" : "false" });
  }
}

/** The list of time zones that this browser knows, once on the page. */
function zones() {
  const id = "form-zones";
  if (!document.getElementById(id)) {
    const names = Intl.supportedValuesOf?.("timeZone") ?? [];
    document.body.append(element("datalist", { id }, ...names.map((value) => element("option", { value }))));
  }
  return id;
}

/**
 * @param {Context} context
 * @param {string} id
 * @param {{[attribute: string]: string}} attributes
 * @param {(text: string) => Value} [read]
 * @returns {Widget}
 */
function typed(context, id, attributes, read = (text) => text) {
  const node = element("input", { id, class: "form__control", autocomplete: "off", ...attributes });
  node.addEventListener("input", context.changed);
  let written = "";
  return {
    node,
    isGroup: false,
    get: () => (tidyText(node.value) === "" ? undefined : read(asWritten(node.value, written))),
    set: (value) => (node.value = written = value === undefined ? "" : String(value)),
  };
}

/**
 * A text tidied, or as it came where nothing that can be seen was changed.
 * @param {string} text
 * @param {string} written
 */
const asWritten = (text, written) => (tidyText(text) === tidyText(written) ? written : tidyText(text));

/**
 * @param {Context} context
 * @param {string} id
 * @param {boolean} isBroken whether it may have decimals
 * @returns {Widget}
 */
function number(context, id, isBroken) {
  return typed(context, id, { type: "text", inputmode: isBroken ? "text" : "numeric" }, (text) => {
    const read = Number(text.replace(",", "."));
    return /^-?[0-9]+([.,][0-9]+)?$/.test(text) && Number.isFinite(read) ? read : text; // what is no number is told as a problem
  });
}

/**
 * @param {Choices} list
 * @param {Context} context
 * @param {string} id
 * @returns {Widget}
 */
function oneOf(list, context, id) {
  const node = element("select", { id, class: "form__control", autocomplete: "off" }, element("option", { value: "" }, context.say("choose")), ...list.map(([value, label]) => element("option", { value }, label)));
  node.addEventListener("change", context.changed);
  return {
    node,
    isGroup: false,
    get: () => node.value || undefined,
    set(value = "") {
      const wanted = String(value);
      // What the form does not know is kept as it is.
      if (![...node.options].some((option) => option.value === wanted)) node.append(element("option", { value: wanted }, wanted));
      node.value = wanted;
    },
  };
}

/**
 * @param {Context} context
 * @param {string} id
 * @returns {Widget}
 */
function yesNo(context, id) {
  const widget = oneOf([["true", context.say("yes")], ["false", context.say("no")]], context, id);
  const { get, set } = widget;
  return { ...widget, get: () => ({ true: true, false: false })[String(get())], set: (value) => set(value === undefined ? undefined : String(value)) };
}

/**
 * A text in one or more languages.
 * @param {Field} field
 * @param {Context} context
 * @returns {Widget}
 */
function perLanguage(field, context) {
  const { say, changed, choices } = context;
  const rows = element("div", { class: "form__rows" });
  /** @type {{language: HTMLSelectElement, text: HTMLTextAreaElement, written: string, node: HTMLElement}[]} */
  let all = [];
  function add(code = "", written = "") {
    const id = idOf(field);
    const language = /** @type {HTMLSelectElement} */ (oneOf(choices.languages, context, `${id}-language`).node);
    const text = element("textarea", { id, class: "form__control", rows: field.most > 400 ? "6" : "2", autocomplete: "off", ...(field.most > 0 ? { maxlength: String(field.most) } : {}) });
    text.addEventListener("input", changed);
    const row = { language, text, written, node: element("div", { class: "form__row" }) };
    row.node.append(
      element("label", { for: `${id}-language` }, say("language")), language, element("label", { for: id }, say("text")), text,
      button(say("remove"), () => drop(row), { "aria-label": `${say("remove")}${say("colon")} ${field.title}` }),
    );
    if (code && ![...language.options].some((option) => option.value === code)) language.append(element("option", { value: code }, code));
    language.value = code;
    text.value = written;
    all.push(row);
    rows.append(row.node);
    return row;
  }
  function drop(/** @type {typeof all[number]} */ row) {
    all = all.filter((one) => one !== row);
    row.node.remove();
    if (all.length === 0) add(context.language);
    changed();
  }
  const more = button(say("another_language"), () => add().language.focus());
  add(context.language);
  return {
    node: element("div", {}, rows, more),
    isGroup: true,
    get() {
      const told = all.map(({ language, text, written }) => [language.value, asWritten(text.value, written)]).filter(([code, text]) => code && text);
      return told.length > 0 ? Object.fromEntries(told) : undefined;
    },
    set(value) {
      all = [];
      rows.replaceChildren();
      for (const [code, text] of Object.entries(value ?? {})) add(code, String(text));
      if (all.length === 0) add(context.language);
    },
  };
}

/**
 * The fields of a map, one below the other.
 * @param {Field[]} fields
 * @param {Context} context
 * @param {string} pointer
 * @returns {Widget}
 */
export function mapOf(fields, context, pointer) {
  const widgets = fields.map((field) => ({ key: field.key, ...fieldOf(field, context, `${pointer}/${field.key}`) }));
  /** @type {{[key: string]: Value}} what the form does not know is kept as it is */
  let others = {};
  return {
    node: element("div", { class: "form__map" }, ...widgets.map(({ node }) => node)),
    isGroup: true,
    get() {
      /** @type {{[key: string]: Value}} */
      const value = {};
      for (const { key, get } of widgets) {
        const told = get();
        if (told !== undefined && isTold(told)) value[key] = told;
      }
      return isTold({ ...value, ...others }) ? { ...value, ...others } : undefined;
    },
    set(value) {
      others = { .../** @type {{[key: string]: Value}} */ (value ?? {}) };
      for (const { key, set } of widgets) {
        set(others[key]);
        delete others[key];
      }
    },
  };
}

/**
 * @param {Field} field
 * @param {Type} type
 * @param {Context} context
 * @param {string} id
 * @param {string} pointer
 * @returns {Widget}
 */
function listOf(field, type, context, id, pointer) {
  const [of] = type.of ?? [{ id: "text" }];
  if (of.refers === "skills") return field.fields.length > 0 ? skillsWithDetails(field, context, id, pointer) : skills(context, id);
  if (of.id === "choice" && field.values.length <= MANY) return severalOf(valuesOf(field), context, id);
  if (["choice", "country", "language"].includes(of.id) || of.refers === "networks" || of.refers === "sectors") return oneByOne(field, of, context, id, pointer);
  return rowsOf(field, of, context, pointer);
}

/**
 * A few values, each with a box.
 * @param {Choices} list
 * @param {Context} context
 * @param {string} id
 * @returns {Widget}
 */
function severalOf(list, context, id) {
  const boxes = list.map(([value]) => element("input", { type: "checkbox", id: `${id}-${value}`, value }));
  const node = element("div", { class: "form__boxes" }, ...list.map(([, label], at) => element("label", {}, boxes[at], " ", label)));
  /** @type {string[]} in the order in which they were chosen */
  let ids = [];
  node.addEventListener("change", ({ target }) => {
    const box = /** @type {HTMLInputElement} */ (target);
    ids = ids.filter((id) => id !== box.value).concat(box.checked ? box.value : []);
    context.changed();
  });
  return {
    node,
    isGroup: true,
    get: () => [...ids],
    set(value) {
      ids = texts(value);
      for (const box of boxes) box.checked = ids.includes(box.value);
    },
  };
}

/**
 * Chosen values as chips that can be taken away.
 * @param {Context} context
 * @param {(id: string) => string} labelOf
 */
function chosen(context, labelOf) {
  const node = element("ul", { class: "chips form__chosen" });
  /** @type {string[]} */
  let ids = [];
  function show() {
    node.replaceChildren(
      ...ids.map((id) =>
        element("li", {}, button(`${labelOf(id)} ×`, () => take(id), { class: "chip", "aria-label": `${context.say("remove")}${context.say("colon")} ${labelOf(id)}`, "data-chosen": id })),
      ),
    );
    node.hidden = ids.length === 0;
  }
  function take(/** @type {string} */ id) {
    ids = ids.filter((one) => one !== id);
    show();
    context.changed();
  }
  show();
  return {
    node,
    get: () => [...ids],
    set(/** @type {string[]} */ value) {
      ids = value;
      show();
    },
    add(/** @type {string} */ id) {
      if (!ids.includes(id)) ids.push(id);
      show();
      context.changed();
    },
  };
}

const texts = (/** @type {Value | undefined} */ value) => (Array.isArray(value) ? value.map(String) : []);

/**
 * Values of a long list, chosen one after the other.
 * @param {Field} field
 * @param {Type} of
 * @param {Context} context
 * @param {string} id
 * @param {string} pointer
 * @returns {Widget}
 */
function oneByOne(field, of, context, id, pointer) {
  const select = /** @type {HTMLSelectElement} */ (widgetOf(field, of, { ...context, changed() {} }, id, pointer).node);
  select.setAttribute("aria-label", `${field.title}${context.say("colon")} ${context.say("choose")}`);
  const list = chosen(context, (value) => [...select.options].find((option) => option.value === value)?.text ?? value);
  const add = () => {
    if (select.value) list.add(select.value);
    select.value = "";
  };
  // With the keys, each arrow would add a value: there it is Enter, or the button.
  select.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      add();
    }
  });
  const node = element("div", {}, list.node, element("div", { class: "form__add" }, select, button(context.say("add"), add, { "aria-label": `${context.say("add")}${context.say("colon")} ${field.title}` })));
  return { node, isGroup: true, get: list.get, set: (value) => list.set(texts(value)) };
}

/**
 * Maps or texts, as many as there are.
 * @param {Field} field
 * @param {Type} of
 * @param {Context} context
 * @param {string} pointer
 * @returns {Widget}
 */
function rowsOf(field, of, context, pointer) {
  const rows = element("div", { class: "form__rows" });
  /** @type {(Widget & {row: HTMLElement})[]} */
  let all = [];
  function add(/** @type {Value | undefined} */ value = undefined) {
    const id = idOf(field);
    const widget = widgetOf(field, of, context, id, `${pointer}/${all.length}`);
    const name = `${field.title} ${all.length + 1}`;
    const remove = button(context.say("remove"), () => drop(widget), { "aria-label": `${context.say("remove")}${context.say("colon")} ${name}` });
    const row = of.id === "map" ? element("fieldset", { class: "form__item" }, element("legend", {}, name), widget.node, remove) : element("div", { class: "form__row form__row--short" }, widget.node, remove);
    if (of.id !== "map") widget.node.setAttribute("aria-label", name);
    widget.set(value);
    all.push({ ...widget, row });
    rows.append(row);
    return row;
  }
  function drop(/** @type {Widget} */ widget) {
    const kept = all.filter(({ node }) => node !== widget.node).map(({ get }) => get());
    set(kept);
    context.changed();
  }
  /** Rows are made anew, so that each knows its place. */
  function set(/** @type {Value | undefined | (Value | undefined)[]} */ value) {
    all = [];
    rows.replaceChildren();
    for (const one of Array.isArray(value) ? value : []) add(one);
  }
  const more = button(context.say("add"), () => /** @type {HTMLElement | null} */ (add().querySelector("input, select, textarea"))?.focus(), { "aria-label": `${context.say("add")}${context.say("colon")} ${field.title}` });
  return {
    node: element("div", {}, rows, more),
    isGroup: true,
    get: () => all.map(({ get }) => get()).filter((value) => value !== undefined && isTold(value)).map((value) => /** @type {Value} */ (value)),
    set,
  };
}

/**
 * A box to type a need or the name of a skill into, and what that may mean.
 * @param {Context} context
 * @param {string} id
 * @param {{pick: (skill: string) => void, own?: (words: string) => void}} on own: what no skill is called may be added in the same words
 */
function skillBox(context, id, { pick, own }) {
  const { say, choices } = context;
  const input = element("input", { id, class: "form__control", type: "search", autocomplete: "off", placeholder: say("skill_find"), "aria-controls": `${id}-found` });
  const found = element("div", { id: `${id}-found`, class: "form__found", role: "group", "aria-label": say("skill_found"), hidden: true });
  const status = element("p", { class: "visually-hidden", role: "status" });
  let turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  function choose(/** @type {() => void} */ use) {
    input.value = "";
    found.replaceChildren();
    found.hidden = true;
    use();
  }
  async function look() {
    const mine = ++turn;
    const text = input.value.trim();
    const ids = text === "" ? [] : await context.findSkills(text);
    if (mine !== turn) return;
    const buttons = ids.map((skill) => button(choices.skills.find(([one]) => one === skill)?.[1] ?? skill, () => choose(() => pick(skill)), { class: "chip", "data-skill": skill }));
    if (own && text.length > 1) buttons.push(button(`${say("skill_own")} “${text}”`, () => choose(() => own(tidyText(text).slice(0, 80))), { class: "chip", "data-own": "" }));
    found.replaceChildren(...buttons);
    found.hidden = buttons.length === 0;
    status.textContent = text === "" ? "" : ids.length === 0 ? say("skill_none") : buttons.map(({ textContent }) => textContent).join(", ");
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), 150);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      void look().then(() => /** @type {HTMLElement | null} */ (found.querySelector("button"))?.focus());
    }
  });
  return { input, node: element("div", { class: "form__skill" }, input, found, status) };
}

/** @param {Context} context */
const labelsOf = (context) => (/** @type {string} */ id) => context.choices.skills.find(([one]) => one === id)?.[1] ?? id;

/**
 * @param {Context} context
 * @param {string} id
 * @returns {Widget}
 */
function oneSkill(context, id) {
  const list = chosen(context, labelsOf(context));
  const { node, input } = skillBox(context, id, { pick: (skill) => list.set([skill]) ?? context.changed() });
  input.setAttribute("aria-label", context.say("skill_find"));
  return { node: element("div", {}, list.node, node), isGroup: true, get: () => list.get()[0], set: (value) => list.set(value === undefined ? [] : [String(value)]) };
}

/**
 * @param {Context} context
 * @param {string} id
 * @returns {Widget}
 */
export function skills(context, id) {
  const list = chosen(context, labelsOf(context));
  const { node, input } = skillBox(context, id, { pick: list.add });
  input.setAttribute("aria-label", context.say("skill_find"));
  return { node: element("div", {}, list.node, node), isGroup: true, get: list.get, set: (value) => list.set(texts(value)) };
}

/**
 * What a co-op does: skills of the vocabulary or in its own words, each with details where it wants to.
 * @param {Field} field
 * @param {Context} context
 * @param {string} id
 * @param {string} pointer
 * @returns {Widget}
 */
function skillsWithDetails(field, context, id, pointer) {
  const details = field.fields.filter(({ key }) => key !== "skill" && key !== "other");
  const rows = element("div", { class: "form__rows" });
  /** @type {{name: {skill: string} | {other: string}, more: Widget, row: HTMLElement}[]} */
  let all = [];
  function add(/** @type {{skill: string} | {other: string}} */ name, /** @type {Value | undefined} */ value = undefined) {
    if (all.some((one) => JSON.stringify(one.name) === JSON.stringify(name))) return;
    const label = "skill" in name ? labelsOf(context)(name.skill) : name.other;
    const more = mapOf(details, context, `${pointer}/${all.length}`);
    more.set(value);
    const one = { name, more, row: element("div", { class: "form__item form__item--skill", role: "group", "aria-label": label }) };
    const said = element("details", {}, element("summary", {}, context.say("details")), more.node);
    said.open = value !== undefined;
    one.row.append(element("p", { class: "form__name" }, label), button(context.say("remove"), () => drop(one), { "aria-label": `${context.say("remove")}${context.say("colon")} ${label}` }), said);
    all.push(one);
    rows.append(one.row);
  }
  /** Rows are made anew, so that each knows its place. */
  function drop(/** @type {typeof all[number]} */ one) {
    all = all.filter((other) => other !== one);
    set(get());
    context.changed();
  }
  const added = (/** @type {{skill: string} | {other: string}} */ name) => {
    add(name);
    context.changed();
  };
  const { node, input } = skillBox(context, id, { pick: (skill) => added({ skill }), own: (other) => added({ other }) });
  input.setAttribute("aria-label", context.say("skill_find"));
  const get = () =>
    all.map(({ name, more }) => {
      const said = /** @type {{[key: string]: Value}} */ (more.get() ?? {});
      return "skill" in name && Object.keys(said).length === 0 ? name.skill : { ...name, ...said };
    });
  function set(/** @type {Value | undefined} */ value) {
    all = [];
    rows.replaceChildren();
    for (const one of Array.isArray(value) ? value : []) {
      if (typeof one === "string") add({ skill: one });
      else if (typeof one === "object" && !Array.isArray(one)) {
        const { skill, other, ...rest } = one;
        add(skill === undefined ? { other: String(other) } : { skill: String(skill) }, Object.keys(rest).length > 0 ? rest : undefined);
      }
    }
  }
  return { node: element("div", {}, rows, node), isGroup: true, get, set };
}

/**
 * What finds skills for words: those that a need probably means, then those whose label has the words.
 * @param {Context["choices"] & {vocabulary: [isTechnology: number, ask: string, ...names: string[]][], also: string[]}} offer
 * @param {() => Promise<{create: (data: any) => any}>} getUnderstand
 */
export function createFinder(offer, getUnderstand) {
  const labels = offer.skills.map(([, label]) => fold(label));
  /** @type {Promise<(text: string) => Promise<{meanings: {skill: number}[]}>> | undefined} */
  let ready;
  async function make() {
    const { create } = await getUnderstand();
    const skills = offer.vocabulary.map(([isTechnology, ask, ...names], at) => ({ label: offer.skills[at][1], isTechnology: isTechnology === 1, ask, names }));
    return create({ skills, told: toldOf(offer.also) }).understand;
  }
  return async (/** @type {string} */ text) => {
    const typed = fold(text);
    const named = labels.flatMap((label, at) => (label.includes(typed) ? [at] : []));
    /** @type {number[]} */
    let meant = [];
    try {
      const understand = await (ready ??= make());
      meant = (await understand(text)).meanings.map((/** @type {{skill: number}} */ { skill }) => skill);
    } catch {
      ready = undefined; // the labels are there without it
    }
    return [...new Set([...meant, ...named])].slice(0, FEW).map((at) => offer.skills[at][0]);
  };
}
