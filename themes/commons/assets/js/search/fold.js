/**
 * Words, as search sees them: without accents, case, endings or filler. The same functions prepare
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

/**
 * The words of a text, folded, in order. Elisions and possessives lose their small part, e-mail and
 * email are one word, and C++, C#, .NET and Node.js stay what they are.
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
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

// Words that say nothing about what is needed, in the four languages together: people mix them, and
// a filler word of one language is hardly ever a skill in another.
const FILLER = new Set(
  `
  a about after again all already also am an and another any anybody anyone anything are as ask at away be because been before
  being best better both but by can cannot could do does doing done each else enough ever every everybody everyone
  everything everywhere few find for from get gets getting give go going good got great had has have having he hello help helps hey
  hi his hope how however i if in into is it its just keep know let like little look looking looks lot lots made make
  makes making many may maybe me more most much must my need needed needs never new nice no nobody not nothing now
  of off often ok on one only onto or other others our ours out over own please put really same say see seek seeking
  she should show so some somebody someone something soon still such take than thank thanks that the their them then
  there these they thing things this those though through to together too try trying under until up us use used
  using very want wanted wants was way we well were what when where whether which while who whom whose why will
  wish with within without would yes yet you your

  adonde ahora ahi al algo alguien algun alguna algunas alguno algunos alla alli antes aqui asi aun aunque bajo bien
  buen buena buenas bueno buenos busca buscamos buscando buscar busco cada casi como con conseguir contra cosa cosas cual cuales
  cualquier cualquiera cuando cuanto de deben debe debemos decir del desde despues donde dos durante e el ella ellas ellos en encontrar
  entonces entre era es esa esas ese eso esos esta estaba estamos estan estar estas este esto estos estoy etc fue
  fueron gente gracias gran gustaria ha haber habla hace hacen hacer hacia haga hagan han hasta hay hecho hemos hola hoy incluso ir la
  las le les lo los luego mas mediante mejor mi mientras mis misma mismas mismo mismos mucha muchas mucho muchos muy
  nada nadie necesita necesitamos necesitan necesitar necesito ni ningun ninguna ninguno no nos nosotras nosotros
  nuestra nuestras nuestro nuestros nueva nuevas nuevo nuevos nunca o ofrecer otra otras otro otros para parece pero poca poco
  podamos podemos poder podria podriamos por porque pueda puedan puede pueden pues que queremos querer queria queriamos quien quienes quiere
  quieren quiero quisieramos sabe se sea sean segun ser si sido siempre sin sino sobre solo somos son su sus tal tambien
  tan tanta tanto te tenemos tener tenga tengan tengo tiene tienen toda todas todavia todo todos tras tu tus un
  una unas uno unos usar usted ustedes va vamos van varias varios ver vez y ya yo ayuda ayudar ayude ayuden

  afin aide aider aimerions ainsi alors apres assez au aucun aucune aujourd aussi autour autre autres aux avant avec avez
  avoir avons beaucoup besoin bien bon bonjour bonne car ce ceci cela celle celui ces cet cette ceux chacun chaque
  cherche cherchent chercher cherchons chez chose choses comme comment contre dans depuis des desirons deja devons dit
  dois doit doivent donc dont du elle elles encore entre est et etaient etait etes etre eu eux faire fais fait faites faut
  font gens grace hui il ils j je jusque l la le les leur leurs lors lorsque ma mais mal mes meme memes merci mettre mieux moi
  moins mon n ne ni nos notre notres nous nouveau nouveaux nouvelle nouvelles on ont ou par parce pas pendant personne personnes
  peu peut peuvent plus plusieurs pour pourquoi pouvoir pouvons puis puisse puissent quand que quel quelle quelles
  quelqu quelque quelques quels qui quoi rien s sa sans se selon sera ses seul seule seulement si soit sommes son sont
  sous souhaitons souhaite sur ta tel telle tels tes toi ton toujours tous tout toute toutes tres trop trouver un une utiliser
  vers veut veux voici voila voir vont vos votre voudrions voulons vous vraiment vrai y

  agora ainda alguem alguma algumas alguns algo ali ao aos apenas apos aquela aquele aqui aquilo as assim ate atraves bem bom boa
  ca cade coisa coisas com como contra conosco consegue conseguir consiga consigam da dao daquela daquele das dela dele deles depois desde dessa desse
  desta deste deve devem devemos do dos e ela elas ele eles em entao entre era essa essas esse esses esta estamos estao estar estas
  este estes estou eu faca facam fara fazem fazer faz feita feito foi foram gostaria gostariamos ha isso isto ja la lhe
  lhes lo mais mas me melhor mesma mesmas mesmo mesmos meu meus minha minhas muita muitas muito muitos na nada nao nas
  nele nem nenhum nenhuma nessa nesse nesta neste no nos nossa nossas nosso nossos nova novas novo novos num numa nunca o obrigado ola onde os
  ou outra outras outro outros para pela pelas pelo pelos pessoa pessoal pessoas pode podem podemos pois por porque pouca pouco
  pra pro precisa precisam precisamos precisar preciso procura procuramos procurando procurar qual quais qualquer quando
  quanto que quem quer querem queremos queria quero sao se seja sejam sem sempre ser seu seus so sobre somos sou sua
  suas tal tambem tanta tanto te tem temos tenha tenham tenho ter teu toda todas todo todos tudo um uma umas uns usar vai vamos
  vao varias varios voce voces vou ajuda ajudar ajude
  `.match(/\S+/g) ?? [],
);

/**
 * Whether a folded word says nothing about what is needed.
 * @param {string} word
 * @returns {boolean}
 */
export function isFiller(word) {
  return FILLER.has(word);
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
