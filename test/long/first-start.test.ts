import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { launchProduct, startProduct } from '../product.ts';
import { checkFolder, report, rounds } from './report.ts';
import { openStores, schemaOf } from './stores.ts';

const stepMs = 60;

/** What a start on a folder ends with. */
async function startAndRead(dataDir: string) {
  const product = await startProduct(dataDir);
  const stores = await openStores(product);
  const schema = await schemaOf(stores);
  await stores.close();
  expect(await product.stop()).toBe(0);
  return { schema, readyMs: product.readyMs };
}

it('a first start that is killed at any moment is completed by the next one, and repeating it changes nothing', async () => {
  const untouched = checkFolder('first-start');
  const whole = await startAndRead(untouched.path);
  const again = await startAndRead(untouched.path);
  untouched.remove();
  expect(again.schema).toEqual(whole.schema);

  const kills = rounds('PERENNIAL_KILLS', Math.ceil(whole.readyMs / stepMs) + 2);
  let slowestMs = 0;
  for (let step = 1; step <= kills; step++) {
    const folder = checkFolder('first-start');
    const launched = launchProduct(folder.path);
    await sleep((step * stepMs * whole.readyMs) / (kills * stepMs));
    await launched.killTree();
    const next = await startAndRead(folder.path);
    expect(next.schema, `killed at step ${step}`).toEqual(whole.schema);
    slowestMs = Math.max(slowestMs, next.readyMs);
    if (step % 10 === 0) expect((await startAndRead(folder.path)).schema).toEqual(whole.schema);
    folder.remove();
  }
  report('14 killed first start', { kills, overMs: whole.readyMs, slowestNextStartMs: slowestMs, verdict: 'completed every time, schema equal' });
}, 1_800_000);
