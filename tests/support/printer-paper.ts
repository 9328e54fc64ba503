import type { EncodedJob } from '../../hardware/printer/encode-job.ts';
import type { PaperLine } from '../../hardware/printer/paper.ts';
import { VirtualPrinter, type PrintedSlip, type VirtualModel } from '../../hardware/printer/virtual-printer.ts';

/** What comes out of a virtual printer that is given these bytes, with nobody listening. */
export function printed(
  job: Pick<EncodedJob, 'chunks'>,
  model?: VirtualModel,
  startsDoubleByte = false,
): readonly PrintedSlip[] {
  const printer = new VirtualPrinter(model);
  printer.set({ startsDoubleByte });
  const link = printer.attach();
  for (const chunk of job.chunks) void link.write(chunk, new AbortController().signal);
  return printer.slips;
}

/** A slip of letters alone, in each language, and how plain letters of 48 columns show it. */
export const SLIPS = {
  et: {
    lines: slip(
      'KORDUSTRÜKK',
      'Teie number',
      'Palun oodake ootealal – kutsume teid „numbri“ järgi.',
      'Isikut tõendav dokument',
      '5 €',
    ),
    text: [
      '      KORDUSTRÜKK       ',
      'Teie number',
      'Palun oodake ootealal - kutsume teid "numbri"',
      'järgi.',
      '[ ] Isikut tõendav dokument',
      '- 5 €',
      'ŠŽõäöüšž',
    ],
  },
  en: {
    lines: slip(
      'REPRINT',
      'Your number',
      'Please wait in the hall — we’ll call your number…',
      'Proof of identity',
      'nr № 5',
    ),
    text: [
      '        REPRINT         ',
      'Your number',
      "Please wait in the hall - we'll call your",
      'number...',
      '[ ] Proof of identity',
      '- nr № 5',
      'ŠŽõäöüšž',
    ],
  },
  ru: {
    lines: slip(
      'ПОВТОР',
      'Ваш номер',
      'Пожалуйста, ждите в зале: мы вызовем «ваш» номер.',
      'Документ, подтверждающий личность',
      'ёлка Ё № 5 €',
    ),
    text: [
      '         ПОВТОР         ',
      'Ваш номер',
      'Пожалуйста, ждите в зале: мы вызовем "ваш"',
      'номер.',
      '[ ] Документ, подтверждающий личность',
      '- ёлка Ё № 5 €',
      'ŠŽõäöüšž',
    ],
  },
} as const;

function slip(banner: string, heading: string, body: string, paper: string, bullet: string): readonly PaperLine[] {
  return [
    { kind: 'banner', text: banner },
    { kind: 'text', style: 'heading', align: 'center', text: heading },
    { kind: 'text', style: 'lead', align: 'center', text: body },
    { kind: 'tick', text: paper },
    { kind: 'bullet', text: bullet },
    { kind: 'space', dots: 300 },
    { kind: 'text', style: 'foot', align: 'left', text: 'ŠŽõäöüšž' },
  ];
}
