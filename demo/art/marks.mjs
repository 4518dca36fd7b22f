// Draws the icon set and the picture shown when a page is shared, from the mark, into static/img/.
import { mkdirSync, writeFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";

const INK = "#27327a", GOLD = "#f3b62f", CLOTH = "#fdfcf8";
const IMAGES = "../../static/img";

function lotus(line) {
  const pen = `stroke="${line}" stroke-width="2.6" stroke-linejoin="round"`;
  return `<g fill="none" ${pen}><path d="M24 4c6 7 6 17 0 24-6-7-6-17 0-24Z" fill="${GOLD}"/><path d="M5 13c9 0 15 6 19 15-9 2-17-3-19-15Z"/><path d="M43 13c-9 0-15 6-19 15 9 2 17-3 19-15Z"/><path d="M10 33h28" stroke-linecap="round"/></g>`;
}

function icon(size, ground, line, share) {
  const scale = (size * share) / 48;
  const at = `translate(${(size - 48 * scale) / 2},${(size - 37 * scale) / 2}) scale(${scale})`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="${ground}"/><g transform="${at}">${lotus(line)}</g></svg>`;
}

function sharePicture() {
  const petals = '<g fill="none" stroke="#fff" stroke-opacity=".09" stroke-width="2"><path d="M0-26C10-14 10-4 0 4C-10-4-10-14 0-26Z"/><path d="M-24-10C-12-12-4-6 0 4C-12 6-20 0-24-10Z"/><path d="M24-10C12-12 4-6 0 4C12 6 20 0 24-10Z"/></g>';
  let rows = "";
  for (let y = 0; y < 9; y++) for (let x = 0; x < 13; x++) rows += `<g transform="translate(${x * 104 + (y % 2 ? 52 : 0)},${y * 80 + 20})">${petals}</g>`;
  let dots = "";
  for (let x = 0; x < 50; x++) dots += `<circle cx="${x * 24 + 12}" cy="10" r="4" fill="${x % 2 ? "#e7b5bf" : GOLD}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><rect width="1200" height="630" fill="${INK}"/>${rows}${dots}<g transform="translate(384,145) scale(9)">${lotus(CLOTH)}</g></svg>`;
}

function png(name, svg) {
  const drawn = new Resvg(svg).render().asPng();
  if (name) writeFileSync(`${IMAGES}/${name}`, drawn);
  return drawn;
}

function ico(drawn) {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); head.writeUInt16LE(1, 4); head.writeUInt8(32, 6); head.writeUInt8(32, 7);
  head.writeUInt16LE(1, 10); head.writeUInt16LE(32, 12); head.writeUInt32LE(drawn.length, 14); head.writeUInt32LE(22, 18);
  return Buffer.concat([head, drawn]);
}

mkdirSync(IMAGES, { recursive: true });
png("icon-192.png", icon(192, CLOTH, INK, 0.74));
png("icon-512.png", icon(512, CLOTH, INK, 0.74));
png("icon-maskable-512.png", icon(512, INK, CLOTH, 0.52));
png("apple-touch-icon.png", icon(180, CLOTH, INK, 0.7));
png("share.png", sharePicture());
writeFileSync(`${IMAGES}/favicon.ico`, ico(png("", icon(32, CLOTH, INK, 0.9))));
