// Reads sitemaps as the package `sitemap` does, which refuses what the protocol does not allow. Arguments: files; the first is the index.
import { createReadStream } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ErrorLevel, XMLToSitemapIndexStream, XMLToSitemapItemStream } from "sitemap";

const [index, ...maps] = process.argv.slice(2);
let read = 0;
const counted = () => new Writable({ objectMode: true, write(_item, _encoding, done) { read++; done(); } });
await pipeline(createReadStream(index), new XMLToSitemapIndexStream({ level: ErrorLevel.THROW }), counted());
for (const map of maps) await pipeline(createReadStream(map), new XMLToSitemapItemStream({ level: ErrorLevel.THROW }), counted());
console.log(read);
