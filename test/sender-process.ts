import { createCollect } from '../src/domains/collect/public.ts';
import { createMessaging } from '../src/domains/messaging/public.ts';
import { readConfig } from '../src/platform/config.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { createLog } from '../src/platform/log.ts';
import { createInsightsOn } from './insights-server.ts';

/** Run as a process of its own: sends what is due until it is killed, or whoever started it has ended. Tells when it has begun. */
process.on('disconnect', () => process.exit());
const connections = JSON.parse(process.argv[2]) as Connections;
const { platform } = connect(readConfig({ PERENNIAL_DATA_DIR: connections.folders.facts, PERENNIAL_OUTBOUND_ALLOW: '127.0.0.1' }), connections, createLog('fatal'));
const domains = createInsightsOn(platform);
createMessaging(platform, { ...domains, facts: createCollect(platform, domains.customers, domains.commerce) }).start();
process.send?.('begun');
