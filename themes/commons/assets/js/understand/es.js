/**
 * What readers of Spanish mean.
 * @module
 */

import { stemmer } from "@orama/stemmers/spanish";
import { fold } from "../search/fold.js";
import { createFor } from "./create.js";

const FILLER = `
  a adonde ahi ahora al algo alguien algun alguna algunas alguno algunos alla alli antes aqui asi aun aunque ayuda ayudar
  ayude ayuden bajo bien buen buena buenas bueno buenos busca buscamos buscando buscar busco cada casi como con conseguir
  contra cosa cosas cual cuales cualquier cualquiera cuando cuanto de debe debemos deben decir del desde despues donde dos
  durante e el ella ellas ellos en encontrar entonces entre era es esa esas ese eso esos esta estaba estamos estan estar estas
  este esto estos estoy etc fue fueron gente gracias gran gustaria ha haber habla hace hacen hacer hacia haga hagan han hasta
  hay hecho hemos hola hoy incluso ir la las le les lo los luego mas me mediante mejor mi mientras mis misma mismas mismo
  mismos mucha muchas mucho muchos muy nada nadie necesita necesitamos necesitan necesitar necesito ni ningun ninguna ninguno
  no nos nosotras nosotros nuestra nuestras nuestro nuestros nueva nuevas nuevo nuevos nunca o ofrecer otra otras otro otros
  para parece pero poca poco podamos podemos poder podria podriamos por porque primer primera primero pueda puedan puede
  pueden pues que queremos querer queria queriamos quien quienes quiere quieren quiero quisieramos sabe se sea sean segun ser
  si sido siempre sin sino sobre solo somos son su sus tal tambien tan tanta tanto te tenemos tener tenga tengan tengo tiene
  tienen toda todas todavia todo todos tras tu tus u ultima ultimo un una unas uno unos usar usted ustedes va vamos van varias
  varios veces ver vez y ya yo
`;

// Words come without accents; the endings that the stemmer knows by theirs get them back.
const accented = (/** @type {string} */ word) => word.replace(/ion$/, "ión").replace(/logia(s?)$/, "logía$1").replace(/eria(s?)$/, "ería$1");

export const create = createFor((word) => fold(stemmer(accented(word))), FILLER);
