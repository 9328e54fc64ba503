/**
 * Code tables as a printer has them in its memory, written down on their own: nothing of the encoder is used, so a wrong
 * table there shows as a wrong letter here. Each row is the upper half, 80h to FFh.
 *
 * @source IBM code pages 437, 850, 852, 855, 858 and 775; the others as the platform decodes them
 */
const LINES = '░▒▓│┤';
const CORNERS = '┐└┴┬├─┼';

const PC437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»' +
  `${LINES}╡╢╖╕╣║╗╝╜╛${CORNERS}╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀` +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const PC850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»' +
  `${LINES}ÁÂÀ©╣║╗╝¢¥${CORNERS}ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀` +
  'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';
const PC852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»' +
  `${LINES}ÁÂĚŞ╣║╗╝Żż${CORNERS}Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀` +
  'ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';
const PC855 =
  'ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»' +
  `${LINES}хХиИ╣║╗╝йЙ${CORNERS}кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀` +
  'ЯрРсСтТуУжЖвВьЬ№\u00adыЫзЗшШэЭщЩчЧ§■\u00a0';
const PC775 =
  'ĆüéāäģåćłēŖŗīŹÄÅÉæÆōöĢ¢ŚśÖÜø£Ø×¤ĀĪóŻżź”¦©®¬½¼Ł«»' +
  `${LINES}ĄČĘĖ╣║╗╝ĮŠ${CORNERS}ŲŪ╚╔╩╦╠═╬Žąčęėįšųūž┘┌█▄▌▐▀` +
  'ÓßŌŃõÕµńĶķĻļņĒŅ’\u00ad±“¾¶§÷„°∙·¹³²■\u00a0';
const PC858 = PC850.replace('ı', '€');

/** The upper half of a table, by the number that selects it. */
export type Rom = ReadonlyMap<number, string>;

/** Where the tables are: Epson's own numbers, Star's, and those of a common clone. */
export const ROMS = {
  epson: new Map([
    [0, PC437],
    [2, PC850],
    [16, upperHalf('windows-1252')],
    [17, upperHalf('ibm866')],
    [18, PC852],
    [19, PC858],
    [33, PC775],
    [34, PC855],
    [40, upperHalf('iso-8859-15')],
    [46, upperHalf('windows-1251')],
    [51, upperHalf('windows-1257')],
  ]),
  star: new Map([
    [1, PC437],
    [4, PC858],
    [10, upperHalf('ibm866')],
    [32, upperHalf('windows-1252')],
    [34, upperHalf('windows-1251')],
  ]),
  clone: new Map([
    [0, PC437],
    [16, upperHalf('windows-1252')],
    [17, upperHalf('ibm866')],
    [19, PC858],
    [25, upperHalf('windows-1257')],
    [59, upperHalf('ibm866')],
    [71, upperHalf('windows-1252')],
    [73, upperHalf('windows-1251')],
    [95, PC775],
  ]),
} as const satisfies Record<string, Rom>;

/** The letter a byte prints as. A table that is not there prints as PC437, as real printers do. */
export function letterAt(rom: Rom, table: number, byte: number): string {
  if (byte < 0x80) return String.fromCharCode(byte);
  return (rom.get(table) ?? PC437)[byte - 0x80] ?? ' ';
}

function upperHalf(encoding: string): string {
  return new TextDecoder(encoding).decode(Uint8Array.from({ length: 128 }, (_, i) => 128 + i));
}
