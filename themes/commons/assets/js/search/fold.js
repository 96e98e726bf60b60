/**
 * Words, as search sees them: without accents, case or endings. The same functions prepare
 * what is looked through and what is typed, so that both meet.
 * @module
 */

/** Letters that Unicode does not take apart, as people type them without the key. */
const LETTERS = new Map([["œ", "oe"], ["æ", "ae"], ["ß", "ss"], ["ø", "o"], ["ł", "l"], ["đ", "d"], ["ı", "i"]]);

/** What is typed in front of the search box is a sentence, not a book: the rest is not read. */
const LONGEST_TEXT = 400;
const MOST_WORDS = 40;
const LONGEST_WORD = 40;

/**
 * Lower case, without accents.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[œæßøłđı]/g, (letter) => LETTERS.get(letter) ?? letter)
    .replace(/[’ʼ`´]/g, "'");
}

/** A text that says what it says: most of them, and not to look closer is ten times as quick. */
const PLAIN = /^[A-Za-z0-9 ]*$/;

/**
 * The words of a text, folded, in order. Elisions and possessives lose their small part, e-mail and
 * email are one word, and C++, C#, .NET and Node.js stay what they are.
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  if (PLAIN.test(text)) return text.toLowerCase().match(/\S+/g) ?? [];
  const plain = fold(text)
    .replace(/j'ai\b/g, " ")
    .replace(/\.net\b/g, " dotnet ")
    .replace(/\.js\b/g, "js ")
    .replace(/(^|[^\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\p{L})/gu, "$1")
    .replace(/'(?:s|t|d|m|re|ve|ll)(?![\p{L}\p{N}])/gu, "")
    .replace(/(^|[^\p{L}\p{N}])(e|co|re|wi)-(?=\p{L})/gu, "$1$2");
  return plain.match(/[\p{L}\p{N}]+(?:\+\+|#)?/gu) ?? [];
}

/**
 * The words of what somebody typed: like words, but never more than a long sentence of them.
 * @param {string} text
 * @returns {string[]}
 */
export function typedWords(text) {
  return words(text.slice(0, LONGEST_TEXT)).slice(0, MOST_WORDS).map((word) => word.slice(0, LONGEST_WORD));
}

// Endings that come and go with number, gender, verb and noun in the four languages. A light stemmer
// for all four at once: "pagar", "pagos" and "pago", "voting", "votar" and "votação" meet.
const ENDINGS = `
  amientos imientos amiento imiento amentos imentos amento imento aciones iciones acoes icoes acion icion acao icao
  ations ation itions ition ization isation ctions ction ccion issement ements ement ments ment mente
  adoras adores adora ador ateurs ateur atrice euses euse eurs eur ators ator ating ated ates ate
  adas ados idas idos ada ado ida ido aram aron amos emos imos ando endo iendo indo antes ante ants ant ents ent
  aires aire arios arias ario aria iones iao ioes ao ales ais als aux al eis
  ages age agem aient ings ing ions ion oes aes ers ees ons ois ait ies ous ara era ira cao cir zir ire
  uemos uen uem ue
  an en ar er ir re or ed es as os em am ez ee ie e a o s y i
  `.match(/\S+/g)?.sort((a, b) => b.length - a.length) ?? [];

/**
 * A word without its ending; at least three letters stay.
 * @param {string} word folded
 * @returns {string}
 */
export function stem(word) {
  if (word.length < 4 || /\d|[+#]/.test(word)) return word;
  for (const ending of ENDINGS) {
    if (word.endsWith(ending) && word.length - ending.length >= 3) {
      return word.slice(0, -ending.length);
    }
  }
  return word;
}

/**
 * How many letters apart two words are: one too many, missing, another, or two the other way round. It
 * need not be exact beyond most.
 * @param {string} a
 * @param {string} b
 * @param {number} most
 */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = new Array(b.length + 1).fill(0);
  let above = [...before.keys()];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let steps = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, before[j - 2] + 1);
      row.push(steps);
      least = Math.min(least, steps);
    }
    if (least > most) return most + 1;
    before = above;
    above = row;
  }
  return above[b.length];
}
