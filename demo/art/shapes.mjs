// The drawings: Fluent emoji alone, in pairs or threes, or as the label of a package drawn here.
import { readFileSync } from "node:fs";

const emoji = JSON.parse(readFileSync("node_modules/@iconify-json/fluent-emoji/icons.json", "utf8")).icons;
let serial = 0;

export function unique() {
  serial = 0;
}

function glyph(name, x, y, size) {
  const found = emoji[name] || emoji.package;
  if (!emoji[name]) console.error(`no drawing named ${name}`);
  const mark = `_${serial++}`;
  const body = found.body.replace(/id="([^"]+)"/g, `id="$1${mark}"`).replace(/url\(#([^)]+)\)/g, `url(#$1${mark})`).replace(/href="#([^"]+)"/g, `href="#$1${mark}"`);
  return `<svg x="${x}" y="${y}" width="${size}" height="${size}" viewBox="0 0 32 32">${body}</svg>`;
}

function shade(hex, by) {
  const parts = [0, 2, 4].map((at) => Math.min(255, Math.max(0, Math.round(parseInt(hex.slice(at, at + 2), 16) * by))));
  return `rgb(${parts.join(",")})`;
}

function fill(hex) {
  const id = `f${serial++}`;
  const stops = `<stop offset="0" stop-color="${shade(hex, 1.18)}"/><stop offset=".55" stop-color="#${hex}"/><stop offset="1" stop-color="${shade(hex, 0.72)}"/>`;
  return [`<linearGradient id="${id}" x1="0" y1="0" x2="1" y2=".35">${stops}</linearGradient>`, `url(#${id})`];
}

function label(name, cx, cy, r) {
  return `<circle cx="${cx}" cy="${cy}" r="${r}" fill="#fffaf0"/><circle cx="${cx}" cy="${cy}" r="${r - 5}" fill="none" stroke="#f3b62f" stroke-width="2"/>${glyph(name, cx - r * 0.68, cy - r * 0.68, r * 1.36)}`;
}

const lotus = (x, y, size, color) => `<g transform="translate(${x} ${y}) scale(${size})" fill="${color}"><path d="M0-26C10-14 10-4 0 4C-10-4-10-14 0-26Z"/><path d="M-24-10C-12-12-4-6 0 4C-12 6-20 0-24-10Z" opacity=".8"/><path d="M24-10C12-12 4-6 0 4C12 6 20 0 24-10Z" opacity=".8"/></g>`;

export const shapes = {
  single: (name) => glyph(name, 76, 70, 248),
  pair: (one, two) => glyph(one, 52, 106, 180) + glyph(two, 170, 106, 180),
  trio: (name) => glyph(name, 128, 62, 150) + glyph(name, 58, 150, 165) + glyph(name, 184, 150, 165),
  pouch(color, name) {
    const [paint, url] = fill(color);
    return `<defs>${paint}</defs><path d="M112 78H288L300 304Q301 322 284 322H116Q99 322 100 304Z" fill="${url}"/><path d="M112 78H288L289.5 106H110.500Z" fill="#fff" opacity=".22"/><path d="M118 92H282" stroke="#fff" stroke-opacity=".6" stroke-width="2" stroke-dasharray="5 4"/><path d="M124 110L116 312" stroke="#fff" stroke-opacity=".28" stroke-width="9" stroke-linecap="round"/>${lotus(200, 134, 0.5, "#fffaf0")}${label(name, 200, 218, 66)}`;
  },
  jar(color, name) {
    const [paint, url] = fill(color);
    return `<defs>${paint}</defs><rect x="128" y="70" width="144" height="42" rx="12" fill="#8a5a2c"/><rect x="128" y="70" width="144" height="16" rx="8" fill="#b5803f"/><path d="M122 118H278Q300 130 300 160V290Q300 322 268 322H132Q100 322 100 290V160Q100 130 122 118Z" fill="${url}"/><path d="M118 158V286" stroke="#fff" stroke-opacity=".4" stroke-width="10" stroke-linecap="round"/>${label(name, 200, 222, 66)}`;
  },
  bottle(color, name) {
    const [paint, url] = fill(color);
    return `<defs>${paint}</defs><rect x="172" y="46" width="56" height="34" rx="8" fill="#27327a"/><path d="M176 80H224V118Q262 138 262 176V296Q262 324 234 324H166Q138 324 138 296V176Q138 138 176 118Z" fill="${url}"/><path d="M152 180V292" stroke="#fff" stroke-opacity=".35" stroke-width="8" stroke-linecap="round"/><rect x="138" y="186" width="124" height="104" fill="#fffaf0"/><rect x="138" y="194" width="124" height="3" fill="#f3b62f"/><rect x="138" y="279" width="124" height="3" fill="#f3b62f"/>${glyph(name, 164, 202, 72)}`;
  },
  box(color, name) {
    const [paint, url] = fill(color);
    return `<defs>${paint}</defs><path d="M92 138L200 96L308 138L200 180Z" fill="${shade(color, 1.3)}"/><path d="M92 138L200 180V326L92 280Z" fill="${url}"/><path d="M308 138L200 180V326L308 280Z" fill="${shade(color, 0.78)}"/><path d="M146 117L254 159V186L240 180V166L132 122Z" fill="#f3b62f" opacity=".85"/><g transform="matrix(1 .42 0 1 0 0)">${glyph(name, 104, 118, 84)}</g>${lotus(256, 236, 0.8, "rgba(255,250,240,.75)")}`;
  },
  gift(color, name) {
    const [paint, url] = fill(color);
    return `<defs>${paint}</defs><rect x="78" y="150" width="244" height="172" rx="14" fill="${url}"/><rect x="68" y="118" width="264" height="50" rx="12" fill="${shade(color, 1.2)}"/><rect x="184" y="118" width="32" height="204" fill="#f3b62f"/><path d="M200 118C170 60 120 84 150 112Q166 122 200 118C230 60 280 84 250 112Q234 122 200 118Z" fill="#f3b62f" stroke="#c9902a" stroke-width="3"/>${label(name, 200, 238, 56)}`;
  },
  sack(color, name) {
    const [paint, url] = fill(color);
    return `<defs>${paint}</defs><path d="M128 82Q200 104 272 82L286 116Q322 210 300 312Q298 324 284 324H116Q102 324 100 312Q78 210 114 116Z" fill="${url}"/><path d="M118 112Q200 134 282 112" fill="none" stroke="#8a6b3c" stroke-width="8" stroke-linecap="round"/><path d="M120 140Q106 220 116 300" stroke="#fff" stroke-opacity=".3" stroke-width="9" fill="none" stroke-linecap="round"/>${label(name, 200, 222, 64)}`;
  },
  cloth(color, motif) {
    const [paint, url] = fill(color);
    let rows = "";
    for (let y = 0; y < 5; y++) for (let x = 0; x < 5; x++) rows += lotus(96 + x * 54 + (y % 2 ? 27 : 0), 98 + y * 52, 0.72, `#${motif}`);
    const id = `k${serial++}`;
    return `<defs>${paint}<clipPath id="${id}"><rect x="84" y="74" width="232" height="244" rx="18"/></clipPath></defs><rect x="94" y="88" width="232" height="240" rx="18" fill="${shade(color, 0.6)}"/><g clip-path="url(#${id})"><rect x="84" y="74" width="232" height="244" fill="${url}"/>${rows}<rect x="84" y="190" width="232" height="2.500" fill="#fff" opacity=".5"/><rect x="84" y="192" width="232" height="12" fill="#000" opacity=".12"/><rect x="276" y="74" width="40" height="244" fill="#000" opacity=".08"/></g>`;
  },
};
