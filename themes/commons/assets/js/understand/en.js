/**
 * What readers of English mean.
 * @module
 */

import { stemmer } from "@orama/stemmers/english";
import { createFor } from "./create.js";

const FILLER = `
  a about after again all already also am an and another any anybody anymore anyone anything are as ask at away be because
  been before being best better both but by can cannot could do does doing done each else enough ever every everybody everyone
  everything everywhere few find first for from get gets getting give go going good got great had has have having he hello
  help helps hey hi his hope how however i if in into is it its just keep know last lately let like little look looking looks
  lot lots made make makes making many may maybe me more most much must my need needed needs never new nice no nobody not
  nothing now of off often ok on one only onto or other others our ours out over own please put really same say see seek
  seeking she should show so some somebody someone something soon still such take than thank thanks that the their them then
  there these they thing things this those though through time times to today together too try trying under until up us use
  used using very want wanted wants was way ways we well were what when where whether which while who whom whose why will wish
  with within without would yes yet you your
`;

export const create = createFor(stemmer, FILLER);
