import type { PaperLine } from '../../hardware/printer/paper.ts';
import { slipWords } from '../../locales/slip.ts';
import { LANGUAGES } from '../domain/language.ts';
import type { TicketNumber } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';

/** A number printed in advance, for a visitor whose language nobody knows yet: every word in all three. */
export function fallbackSlip(number: TicketNumber, { office }: Plan): readonly PaperLine[] {
  const says = (key: 'yourNumber' | 'fallback') => LANGUAGES.map((language) => slipWords(language)(key));
  return [
    { kind: 'top-edge' },
    { kind: 'text', style: 'heading', align: 'center', text: says('yourNumber').join(' · ') },
    { kind: 'number', text: number },
    { kind: 'rule' },
    ...says('fallback').map((text) => ({ kind: 'text', style: 'body', align: 'center', text }) as const),
    { kind: 'rule' },
    { kind: 'text', style: 'foot', align: 'center', text: office.names.et },
    { kind: 'space', dots: 16 },
  ];
}
