import { BlockList, isIP } from 'node:net';

/** IPv4 ranges that lead to this machine, into somebody's own network, or nowhere (IANA's special-purpose registry). */
const closed4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
];
/** IPv6 is closed but for what is given out to the public, less the tunnels and examples in it, which may hide an IPv4 address. */
const open6 = '2000::/3';
const closed6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** An address or a range in CIDR notation; null for what is neither. */
export function parseRange(text: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | null {
  const [address, bits, ...rest] = text.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  if (version === 0 || rest.length > 0 || (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most))) return null;
  return { address, bits: bits === undefined ? most : Number(bits), family: version === 4 ? 'ipv4' : 'ipv6' };
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of ranges) {
    const range = parseRange(text);
    if (!range) throw new RangeError(`not a range of addresses: ${text}`);
    list.addSubnet(range.address, range.bits, range.family);
  }
  return list;
}

/** Whose an address is: the public's, one of the installation's own that it may be sent to, or closed. */
export type Reach = 'public' | 'allowed' | 'closed';

/** Tells of every address whether the program may connect to it; `allowed` are ranges that the installation names. */
export function createReach(allowed: readonly string[]): (address: string) => Reach {
  const [own, closed, open] = [listOf(allowed), listOf([...closed4, ...closed6]), listOf([open6])];
  return (address) => {
    const version = isIP(address);
    if (version === 0) return 'closed';
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (own.check(address, family)) return 'allowed';
    // An IPv4 address in the notation of IPv6 is judged as what it is.
    const mapped = version === 6 && mappedRange.check(address, 'ipv6');
    if (closed.check(address, family)) return 'closed';
    return version === 4 || mapped || open.check(address, 'ipv6') ? 'public' : 'closed';
  };
}

const mappedRange = listOf(['::ffff:0:0/96']);
