/**
 * What readers of Portuguese mean.
 * @module
 */

import { stemmer } from "@orama/stemmers/portuguese";
import { fold } from "../search/fold.js";
import { createFor } from "./create.js";

const FILLER = `
  a agora ainda ajuda ajudar ajude algo alguem alguma algumas alguns ali antes ao aos apenas apos aquela aquele aqui aquilo as
  assim ate atraves bem boa bom ca cada cade coisa coisas com como conosco consegue conseguir consiga consigam contra da dao
  daquela daquele das de dela dele deles depois desde dessa desse desta deste deve devem devemos do dos durante e ela elas ele
  eles em entao entre era essa essas esse esses esta estamos estao estar estas este estes estou eu faca facam fara faz fazem
  fazer feita feito foi foram gostaria gostariamos grande ha isso isto ja la lhe lhes lo mais mas me melhor mesma mesmas mesmo
  mesmos meu meus minha minhas muita muitas muito muitos na nada nao nas nele nem nenhum nenhuma nessa nesse nesta neste no
  nos nossa nossas nosso nossos nova novas novo novos num numa nunca o obrigado ola onde os ou outra outras outro outros para
  pela pelas pelo pelos pessoa pessoal pessoas pode podem podemos pois por porque pouca pouco pra precisa precisam precisamos
  precisar preciso primeira primeiro pro procura procuramos procurando procurar quais qual qualquer quando quanto que quem
  quer querem queremos queria quero sabe sabemos saber sao se seja sejam sem sempre ser seu seus si so sobre somos sou sua
  suas tal tambem tanta tanto te tem temos tenha tenham tenho ter teu toda todas todo todos tu tudo ultima ultimo um uma umas
  uns usar vai vamos vao varias varios ver vez vezes voce voces vou
`;

// Words come without accents; the endings that the stemmer knows by theirs get them back, and plurals their l.
const accented = (/** @type {string} */ word) => word.replace(/cao$/, "ção").replace(/coes$/, "ções").replace(/oes$/, "ões").replace(/ao$/, "ão").replace(/encia(s?)$/, "ência$1").replace(/([aeo])is$/, "$1l");

export const create = createFor((word) => fold(stemmer(accented(word))), FILLER);
