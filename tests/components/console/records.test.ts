import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { Answer, RequestName } from '#contract/events.ts';
import { aBoard, MINUTE_MS, NOW } from '../../unit/console/a-board.ts';
import { atTheDesk, key } from './at-the-desk.ts';
import { answering, type ScriptedLine } from './scripted-line.svelte.ts';

const HASH = '0123456789abcdef'.repeat(4);
const JOURNAL: Answer<'journal:look'> = {
  lines: 1234,
  sealed: [
    { seq: 1200, day: '2026-11-23', hash: HASH, sealedAt: NOW - 600 * MINUTE_MS },
    { seq: 900, day: '2026-11-22', hash: HASH.split('').toReversed().join(''), sealedAt: NOW - 2_000 * MINUTE_MS },
  ],
  looked: { at: NOW, from: 'last-seal', lines: 34, brokenAt: null },
};
const KEPT: Answer<'retention:look'> = {
  ...{ planVersion: 3, detailsDays: 30, ticketsDays: 90, most: { detailsDays: 30, ticketsDays: 90 } },
  lastPurge: { at: NOW - 60 * MINUTE_MS, details: 12, tickets: 5 },
};
const HEAD = aBoard({ me: { ...aBoard().me, role: 'head' } });
const SPECIALIST = aBoard({ me: { ...aBoard().me, role: 'specialist' } });
const ADMIN = aBoard({ me: { ...aBoard().me, role: 'admin' } });

/** The office page at one of its sections; what is asked for is answered as scripted. */
async function at(
  section: string,
  answers: Partial<Record<RequestName, unknown>>,
  board = HEAD,
  language: 'et' | 'en' | 'ru' = 'en',
): Promise<ScriptedLine> {
  const { line } = await atTheDesk(board, language);
  // The office page opens with the devices, which ask for the list of screens.
  line.reply = answering(answers);
  await key('page-office').click();
  await key(`section-${section}`).click();
  return line;
}

function asked(line: ScriptedLine, name: RequestName) {
  return line.asked.filter((one) => one.name === name).map(({ request }) => request);
}

describe("the journal's seals", () => {
  test('stand with day, line and a code in pieces that can be compared with paper', async () => {
    await at('journal', { 'journal:look': JOURNAL });
    await expect.element(key('seal-2026-11-23')).toMatchTextContent(/23 Nov 2026.*1200.*0123 4567 89ab cdef/);
    await expect.element(key('last-look')).toMatchTextContent(/Every line fits.*10:00.*34.*1234/);
  });

  test('a broken journal is an alarm that names the line, whoever reads it', async () => {
    const broken = { ...JOURNAL, looked: { ...JOURNAL.looked, brokenAt: 812 } };
    await at('journal', { 'journal:look': broken }, HEAD, 'ru');
    await expect.element(page.getByRole('alert')).toMatchTextContent(/812/);
    await expect.element(key('last-look')).not.toMatchTextContent(/сходятся/);
  });

  test('printing asks once, and says why nothing came', async () => {
    const line = await at('journal', { 'journal:look': JOURNAL });
    await expect.element(key('seal-print')).toBeVisible();
    line.reply = () => ({ ok: false, error: { code: 'nothing-sealed' } });
    await key('seal-print').click();
    await expect.element(key('trouble')).toMatchTextContent(/No day is sealed yet/);
    expect(asked(line, 'journal:print-seal')).toHaveLength(1);
  });

  test('the file holds what verify-log reads, the oldest first', async () => {
    await at('journal', { 'journal:look': JOURNAL });
    // The page gives the file away with a link; where it goes is the browser's business.
    const file = Promise.withResolvers<Blob>();
    const name = Promise.withResolvers<string>();
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      file.resolve(blob as Blob);
      return 'blob:kept';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      name.resolve(this.download);
    });
    await key('seal-export').click();
    expect(await name.promise).toBe('2026-11-23-journal-seals.jsonl');
    const lines = (await (await file.promise).text()).trim().split('\n');
    expect(lines.map((text) => JSON.parse(text) as unknown)).toEqual(JOURNAL.sealed.toReversed());
    vi.restoreAllMocks();
  });

  test('the whole journal is looked through on demand, and the answer is shown', async () => {
    const answers: Partial<Record<RequestName, unknown>> = { 'journal:look': JOURNAL };
    const line = await at('journal', answers);
    answers['journal:look'] = { ...JOURNAL, looked: { ...JOURNAL.looked, from: 'beginning', lines: 1234 } };
    await key('journal-verify').click();
    await expect.element(key('last-look')).toMatchTextContent(/The whole journal/);
    expect(asked(line, 'journal:verify')).toHaveLength(1);
  });

  test('are no business of a specialist', async () => {
    await at('devices', {}, SPECIALIST);
    await expect.element(key('section-devices')).toBeVisible();
    await expect.element(key('section-journal')).not.toBeInTheDocument();
    await expect.element(key('section-retention')).not.toBeInTheDocument();
  });
});

