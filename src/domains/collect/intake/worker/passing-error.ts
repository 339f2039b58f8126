import { Problem } from '../../../../kernel/problem.ts';

/**
 * PostgreSQL: connection (08), serialisation and deadlock (40), resources and disk (53), lock not available (55),
 * administrator (57), system (58). Node: sockets and the disk.
 */
const passingCode = /^(?:08|40|53|55|57|58)[0-9A-Z]{3}$|^(?:ECONN|EPIPE|ETIMEDOUT|ENOSPC|EDQUOT|EIO|EMFILE)/;
const passingMessage = /Connection terminated|timeout exceeded when trying to connect|taken by another worker/;

/** True for a failure that is not the fault of the events: the same work will succeed later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Problem) return error.status >= 500;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return passingCode.test(String(code)) || passingMessage.test(message);
}
