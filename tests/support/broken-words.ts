/**
 * Words of the page that stand on two lines without a hyphen: cut in the middle, which nobody can read well. Runs in the page. File
 * names, addresses and numbers may be cut; a word is letters alone.
 */
export function brokenWords(): readonly string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const place = node.parentElement;
    if (!place?.checkVisibility({ visibilityProperty: true }) || place.closest('.heard, option')) continue;
    for (const { 0: word, index } of (node.textContent ?? '').matchAll(/\p{L}{4,}/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) found.push(`broken: ${word}`);
    }
  }
  return [...new Set(found)];
}
