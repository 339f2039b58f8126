import type pg from 'pg';
import type { Locale } from '../../../../kernel/locale.ts';
import { readMailServer } from '../../../../platform/mail/mail-server.ts';
import { readDirectory } from '../../../access/public.ts';
import { button, card, heading, html, page } from '../../../insights/public.ts';
import type { PlanningDoors } from '../../part.ts';
import { noteLetters } from '../../post/post.ts';

export interface ToTell {
  about: string;
  keeperId: number | null;
  /** Of what is told, where the keeper chose none. */
  locale: Locale;
  told: (locale: Locale) => { subject: string; lines: string[] };
  /** The page where something can be done about it. */
  path: string;
}

/** Writes to whoever set something up: what waits for a look, what went wrong. It leaves when the transaction holds. */
export async function tellKeeper({ platform: { clock, log }, say }: Pick<PlanningDoors, 'platform' | 'say'>, client: pg.PoolClient, { about, keeperId, locale: usual, told, path }: ToTell): Promise<void> {
  const keeper = (await readDirectory(client)).find(({ staffId }) => staffId === keeperId);
  const server = await readMailServer(client);
  if (!keeper || !server) return void log.error({ about }, 'nobody could be told of a report of the plan');
  const locale = keeper.language ?? usual;
  const { subject, lines } = told(locale);
  const [href, open] = [`${server.siteAddress}${path}`, say(locale, 'planning', 'reports.look')];
  await noteLetters(client, [{
    about, to: { name: keeper.name, address: keeper.email }, locale, subject, text: [subject, ...lines, `${open}: ${href}`].join('\n'),
    html: page(locale, subject, card(html`${heading(subject)}${lines.map((line) => html`<p class="ink" style="margin:0 0 8px">${line}</p>`)}${button(href, open)}`)),
  }], clock.now());
}
