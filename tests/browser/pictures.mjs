// The pictures of the README: a briefing as a page, the site with its search, and the report of `verify`.
//
//   node pictures.mjs MODULES BROWSER PROGRAM FOLDER
//
// Everything shown is made from the sample articles by the program. Called by `.ci/browser pictures`.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, browserPath, program, out] = process.argv.slice(2).map((argument) => path.resolve(argument));
const puppeteer = createRequire(path.join(modules, "package.json"))("puppeteer-core");
const ROOT = path.resolve(path.dirname(new URL(import.meta.url).pathname), "../..");
const SEEDS = path.join(ROOT, "seeds");
const NOW = "2026-03-11T06:00:00Z";
const DRAFT = `# Fog in the strait

The Astrid Lund had 212 passengers on board.

"What we need now is the ship's log, and we need it unopened," said Tomas Brandvik, the Transport Minister.

"Fog does not cause collisions," said Ines Halloran-Vik. "Decisions made in fog do."

"We heard the horn, and then the whole deck jumped," said Tomas Brandvik.
`;

const work = fs.mkdtempSync(path.join(os.tmpdir(), "nutgraf-"));
const browser = await puppeteer.launch({ executablePath: browserPath, headless: true, args: ["--no-sandbox", "--disable-gpu"] });

async function picture(name, file, { width = 760, height, hash = "" } = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: height ?? 100, deviceScaleFactor: 1.5 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.goto(pathToFileURL(file).href + hash);
  const to = path.join(out, name + ".webp");
  await page.screenshot({ path: to, type: "webp", quality: 70, fullPage: height === undefined });
  console.log(`${to}: ${fs.statSync(to).size} bytes`);
  await page.close();
}

function briefing() {
  const file = path.join(work, "briefing.html");
  execFileSync(program, ["-q", "brief", "--now", NOW, "-t", "html", "-o", file, SEEDS]);
  return file;
}

// A site of three mornings, on each of which some of the articles come in.
function site() {
  const news = path.join(work, "news");
  fs.mkdirSync(news);
  fs.writeFileSync(path.join(work, "nutgraf.toml"), `title = "The Norvia Letter"\n[archive]\npath = "archive.db"\n[brief]\nwords = 300\n[[feed]]\nfolder = "news"\n[[output]]\nfile = "site/%Y-%m-%d.html"\nto = "html"\n`);
  const mornings = [["2026-03-10", /^storm/], ["2026-03-11", /^(ferry|water)/], ["2026-03-12", /./]];
  for (const [day, pattern] of mornings) {
    for (const name of fs.readdirSync(SEEDS).filter((name) => pattern.test(name))) { fs.copyFileSync(path.join(SEEDS, name), path.join(news, name)); }
    execFileSync(program, ["-q", "daily", "--now", day + "T06:00:00Z"], { cwd: work });
  }
  return path.join(work, "site", "index.html");
}

// The report of `verify` in a window of a terminal.
function report() {
  fs.writeFileSync(path.join(work, "draft.md"), DRAFT);
  fs.cpSync(SEEDS, path.join(work, "seeds"), { recursive: true });
  const text = spawnSync(program, ["-q", "verify", "draft.md", "seeds"], { cwd: work, encoding: "utf8" }).stdout;
  const escaped = ("$ nutgraf verify draft.md seeds/\n" + text).replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
  const file = path.join(work, "verify.html");
  fs.writeFileSync(file, `<!DOCTYPE html><meta charset="utf-8"><body style="margin:0;background:#171614"><pre style="margin:0;padding:1.2rem;color:#e9e4dc;font:15px/1.5 ui-monospace,'DejaVu Sans Mono',monospace;white-space:pre-wrap">${escaped}</pre>`);
  return file;
}

try {
  fs.mkdirSync(out, { recursive: true });
  await picture("briefing", briefing(), { height: 840 });
  await picture("site", site(), { height: 640, hash: "#water" });
  await picture("verify", report());
} finally {
  await browser.close();
  fs.rmSync(work, { recursive: true, force: true });
}
