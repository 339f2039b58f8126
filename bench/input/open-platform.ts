import { readConfig } from '../../src/platform/config.ts';
import { connect, migrate } from '../../src/platform/connect.ts';
import { startEngines } from '../../src/platform/engines.ts';
import { createLog, type Log } from '../../src/platform/log.ts';
import type { Platform } from '../../src/platform/platform.ts';

/** The product's stores on a folder, without its processes. */
export interface OpenPlatform {
  platform: Platform;
  log: Log;
  close(): Promise<void>;
}

/** Starts both engines on a folder and brings them up to date. */
export async function openPlatform(dataDir: string): Promise<OpenPlatform> {
  const config = readConfig({ PERENNIAL_DATA_DIR: dataDir });
  const log = createLog('error');
  const engines = await startEngines(config, log);
  try {
    await migrate(engines.connections, log);
    const { platform, close } = connect(config, engines.connections, log);
    return { platform, log, close: () => close().finally(() => engines.stop()) };
  } catch (error) {
    await engines.stop();
    throw error;
  }
}
