// Makes a clone ready: packages, built apps, a browser for the tests. Runs on Node 20 with nothing installed yet, so it is
// plain JavaScript without dependencies. Each step is skipped when its result is newer than what it is made from.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wants = new Set(process.argv.slice(2));
const isRoot = process.getuid?.() === 0;
const onWindows = process.platform === 'win32';
const LEAST_NODE = [20, 17];
/** What compiling the database driver takes. */
const TOOLS = ['python3', 'make', 'g++'];
const COMPILED = 'build/Release/node_sqlite3.node';

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
  // Compared by content: a checkout gives the lockfile a new time without a new package in it.
  const mark = join(root, 'node_modules', '.infolett-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(mark) ? readFileSync(mark, 'utf8') === wanted : isInstalledByHand()) return;
  say('installing packages (the first time this takes a few minutes)');
  const started = Date.now();
  const cache = sqliteCache();
  const missing = existsSync(join(cache, keptDriver())) ? [] : missingTools();
  if (missing.length > 0 && isRoot && hasApt()) installDebian(missing);
  run(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      CFLAGS: `${process.env.CFLAGS ?? ''} -O1`.trim(),
      CXXFLAGS: `${process.env.CXXFLAGS ?? ''} -O1`.trim(),
      npm_config_sqlite3_local_prebuilds: cache,
      ...compilerHeaders(),
    },
    missingTools().length === 0
      ? ''
      : `The database driver could neither be fetched nor compiled here. On Debian: sudo apt-get install ${TOOLS.join(' ')}`,
  );
  keepCompiled(cache);
  writeFileSync(mark, wanted);
  say(`packages are ready after ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Somebody ran `npm ci` themselves: npm's own record is newer than the lockfile, and the driver is there. */
function isInstalledByHand() {
  const record = join(root, 'node_modules', '.package-lock.json');
  const driver = join(root, 'node_modules', 'sqlite3', COMPILED);
  return existsSync(driver) && timeOf(record) > timeOf(join(root, 'package-lock.json'));
}

/** Node's C headers come with the packaged Node, so a compile needs no download; who has set a place for them keeps it. */
function compilerHeaders() {
  const asked = spawnSync('npm', ['config', 'get', 'nodedir'], { cwd: root, encoding: 'utf8', shell: onWindows });
  if (!['', 'undefined', 'null'].includes((asked.stdout ?? '').trim())) return {};
  const platform = onWindows ? 'win' : process.platform;
  return { npm_config_nodedir: join(root, 'node_modules', `node-${platform}-${process.arch}`) };
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

/** The name under which the driver's own installer looks for a prebuilt file. */
function keptDriver() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { version } = packages['node_modules/sqlite3'];
  return `sqlite3-v${version}-napi-v6-${process.platform}-${process.arch}.tar.gz`;
}

function keepCompiled(dir) {
  const driver = join(root, 'node_modules', 'sqlite3');
  const kept = join(dir, keptDriver());
  if (dir === '' || existsSync(kept) || !existsSync(join(driver, COMPILED))) return;
  const packed = spawnSync('tar', ['-czf', kept, '-C', driver, COMPILED]);
  if (packed.status !== 0) say('the compiled database driver could not be kept for the next time');
}

/** A C++ tool chain is needed only where no prebuilt driver can be had. */
function missingTools() {
  if (onWindows) return [];
  return TOOLS.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
}

function buildApps() {
  for (const app of ['kiosk', 'console']) {
    const built = join(root, 'build', app, 'index.html');
    const sources = [app, 'look', 'locales', 'server/contract', 'server/domain', 'server/basics', 'package-lock.json'];
    const newest = Math.max(...sources.map((path) => newestIn(join(root, path))));
    if (timeOf(built) > newest) continue;
    say(`building the ${app}`);
    // The phone ticket is a page of its own within the kiosk's build.
    for (const part of app === 'kiosk' ? [app, 'kiosk/phone'] : [app]) {
      run('npx', ['--no-install', 'vite', 'build', part, '--logLevel', 'warn'], {});
    }
  }
}

function findBrowser() {
  const known = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  if (known.some((path) => path && existsSync(path))) return;
  if (isRoot && hasApt()) {
    installDebian(['chromium', 'fonts-dejavu-core']);
    return;
  }
  const byHand = hasApt() ? 'Or on Debian: sudo apt-get install chromium fonts-dejavu-core' : '';
  run('npx', ['--no-install', 'playwright', 'install', 'chromium'], {}, byHand);
}

function installDebian(packages) {
  say(`installing ${packages.join(', ')}`);
  run('apt-get', ['update', '-qq'], {});
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    DEBIAN_FRONTEND: 'noninteractive',
  });
}

function hasApt() {
  return process.platform === 'linux' && spawnSync('sh', ['-c', 'command -v apt-get']).status === 0;
}

/** @param {string} advice what a person can do when it fails */
function run(command, args, environment, advice = '') {
  try {
    execFileSync(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
      shell: onWindows,
    });
  } catch {
    stop(`"${command} ${args.join(' ')}" did not succeed; what it printed stands above. ${advice}`.trim());
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
