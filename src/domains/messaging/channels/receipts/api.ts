import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound } from '../../../../kernel/problem.ts';
import { createOutbound } from '../../../../platform/outbound/outbound.ts';
import { readOpenAccount } from '../accounts/store.ts';
import { isSame, markOf, notTheirs, receiptPath } from './heard.ts';
import { hearOf } from './providers/registry.ts';
import { type ReceiptDoors, takeReceipts } from './take-receipts.ts';

const mostBytes = 2 ** 20;

/** Serves what providers call: their requests come as they like, and are known by their signature and by an address that nobody can guess. */
export function receiptsApi(doors: ReceiptDoors) {
  const { platform } = doors;
  const outbound = createOutbound({ allowed: platform.config.outboundAllow, timeoutMs: 10_000 });
  const answer = async (request: FastifyRequest): Promise<{ type: string; text: string }> => {
    const { accountNo } = request.params as { accountNo: string };
    // A wrong address says nothing about whether there is such an account.
    if (!/^[1-9]\d{0,8}$/.test(accountNo) || !isSame(request.url.split('?')[0], receiptPath(platform.secret, Number(accountNo)))) throw notTheirs();
    const account = await readOpenAccount(platform.pg, platform.secret, Number(accountNo));
    const hear = account && hearOf(account.provider);
    if (!hear) throw notFound('messaging.channel_not_found', { accountNo: Number(accountNo) });
    const { told, answer: wanted } = await hear({
      method: request.method, query: request.query as Record<string, string>, headers: request.headers as Record<string, string | undefined>, body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      address: `${request.headers.host ?? ''}${request.url}`, account, now: platform.clock.now(),
      fetch: async (url) => (await outbound.send({ method: 'GET', url, headers: {} })).text,
      isMarked: (text, given) => isSame(given, markOf(platform.secret, 'bounce', text)),
    });
    await takeReceipts(doors, account, told);
    return wanted ?? { type: 'text/plain', text: 'ok' };
  };
  return async (server: FastifyInstance): Promise<void> => {
    await server.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes }, (_request, body, done) => done(null, body));
      scope.route({
        method: ['GET', 'POST'], url: '/receipts/:accountNo/:mark', bodyLimit: mostBytes,
        handler: async (request, reply) => {
          const { type, text } = await answer(request);
          return reply.header('cache-control', 'no-store').type(`${type}; charset=utf-8`).send(text);
        },
      });
      scope.addHook('onClose', async () => outbound.close());
    });
  };
}
