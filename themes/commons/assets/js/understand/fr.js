/**
 * What readers of French mean.
 * @module
 */

import { stemmer } from "@orama/stemmers/french";
import { fold } from "../search/fold.js";
import { createFor } from "./create.js";

const FILLER = `
  a afin ai aide aider aimerions ainsi alors apres as assez au aucun aucune aujourd aussi autour autre autres aux avant avec
  avez avoir avons beaucoup besoin bien bon bonjour bonne c car ce ceci cela celle celui ces cet cette ceux chacun chaque
  cherche cherchent chercher cherchons chez chose choses comme comment contre d dame dans de deja depuis dernier derniere des
  desirons devons dit dois doit doivent donc dont du elle elles en encore entre es est et etaient etait etes etre eu eux faire
  fais fait faites faut fois font gens grace hui il ils j je jusque l la le les leur leurs lors lorsque lui ma mais mal me
  meme memes merci mes mettre mieux moi moins mon monsieur n ne ni no nos notre notres nous nouveau nouveaux nouvelle
  nouvelles on ont ou par parce pas pendant personne personnes peu peut peuvent plus plusieurs pour pourquoi pouvoir pouvons
  premier premiere puis puisse puissent quand que quel quelle quelles quelqu quelque quelques quels qui quoi rien s sa sans se
  selon sera ses seul seule seulement si soit sommes son sont souhaite souhaitons sous sur ta te tel telle tels tes toi ton
  toujours tous tout toute toutes tres trop trouver tu un une utiliser vers veut veux voici voila voir vont vos votre
  voudrions voulons vous vrai vraiment y
`;

// The stemmer leaves the plural of such words as it is.
const singular = (/** @type {string} */ word) => word.replace(/([^aeiou]|[ei])os$/, "$1o");

export const create = createFor((word) => fold(stemmer(singular(word))), FILLER);
