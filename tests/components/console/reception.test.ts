import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { aBoard, called } from '../../unit/console/a-board.ts';
import { atTheDesk, key } from './at-the-desk.ts';
import { CONTENT } from './scripted-line.svelte.ts';

const ISSUED = { ticketId: 'id-M001', number: 'M001', ahead: 2, phoneToken: 'a-token', slip: 'printing' } as const;

describe('the reception', () => {
  test('a Russian word finds the need and tells the visitor’s language; two taps give the number', async () => {
    const { line } = await atTheDesk(aBoard());
    line.reply = () => ({ ok: true, value: ISSUED });
    await key('page-triage').click();
    await page.getByRole('searchbox').fill('ребенок родил');
    await key('find-family.birth').click();
    await key('issue').click();
    await expect.element(key('given-number')).toMatchTextContent('M001');
    expect(line.asked).toMatchObject([
      {
        name: 'ticket:issue-for',
        request: { needId: 'family.birth', serviceId: 'family', language: 'ru', print: true },
      },
    ]);
  });

  test('a language somebody chose is not changed by the words typed', async () => {
    const { line } = await atTheDesk(aBoard());
    line.reply = () => ({ ok: true, value: ISSUED });
    await key('page-triage').click();
    await key('choice-en').click();
    await page.getByRole('searchbox').fill('ребенок родил');
    await key('find-family.birth').click();
    await key('issue').click();
    await expect.element(key('given-number')).toBeVisible();
    expect(line.asked[0]?.request.language).toBe('en');
  });

  test('by keyboard: typing, Enter, and the key that gives the number', async () => {
    const { line } = await atTheDesk(aBoard());
    line.reply = () => ({ ok: true, value: ISSUED });
    await userEvent.keyboard('2');
    await page.getByRole('searchbox').fill('vanadus');
    await userEvent.keyboard('{Enter}');
    (key('issue').element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(key('given-number')).toBeVisible();
    expect(line.asked[0]?.request.needId).toBe('pension.old_age');
  });

  test('a way without topic gives the number with one tap, with what was found out', async () => {
    const { line } = await atTheDesk(aBoard());
    line.reply = () => ({ ok: true, value: ISSUED });
    await key('page-triage').click();
    await key('choice-infant').click();
    await key('choice-fetch').click();
    await key('way-unsure').click();
    expect(line.asked).toMatchObject([
      {
        name: 'ticket:issue-for',
        request: { needId: 'unsure', standing: 'priority', classId: 'infant', assistance: ['fetch'] },
      },
    ]);
  });

  test('without a class of visitors priority is taken away again, and the ticket has the standing it had', async () => {
    const current = called('K007', { state: 'serving', needId: null, standing: 'returning' });
    const { line } = await atTheDesk(aBoard({ current }));
    await key('triage').click();
    await key('choice-infant').click();
    await key('choice-senior').click();
    await expect.element(key('choice-infant')).toHaveAttribute('aria-pressed', 'false');
    await key('choice-senior').click();
    await key('save-triage').click();
    expect(line.asked).toMatchObject([{ request: { standing: 'returning', classId: null } }]);
  });

  test('sent elsewhere: the need names who does it; without one, a tap on the institution', async () => {
    const { line } = await atTheDesk(aBoard());
    await key('page-triage').click();
    await key('topic-family').click();
    await key('find-family.maintenance_enforcement').click();
    await key('referred').click();
    await expect.element(key('done')).toBeVisible();
    await key('referred').click();
    await key('refer-other').click();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    const elsewhere = CONTENT.needs.find(({ id }) => id === 'family.maintenance_enforcement')?.elsewhere;
    expect(line.asked).toMatchObject([
      { name: 'visit:answered', request: { how: 'referred', organisationId: elsewhere } },
      { name: 'visit:answered', request: { how: 'referred', organisationId: null } },
    ]);
  });

  test('what is found out about the next visitor while an answer is awaited stays', async () => {
    const { line } = await atTheDesk(aBoard());
    const { promise, resolve } = Promise.withResolvers<undefined>();
    line.reply = () => promise.then(() => ({ ok: true, value: null })) as Promise<never>;
    await key('page-triage').click();
    await key('answered').click();
    await page.getByRole('searchbox').fill('vanadus');
    resolve(undefined);
    await expect.element(key('done')).toBeVisible();
    await expect.element(page.getByRole('searchbox')).toHaveValue('vanadus');
    await expect.element(key('find-pension.old_age')).toBeVisible();
  });

  test('the next visitor begins with nothing chosen; a refused one loses nothing', async () => {
    const { line } = await atTheDesk(aBoard());
    await key('page-triage').click();
    await key('topic-pension').click();
    await key('find-pension.old_age').click();
    await key('choice-ru').click();
    line.reply = () => ({ ok: false, error: { code: 'service-closed', opensAt: null } });
    await key('issue').click();
    await expect.element(key('trouble')).toBeVisible();
    await expect.element(key('choice-ru')).toHaveAttribute('aria-pressed', 'true');
    line.reply = () => ({ ok: true, value: ISSUED });
    await key('issue').click();
    await expect.element(key('given-number')).toBeVisible();
    await expect.element(key('choice-et')).toHaveAttribute('aria-pressed', 'true');
    await expect.element(key('issue')).toHaveAttribute('aria-disabled', 'true');
  });

  test('answered at once is recorded without a number', async () => {
    const { line } = await atTheDesk(aBoard());
    await key('page-triage').click();
    await key('answered').click();
    await expect.element(key('done')).toBeVisible();
    expect(line.asked).toMatchObject([{ name: 'visit:answered', request: { how: 'answered', needId: null } }]);
  });

  test('changing a visitor’s need starts from all that is known and goes back to the desk', async () => {
    const current = called('K007', { state: 'serving', language: 'ru', note: 'vajab abi', standing: 'returning' });
    const { line } = await atTheDesk(aBoard({ current }));
    await key('triage').click();
    await page.getByRole('searchbox').fill('rahvapension');
    await userEvent.keyboard('{Enter}');
    await key('save-triage').click();
    await expect.element(key('current-ticket')).toBeVisible();
    expect(line.asked).toMatchObject([
      {
        name: 'ticket:triage',
        request: { ticketId: 'id-K007', language: 'ru', note: 'vajab abi', standing: 'returning' },
      },
    ]);
  });
});
