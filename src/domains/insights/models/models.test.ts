import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestPlatform, createTestServer, staff, type TestPlatform } from '../../../../test/harness.ts';
import { Problem } from '../../../kernel/problem.ts';
import { createSay } from '../../../platform/i18n.ts';
import { readModel, trainModel } from '../contract.ts';
import { createKeepUp, isDue } from './keep-up.ts';
import { modelKind } from './model-kind.ts';
import { createModels, type Models } from './models.ts';
import { modelRoutes } from './routes.ts';
import { runModel } from './run-model.ts';
import { type RunRow, runsOf } from './store.ts';

const trainer = staff('insights.train');

describe('models that are computed in the background', () => {
  let test: TestPlatform;
  let models: Models;
  let version = 1;
  const forgotten: number[] = [];
  /** What the next run does before it answers. */
  let work: (signal: AbortSignal) => Promise<void> = async () => undefined;
  const doubling = modelKind({
    kind: 'doubling',
    params: z.object({ of: z.number().max(100).default(2) }),
    result: z.object({ doubled: z.number() }),
    begins: { reading: 0, fitting: 0.5 },
    async run({ params, tell, signal }) {
      await tell('fitting', 0.5);
      await work(signal);
      await tell('fitting', 1);
      return { doubled: params.of * 2 };
    },
    forget: async (modelId) => void forgotten.push(modelId),
  });
  beforeAll(async () => {
    test = await createTestPlatform();
    models = createModels(test.platform, async () => version);
    models.register(doubling);
    await test.platform.jobs.start(false);
  });
  afterAll(async () => {
    await models.stop();
    await test.close();
  });
  const kinds = new Map([[doubling.kind, doubling]]);
  const run = async (modelId: number, signal = new AbortController().signal): Promise<RunRow> => {
    await runModel(test.platform, kinds as never, modelId, signal);
    return (await runsOf(test.platform.pg, 'doubling')).find((row) => row.modelId === modelId)!;
  };

  it('are asked for once at a time, with what their kind allows, and shown when they are done', async () => {
    expect(await models.current(doubling)).toBeNull();
    const { modelId, params } = await models.train('doubling', {}, trainer);
    expect(params).toEqual({ of: 2 });
    await expect(models.train('doubling', {}, trainer)).rejects.toMatchObject({ code: 'insights.model_under_way' });
    await expect(models.train('doubling', { of: 101 }, trainer)).rejects.toThrow();
    await expect(models.train('tripling', {}, trainer)).rejects.toMatchObject({ status: 404 });
    expect(await run(modelId)).toMatchObject({ state: 'done', result: { doubled: 4 }, progress: null });
    expect(await models.current(doubling)).toMatchObject({ modelId, dataVersion: 1, result: { doubled: 4 } });
    const { rows } = await test.platform.pg.query("select details from audit_log where action = 'insights.train'");
    expect(rows).toEqual([{ details: { of: 2 } }]);
    await runModel(test.platform, kinds as never, modelId, new AbortController().signal);
    expect((await runsOf(test.platform.pg, 'doubling')).length).toBe(1);
  });

  it('tell how far they are, and stay as they were when a run is cancelled', async () => {
    const before = await models.current(doubling);
    const { modelId } = await models.train('doubling', { of: 5 }, trainer);
    let seen: RunRow | undefined;
    work = async () => {
      [seen] = await runsOf(test.platform.pg, 'doubling');
      await models.cancel('doubling', trainer);
    };
    expect((await run(modelId)).state).toBe('cancelled');
    expect(seen?.progress).toEqual({ stage: 'fitting', done: 0.75 });
    expect(await models.current(doubling)).toEqual(before);
    expect(forgotten).toContain(modelId);
    await expect(models.cancel('doubling', trainer)).rejects.toMatchObject({ code: 'insights.model_not_under_way' });
    const waiting = await models.train('doubling', {}, trainer);
    await models.cancel('doubling', trainer);
    expect((await run(waiting.modelId)).state).toBe('cancelled');
  });

  it('are begun again after a crash, and say why when the data does not allow them', async () => {
    const { modelId } = await models.train('doubling', { of: 7 }, trainer);
    const stopping = new AbortController();
    work = async () => stopping.abort(new Error('the process is stopping'));
    await expect(run(modelId, stopping.signal)).rejects.toThrow('stopping');
    work = async () => undefined;
    expect(await run(modelId)).toMatchObject({ state: 'done', result: { doubled: 14 } });
    const failing = await models.train('doubling', {}, trainer);
    work = async () => { throw new Problem('insights.nobody_to_keep', { status: 422 }); };
    expect(await run(failing.modelId)).toMatchObject({ state: 'failed', failure: { code: 'insights.nobody_to_keep' } });
    work = async () => undefined;
    const server = await createTestServer(test.platform, modelRoutes(test.platform, models, async () => ++version, createSay()));
    const shown = (await server.inject({ url: readModel.path.replace(':kind', 'doubling'), headers: { 'x-test-permissions': 'insights.read', 'accept-language': 'en' } })).json();
    expect(shown).toMatchObject({ current: { modelId, state: 'done' }, isOld: true, underWay: null, failed: { failure: expect.stringContaining('nobody behind this number') } });
    expect(shown.history.map((each: RunRow) => each.state)).toEqual(['failed', 'done', 'cancelled', 'cancelled', 'done']);
    const asked = await server.inject({ method: 'POST', url: trainModel.path.replace(':kind', 'doubling'), payload: {}, headers: { 'x-test-permissions': 'insights.read' } });
    expect(asked.statusCode).toBe(403);
    await server.close();
  });

  it('drop what a run before kept of people, and are known by number at once where they were computed', async () => {
    const { modelId } = await models.train('doubling', {}, trainer);
    const before = (await models.current(doubling))!.modelId;
    await run(modelId);
    expect(forgotten).toContain(before);
    models.follow();
    for (let i = 0; i < 50 && models.currentId('doubling') !== modelId; i++) await sleep(20);
    expect(models.currentId('doubling')).toBe(modelId);
    expect(models.currentId('tripling')).toBe(0);
  });
});

