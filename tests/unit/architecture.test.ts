import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Who may import whom. Read it as the map of the system; a new arrow is a decision, not an accident. A folder may always
 * import itself. `types:` in front means: types only, nothing of it runs.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'server/basics': [],
  'server/domain': ['server/basics'],
  'server/contract': ['server/basics', 'server/domain', 'types:hardware'],
  'server/content': ['types:server/domain'],
  'server/commands': ['server/basics', 'server/domain'],
  'server/store': ['server/basics', 'server/domain'],
  'server/boards': ['server/basics', 'server/domain', 'server/contract'],
  'server/print': ['server/basics', 'server/domain', 'locales', 'types:hardware'],
  'server/accounts': ['server/basics', 'server/domain', 'server/contract', 'server/store'],
  'server/watch': ['server/basics', 'server/domain', 'types:server/contract', 'server/store'],
  'server/live': [
    'server/basics',
    'server/domain',
    'server/contract',
    'server/commands',
    'server/store',
    'server/boards',
    'server/http',
    'types:server/accounts',
  ],
  'server/http': [
    'server/basics',
    'server/domain',
    'server/contract',
    'server/boards',
    'server/accounts',
    'server/live',
    'types:server/watch',
    'types:server',
  ],
  'server/outside': ['server/basics', 'server/domain', 'locales', 'types:server/live'],
  'server/dock': ['server/http', 'hardware', 'types:server'],
  server: ['*'],
  hardware: ['server/basics'],
  locales: ['types:server/contract', 'server/contract'],
  look: [],
  kiosk: ['server/basics', 'server/contract', 'locales', 'look'],
  console: ['server/basics', 'server/contract', 'locales', 'look'],
};

/** Packages that only one place may know. */
const PACKAGE_HOMES: Record<string, readonly string[]> = {
  escpos: ['hardware/printer/escpos-encoder.ts'],
  kysely: ['server/store/'],
  sqlite3: ['server/store/'],
  pg: ['server/store/'],
  'socket.io': ['server/live/'],
  'node-hid': ['hardware/'],
  'web-push': ['server/outside/web-push.ts'],
  // where something comes in from outside and is checked
  zod: ['server/contract/', 'server/config.ts', 'server/http/', 'server/live/', 'server/dock/'],
};

const ALIASES: Record<string, string> = {
  '#contract/': 'server/contract/',
  '#locales/': 'locales/',
  '#look/': 'look/',
  '#kiosk/': 'kiosk/src/lib/',
  '#console/': 'console/src/lib/',
  '#domain/': 'server/domain/',
  '#basics/': 'server/basics/',
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typesOnly: boolean;
}

const imports = ['server', 'hardware', 'locales', 'look', 'kiosk/src', 'console/src'].flatMap((folder) =>
  sources(join(ROOT, folder)).flatMap(importsOf),
);

describe('the map of the house', () => {
  test.each(Object.keys(MAY_IMPORT))('%s imports only what it may', (home) => {
    const allowed = MAY_IMPORT[home] ?? [];
    const strangers = imports
      .filter(({ file, target }) => homeOf(file) === home && homeOf(target) !== home && homeOf(target) !== null)
      .filter(({ target, typesOnly }) => {
        const to = homeOf(target) ?? '';
        return !allowed.includes('*') && !allowed.includes(to) && !(typesOnly && allowed.includes(`types:${to}`));
      });
    expect(strangers).toEqual([]);
  });

  test('nothing imports the composition root or a test', () => {
    const wrong = imports.filter(({ target }) => target === 'server/main.ts' || target.startsWith('tests/'));
    expect(wrong).toEqual([]);
  });

  test('browser code takes values from the contract only where they weigh nothing', () => {
    const light = ['server/contract/language.ts', 'server/contract/roles.ts'];
    const heavy = imports.filter(
      ({ file, target, typesOnly }) =>
        /^(kiosk|console|locales)\//.test(file) &&
        target.startsWith('server/contract/') &&
        !typesOnly &&
        !light.includes(target),
    );
    expect(heavy).toEqual([]);
  });

  test.each(Object.keys(PACKAGE_HOMES))('only its own place knows the package %s', (name) => {
    const homes = PACKAGE_HOMES[name] ?? [];
    const elsewhere = imports.filter(
      ({ file, target }) =>
        (target === name || target.startsWith(`${name}/`)) && !homes.some((home) => file.startsWith(home)),
    );
    expect(elsewhere).toEqual([]);
  });

  test('no file needs itself to run, however far round', () => {
    const seen = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file);
      if (at >= 0) circles.push([...path.slice(at), file].join(' → '));
      if (at >= 0 || seen.has(file)) return;
      seen.add(file);
      for (const next of valuesOf(file)) visit(next, [...path, file]);
    };
    for (const { file } of imports) visit(file, []);
    expect(circles).toEqual([]);
  });

  test("the page on a visitor's phone carries neither sockets nor the text library", () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      valuesOf(file).forEach(visit);
    };
    visit('kiosk/src/routes/t/[token]/+page.svelte');
    expect([...reached]).toContain('kiosk/src/lib/phone/TicketPage.svelte');
    expect([...reached].filter((target) => ['socket.io-client', 'i18next', 'zod'].includes(target))).toEqual([]);
  });

  test('every folder of the map exists and is looked at', () => {
    for (const home of Object.keys(MAY_IMPORT)) {
      expect(
        imports.some(({ file }) => homeOf(file) === home) || home === 'look' || home === 'server/basics',
        home,
      ).toBe(true);
    }
  });
});

/** What a file takes along when it runs. */
function valuesOf(from: string): readonly string[] {
  return imports.filter(({ file, typesOnly }) => file === from && !typesOnly).map(({ target }) => target);
}

/** The most particular folder of the map that a file belongs to; `null` for packages. */
function homeOf(path: string): string | null {
  const homes = Object.keys(MAY_IMPORT).filter((home) => path.startsWith(`${home}/`));
  return homes.sort((a, b) => b.length - a.length)[0] ?? null;
}

function importsOf(path: string): readonly Import[] {
  const file = relative(ROOT, path);
  const found = readFileSync(path, 'utf8').matchAll(
    /(?:^|\n)\s*(?:import|export)\s(?<what>[^'";]*?\sfrom\s)?'(?<from>[^']+)'|import\((?<later>'[^']+')\)/g,
  );
  return [...found].map(({ groups }) => {
    const from = (groups?.from ?? groups?.later ?? '').replaceAll("'", '');
    const what = groups?.what ?? '';
    const names = /^\{(?<list>[^}]*)\}/.exec(what.trim())?.groups?.list ?? '';
    const allTypes =
      names !== '' && names.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
    return { file, target: resolved(file, from), typesOnly: what.trim().startsWith('type ') || allTypes };
  });
}

function resolved(file: string, from: string): string {
  const alias = Object.keys(ALIASES).find((prefix) => from.startsWith(prefix));
  if (alias !== undefined) return `${ALIASES[alias] ?? ''}${from.slice(alias.length)}`;
  return from.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), from)) : from;
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/node_modules|\.svelte-kit/.test(path));
}
