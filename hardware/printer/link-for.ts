import { err, ok, type Result } from '#basics/result.ts';
import type { OpenLink } from './byte-link.ts';
import { fileLink, usbLink } from './links/device-link.ts';
import { tcpLink } from './links/tcp-link.ts';
import { profileNamed, type PrintAs, type Profile } from './profile.ts';
import { VirtualPrinter } from './virtual-printer.ts';

const RAW_PORT = 9100;
const FORMS = 'virtual: · tcp://host:9100 · usb:/dev/usb/lp0 · file:path';
/** What fits most: pictures need no tables, and a printer of this family says what it can do. */
const DEFAULT_PROFILE = 'epson';

/** A printer as its setting names it. */
export interface PrinterPlace {
  readonly openLink: OpenLink;
  /** Not from a file. */
  readonly answers: boolean;
  readonly profile: Profile;
  readonly printAs: PrintAs;
  /** Set when it is made of memory. */
  readonly virtual: VirtualPrinter | null;
}

/**
 * Reads where a printer is: `virtual:`, `tcp://host:9100`, `usb:/dev/usb/lp0` or `file:path`, each with
 * `?profile=clone-80` and `&print=fonts` where the defaults do not fit.
 *
 * @returns the sentence that says what is wrong with it
 */
export function linkFor(printer: string): Result<PrinterPlace, string> {
  const [where = '', ...options] = printer.split('?');
  const set = optionsOf(options.join('?'));
  if (!set.ok) return set;
  const { profile } = set.value;
  if (where === 'virtual:') {
    const virtual = new VirtualPrinter({ rom: romOf(profile), dots: profile.dots });
    return ok({ ...set.value, openLink: virtual.open, answers: true, virtual });
  }
  const path = /^(?<kind>usb|file):(?<path>.+)$/.exec(where)?.groups;
  if (path?.path !== undefined && !path.path.startsWith('//')) {
    const openLink = path.kind === 'usb' ? usbLink(path.path) : fileLink(path.path);
    return ok({ ...set.value, openLink, answers: path.kind === 'usb', virtual: null });
  }
  const address = networkAddress(where);
  if (!address) return err(`"${printer}" is none of ${FORMS}`);
  return ok({ ...set.value, openLink: tcpLink(address.host, address.port), answers: true, virtual: null });
}

function networkAddress(where: string): { readonly host: string; readonly port: number } | null {
  if (!where.startsWith('tcp://') || !URL.canParse(where)) return null;
  const { hostname, port, pathname } = new URL(where);
  if (hostname === '' || (pathname !== '' && pathname !== '/')) return null;
  return { host: hostname.replace(/^\[(.+)\]$/, '$1'), port: Number(port || RAW_PORT) };
}

function optionsOf(text: string): Result<Pick<PrinterPlace, 'profile' | 'printAs'>, string> {
  const options = new URLSearchParams(text);
  const unknown = [...options.keys()].find((key) => key !== 'profile' && key !== 'print');
  if (unknown !== undefined) return err(`there is no printer option "${unknown}"; there are profile and print`);
  const profile = profileNamed(options.get('profile') ?? DEFAULT_PROFILE);
  if (!profile.ok) return profile;
  const print = options.get('print') ?? profile.value.printAs;
  if (print !== 'raster' && print !== 'fonts') return err(`a printer prints as raster or fonts, not "${print}"`);
  return ok({ profile: profile.value, printAs: print });
}

function romOf({ name }: Profile): 'epson' | 'star' | 'clone' {
  if (name.startsWith('star')) return 'star';
  return name.startsWith('clone') ? 'clone' : 'epson';
}
