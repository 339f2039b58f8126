import { readyTemplates } from '../src/domains/messaging/templates/ready-made/ready-made.ts';
import { compileContent } from '../src/domains/messaging/templates/compile/compile.ts';
import { createRenderApart } from '../src/domains/messaging/templates/render/apart/render-apart.ts';
import type { MessageLinks, ToRender } from '../src/domains/messaging/part.ts';
import { Problem } from '../src/kernel/problem.ts';
import { createSay } from '../src/platform/i18n.ts';
import type { Figure } from './run.ts';

/** As many as sending holds in memory at a time. */
const batch = 1_000;

/** The mail of the demonstration brand with the most in it, for many people, in threads as sending does it: with links signed in their places. */
export async function* run({ mails = 100_000 }: Record<string, number>): AsyncGenerator<Figure> {
  const { content } = readyTemplates(createSay(), 'zh-CN')[0];
  const compiledMs = await timed(() => Promise.resolve(compileContent(content, brand)));
  const compiled = compileContent(content, brand);
  const render = createRenderApart();
  try {
    await render(compiled, peopleFrom(0, 2_000));
    let made = 0;
    let bytes = 0;
    let largest = 0;
    const spentBefore = process.cpuUsage();
    const renderedMs = await timed(async () => {
      for (let from = 0; from < mails; from += batch) {
        const messages = await render(compiled, peopleFrom(from, Math.min(batch, mails - from)));
        for (const message of messages) if (!(message instanceof Problem)) { made++; bytes += message.html?.length ?? 0; }
        largest = Math.max(largest, process.memoryUsage().rss);
      }
    });
    if (made !== mails) throw new Error(`${mails - made} mails were not made`);
    const { user, system } = process.cpuUsage(spentBefore);
    const value = Math.round(mails / (renderedMs / 1_000));
    yield { name: 'render.mails', value, unit: '/s', target: 5_000, holds: value >= 5_000, mails, characters: Math.round(bytes / made) };
    // Of all threads together, and the same on a machine that is busy with other work: two cores have 400 a mail at the rate above.
    const spent = Math.round((user + system) / mails);
    yield { name: 'render.processor', value: spent, unit: 'us', target: 400, holds: spent < 400, mails };
    yield { name: 'render.memory', value: Math.round(largest / 2 ** 20), unit: 'MiB', target: 1_536, holds: largest < 1_536 * 2 ** 20, mails };
    yield { name: 'render.layout', value: Math.round(compiledMs * 10) / 10, unit: 'ms', target: 100, holds: compiledMs < 100, mails };
  } finally {
    await render.end();
  }
}

const brand = { name: '常青生活', timeZone: 'Asia/Shanghai', currency: 'CNY' };

function peopleFrom(from: number, count: number): ToRender[] {
  return Array.from({ length: count }, (_, n): ToRender => {
    const no = from + n;
    const links: MessageLinks = {
      track: (url, position) => `https://m.shop.example/c/${no.toString(36)}-${position}?u=${encodeURIComponent(url)}`,
      pixelUrl: `https://m.shop.example/o/${no.toString(36)}`, unsubscribeUrl: `https://m.shop.example/u/${no.toString(36)}`, preferencesUrl: `https://m.shop.example/p/${no.toString(36)}`,
    };
    const recommendations = [1, 2, 3].map((place) => ({ id: `SKU-${(no + place) % 5_000}`, name: `茶 ${no % 977} 号 ${place}`, category: null, price: String(98 + (no % 40)) }));
    return { person: { locale: 'zh-CN', fields: { person: { name: `顾客 ${no}` }, recommendations } }, links };
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
