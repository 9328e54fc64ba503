import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawPaper } from '../../../../hardware/printer/draw-paper.ts';
import { encodeJob } from '../../../../hardware/printer/encode-job.ts';
import { TicketEncoder } from '../../../../hardware/printer/escpos-encoder.ts';
import { foldedForFonts, fontRuns } from '../../../../hardware/printer/font-text.ts';
import { foldedForPaper } from '../../../../hardware/printer/printable.ts';
import { PROFILES, type Profile } from '../../../../hardware/printer/profile.ts';
import { letterAt, ROMS } from '../../../../hardware/printer/virtual/rom.ts';
import { printed, SLIPS } from '../../../support/printer-paper.ts';
import { aProfile } from '../../../support/printer-rig.ts';

const LANGUAGES = ['et', 'en', 'ru'] as const;
const WITH_LETTERS = PROFILES.filter(({ tables }) => tables.length > 0);

describe.each(PROFILES)('profile $name', (profile) => {
  const model = { rom: romOf(profile), dots: profile.dots };

  test.each(LANGUAGES)('the bytes of a slip in letters, %s', async (language) => {
    const { chunks } = encodeJob({ id: 'golden', lines: SLIPS[language].lines }, profile, 'fonts');
    const bytes = profile.tables.length > 0 ? Buffer.concat(chunks).toString('hex') : hashOf(chunks);
    await expect(`${bytes.replaceAll(/.{96}/g, '$&\n')}\n`).toMatchFileSnapshot(
      `golden/${profile.name}-${language}.hex`,
    );
  });

  test.each(LANGUAGES)('a picture comes out dot by dot as it was drawn, %s', (language) => {
    const { lines } = SLIPS[language];
    const [slip, ...others] = printed(encodeJob({ id: 'x', lines }, profile, 'raster'), model);
    if (!profile.cutter) return expect(slip).toBeUndefined();
    const drawn = Buffer.from(drawPaper(lines, profile.dots).data);
    const dots = Buffer.from(slip?.picture.data ?? []).subarray(0, drawn.length);
    expect(dots.equals(drawn)).toBe(true);
    expect(others).toEqual([]);
  });

  test('no chunk is longer than what ends a picture cut short', () => {
    for (const printAs of ['raster', 'fonts'] as const) {
      const { chunks } = encodeJob(
        { id: 'x', lines: [...SLIPS.ru.lines, { kind: 'number', text: 'K1042' }] },
        profile,
        printAs,
      );
      expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(8 * 1024);
    }
  });
});

describe('letters read back from the bytes by tables of the printer’s own', () => {
  const wide = WITH_LETTERS.filter(({ columns, cutter }) => columns === 48 && cutter);

  test.each(wide.flatMap((profile) => LANGUAGES.map((language) => [profile.name, language] as const)))(
    '%s, %s',
    (name, language) => {
      const profile = aProfile(name);
      const job = encodeJob({ id: 'x', lines: SLIPS[language].lines }, profile, 'fonts');
      const [slip, ...others] = printed(job, { rom: romOf(profile), dots: profile.dots }, true);
      expect(slip?.text).toEqual(SLIPS[language].text);
      expect(others).toEqual([]);
    },
  );

  test('no row is wider than the paper', () => {
    for (const profile of WITH_LETTERS.filter(({ cutter }) => cutter)) {
      const { lines } = SLIPS.ru;
      const [slip] = printed(encodeJob({ id: 'x', lines }, profile, 'fonts'), {
        rom: romOf(profile),
        dots: profile.dots,
      });
      for (const row of slip?.text ?? []) expect(row.length).toBeLessThanOrEqual(profile.columns);
    }
  });

  test('a table is selected only where it changes', () => {
    const runs = fontRuns('Järjekord / Очередь / Queue ö', aProfile('epson'));
    expect(runs?.map(({ text, table }) => [table?.number, text])).toEqual([
      [16, 'Järjekord / '],
      [17, 'Очередь / Queue '],
      [16, 'ö'],
    ]);
  });

  test('a line with a letter no table has is drawn, never printed with a "?"', () => {
    const lines = [{ kind: 'text', style: 'body', align: 'left', text: 'Łódź? 你好' }] as const;
    const [slip] = printed(encodeJob({ id: 'x', lines }, aProfile('epson'), 'fonts'));
    expect(slip?.text).toEqual([]);
    expect(slip?.picture.data.some((dots) => dots !== 0)).toBe(true);
  });

  test('signs no table of the profile has are folded to plain ones', () => {
    const only866: Profile = { ...aProfile('epson'), tables: [{ name: 'PC866', number: 17 }] };
    expect(foldedForFonts('5 € „а“ № 3', only866)).toBe('5 EUR "а" № 3');
    const only1252: Profile = { ...aProfile('epson'), tables: [{ name: 'WPC1252', number: 16 }] };
    expect(foldedForFonts('tuba № 3', only1252)).toBe('tuba nr 3');
    expect(foldedForFonts('«а»', { ...aProfile('epson'), keeps: '«»' })).toBe('«а»');
  });
});

