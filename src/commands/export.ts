import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportOrders } from '../domains/commerce/contract.ts';
import { exportCustomers } from '../domains/customers/contract.ts';
import type { Config } from '../platform/config.ts';
import { openFile } from './server/call.ts';
import { withServer } from './server/with-server.ts';
import { ToldFailure } from './terminal/failure.ts';

const exports = { customers: exportCustomers, orders: exportOrders };

/** Writes customers (personal values masked) or orders as CSV to standard output. */
export async function exportCommand(config: Config, what: string): Promise<void> {
  await withServer(config, async (server, speech) => {
    if (!Object.hasOwn(exports, what)) throw new ToldFailure(speech.say('no_such_export', { what, known: Object.keys(exports).join(', ') }));
    const file = await openFile(server, exports[what as keyof typeof exports]);
    await pipeline(Readable.fromWeb(file as never), process.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
      // Whoever reads has read enough: `perennial export customers | head`.
      if (error.code !== 'EPIPE') throw error;
    });
  });
}
