import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

/** A deliberate fault of the core, and the test that must notice it. */
interface Mutant {
  readonly says: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  readonly test: string;
  /** Part of the test's name; empty: any test of that file. */
  readonly name: string;
}

/**
 * `npm run test:mutants`: applies each mutant of core.json to a scratch copy and runs the test that must kill it.
 * `-- --only TEXT` takes those whose sentence contains the text. A mutant that survives, or no longer fits the code, is a failure.
 */
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const root = join(import.meta.dirname, '../../..');
// our own data, in our own repository
const all = JSON.parse(readFileSync(join(import.meta.dirname, 'core.json'), 'utf8')) as readonly Mutant[];
const chosen = all.filter(({ says }) => says.includes(values.only));
const LANES = 2;
/** A test that hangs because of the mutant has noticed it too. */
const HANGS_AFTER_MS = 600_000;
const COPIED = ['server', 'hardware', 'locales', 'look', 'tests', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

const queue = [...chosen];
const survivors: string[] = [];
let killed = 0;
await Promise.all(Array.from({ length: LANES }, lane));
say('');
for (const survivor of survivors) say(`survived: ${survivor}`);
say(`${killed} killed, ${survivors.length} survived`);
process.exit(survivors.length > 0 || killed === 0 ? 1 : 0);

async function lane(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'infolett-mutants-'));
  for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true, filter: isSource });
  for (const path of ['node_modules', 'build']) symlinkSync(join(root, path), join(copy, path));
  try {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) await tryOut(copy, mutant);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function tryOut(copy: string, mutant: Mutant): Promise<void> {
  const path = join(copy, mutant.file);
  const before = readFileSync(path, 'utf8');
  if (before.split(mutant.find).length !== 2) {
    survivors.push(`${mutant.says}: ${mutant.file} no longer holds exactly one such place`);
    return;
  }
  writeFileSync(
    path,
    before.replace(mutant.find, () => mutant.replace),
  );
  const started = performance.now();
  const isRed = await testIsRed(copy, mutant);
  writeFileSync(path, before);
  const seconds = ((performance.now() - started) / 1000).toFixed(0).padStart(4);
  say(`${isRed ? 'killed  ' : 'SURVIVED'} ${seconds} s  ${mutant.says}`);
  if (isRed) killed += 1;
  else survivors.push(`${mutant.says} (${mutant.file}; ${mutant.test})`);
}

function testIsRed(copy: string, { test, name }: Mutant): Promise<boolean> {
  const args = ['run', '--project', 'node', '--bail', '1', test, ...(name === '' ? [] : ['-t', name])];
  return new Promise((resolve) => {
    const child = spawn(join(root, 'node_modules/.bin/vitest'), args, {
      cwd: copy,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
      timeout: HANGS_AFTER_MS,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('close', (code) => {
      if (/No test files found|No test found/.test(output)) say(`?? ${test} has no test "${name}"`);
      resolve(code !== 0 && !/No test files found|No test found/.test(output));
    });
  });
}

function isSource(path: string): boolean {
  return !/node_modules|\.svelte-kit|\/build(\/|$)/.test(relative(root, path));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
