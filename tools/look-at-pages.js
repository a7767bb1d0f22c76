// Looks at HTML reports in a headless Chromium, and fails on anything that their readers would trip over.
//
//   NODE_PATH=target/browser/node_modules CHROMIUM=/usr/bin/chromium node tools/look-at-pages.js FOLDER OUT
//
// Of every page in FOLDER: that its own policy blocks nothing of it and lets nothing else in, that it asks for nothing, runs
// nothing and opens no dialog; that axe finds no violation, in light and in dark, on a wide screen and on a narrow one; that
// no page is wider than its screen; and that all of it is printed, what is folded too. OUT gets pictures and PDFs to look at.
'use strict';
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCREENS = { wide: { width: 1280, height: 1600 }, narrow: { width: 390, height: 844 } };

function pagesIn(folder) {
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function open(browser, file, scheme, screen, bypass, problems) {
  const page = await browser.newPage();
  await page.setBypassCSP(bypass);
  await page.setViewport(SCREENS[screen]);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  page.on('console', (message) => problems.push(`the console says: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`a script failed: ${error.message}`));
  page.on('dialog', (dialog) => { problems.push(`a dialog opened: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    if (request.url() !== `file://${file}` && request.url() !== 'data:,') problems.push(`it asks for ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return page;
}

// With its policy in force: its own sheet holds, and hovering, focusing and opening run nothing.
async function behaves(browser, file, problems) {
  const page = await open(browser, file, 'light', 'wide', false, problems);
  const seen = await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    for (const element of document.querySelectorAll('*')) element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    return { margin: getComputedStyle(document.body).margin, scripts: document.scripts.length, images: document.images.length };
  });
  if (seen.margin !== '0px') problems.push('its style sheet is not applied');
  if (seen.scripts + seen.images > 0) problems.push('it has scripts or images');
  await page.close();
}

async function accessible(browser, file, scheme, screen, out, problems) {
  const page = await open(browser, file, scheme, screen, true, problems);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (width > 0) problems.push(`${screen}: it is ${width} pixels wider than the screen`);
  await page.screenshot({ path: `${out}-${scheme}-${screen}.png` });
  await page.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true; });
  await page.evaluate(AXE);
  const result = await page.evaluate((rules) => axe.run({ runOnly: rules }), RULES);
  for (const violation of result.violations) {
    const node = violation.nodes[0];
    problems.push(`${scheme}, ${screen}: axe ${violation.id} × ${violation.nodes.length}: ${node.html.slice(0, 120)} ${node.failureSummary.replace(/\s+/g, ' ')}`);
  }
  await page.close();
  return result.passes.length;
}

// What is folded on the screen is printed.
async function prints(browser, file, out, problems) {
  const page = await open(browser, file, 'dark', 'wide', false, problems);
  await page.emulateMediaType('print');
  const hidden = await page.evaluate(() => [...document.querySelectorAll('details.rule .inside')]
    .filter((inside) => inside.getBoundingClientRect().height === 0).length);
  if (hidden > 0) problems.push(`${hidden} folds are not printed`);
  const back = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  if (back !== 'rgb(255, 255, 255)') problems.push(`it prints on ${back}`);
  await page.pdf({ path: `${out}.pdf`, preferCSSPageSize: true, printBackground: true, tagged: true });
  await page.close();
}

async function main([folder, out]) {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--headless=new', '--disable-gpu'],
  });
  fs.mkdirSync(out, { recursive: true });
  let failed = 0;
  for (const file of pagesIn(path.resolve(folder))) {
    const problems = [];
    const name = path.relative(path.resolve(folder), file);
    const beside = path.join(out, name.replace(/\.html$/, '').replace(/[^\w-]/g, '-'));
    let passes = 0;
    await behaves(browser, file, problems);
    for (const scheme of ['light', 'dark']) {
      for (const screen of Object.keys(SCREENS)) passes += await accessible(browser, file, scheme, screen, beside, problems);
    }
    await prints(browser, file, beside, problems);
    console.log(`${name}: ${passes} checks of axe passed, ${problems.length} problems`);
    for (const problem of problems) console.log(`  ${problem}`);
    failed += problems.length;
  }
  await browser.close();
  process.exitCode = failed === 0 ? 0 : 1;
}

main(process.argv.slice(2)).catch((error) => { console.error(error); process.exitCode = 2; });
