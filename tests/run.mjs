// Runs every check and every test, each stage even after a failure, and ends with one line: `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const vitestReport = join(results, 'vitest.json');
const playwrightReport = join(results, 'playwright.json');

/** Stages of one list run one after the other, the two lists side by side; the browser journeys come last, alone. */
const STATIC = [
  check('types', 'tsc', ['-p', '.']),
  check('kiosk types', 'svelte-check', ['--workspace', 'kiosk', '--tsconfig', 'tsconfig.json']),
  check('console types', 'svelte-check', ['--workspace', 'console', '--tsconfig', 'tsconfig.json']),
  check('lint', 'eslint', ['.']),
  check('format', 'prettier', ['--check', '--log-level', 'warn', '.']),
];
const VITEST = [
  {
    name: 'unit and components',
    command: 'vitest',
    args: ['run', '--reporter=json', `--outputFile.json=${vitestReport}`, '--reporter=default'],
    count: () => vitestCount(vitestReport),
  },
];
const PLAYWRIGHT = [
  {
    name: 'journeys',
    command: 'playwright',
    args: ['test', '--reporter=json,line'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    count: () => playwrightCount(playwrightReport),
  },
];

const done = [...(await Promise.all([inTurn(STATIC), inTurn(VITEST)])).flat(), ...(await inTurn(PLAYWRIGHT))];
for (const { name, output, failed } of done) if (failed > 0) print(`\n──── ${name} ────\n${output.slice(-20_000)}`);
print('');
for (const { name, passed, failed, seconds } of done) {
  print(
    `${failed > 0 ? '✗' : '✓'} ${name.padEnd(22)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(0).padStart(5)} s`,
  );
}
const passed = done.reduce((sum, stage) => sum + stage.passed, 0);
const failed = done.reduce((sum, stage) => sum + stage.failed, 0);
print(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** A static check counts as one test. */
function check(name, command, args) {
  return { name, command, args, count: (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }) };
}

async function inTurn(stages) {
  const finished = [];
  for (const stage of stages) finished.push(await runStage(stage));
  return finished;
}

function runStage({ name, command, args, environment = {}, count }) {
  const started = Date.now();
  let output = '';
  return new Promise((resolve) => {
    const child = spawn(join(root, 'node_modules', '.bin', command), args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', ...environment },
    });
    const keep = (chunk) => (output = (output + chunk).slice(-200_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (cause) => keep(String(cause)));
    child.on('close', (code) => {
      const { passed, failed } = count(code);
      // a runner that ended badly without a failed test is itself a failure
      const broken = code !== 0 && failed === 0 ? 1 : 0;
      resolve({ name, output, passed, failed: failed + broken, seconds: (Date.now() - started) / 1000 });
    });
  });
}

function vitestCount(path) {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests } = JSON.parse(readFileSync(path, 'utf8'));
  const suites = numFailedTests === 0 ? numFailedTestSuites : 0;
  return { passed: numPassedTests, failed: numFailedTests + suites + (numTotalTests === 0 ? 1 : 0) };
}

function playwrightCount(path) {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const { stats, errors } = JSON.parse(readFileSync(path, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

function print(text) {
  process.stdout.write(`${text}\n`);
}
