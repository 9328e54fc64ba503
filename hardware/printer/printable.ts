/**
 * Text that may go to a printer: composed letters (NFC), one kind of space, and no control character of any kind. Data
 * can then never cut, reset or open anything.
 */
export function foldedForPaper(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\t\n\r\u00a0\u2007\u2009\u202f]/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]|[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu, '');
}
