import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM } from './chromium.ts';

const root = join(import.meta.dirname, '../..');

/** Why no browser with policies of its own can be started here; `null`: it can. */
export function whyNotLocked(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'managed policies are read from /etc: needs root on Linux';
  if (!CHROMIUM.executablePath?.includes('chromium')) return "only Debian's Chromium reads /etc/chromium/policies";
  const tried = spawnSync('unshare', ['--mount', 'true']);
  return tried.status === 0 ? null : 'this machine allows no view of its own on the file system (unshare)';
}

/**
 * Chromium with the shipped policies for this office, in a view of the file system of its own: other browsers on the
 * machine, which other tests use at the same time, see nothing of them.
 *
 * @param except policies left out
 * @returns the program to start
 */
export async function lockedChromium(origin: string, except: readonly string[] = []): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'infolett-policies-'));
  await mkdir(join(folder, 'managed'));
  const { stdout } = spawnSync(join(root, 'deploy/kiosk/policies.sh'), [`${origin}/`], { encoding: 'utf8' });
  const policies = Object.entries(JSON.parse(stdout) as object);
  const inForce = Object.fromEntries(policies.filter(([name]) => !except.includes(name))) as object;
  await writeFile(join(folder, 'managed/infolett.json'), JSON.stringify(inForce));
  const program = join(folder, 'chromium');
  await writeFile(
    program,
    `#!/bin/sh
exec unshare --mount -- /bin/sh -c '
  mkdir -p /etc/chromium/policies
  mount --bind ${folder} /etc/chromium/policies
  exec ${CHROMIUM.executablePath ?? 'chromium'} "$@"
' chromium "$@"
`,
  );
  await chmod(program, 0o755);
  return program;
}

/** The browser as the kiosk runs it, with its one window: a fresh context would be a private window, which is forbidden. */
export async function startLocked(
  program: string,
  url: string,
): Promise<{ child: ChildProcess; address: Promise<string> }> {
  const profile = await mkdtemp(join(tmpdir(), 'infolett-profile-'));
  const child = spawn(
    program,
    [
      ...CHROMIUM.args,
      ...['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--kiosk'],
      ...['--disable-pinch', '--overscroll-history-navigation=0', '--window-size=1080,1920', url],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  let said = '';
  const address = new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /DevTools listening on (?<address>ws:\S+)/.exec(said)?.groups?.address;
      if (found !== undefined) resolve(found);
      if (said.includes('remote debugging is disallowed')) reject(new Error('remote debugging is disallowed'));
    });
    child.once('exit', () => reject(new Error(`the browser ended: ${said.slice(-500)}`)));
  });
  return { child, address };
}

/** Ends the browser with all its processes. */
export function stopLocked({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended already
  }
}
