import { resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../kernel/problem.ts';
import { parseRange } from './outbound/addresses.ts';

const flag = z.enum(['0', '1']).transform((v) => v === '1');
const ranges = z.string().transform((text) => text.split(',').map((each) => each.trim())).refine((each) => each.every((range) => parseRange(range) !== null));

const environment = z.object({
  PERENNIAL_PORT: z.coerce.number().int().min(0).max(65_535).default(3210),
  PERENNIAL_HOST: z.string().min(1).default('127.0.0.1'),
  PERENNIAL_DATA_DIR: z.string().min(1).default('./data'),
  PERENNIAL_DEMO: flag.default(true),
  PERENNIAL_TRAIN: flag.default(true),
  PERENNIAL_ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  PERENNIAL_SECRET: z.string().min(32).optional(),
  PERENNIAL_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
  DATABASE_URL: z.url().optional(),
  CLICKHOUSE_URL: z.url().optional(),
  PERENNIAL_OUTBOUND_ALLOW: ranges.optional(),
});

/** What the environment decides. `databaseUrl` and `clickhouseUrl` are absent when the engines are embedded. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  demo: boolean;
  /** Models are computed by themselves, and not only when somebody asks. */
  train: boolean;
  role: 'all' | 'api' | 'worker';
  secret: string | undefined;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  databaseUrl: string | undefined;
  clickhouseUrl: string | undefined;
  /** Ranges of one's own network that the program may send to. */
  outboundAllow: string[];
}

/** Reads and checks the environment; a bad value is refused with its name, not its content. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((i) => String(i.path[0])))];
    throw new Problem('platform.bad_environment', { params: { names: names.join(', ') } });
  }
  const e = parsed.data;
  return {
    port: e.PERENNIAL_PORT,
    host: e.PERENNIAL_HOST,
    dataDir: resolve(e.PERENNIAL_DATA_DIR),
    demo: e.PERENNIAL_DEMO,
    train: e.PERENNIAL_TRAIN,
    role: e.PERENNIAL_ROLE,
    secret: e.PERENNIAL_SECRET,
    logLevel: e.PERENNIAL_LOG,
    databaseUrl: e.DATABASE_URL,
    clickhouseUrl: e.CLICKHOUSE_URL,
    outboundAllow: e.PERENNIAL_OUTBOUND_ALLOW ?? [],
  };
}
