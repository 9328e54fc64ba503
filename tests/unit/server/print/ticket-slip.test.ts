import { describe, expect, test } from 'vitest';
import type { PaperLine } from '../../../../hardware/printer/paper.ts';
import { demonstrationPlan } from '../../../../server/content/demonstration.ts';
import { LANGUAGES, type Language } from '../../../../server/contract/language.ts';
import type { EpochMs, NeedId, TicketId, TicketNumber } from '../../../../server/domain/ids.ts';
import { needById, serviceById } from '../../../../server/domain/need.ts';
import type { Plan } from '../../../../server/domain/plan.ts';
import { issue, type Ticket } from '../../../../server/domain/ticket.ts';
import { testSlip, ticketSlip, type SlipContent } from '../../../../server/print/ticket-slip.ts';

const PLAN: Plan = { ...demonstrationPlan(), version: 1, specialists: [] };
/** 10:42 in Tallinn. */
const AT = Date.UTC(2026, 10, 24, 8, 42) as EpochMs;
const MINUTE_MS = 60_000;

function aTicket(needId: string | null, language: Language = 'et', number = 'K042'): Ticket {
  const need = needId === null ? undefined : needById(PLAN, needId as NeedId);
  const service = need ? serviceById(PLAN, need.serviceId) : PLAN.services[0];
  if (!service) throw new Error('the demonstration office has services');
  return issue({
    id: '00000000-0000-4000-8000-000000000001' as TicketId,
    number: number as TicketNumber,
    serviceId: service.id,
    queueId: service.queueId,
    needId: need?.id ?? null,
    language,
    interpreter: false,
    standing: 'walk-in',
    classId: null,
    assistance: [],
    further: [],
    note: 'a note for colleagues',
    order: 7,
    day: '2026-11-24',
    at: AT,
    clock: AT,
    promiseMs: 20 * MINUTE_MS,
  });
}

function slip(ticket: Ticket, changes: Partial<SlipContent> = {}): readonly PaperLine[] {
  const wait = { fromMinutes: 15, toMinutes: 25 };
  const phoneUrl = 'https://front.example/t/AbCdEfGhIjKlMnOpQrStUv';
  return ticketSlip({ ticket, plan: PLAN, wait, ahead: 3, phoneUrl, reprint: false, largePrint: false, ...changes });
}

/** Everything a person can read on the paper. */
function words(lines: readonly PaperLine[]): readonly string[] {
  return lines.flatMap((line) => {
    if (line.kind === 'text-and-qr') return [...line.texts, line.data];
    return 'text' in line ? [line.text] : [];
  });
}

const leaves = PLAN.needs.filter(({ kind }) => kind === 'leaf');
const discreet = leaves.filter(({ privacy }) => privacy === 'discreet');
const guarded = leaves.filter(({ privacy }) => privacy !== 'ordinary');

describe('a slip', () => {
  test.each([
    [
      'et',
      [
        'Sotsiaalkindlustusamet',
        'Teie number',
        'K042',
        'Palun oodake saalis.',
        'Ooteaeg on umbes 15–25 minutit.',
        'Püüame teid kutsuda enne kella 11:02.',
        'Skannige kood ja jälgige järjekorda telefonis.',
        'https://front.example/t/AbCdEfGhIjKlMnOpQrStUv',
      ],
      'Antud 24.11.2026 kell 10:42',
    ],
    [
      'en',
      [
        'Estonian National Social Insurance Board',
        'Your number',
        'K042',
        'Please wait in the hall.',
        'The wait is about 15–25 minutes.',
        'We aim to call you by 11:02.',
        'Scan the code to follow the queue on your phone.',
        'https://front.example/t/AbCdEfGhIjKlMnOpQrStUv',
      ],
      'Issued on 24/11/2026 at 10:42',
    ],
    [
      'ru',
      [
        'Департамент социального страхования',
        'Ваш номер',
        'K042',
        'Пожалуйста, подождите в зале.',
        'Примерное время ожидания — 15–25 минут.',
        'Постараемся вызвать вас до 11:02.',
        'Отсканируйте код, чтобы следить за очередью в телефоне.',
        'https://front.example/t/AbCdEfGhIjKlMnOpQrStUv',
      ],
      'Выдан 24.11.2026 в 10:42',
    ],
  ] as const)('speaks the visitor’s language: %s', (language, head, issued) => {
    const text = words(slip(aTicket('pension.certificate', language)));
    expect(text.slice(0, head.length)).toEqual(head);
    expect(text).toContain(issued);
  });

  test('has the number as a picture of its own and shows which edge is up', () => {
    const lines = slip(aTicket('pension.certificate'));
    expect(lines[0]).toEqual({ kind: 'top-edge' });
    expect(lines).toContainEqual({ kind: 'number', text: 'K042' });
  });

  test('takes the Russian plural from the longer wait', () => {
    const waits = [21, 22, 25].map((toMinutes) =>
      words(slip(aTicket('pension.certificate', 'ru'), { wait: { fromMinutes: 5, toMinutes } })).join(),
    );
    expect(waits[0]).toContain('5–21 минута');
    expect(waits[1]).toContain('5–22 минуты');
    expect(waits[2]).toContain('5–25 минут.');
  });

  test('says one number for a range of nothing, and admits when nobody can say', () => {
    const ticket = aTicket('pension.certificate');
    expect(words(slip(ticket, { wait: { fromMinutes: 5, toMinutes: 5 } }))).toContain('Ooteaeg on umbes 5 minutit.');
    expect(words(slip(ticket, { wait: null }))).toContain('Ooteaega ei saa praegu hinnata.');
  });

  test.each([
    ['et', 'KORDUSTRÜKK'],
    ['en', 'REPRINT'],
    ['ru', 'ПОВТОР'],
  ] as const)('printed again is marked: %s', (language, mark) => {
    const banner = { kind: 'banner', text: mark };
    expect(slip(aTicket('pension.certificate', language), { reprint: true })).toContainEqual(banner);
    expect(slip(aTicket('pension.certificate', language))).not.toContainEqual(banner);
  });

  test('is marked in a demonstration office, and only there', () => {
    const real: Plan = { ...PLAN, office: { ...PLAN.office, demonstration: false } };
    const mark = 'Näidisbüroo – ei ole päris järjekord';
    expect(words(slip(aTicket('pension.certificate')))).toContain(mark);
    expect(words(slip(aTicket('pension.certificate'), { plan: real }))).not.toContain(mark);
  });

  test('lists what to bring, as boxes to tick, for an ordinary need', () => {
    const need = needById(PLAN, 'pension.old_age' as NeedId);
    const ticks = slip(aTicket('pension.old_age')).filter(({ kind }) => kind === 'tick');
    expect(ticks).toHaveLength(need?.bring.length ?? -1);
  });
});

