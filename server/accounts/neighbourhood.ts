import { isIPv6 } from 'node:net';

const GROUPS = 8;
/** The first 64 bits name a network; the machine in it makes up the others. @source RFC 4291, section 2.5.4 */
const GROUPS_OF_NETWORK = 4;
const IPV4_IN_IPV6 = /^::ffff:(?<four>\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Whose requests are counted together: an IPv4 address, or a whole /64 of IPv6. One machine there has as many addresses as it
 * likes, and a limit for each of them would be none.
 */
export function neighbourhoodOf(address: string): string {
  const [bare = ''] = address.split('%', 1);
  const four = IPV4_IN_IPV6.exec(bare)?.groups?.four;
  if (four !== undefined || !isIPv6(bare)) return four ?? bare;
  const [head = '', tail] = bare.toLowerCase().split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const between = tail === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length);
  const all = [...before, ...Array.from({ length: between }, () => 0), ...after];
  return `${all
    .slice(0, GROUPS_OF_NETWORK)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** An IPv4 address at the end stands for two groups; it is never among the first four. */
function groupsOf(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').flatMap((group) => (group.includes('.') ? [0, 0] : [parseInt(group, 16)]));
}
