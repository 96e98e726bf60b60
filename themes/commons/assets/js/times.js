/**
 * Says the times of events by the reader's clock too, where it differs from that of the event.
 * @module
 */

import { sayTimes } from "./page/times.js";

sayTimes(document);
