// The demo page and a site as readers get them: from a disk, on a desk and a phone, by day and by night, and in print.
//
//   node check.mjs MODULES BROWSER PROGRAM DEMO_PAGE SITE_FOLDER
//
// Checks that the briefing of the demo page is that of the program to the byte, that files which are not articles are
// named, that no text of an article runs, that no page requests anything but itself, and that axe-core finds nothing
// serious. Called by .ci/browser.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, browserPath, program, demo, site] = process.argv.slice(2).map((argument) => path.resolve(argument));
const require = createRequire(path.join(modules, "package.json"));
const puppeteer = require("puppeteer-core");
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const ROOT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
const SEEDS = fs.readdirSync(path.join(ROOT, "seeds")).sort().map((name) => path.join(ROOT, "seeds", name));
const NOW = "2026-03-11T06:00:00Z";
const VIEWS = [[1200, "light"], [1200, "dark"], [390, "light"], [390, "dark"]];
// From the opening of the page to its first briefing: the least of all views, as the test may share its processors.
const FIRST_BRIEFING_MS = 2000;
const LARGEST_MODULE = 4e6;
// Base64 makes four bytes of three.
const LARGEST_PAGE = LARGEST_MODULE / 3 * 4;
const SEARCH_MS = 200;

const work = fs.mkdtempSync(path.join(os.tmpdir(), "nutgraf-"));
const browser = await puppeteer.launch({ executablePath: browserPath, headless: true, args: ["--no-sandbox", "--disable-gpu"] });

