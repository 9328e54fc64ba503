// Runs the keypad driver against a virtual HID device in an emulated Linux: `npm run guest`. On demand: it needs Debian's
// qemu-system-x86, busybox-static, cpio and kmod, fetches Debian's kernel (70 MB, not installed) and takes a minute or more.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
/** The whole run; a guest that hangs is ended. */
const AT_MOST_MS = 8 * 60_000;
const RESULT = /GUEST (\d+) passed, (\d+) failed/;
const MODULES = ['uhid', 'hid-generic'];
const SOURCES = ['package.json', 'hardware/hid', 'hardware/keypad', 'server/basics', 'tests/guest'];
const PACKAGES = ['node-hid', 'pkg-prebuilds'];

const missing = ['qemu-system-x86_64', 'busybox', 'cpio', 'modprobe', 'dpkg-deb', 'apt-get'].filter(
  (tool) => !isThere(tool),
);
if (missing.length > 0) {
  console.log(`not run: ${missing.join(', ')} missing (apt-get install qemu-system-x86 busybox-static cpio kmod)`);
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), 'infolett-guest-'));
try {
  const kernel = unpackKernel();
  const image = buildImage(kernel);
  process.exitCode = await boot(kernel, image);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Debian's kernel, downloaded through apt and only unpacked. `KERNEL_DEB` names a file that is here already. */
function unpackKernel() {
  const folder = join(work, 'kernel');
  mkdirSync(folder);
  let file = process.env.KERNEL_DEB;
  if (!file) {
    const name = /Depends: (linux-image-\S+)/.exec(run('apt-cache', ['depends', 'linux-image-amd64']))?.[1];
    if (!name) throw new Error('apt knows no linux-image-amd64');
    run('apt-get', ['download', name], { cwd: work });
    file = join(work, readdirSync(work).find((each) => each.endsWith('.deb')) ?? '');
  }
  run('dpkg-deb', ['-x', file, folder]);
  const [version] = readdirSync(join(folder, 'lib/modules'));
  run('depmod', ['-b', folder, version]);
  return { folder, version, bzImage: join(folder, 'boot', `vmlinuz-${version}`) };
}

/** An initial RAM disk: a shell, Node with its libraries, the driver, node-hid and the kernel's HID modules. */
function buildImage({ folder, version }) {
  const guest = join(work, 'guest');
  const put = (from, to) => {
    mkdirSync(dirname(join(guest, to)), { recursive: true });
    cpSync(from, join(guest, to), { recursive: true, dereference: true });
  };
  const node = process.execPath;
  put(run('sh', ['-c', 'command -v busybox']).trim(), 'bin/busybox');
  put(node, 'bin/node');
  for (const path of SOURCES) put(join(root, path), join('infolett', path));
  for (const name of PACKAGES) put(join(root, 'node_modules', name), join('infolett/node_modules', name));
  const prebuilds = join(guest, 'infolett/node_modules/node-hid/prebuilds');
  for (const each of readdirSync(prebuilds)) {
    if (each !== 'HID_hidraw-linux-x64') rmSync(join(prebuilds, each), { recursive: true });
  }
  const binding = join(prebuilds, 'HID_hidraw-linux-x64');
  const natives = [node, ...readdirSync(binding).map((file) => join(binding, file))];
  for (const library of new Set(natives.flatMap(librariesOf))) put(library, library.slice(1));
  const load = MODULES.flatMap((name) =>
    run('modprobe', ['-d', folder, '-S', version, '--show-depends', name])
      .split('\n')
      .flatMap((line) => /^insmod (\S+)/.exec(line)?.[1] ?? []),
  );
  const modules = [...new Set(load)];
  for (const path of modules) put(path, path.slice(folder.length + 1));
  writeFileSync(join(guest, 'init'), initScript(modules.map((path) => path.slice(folder.length))), { mode: 0o755 });
  const image = join(work, 'initrd');
  run('sh', ['-c', `cd ${guest} && find . | cpio --quiet -o -H newc > ${image}`]);
  return image;
}

function initScript(modules) {
  return `#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /tmp
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t devtmpfs dev /dev
${modules.map((path) => `/bin/busybox insmod ${path}`).join('\n')}
cd /infolett
/bin/node tests/guest/check-keypad.ts
/bin/busybox poweroff -f
`;
}

/** Judged by its lines, not by the emulator's exit code. */
function boot({ bzImage }, image) {
  const started = Date.now();
  const child = spawn('qemu-system-x86_64', [
    ...['-accel', 'tcg', '-smp', '1', '-m', '1024', '-nographic', '-no-reboot', '-nic', 'none'],
    ...['-kernel', bzImage, '-initrd', image, '-append', 'console=ttyS0 quiet panic=-1'],
  ]);
  const timer = setTimeout(() => child.kill('SIGKILL'), AT_MOST_MS);
  let said = '';
  child.stdout.on('data', (bytes) => {
    said += bytes.toString();
    process.stdout.write(bytes);
    // Reading /dev/uhid holds a thread that Node waits for at its end: nothing more is to come.
    if (RESULT.test(said)) child.kill('SIGKILL');
  });
  child.stderr.on('data', (bytes) => process.stderr.write(bytes));
  return new Promise((resolve) => {
    child.once('exit', () => {
      clearTimeout(timer);
      const result = RESULT.exec(said);
      console.log(`\n${result?.[0] ?? 'the guest said no result'} (${Math.round((Date.now() - started) / 1000)} s)`);
      resolve(result && Number(result[1]) > 0 && result[2] === '0' ? 0 : 1);
    });
  });
}

function librariesOf(path) {
  return run('ldd', [path])
    .split('\n')
    .flatMap((line) => /(?:=> |^\s*)(\/\S+) \(/.exec(line)?.[1] ?? [])
    .filter((library) => existsSync(library));
}

function run(command, args, options = {}) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options });
}

function isThere(tool) {
  try {
    run('sh', ['-c', `command -v ${tool}`]);
    return true;
  } catch {
    return false;
  }
}
