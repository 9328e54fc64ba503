// Draws every letter a slip may need, once, as black-and-white pictures: `npm run glyphs`. The result is committed, so
// printing needs no font and no browser. Roboto (OFL-1.1) comes from its npm package.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright';

const require = createRequire(import.meta.url);
const faces = ['latin', 'latin-ext', 'cyrillic'].map((part) =>
  readFileSync(require.resolve(`@fontsource-variable/roboto/files/roboto-${part}-wght-normal.woff2`)).toString('base64'),
);
const TEXT =
  [...Array(95).keys()].map((i) => String.fromCharCode(32 + i)).join('') +
  'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿ' +
  'ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĢģĪīĮįĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŤťŪūŮůŰűŲųŹźŻżŽž' +
  [...Array(64).keys()].map((i) => String.fromCharCode(0x410 + i)).join('') +
  'ЁёІіЇїЄєҐґ' +
  '„“”‚‘’«»‹›–—…€№§°·×−½•©®™';
const NUMBER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-';
// Sizes in dots; 8 dots are a millimetre. Capitals are 0.711 of the size, so 236 dots make a number 168 dots (21 mm) high.
const STYLES = {
  foot: { weight: 500, size: 26, line: 34, letters: TEXT },
  body: { weight: 500, size: 30, line: 38, letters: TEXT },
  lead: { weight: 500, size: 34, line: 42, letters: TEXT },
  heading: { weight: 700, size: 40, line: 50, letters: TEXT },
  large: { weight: 500, size: 46, line: 56, letters: TEXT },
  title: { weight: 700, size: 54, line: 66, letters: TEXT },
  number: { weight: 800, size: 236, line: 184, letters: NUMBER },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
for (const [name, style] of Object.entries(STYLES)) {
  const drawn = await page.evaluate(draw, { faces, style });
  writeFileSync(new URL(`${name}.json`, import.meta.url), `${JSON.stringify({ ...drawn, line: style.line })}\n`);
}
await browser.close();

/** Runs in the browser: each letter as `[advance, left, top, width, height, rows in base64]`, in dots from the baseline. */
async function draw({ faces: data, style }) {
  const ranges = [
    'U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2212',
    'U+0100-02BA, U+1E00-1EFF',
    'U+0301, U+0400-045F, U+0490-0491, U+2116',
  ];
  for (const [i, base64] of data.entries()) {
    const url = `url(data:font/woff2;base64,${base64})`;
    const face = new FontFace('Slip', url, { weight: '100 900', unicodeRange: ranges[i] });
    document.fonts.add(await face.load());
  }
  const pad = 40;
  const canvas = new OffscreenCanvas(style.size * 2 + pad, style.size * 2 + pad);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const glyphs = {};
  for (const letter of style.letters) {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.font = `${style.weight} ${style.size}px Slip`;
    context.fontKerning = 'none';
    context.fillText(letter, pad, style.size + pad);
    const { data: dots } = context.getImageData(0, 0, canvas.width, canvas.height);
    glyphs[letter] = cut(dots, canvas.width, canvas.height, Math.round(context.measureText(letter).width));
  }
  return { size: style.size, glyphs };

  function cut(dots, width, height, advance) {
    let [left, top, right, bottom] = [width, height, 0, 0];
    const ink = (x, y) => dots[(y * width + x) * 4 + 3] > 127;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!ink(x, y)) continue;
        [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      }
    }
    if (right === 0) return [advance, 0, 0, 0, 0, ''];
    const stride = Math.ceil((right - left) / 8);
    const rows = new Uint8Array(stride * (bottom - top));
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        if (ink(x, y)) rows[(y - top) * stride + ((x - left) >> 3)] |= 0x80 >> ((x - left) & 7);
      }
    }
    return [advance, left - pad, top - style.size - pad, right - left, bottom - top, btoa(String.fromCharCode(...rows))];
  }
}