describe('how long data is kept', () => {
  test('is read with what was deleted last, and the head changes it', async () => {
    const answers: Partial<Record<RequestName, unknown>> = { 'retention:look': KEPT };
    const line = await at('retention', answers);
    await expect.element(key('last-purge')).toMatchTextContent(/12.*5/);
    await key('details-days').fill('14');
    answers['retention:set'] = { planVersion: 4 };
    answers['retention:look'] = { ...KEPT, planVersion: 4, detailsDays: 14 };
    await key('save-retention').click();
    await expect.element(page.getByText('Saved.')).toBeVisible();
    expect(asked(line, 'retention:set')).toMatchObject([{ planVersion: 3, detailsDays: 14, ticketsDays: 90 }]);
  });

  test('beyond the longest time nothing is sent, and the fields say what may be', async () => {
    const line = await at('retention', { 'retention:look': KEPT });
    await key('details-days').fill('31');
    await key('save-retention').click();
    await expect.element(page.getByRole('alert')).toMatchTextContent(/1 to 30.*1 to 90/);
    expect(asked(line, 'retention:set')).toHaveLength(0);
  });

  test('an administrator reads it and changes nothing', async () => {
    await at('retention', { 'retention:look': KEPT }, ADMIN);
    await expect.element(key('details-days')).toBeDisabled();
    await expect.element(key('save-retention')).not.toBeInTheDocument();
  });

  test('who was slower is told, and sees what the other set', async () => {
    const line = await at('retention', { 'retention:look': KEPT });
    await key('details-days').fill('14');
    line.reply = (name) =>
      name === 'retention:set'
        ? { ok: false, error: { code: 'plan-changed', version: 4 } }
        : { ok: true, value: { ...KEPT, planVersion: 4, detailsDays: 21 } };
    await key('save-retention').click();
    await expect.element(key('trouble')).toBeVisible();
    await expect.element(key('details-days')).toHaveValue(21);
  });
});

test('the limit of a screen is changed where the screens stand', async () => {
  const screen = {
    ...{ deviceId: 'device-1', kind: 'kiosk', name: 'Fuajee', pairedAt: NOW, pairedBy: null, seenAt: NOW },
    ...{ connected: true, limits: { perMinute: 60, burst: 10 } },
  };
  const line = await at('screens', { 'device:list': [screen] });
  await key('limit-Fuajee').click();
  await key('limit-per-minute').fill('0');
  await expect.element(key('save-limit')).toHaveAttribute('aria-disabled', 'true');
  await key('limit-per-minute').fill('30');
  await key('save-limit').click();
  await expect.element(key('save-limit')).not.toBeInTheDocument();
  expect(asked(line, 'device:limit')).toMatchObject([{ deviceId: 'device-1', limits: { perMinute: 30, burst: 10 } }]);
});

test('the section of the devices says its name once', async () => {
  await at('devices', {});
  await expect.element(page.getByRole('heading', { name: 'Devices', exact: true })).toHaveLength(1);
});

describe('backups', () => {
  const backups = [
    { name: 'infolett-2026-11-24.backup', at: NOW - 600 * MINUTE_MS, bytes: 1_234_000 },
    { name: 'infolett-2026-11-23.backup', at: NOW - 2_000 * MINUTE_MS, bytes: 98_700 },
  ];

  test.each([
    ['et', '1,2 MB', '98,7 kB'],
    ['en', '1.2 MB', '98.7 kB'],
    ['ru', '1,2 МБ', '98,7 кБ'],
  ] as const)('are listed with their size as the language writes it (%s)', async (language, large, small) => {
    await at('backups', { 'backup:list': { isOurs: true, keepDays: 30, at: '02:30', backups } }, HEAD, language);
    const cells = () => document.querySelectorAll('[data-testid=backups] td:nth-child(2)');
    await expect
      .poll(() => [...cells()].map(({ textContent }) => textContent.replaceAll(/\s/g, ' ')))
      .toEqual([large, small]);
  });
});
