// Builds static/img/icons.svg, one sprite of the Lucide icons that icons.txt names.
import { readFileSync, writeFileSync } from "node:fs";

const names = readFileSync("static/src/icons.txt", "utf8").trim().split(/\s+/);
const symbols = names.map((name) => {
  const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
  const body = svg.replace(/<!--.*?-->/gs, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  const pen = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${pen}>${body.replace(/\s+/g, " ").trim()}</symbol>`;
});
const pen = 'fill="none" stroke="currentColor" stroke-width="2.6" stroke-linejoin="round"';
symbols.push(`<symbol id="lotus" viewBox="0 0 48 36" ${pen}><path d="M24 4c6 7 6 17 0 24-6-7-6-17 0-24Z" fill="#f3b62f"/><path d="M5 13c9 0 15 6 19 15-9 2-17-3-19-15Z"/><path d="M43 13c-9 0-15 6-19 15 9 2 17-3 19-15Z"/><path d="M10 33h28" stroke-linecap="round"/></symbol>`);
writeFileSync("static/img/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
