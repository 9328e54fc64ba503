import { describe, expect, test } from 'vitest';
import type { Answer, RequestName } from '#contract/events.ts';
import { aBoard } from '../../unit/console/a-board.ts';
import { atTheDesk, key } from './at-the-desk.ts';
import { answering, type ScriptedLine } from './scripted-line.svelte.ts';

const KNOWN: Answer<'fallback-words:look'> = {
  planVersion: 3,
  words: { et: 'Pöörduge infoletti.', en: 'Go to the information desk.', ru: 'Обратитесь к стойке.' },
};
const HEAD = aBoard({ me: { ...aBoard().me, role: 'head' } });

async function atTheWords(answers: Partial<Record<RequestName, unknown>>): Promise<ScriptedLine> {
  const { line } = await atTheDesk(HEAD, 'en');
  line.reply = answering(answers);
  await key('page-office').click();
  await key('section-fallback').click();
  return line;
}

describe('what kiosks tell when no number can be given', () => {
  test('is shown as the visitor will see it while it is written, in every language', async () => {
    await atTheWords({ 'fallback-words:look': KNOWN });
    await expect.element(key('fallback-preview')).toMatchTextContent(/You cannot get a number here right now/);
    await expect.element(key('fallback-preview')).toMatchTextContent(/Сейчас здесь нельзя получить номер/);
    await key('fallback-en').fill('Take a number from the holder.');
    await expect.element(key('fallback-preview')).toMatchTextContent(/Take a number from the holder\./);
  });

  test('is sent once, with the version that was looked at; there is nothing to save before anything is changed', async () => {
    const answers: Partial<Record<RequestName, unknown>> = { 'fallback-words:look': KNOWN };
    const line = await atTheWords(answers);
    await expect.element(key('save-fallback')).toBeDisabled();
    await key('fallback-ru').fill('Номер — в держателе.');
    answers['fallback-words:look'] = { planVersion: 4, words: { ...KNOWN.words, ru: 'Номер — в держателе.' } };
    await key('save-fallback').click();
    await expect.element(key('save-fallback')).toBeDisabled();
    const sent = line.asked.filter(({ name }) => name === 'fallback-words:change').map(({ request }) => request);
    expect(sent).toMatchObject([{ planVersion: 3, words: { ...KNOWN.words, ru: 'Номер — в держателе.' } }]);
  });

  test('with a language missing stays as it was, and the language is named', async () => {
    const line = await atTheWords({ 'fallback-words:look': KNOWN });
    await key('fallback-et').fill(' ');
    line.reply = (name) =>
      name === 'fallback-words:change'
        ? { ok: false, error: { code: 'texts-incomplete', missing: ['et'] } }
        : { ok: true, value: KNOWN };
    await key('save-fallback').click();
    await expect.element(key('trouble')).toMatchTextContent(/Estonian|Eesti/);
    await expect.element(key('fallback-et')).toHaveValue(' ');
  });
});