describe('the office and the visitor choose how a slip looks', () => {
  const header = { et: 'Sotsiaalkindlustusamet\nTallinna büroo', en: 'Board\nTallinn', ru: 'Департамент\nТаллинн' };
  const footer = { et: 'Küsige julgesti abi.', en: 'Please ask for help.', ru: 'Спрашивайте нас.' };
  const plan: Plan = { ...PLAN, office: { ...PLAN.office, slipTexts: { header, footer } } };

  test.each(LANGUAGES)('its own words stand at the top and at the bottom: %s', (language) => {
    const text = words(slip(aTicket('pension.certificate', language), { plan }));
    expect(text.slice(0, 2)).toEqual(header[language].split('\n'));
    expect(text).toContain(footer[language]);
    expect(text.indexOf(footer[language])).toBeGreaterThan(text.indexOf('K042'));
  });

  test('a header left empty takes no paper', () => {
    const empty = { et: '', en: '', ru: '' };
    const bare: Plan = { ...PLAN, office: { ...PLAN.office, slipTexts: { header: empty, footer: empty } } };
    expect(words(slip(aTicket('pension.certificate'), { plan: bare }))[0]).toBe('Teie number');
  });

  test('in large print no word is smaller than 16 points, and nothing is left out', () => {
    const usual = slip(aTicket('pension.certificate'), { plan });
    const large = slip(aTicket('pension.certificate'), { plan, largePrint: true });
    expect(words(large)).toEqual(words(usual));
    const styles = large.flatMap((line) => ('style' in line ? [line.style] : []));
    expect(styles.length).toBeGreaterThan(5);
    expect(styles.filter((style) => !['large', 'title'].includes(style))).toEqual([]);
    const unstyled = large
      .filter((line) => line.kind === 'tick' || line.kind === 'text-and-qr')
      .filter(({ style }) => style === undefined);
    expect(unstyled).toEqual([]);
  });
});

describe('nobody learns from a slip why its bearer came', () => {
  test('sensitive and discreet needs put no list on paper', () => {
    expect(guarded.length).toBeGreaterThan(10);
    for (const { id } of guarded) {
      for (const language of LANGUAGES) {
        expect(
          slip(aTicket(id, language)).filter(({ kind }) => kind === 'tick'),
          id,
        ).toEqual([]);
      }
    }
  });

  test('no slip names its need or service, and no note gets on it', () => {
    for (const need of leaves) {
      for (const language of LANGUAGES) {
        const text = words(slip(aTicket(need.id, language))).join('\n');
        const service = serviceById(PLAN, need.serviceId);
        expect(text).not.toContain(need.names[language]);
        if (service) expect(text).not.toContain(service.names[language]);
        expect(text).not.toContain('a note for colleagues');
      }
    }
  });

  test('a discreet slip is line for line the slip of the information desk without a list', () => {
    expect(discreet.length).toBeGreaterThan(5);
    for (const language of LANGUAGES) {
      const atInformationDesk = slip({ ...aTicket('papers.funeral', language) });
      for (const { id } of discreet) expect(slip(aTicket(id, language)), id).toEqual(atInformationDesk);
    }
  });
});

test('the test slip shows all letters of the three languages', () => {
  const text = words(testSlip(PLAN, AT)).join('');
  for (const letter of 'õäöüšžÕÄÖÜŠŽ' + 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя') expect(text).toContain(letter);
});
