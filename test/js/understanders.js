// What the page understands with, for each language, over the vocabulary of data/skills.

import { toldOf } from "../../themes/commons/assets/js/search/told.js";
import { LANGUAGES, vocabulary } from "./fixtures.js";

const skills = Object.fromEntries(LANGUAGES.map((language) => [language, vocabulary(language)]));
const entries = await Promise.all(
  LANGUAGES.map(async (language) => {
    const { create } = await import(`../../themes/commons/assets/js/understand/${language}.js`);
    return [language, understander(create, skills[language])];
  }),
);

/** By language: {understand, stem}. */
export const understanders = Object.fromEntries(entries);

/** An understander over skills as the fixtures make them. */
export function understander(create, list) {
  const skills = list.map(({ also: _, ...skill }) => skill);
  return create({ skills, told: toldOf(list.map(({ also = "" }) => also)) });
}

/** The ids of the skills that a text means, likeliest first. */
export async function meant(language, text, isName) {
  const { meanings } = await understanders[language].understand(text, isName);
  return meanings.map(({ skill }) => skills[language][skill].id);
}
