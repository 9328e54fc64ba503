/** A text made comparable, and where each of its letters stood. */
export interface Folded {
  readonly letters: string;
  /** For each of `letters`: its index in the original text. */
  readonly origins: readonly number[];
}

const LATIN_FOR: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** Without case, accents and soft hyphens: `Üksikvanema` and `uksikvanema` are the same, `ё` is `е`, `й` is `и`. */
export function folded(text: string): Folded {
  return each(text, (letter) => letter);
}

/** The same in Latin letters, for who types Russian words on an Estonian keyboard: `posobie` is `пособие`. */
export function foldedToLatin(text: string): Folded {
  return each(text, (letter) => LATIN_FOR[letter] ?? letter);
}

export function hasCyrillic(text: string): boolean {
  return /\p{Script=Cyrillic}/u.test(text);
}

function each(text: string, then: (letter: string) => string): Folded {
  const letters: string[] = [];
  const origins: number[] = [];
  let at = 0;
  for (const sign of text) {
    const plain = sign
      .normalize('NFD')
      .replace(/[\u0300-\u036f\u00ad]/g, '')
      .toLowerCase();
    for (const letter of plain) {
      for (const one of then(letter)) {
        letters.push(one);
        origins.push(at);
      }
    }
    at += sign.length;
  }
  return { letters: letters.join(''), origins };
}