// Opens a page of the disk, and keeps every request that leaves it and every error.
async function open(file, { width = 1200, scheme = "light", hash = "", before } = {}) {
  const page = await browser.newPage();
  page.faults = [];
  page.on("request", (request) => {
    if (!/^(file|blob|data|about):/.test(request.url())) { page.faults.push("request of " + request.url()); }
  });
  page.on("pageerror", (error) => page.faults.push("error: " + error.message));
  await page.setViewport({ width, height: 900, isMobile: width < 500 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  if (before) { await page.evaluateOnNewDocument(before); }
  await page.goto(pathToFileURL(file).href + hash);
  return page;
}

async function readsWell(page, name) {
  // Through the debugger, as the policy of the page allows no script of others.
  await page.evaluate(AXE);
  const { over, faults } = await page.evaluate(async () => {
    const { violations } = await window.axe.run();
    const faults = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
    return { over: document.documentElement.scrollWidth - innerWidth, faults: faults.map(({ id, nodes }) => id + ": " + nodes[0].html) };
  });
  assert.deepEqual(faults, [], name);
  assert.ok(over <= 0, name + " is wider than the window by " + over);
  assert.deepEqual(page.faults, [], name);
}

const text = (page, id) => page.$eval("#" + id, (element) => (element.hidden ? "" : element.textContent));

// Chooses files, and waits for the answer.
async function give(page, zone, files) {
  await page.$eval("#status", (status) => { status.textContent = "waiting…"; });
  await (await page.$(`#${zone} input`)).uploadFile(...files);
  await page.waitForFunction(() => !document.getElementById("status").textContent.endsWith("…"), { timeout: 60000 });
}

function write(name, content) {
  const file = path.join(work, name);
  fs.writeFileSync(file, content);
  return file;
}

async function checkDemo() {
  const size = fs.statSync(demo).size;
  const firsts = [];
  for (const [width, scheme] of VIEWS) {
    const began = Date.now();
    const page = await open(demo, { width, scheme, before: FIXED_CLOCK });
    await page.waitForFunction(() => document.getElementById("status").textContent === "Ready.", { timeout: 60000 });
    const ready = Date.now() - began;
    const dropped = Date.now();
    await give(page, "articles", SEEDS);
    const made = Date.now() - dropped;
    firsts.push(ready + made);
    assert.equal(await text(page, "status"), "12 articles in 11 files.");
    assert.equal(await text(page, "error"), "");
    if (width === 1200 && scheme === "light") {
      console.log(`demo: ${size} bytes, ready after ${ready} ms, briefing of ${SEEDS.length} files ${made} ms later`);
      assert.ok(size < LARGEST_PAGE);
      const shown = await page.$eval("#page", (frame) => frame.srcdoc);
      const expected = execFileSync(program, ["-q", "brief", "--now", NOW, "-t", "html", path.join(ROOT, "seeds")], { encoding: "utf8" });
      assert.equal(shown, expected, "the briefing is that of the program");
      await give(page, "draft", [write("draft.md", "Tomas Brandvik said: \"It is far too late to speak of blame.\"\n")]);
      await page.waitForFunction(() => !document.getElementById("verified").hidden, { timeout: 60000 });
      assert.match(await text(page, "report"), /1 fault; 0 of 1 quotation verbatim/);
    }
    await readsWell(page, `demo ${width} ${scheme}`);
    if (width === 1200) { await page.pdf({ path: path.join(work, "demo.pdf") }); }
    await page.close();
  }
  console.log(`demo: first briefings after ${firsts.join(", ")} ms`);
  assert.ok(Math.min(...firsts) < FIRST_BRIEFING_MS, "the first briefing takes " + firsts);
  await dropping();
  await oddFiles();
  await noWasm();
}

// The clock of the page, at the time of the program's briefing.
const FIXED_CLOCK = `{ const Real = Date; const at = Real.parse("${NOW}");
  window.Date = class extends Real { constructor(...given) { super(...(given.length ? given : [at])); } getTimezoneOffset() { return 0; } static now() { return at; } }; }`;

// Drops files and folders of the disk onto a zone, and waits for the answer.
async function drop(page, zone, files, items = []) {
  await page.evaluate(() => { document.getElementById("status").textContent = "waiting…"; document.getElementById("error").hidden = true; });
  const { x, y, width, height } = await (await page.$("#" + zone)).boundingBox();
  const debug = await page.createCDPSession();
  const at = { x: x + width / 2, y: y + height / 2, data: { items, files, dragOperationsMask: 1 } };
  for (const type of ["dragEnter", "dragOver", "drop"]) { await debug.send("Input.dispatchDragEvent", { type, ...at }); }
  await page.waitForFunction(() => !document.getElementById("status").textContent.endsWith("…") || !document.getElementById("error").hidden, { timeout: 60000 });
}

// The same articles, dropped. A page that was opened from the disk may not read a folder in Chromium.
async function dropping() {
  const page = await open(demo, { before: FIXED_CLOCK });
  await page.waitForFunction(() => document.getElementById("status").textContent === "Ready.", { timeout: 60000 });
  await drop(page, "articles", [], [{ mimeType: "text/plain", data: "some words" }]);
  assert.match(await text(page, "error"), /no file/);
  await drop(page, "articles", [path.join(ROOT, "seeds")]);
  assert.match(await text(page, "error"), /^$|seeds: the browser does not let this page read a folder/);
  await page.$eval("#clear", (button) => button.click());
  await drop(page, "articles", SEEDS);
  assert.equal(await text(page, "error"), "");
  assert.equal(await text(page, "status"), "12 articles in 11 files.");
  const expected = execFileSync(program, ["-q", "brief", "--now", NOW, "-t", "html", path.join(ROOT, "seeds")], { encoding: "utf8" });
  assert.equal(await page.$eval("#page", (frame) => frame.srcdoc), expected);
  await drop(page, "draft", [write("dropped.md", "Tomas Brandvik said: \"It is far too late to speak of blame.\"\n")]);
  await page.waitForFunction(() => !document.getElementById("verified").hidden, { timeout: 60000 });
  assert.deepEqual(page.faults, []);
  await page.close();
}

async function oddFiles() {
  const page = await open(demo);
  await page.waitForFunction(() => document.getElementById("status").textContent === "Ready.", { timeout: 60000 });
  await give(page, "articles", [write("photo.png", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"))]);
  assert.match(await text(page, "error"), /nothing to report[^]*photo\.png/);
  await page.click("#clear");
  assert.equal(await text(page, "error"), "");
  const hostile = "</script><img src=x onerror=\"document.title='run'\"><script>parent.document.title='run'</script>";
  await give(page, "articles", [write("hostile.txt", `${hostile} bridge\n\nThe council closed the ${hostile} bridge on Monday, the mayor said.\n`)]);
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(await page.title(), "nutgraf: a briefing of your articles");
  const inner = await (await (await page.$("#page")).contentFrame()).evaluate(() => [document.title, document.querySelectorAll("img").length]).catch(() => null);
  if (inner) { assert.notEqual(inner[0], "run"); assert.equal(inner[1], 0); }
  await page.click("#clear");
  const many = Array.from({ length: 500 }, (_, n) => write(`many-${n}.txt`, `Bridge ${n} closed\n\nThe council closed bridge number ${n} over the Kelm on Monday, the mayor said.\n`));
  const began = Date.now();
  await give(page, "articles", many);
  assert.equal(await text(page, "status"), "500 articles in 500 files.");
  console.log(`demo: 500 files in ${Date.now() - began} ms`);
  assert.deepEqual(page.faults, []);
  await page.close();
}

async function noWasm() {
  const page = await open(demo, { before: "delete window.WebAssembly;" });
  await page.waitForFunction(() => !document.getElementById("error").hidden);
  assert.match(await text(page, "error"), /cannot run WebAssembly/);
  assert.deepEqual(page.faults, []);
  await page.close();
}

async function checkSite() {
  const names = fs.readdirSync(site).filter((name) => name.endsWith(".html"));
  const first = (start) => names.find((name) => name.startsWith(start));
  const chosen = ["index.html", "speakers.html", first("month-"), first("story-"), first("speaker-"), names.find((name) => /^\d/.test(name))];
  for (const name of chosen) {
    for (const [width, scheme] of VIEWS) {
      const page = await open(path.join(site, name), { width, scheme });
      await readsWell(page, `${name} ${width} ${scheme}`);
      await page.close();
    }
  }
  const page = await open(path.join(site, "index.html"));
  const took = await page.evaluate(() => {
    const query = document.getElementById("query");
    const times = [..."script"].map((_, i, letters) => {
      query.value = letters.slice(0, i + 1).join("");
      const began = performance.now();
      query.dispatchEvent(new Event("input"));
      return performance.now() - began;
    });
    return Math.max(...times);
  });
  console.log(`site: ${names.length} pages, index of ${fs.statSync(path.join(site, "search-index.js")).size} bytes, slowest search ${took.toFixed(1)} ms`);
  assert.ok(took < SEARCH_MS);
  assert.ok((await page.$$("#results li")).length > 0, "hostile titles are found");
  assert.equal(await page.$("#results img, #results script"), null);
  assert.notEqual(await page.title(), "run");
  await readsWell(page, "search results");
  await page.pdf({ path: path.join(work, "site.pdf") });
  await page.close();
}

try {
  await checkDemo();
  await checkSite();
  console.log("the pages read well in the browser");
} finally {
  await browser.close();
  fs.rmSync(work, { recursive: true, force: true });
}
