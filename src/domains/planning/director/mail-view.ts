import { type Actor, systemActor } from '../../../kernel/actor.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { readMailServer } from '../../../platform/mail/mail-server.ts';
import type { RobotMessage } from '../robots/provider.ts';
import { documentTypes } from '../document/write/documents.ts';
import { figureLine, mailHtml, mailText } from '../document/write/mail.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import type { Letter } from '../post/post.ts';
import { type DirectorDoors, readView } from './view.ts';
import { writeView } from './write-view.ts';

/** Whoever gets mail sees what everybody sees who may read plans: scores of people and what they cost stay in the house. */
const reader: Actor = { ...systemActor, kind: 'token', permissions: new Set(['planning.read']) };

/** The page of a director as a letter with the PDF, and as a message to groups; waits until everything is counted. */
export async function mailOfView(doors: DirectorDoors, planNo: number, locale: Locale, note?: string): Promise<{ letter: Omit<Letter, 'to' | 'about'>; message: RobotMessage }> {
  const { platform: { pg }, say, documents } = doors;
  const [plan, server] = [await requirePlan(pg, planNo), await readMailServer(pg)];
  const document = await writeView(doors, plan, await readView(doors, plan, { ...reader, locale }, locale, Infinity), locale);
  const link = server ? { text: say(locale, 'planning', 'director.openPage'), href: `${server.siteAddress}/plan/director?plan=${planNo}` } : null;
  const frame = { link, foot: say(locale, 'planning', 'director.mailFoot'), ...(note === undefined ? {} : { note }) };
  const tiles = document.blocks.flatMap((block) => (block.is === 'figures' ? block.figures : [])).map((figure) => figureLine(figure, locale));
  return {
    letter: {
      locale, subject: document.title, html: mailHtml(document, locale, frame), text: mailText(document, locale, frame),
      file: { name: `director-${planNo}-${locale}.pdf`, type: documentTypes.pdf, content: await documents.write(document, 'pdf', locale) },
    },
    message: { title: document.title, lines: [...(note === undefined ? [] : [note]), ...tiles], link },
  };
}
