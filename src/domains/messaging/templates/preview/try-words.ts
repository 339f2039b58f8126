import type { Actor } from '../../../../kernel/actor.ts';
import type { EndpointInput } from '../../../../kernel/endpoint.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { tryTemplate } from '../../contract.ts';
import type { Channels, MessagingDoors, Tried } from '../../part.ts';
import type { OpenDoors } from '../open.ts';
import { exampleLinks } from './example.ts';
import { shownAs } from './preview.ts';

/** Sends words as they are to one address, to be looked at where they are going to be read. */
export async function tryWords(doors: MessagingDoors & { channels: Pick<Channels, 'tryOut'> }, open: OpenDoors, { to, ...asked }: EndpointInput<typeof tryTemplate>['body'], actor: Actor): Promise<Tried> {
  const { template, shown: [shown] } = await shownAs(doors, open, asked, actor);
  if (!shown) throw new Problem('messaging.template_without_language', { params: { locale: asked.locale } });
  const { person } = shown;
  const [message] = await template.renderAll([{ person, links: exampleLinks }]);
  if (message instanceof Problem) throw message;
  return doors.channels.tryOut(asked.channel, { to, locale: person.locale, message }, actor);
}
