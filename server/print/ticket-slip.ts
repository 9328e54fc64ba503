import type { PaperLine, TextStyle } from '../../hardware/printer/paper.ts';
import { clockText, dateText } from '../../locales/clock.ts';
import { slipWords } from '../../locales/slip.ts';
import { needById, paperMayList, serviceById } from '../domain/need.ts';
import type { Plan } from '../domain/plan.ts';
import { slipTextsOf } from '../domain/slip-texts.ts';
import type { Ticket } from '../domain/ticket.ts';

/** What a slip tells. Waits in whole minutes, rounded outward; `null`: nobody can say. */
export interface SlipContent {
  readonly ticket: Ticket;
  readonly plan: Plan;
  readonly wait: { readonly fromMinutes: number; readonly toMinutes: number } | null;
  readonly ahead: number;
  readonly phoneUrl: string;
  readonly reprint: boolean;
  /** Every word at least 16 points high; the number already is. */
  readonly largePrint: boolean;
}

/**
 * A visitor's slip in their language. It never names the service, the need or a person: whoever finds it learns a number
 * and a time. What to bring is listed only where neither need nor service is sensitive, so a discreet visitor's slip is
 * the same as any other of the information desk.
 */
export function ticketSlip(content: SlipContent): readonly PaperLine[] {
  const { ticket, plan, reprint, phoneUrl } = content;
  const t = slipWords(ticket.language);
  const { language } = ticket;
  const { waitingPlace, zone, demonstration } = plan.office;
  const { foot, lead, heading, body } = stylesOf(content);
  const { header, footer } = slipTextsOf(plan.office);
  const time = clockText(ticket.issuedAt, language, zone);
  const date = dateText(ticket.issuedAt, language, zone);
  return [
    { kind: 'top-edge' },
    ...textLines(header[language], foot),
    ...(reprint ? ([{ kind: 'banner', text: t('reprint') }] as const) : []),
    { kind: 'text', style: heading, align: 'center', text: t('yourNumber') },
    { kind: 'number', text: ticket.number },
    { kind: 'text', style: lead, align: 'center', text: `${waitingPlace[language]}.` },
    { kind: 'rule' },
    { kind: 'text-and-qr', data: phoneUrl, texts: [...waitTexts(content), t('qr')], style: body },
    { kind: 'rule' },
    ...bringLines(content),
    ...textLines(footer[language], body),
    { kind: 'text', style: foot, align: 'center', text: t('issued', { date, time }) },
    ...(demonstration ? textLines(t('demonstration'), foot) : []),
    { kind: 'space', dots: 16 },
  ];
}

/** A slip that shows whether the printer prints well: all letters of the three languages, the number, a code. */
export function testSlip(plan: Plan, now: number): readonly PaperLine[] {
  const t = slipWords('et');
  const { zone } = plan.office;
  const { header, footer } = slipTextsOf(plan.office);
  return [
    { kind: 'top-edge' },
    { kind: 'text', style: 'heading', align: 'center', text: t('testTitle') },
    ...textLines(header.et, 'foot'),
    { kind: 'number', text: 'A123' },
    { kind: 'rule' },
    { kind: 'text', style: 'body', align: 'left', text: 'õäöüšž ÕÄÖÜŠŽ' },
    { kind: 'text', style: 'body', align: 'left', text: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя' },
    { kind: 'text', style: 'body', align: 'left', text: 'abcdefghijklmnopqrstuvwxyz 0123456789 „“ – € №' },
    {
      kind: 'text-and-qr',
      data: 'https://example.org',
      texts: [dateText(now, 'et', zone), clockText(now, 'et', zone)],
    },
    { kind: 'rule' },
    ...textLines(footer.et, 'body'),
  ];
}

/** The office's own words, a line of paper for each of theirs. */
function textLines(text: string, style: TextStyle): readonly PaperLine[] {
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  return rows.map((row) => ({ kind: 'text', style, align: 'center', text: row }));
}

/** 8 dots are a millimetre: `large` is 46 dots, 16 points, what readers with low vision are advised to be given. */
const USUAL = { foot: 'foot', body: 'body', lead: 'lead', heading: 'heading' } as const;
const LARGE = { foot: 'large', body: 'large', lead: 'large', heading: 'title' } as const;

function stylesOf({ largePrint }: SlipContent): Readonly<Record<keyof typeof USUAL, TextStyle>> {
  return largePrint ? LARGE : USUAL;
}

function waitTexts({ ticket, wait, plan }: SlipContent): readonly string[] {
  const t = slipWords(ticket.language);
  if (!wait) return [t('wait.unknown')];
  const { fromMinutes: from, toMinutes: to } = wait;
  const by = clockText(ticket.callBy, ticket.language, plan.office.zone);
  const range = from === to ? t('wait.single', { count: to }) : t('wait.range', { from, to, count: to });
  return [range, t('promise', { time: by })];
}

function bringLines(content: SlipContent): readonly PaperLine[] {
  const { ticket, plan } = content;
  const { body, lead, heading } = stylesOf(content);
  const need = ticket.needId === null ? undefined : needById(plan, ticket.needId);
  const service = serviceById(plan, ticket.serviceId);
  if (!service || !need || need.bring.length === 0 || !paperMayList(need, service)) return [];
  const t = slipWords(ticket.language);
  const named = (when: 'always' | 'if-applicable'): readonly PaperLine[] =>
    need.bring
      .filter((item) => item.when === when)
      .flatMap(({ paperId }) => {
        const paper = plan.papers.find(({ id }) => id === paperId);
        return paper ? [{ kind: 'tick' as const, text: paper.names[ticket.language], style: body }] : [];
      });
  const always = named('always');
  const applicable = named('if-applicable');
  return [
    { kind: 'text', style: heading, align: 'left', text: t('bring') },
    ...always,
    ...(applicable.length > 0
      ? [{ kind: 'text' as const, style: lead, align: 'left' as const, text: t('ifApplies') }]
      : []),
    ...applicable,
    { kind: 'rule' },
  ];
}
