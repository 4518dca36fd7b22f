// Draws every picture of the demo's story as a 960 px PNG into build/: ground, faint lotus pattern, soft shadow, drawing.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import { shapes, unique } from "./shapes.mjs";

const GROUNDS = {
  hangat: ["#fbefdc", "#f1d3a4"], laut: ["#e3eff1", "#b4d3da"], teratai: ["#f8e6ea", "#e6b9c4"],
  daun: ["#eaf1e1", "#c1d6a9"], tanah: ["#f0e6dc", "#d3b899"], nila: ["#e6e8f3", "#bac1e0"], abu: ["#eceded", "#cdd2d4"],
};
const PETALS = '<g fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="2"><path d="M0-26C10-14 10-4 0 4C-10-4-10-14 0-26Z"/><path d="M-24-10C-12-12-4-6 0 4C-12 6-20 0-24-10Z"/><path d="M24-10C12-12 4-6 0 4C12 6 20 0 24-10Z"/></g>';
const SIZE = 960;

function pattern() {
  let rows = "";
  for (let y = 0; y < 6; y++) {
    for (let x = 0; x < 6; x++) rows += `<g transform="translate(${x * 80 + (y % 2 ? 40 : 0)},${y * 74 + 20})">${PETALS}</g>`;
  }
  return rows;
}

function frame(ground, drawing) {
  const [light, deep] = GROUNDS[ground];
  const body = `<rect width="400" height="400" fill="url(#bg)"/>${pattern()}<ellipse cx="200" cy="318" rx="118" ry="20" fill="url(#sh)"/>${drawing}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><defs><linearGradient id="bg" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${deep}"/></linearGradient><radialGradient id="sh"><stop offset="0" stop-color="#000" stop-opacity=".28"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs>${body}</svg>`;
}

function save(name, svg) {
  writeFileSync(`build/${name.replace(":", "_")}.png`, new Resvg(svg, { fitTo: { mode: "width", value: SIZE } }).render().asPng());
}

mkdirSync("build", { recursive: true });
for (const line of readFileSync("pictures.txt", "utf8").trim().split("\n")) {
  const [name, kind, ...rest] = line.split(" ");
  const ground = rest.pop();
  unique();
  save(name, frame(ground, shapes[kind](...rest)));
}
