import type { PaperLine } from '../../hardware/printer/paper.ts';
import { dateText } from '../../locales/clock.ts';
import { slipWords } from '../../locales/slip.ts';
import type { Plan } from '../domain/plan.ts';

/** The sealed end of one day of the journal. */
export interface Seal {
  readonly day: string;
  readonly seq: number;
  readonly hash: string;
}

/** Eight digits a row can be read aloud and typed without losing the place. */
const ROW = /.{1,16}/g;

/** The seal on paper, outside the reach of whoever has the computer: `npm run verify-log -- --head SEQ:HASH`. */
export function sealSheet({ day, seq, hash }: Seal, plan: Plan): readonly PaperLine[] {
  const t = slipWords('et');
  const { agency, names, zone } = plan.office;
  const date = dateText(Date.parse(`${day}T12:00:00Z`), 'et', zone);
  return [
    { kind: 'top-edge' },
    { kind: 'text', style: 'heading', align: 'center', text: t('seal.title') },
    { kind: 'text', style: 'lead', align: 'center', text: date },
    { kind: 'text', style: 'foot', align: 'center', text: `${agency.et} · ${names.et}` },
    { kind: 'rule' },
    { kind: 'text', style: 'lead', align: 'left', text: t('seal.line', { seq }) },
    ...(hash.match(ROW) ?? []).map((row): PaperLine => ({
      kind: 'text',
      style: 'lead',
      align: 'left',
      text: row.replace(/(.{4})(?=.)/g, '$1 '),
    })),
    { kind: 'qr', data: `${seq}:${hash}` },
    { kind: 'text', style: 'foot', align: 'center', text: t('seal.keep') },
    { kind: 'space', dots: 16 },
  ];
}