test('no control character of any kind is left in a text for paper', () => {
  expect(foldedForPaper('a\u001b@\u0000b\u007fc\u0085d\u202ee\u00a0f')).toBe('a@bcde f');
});

describe('whatever the text is', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary-ascii' }),
  );

  test('its letters become bytes of the selected table alone, and no control byte', () => {
    const profile = aProfile('epson');
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldedForFonts(text, profile);
        for (const run of fontRuns(folded, profile) ?? []) {
          const bytes = new TicketEncoder(profile).row([{ ...run, table: run.table }]).take();
          const letters = [...bytes.subarray(run.table ? 3 : 0, -1)];
          expect(letters.every((byte) => byte >= 0x20 && byte !== 0x7f)).toBe(true);
          expect(letters.map((byte) => letterAt(ROMS.epson, run.table?.number ?? 0, byte)).join('')).toBe(run.text);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('a whole slip of it is one piece of paper and no command of its own', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = [
          { kind: 'text', style: 'body', align: 'left', text: `${text}\u001b@\u001dV0\u0010\u0014` },
          { kind: 'tick', text },
          { kind: 'text', style: 'foot', align: 'left', text: 'lõpp' },
        ] as const;
        const [slip, ...others] = printed(encodeJob({ id: 'x', lines }, aProfile('epson'), 'fonts'));
        expect(others).toEqual([]);
        expect(slip?.text.at(-1)).toBe('lõpp');
      }),
      { numRuns: 200 },
    );
  });
});

test('every word of a slip, in every language, is in the usual pair of tables', () => {
  const folder = join(import.meta.dirname, '../../../../locales');
  for (const language of readdirSync(folder).filter((name) => LANGUAGES.some((known) => known === name))) {
    const texts = textsOf(JSON.parse(readFileSync(join(folder, language, 'slip.json'), 'utf8')));
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts)
      expect(fontRuns(foldedForFonts(text, aProfile('epson')), aProfile('epson')), text).not.toBeNull();
  }
});

test('a code the printer draws itself says what it must', () => {
  const data = 'https://queue.example/t/AbC-õ_1';
  const lines = [{ kind: 'text-and-qr', data, texts: ['Ooteaeg'] }] as const;
  const [slip] = printed(encodeJob({ id: 'x', lines }, aProfile('epson'), 'fonts'));
  expect(slip).toMatchObject({ text: ['Ooteaeg'], codes: [data] });
});

test('a job may be several pieces of paper', () => {
  const piece = (text: string) => ({ kind: 'text', style: 'body', align: 'left', text }) as const;
  const lines = [piece('üks'), { kind: 'cut' }, piece('kaks'), { kind: 'cut' }] as const;
  const slips = printed(encodeJob({ id: 'x', lines }, aProfile('epson'), 'fonts'));
  expect(slips.map(({ text }) => text)).toEqual([['üks'], ['kaks']]);
});

function romOf({ name }: Profile): keyof typeof ROMS {
  if (name.startsWith('star')) return 'star';
  return name.startsWith('clone') ? 'clone' : 'epson';
}

function hashOf(chunks: readonly Uint8Array[]): string {
  return createHash('sha256').update(Buffer.concat(chunks)).digest('hex');
}

function textsOf(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsOf) : [];
}
