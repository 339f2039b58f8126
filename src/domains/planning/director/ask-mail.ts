import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { conflict } from '../../../kernel/problem.ts';
import { readMailServer } from '../../../platform/mail/mail-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { GoesTo, listDirectorMails } from '../contract.ts';
import { lockPlan } from '../items/changes.ts';
import type { PlanningDoors } from '../part.ts';
import { readCopies, shownCopies } from '../post/post.ts';
import { checkGoesTo } from '../reports/keep/keep-mailings.ts';
import { noteOccasion } from '../reports/keep/occasions.ts';
import { occasionJson } from '../reports/keep/reports-store.ts';
import { readSaid } from '../robots/store.ts';

/** Notes that the page of a director is to be sent now. One that is being made is not asked for twice. */
export const askMail = ({ platform: { pg: pool, clock } }: Pick<PlanningDoors, 'platform'>, planNo: number, goesTo: GoesTo, locale: Locale, actor: Actor): Promise<number> => inTransaction(pool, async (client) => {
  await lockPlan(client, planNo);
  const checked = await checkGoesTo(client, goesTo);
  if (goesTo.readers.length > 0 && !(await readMailServer(client))) throw conflict('platform.mail_not_set_up');
  const { rowCount } = await client.query("select from plan_occasion where plan_no = $1 and report_no is null and mailing_no is null and state = 'making'", [planNo]);
  if (rowCount) throw conflict('planning.director_under_way');
  const now = clock.now();
  const occasionNo = await noteOccasion(client, { mailingNo: null, planNo, reportNo: null, replaces: null, dueAt: now, locale, goesTo, state: 'making', isLate: false, by: actor.name }, now);
  await recordAudit(client, { actor, action: 'planning.send_director', subject: `plan:${planNo}`, details: checked });
  return occasionNo ?? 0;
});

type Sent = z.output<typeof listDirectorMails.reply>['mails'][number];
const shown = 20;

/** When the page of a director was sent, the newest first. */
export async function readMails({ platform: { pg: pool }, say }: Pick<PlanningDoors, 'platform' | 'say'>, planNo: number, locale: Locale): Promise<Sent[]> {
  const { rows } = await pool.query<{ occasion: Omit<Sent, 'copies'> }>(
    `select ${occasionJson} || jsonb_build_object('locale', o.locale, 'isByItself', o.mailing_no is not null) as occasion from plan_occasion o where plan_no = $1 and report_no is null order by occasion_no desc limit ${shown}`, [planNo]);
  return Promise.all(rows.map(async ({ occasion }) => {
    const about = `director:${occasion.occasionNo}`;
    return { ...occasion, copies: shownCopies([...await readCopies(pool, about), ...await readSaid(pool, [about])], locale, say) };
  }));
}
