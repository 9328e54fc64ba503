// Makes a clone ready: packages, built apps, a browser for the tests. Runs on Node 20 with nothing installed yet, so it is
// plain JavaScript without dependencies. Each step is skipped when its result is newer than what it is made from.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wants = new Set(process.argv.slice(2));
const isRoot = process.getuid?.() === 0;
const LEAST_NODE = [20, 17];

checkNode();
installPackages();
if (wants.has('--apps')) buildApps();
if (wants.has('--browser')) findBrowser();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  stop(`Infolett needs Node ${LEAST_NODE.join('.')} or newer, this is ${process.versions.node}.`);
}

function installPackages() {
  const mark = join(root, 'node_modules', '.infolett-installed');
  if (timeOf(mark) > timeOf(join(root, 'package-lock.json')) && timeOf(mark) > timeOf(join(root, 'package.json')))
    return;
  say('installing packages (the first time this takes a few minutes)');
  const started = Date.now();
  if (!existsSync(join(root, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node'))) needTools();
  const cache = sqliteCache();
  run('npm', ['ci', '--no-audit', '--no-fund'], {
    CFLAGS: `${process.env.CFLAGS ?? ''} -O1`.trim(),
    CXXFLAGS: `${process.env.CXXFLAGS ?? ''} -O1`.trim(),
    npm_config_sqlite3_local_prebuilds: cache,
  });
  keepCompiled(cache);
  writeFileSync(mark, '');
  say(`packages are ready after ${Math.round((Date.now() - started) / 1000)} s`);
}

/** The database driver is compiled once per machine and Node generation. */
function sqliteCache() {
  const dir = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    'infolett',
    `node-${process.versions.modules}`,
  );
  try {
    mkdirSync(dir, { recursive: true });
    return dir;
  } catch {
    return '';
  }
}

function keepCompiled(dir) {
  const release = join(root, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'sqlite3', 'package.json'), 'utf8'));
  const kept = join(dir, `sqlite3-v${version}-napi-v6-${process.platform}-${process.arch}.tar.gz`);
  if (dir === '' || !existsSync(release) || existsSync(kept)) return;
  const packed = spawnSync('tar', [
    '-czf',
    kept,
    '-C',
    join(root, 'node_modules', 'sqlite3'),
    'build/Release/node_sqlite3.node',
  ]);
  if (packed.status !== 0) say('the compiled database driver could not be kept for the next time');
}

/** A C++ tool chain is needed only where no prebuilt driver can be had; asking first saves a long wait for an error. */
function needTools() {
  const missing = ['python3', 'make', 'g++'].filter(
    (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0,
  );
  if (missing.length === 0) return;
  if (isRoot && hasApt()) {
    installDebian(['python3', 'make', 'g++']);
    return;
  }
  say(`${missing.join(', ')} is missing; it may be needed. On Debian: sudo apt-get install python3 make g++`);
}

function buildApps() {
  for (const app of ['kiosk', 'console']) {
    const built = join(root, 'build', app, 'index.html');
    const sources = [app, 'look', 'locales', 'server/contract', 'server/basics', 'package-lock.json'];
    const newest = Math.max(...sources.map((path) => newestIn(join(root, path))));
    if (timeOf(built) > newest) continue;
    say(`building the ${app}`);
    run('npx', ['--no-install', 'vite', 'build', app, '--logLevel', 'warn'], {});
  }
}

function findBrowser() {
  const known = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  if (known.some((path) => path && existsSync(path))) return;
  if (process.platform === 'linux' && hasApt()) {
    if (!isRoot) stop('The tests need Chromium: sudo apt-get install chromium fonts-dejavu-core');
    installDebian(['chromium', 'fonts-dejavu-core']);
  } else {
    run('npx', ['--no-install', 'playwright', 'install', 'chromium'], {});
  }
}

function installDebian(packages) {
  say(`installing ${packages.join(', ')}`);
  run('apt-get', ['update', '-qq'], {});
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    DEBIAN_FRONTEND: 'noninteractive',
  });
}

function hasApt() {
  return spawnSync('sh', ['-c', 'command -v apt-get']).status === 0;
}

function run(command, args, environment) {
  try {
    execFileSync(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
  } catch {
    stop(`"${command} ${args.join(' ')}" did not succeed; what it printed stands above.`);
  }
}

function newestIn(path) {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return timeOf(path);
  const skipped = new Set(['node_modules', '.svelte-kit', 'build']);
  return Math.max(
    timeOf(path),
    ...readdirSync(path)
      .filter((name) => !skipped.has(name))
      .map((name) => newestIn(join(path, name))),
  );
}

function timeOf(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function say(text) {
  process.stdout.write(`infolett: ${text}\n`);
}

function stop(text) {
  process.stderr.write(`infolett: ${text}\n`);
  process.exit(1);
}