describe('models wait for a load to end', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  it('but not for ever: data that stood still from one look to the next, or moved for ten minutes', async () => {
    let [version, now] = [0, Date.parse('2026-06-18T04:00:00Z')];
    const trained: number[] = [];
    const kind = { kind: 'any' } as never;
    const look = createKeepUp({ ...test.platform, clock: { now: () => new Date(now) } }, new Map([['any', kind]]), async () => version, async () => {
      trained.push(version);
      return {} as never;
    });
    const looks = async (versions: number[]): Promise<number[]> => {
      for (version of versions) {
        await look();
        now += 15_000;
      }
      return trained.splice(0);
    };
    expect(await looks([0, 0, 5, 9, 14])).toEqual([]);
    expect(await looks([14])).toEqual([14]);
    expect(await looks(Array.from({ length: 42 }, (_, i) => 20 + i))).toEqual([61]);
    expect(await looks([100, 100])).toEqual([100, 100]);
  });
});

describe('a model is computed by itself', () => {
  const shanghai = { timeZone: 'Asia/Shanghai', isGone: false };
  const at = (text: string): Date => new Date(`2026-06-18T${text}+08:00`);
  const done = (asOf: Date, dataVersion = 1, state: RunRow['state'] = 'done'): RunRow[] => [{ state, asOf, dataVersion } as RunRow];
  it.each([
    ['not while there is no data', [], { dataVersion: 0, now: at('12:00:00') }, false],
    ['as soon as there is', [], { dataVersion: 1, now: at('12:00:00') }, true],
    ['not while one is under way', done(at('01:00:00'), 1, 'running'), { dataVersion: 9, now: at('12:00:00') }, false],
    ['after half past three when data changed', done(at('01:00:00')), { dataVersion: 2, now: at('03:31:00') }, true],
    ['not before', done(at('01:00:00')), { dataVersion: 2, now: at('03:29:00') }, false],
    ['once a night', done(at('03:31:00')), { dataVersion: 2, now: at('23:00:00') }, false],
    ['not when nothing changed', done(at('01:00:00')), { dataVersion: 1, now: at('04:00:00') }, false],
    ['not again where it failed on the same data', done(at('01:00:00'), 1, 'failed'), { dataVersion: 1, now: at('12:00:00') }, false],
    ['again where it failed on other data', done(at('01:00:00'), 1, 'failed'), { dataVersion: 2, now: at('01:11:00') }, true],
    ['but not all the time', done(at('01:00:00'), 1, 'failed'), { dataVersion: 2, now: at('01:00:50') }, false],
    ['when what it kept is gone', done(at('11:00:00')), { dataVersion: 1, now: at('12:00:00'), isGone: true }, true],
  ])('%s', (_, runs, moment, expected) => {
    expect(isDue(runs, { ...shanghai, ...moment })).toBe(expected);
  });
});
