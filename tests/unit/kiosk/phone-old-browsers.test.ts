import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/**
 * The page on the phone and the public page of waits as they are built: in words that Chrome 80, Safari 14 and Firefox 78 know,
 * so phones of 2020. No such browser runs here; what they lack is looked for in the files.
 *
 * @source MDN browser-compat-data: private methods Chrome 84, Safari 15; fields Safari 14.1; logical assignment Chrome 85;
 *   static blocks Chrome 94; `dvh` Chrome 108; margins and paddings of two sides by the direction of the text Chrome 87
 */
const DIR = join(import.meta.dirname, '../../../build/kiosk/_app/immutable/phone');
const files = readdirSync(DIR);
const scripts = files.filter((file) => file.endsWith('.js'));
const styles = files.filter((file) => file.endsWith('.css'));

const TOO_NEW = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.PrivateIdentifier, 'private names'],
  [ts.SyntaxKind.PropertyDeclaration, 'class fields'],
  [ts.SyntaxKind.ClassStaticBlockDeclaration, 'static blocks'],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, '??='],
  [ts.SyntaxKind.BarBarEqualsToken, '||='],
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, '&&='],
]);
/** Methods that came later, and for which nothing stands in. */
const MISSING = ['at', 'findLast', 'hasOwn', 'toReversed', 'toSorted', 'withResolvers', 'randomUUID', 'timeout', 'any'];

describe('what an old phone loads', () => {
  test('is there', () => {
    expect(scripts.length).toBeGreaterThan(1);
    expect(styles.length).toBeGreaterThan(1);
  });

  test.each(scripts)('%s has no syntax and no function it does not know', (file) => {
    const found = new Set<string>();
    const visit = (node: ts.Node): void => {
      const name = TOO_NEW.get(node.kind);
      if (name !== undefined) found.add(name);
      // A bare name may be a short one of our own; only what is asked of something is looked at.
      const called = ts.isCallExpression(node) ? node.expression : undefined;
      if (called && ts.isPropertyAccessExpression(called) && MISSING.includes(called.name.text))
        found.add(called.name.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(join(DIR, file), 'utf8'), ts.ScriptTarget.Latest, false));
    expect([...found]).toEqual([]);
  });

  test('brings what Chrome 80 lacks before anything asks for it', () => {
    const all = scripts.map((file) => readFileSync(join(DIR, file), 'utf8')).join('\n');
    expect(all.indexOf('.replaceAll=')).toBeGreaterThan(-1);
  });

  test.each(styles)('%s stands on nothing it does not know', (file) => {
    const css = readFileSync(join(DIR, file), 'utf8');
    // What all surfaces start from styles fields too; these pages have none.
    if (/^(?:phone|waiting)-/.test(file)) expect(css).not.toMatch(/(?:margin|padding)-(?:inline|block):/);
    expect(css).not.toMatch(/@layer|:has\(|@container|&/);
    expect(css.replaceAll(/@supports[^{]*\{[^{}]*\{[^{}]*\}\s*\}/g, '')).not.toContain('dvh');
  });
});
