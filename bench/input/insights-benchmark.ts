import type { Platform } from '../../src/platform/platform.ts';
import type { Figure } from '../run.ts';
import type { openInsights } from './open-insights.ts';

/** What a file in `bench/insights` measures with. */
export interface InsightsBench extends ReturnType<typeof openInsights> {
  platform: Platform;
  /** A request of somebody who may do everything: its answer, and how long that took. */
  ask(method: 'GET' | 'POST', url: string, payload?: object): Promise<{ ms: number; body: unknown }>;
  /** A number that should not be above its target. */
  figure(name: string, value: number, target: number, unit?: string, more?: Record<string, number>): Figure;
  size: { customers: number; lines: number };
  rounds: number;
}

/** What such a file exports. */
export interface InsightsBenchmark {
  measure(bench: InsightsBench): AsyncGenerator<Figure>;
}
