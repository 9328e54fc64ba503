// Runs every check and every test, each stage even after a failure, and ends with one line: `N passed, N failed`.
// `node tests/run.mjs check`, `unit` or `e2e` runs a part of it.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');
const vitestReport = join(results, 'vitest.json');
const playwrightReport = join(results, 'playwright.json');

/** A stage that hangs is stopped and counts as failed. */
const STAGE_AT_MOST_MS = 15 * 60_000;

const PARTS = {
  check: [
    check('types', 'tsc', ['-p', '.']),
    check('types: kiosk', 'svelte-check', svelteCheck('kiosk', 'tsconfig.json')),
    check('types: console', 'svelte-check', svelteCheck('console', 'tsconfig.json')),
    check('types: components', 'svelte-check', svelteCheck('.', 'tests/components/tsconfig.json')),
    check('types: service worker', 'tsc', ['-p', 'kiosk/src/service-worker']),
    check('lint', 'eslint', ['--max-warnings', '0', '.']),
    check('format', 'prettier', ['--check', '--log-level', 'warn', '.']),
  ],
  unit: [
    {
      name: 'unit and components',
      command: 'vitest',
      args: ['run', '--reporter=json', `--outputFile.json=${vitestReport}`, '--reporter=default'],
      count: vitestCount,
    },
  ],
  e2e: [
    {
      name: 'journeys',
      command: 'playwright',
      args: ['test', '--reporter=json,line'],
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
      count: playwrightCount,
    },
  ],
};

const asked = process.argv.slice(2);
const wants = (part) => (asked.length === 0 || asked.includes(part) ? PARTS[part] : []);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

// Two at a time on two cores; the journeys last and alone, because they wait for screens like a person does.
const done = (await Promise.all([inTurn(wants('check')), inTurn(wants('unit'))])).flat();
done.push(...(await inTurn(wants('e2e'))));

for (const { name, output, failed } of done) if (failed > 0) print(`\n──── ${name} ────\n${output.slice(-20_000)}`);
print('');
for (const stage of done) print(summary(stage));
const passed = done.reduce((sum, stage) => sum + stage.passed, 0);
const failed = done.reduce((sum, stage) => sum + stage.failed, 0);
print(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || done.length === 0 ? 1 : 0;

/** A static check counts as one test. */
function check(name, command, args) {
  return { name, command, args, count: (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }) };
}

function svelteCheck(workspace, tsconfig) {
  return ['--workspace', workspace, '--tsconfig', tsconfig, '--fail-on-warnings'];
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
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...environment },
      timeout: STAGE_AT_MOST_MS,
      killSignal: 'SIGKILL',
    });
    const keep = (chunk) => (output = (output + chunk).slice(-200_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (cause) => keep(String(cause)));
    child.on('close', (code) => {
      const { passed, failed, skipped = 0 } = count(code);
      // a runner that ended badly without a failed test is itself a failure
      const broken = code !== 0 && failed === 0 ? 1 : 0;
      const seconds = (Date.now() - started) / 1000;
      const stage = { name, output, passed, failed: failed + broken, skipped, seconds };
      print(summary(stage));
      resolve(stage);
    });
  });
}

function vitestCount() {
  const report = readReport(vitestReport);
  if (report === null || report.numTotalTests === 0) return { passed: 0, failed: 1 };
  // a file that cannot even be loaded has no tests to count
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests,
  };
}

function playwrightCount() {
  const report = readReport(playwrightReport);
  if (report === null) return { passed: 0, failed: 1 };
  const { stats, errors } = report;
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** @returns null when a runner ended before it could write what it had found */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function summary({ name, passed, failed, skipped, seconds }) {
  // What was left out is said: a test that cannot run here proves nothing.
  const left = skipped > 0 ? `, ${skipped} left out` : '';
  const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
  return `${failed > 0 ? '✗' : '✓'} ${name.padEnd(22)} ${counts} ${seconds.toFixed(0).padStart(5)} s${left}`;
}

function print(text) {
  process.stdout.write(`${text}\n`);
}
