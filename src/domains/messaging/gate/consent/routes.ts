import type { FastifyRequest } from 'fastify';
import { Problem } from '../../../../kernel/problem.ts';
import { createRateLimit } from '../../../../platform/http/rate-limit.ts';
import { rawRoute, route, type Route } from '../../../../platform/http/route.ts';
import { askOptIn, confirmOptIn, readOptIn } from '../../contract/opt-ins.ts';
import { choosePreferences, openPreferences, unsubscribeByOneClick } from '../../contract/preferences.ts';
import type { MessagingDoors } from '../../part.ts';
import type { OptOutTaker } from './opt-out.ts';
import { createOptIns, type OptInChannels } from './opt-ins.ts';
import { createPreferences } from './preferences.ts';

/** A person with a page open clicks a switch a second at most; a provider of mail sends one-clicks of many people. */
const perMinute = { visits: 60, oneClicks: 3_000 };

/** Where people say what they want to get, by links in messages. */
export function preferenceRoutes(doors: MessagingDoors, told: OptOutTaker, channels?: OptInChannels): Route[] {
  const { clock } = doors.platform;
  const optIns = createOptIns(doors, channels);
  const preferences = createPreferences(doors, told, optIns);
  const limits = { visits: createRateLimit(perMinute.visits), oneClicks: createRateLimit(perMinute.oneClicks) };
  const demand = (limit: keyof typeof limits, request: FastifyRequest): void => {
    const seconds = limits[limit].take(request.socket.remoteAddress ?? '', clock.now());
    if (seconds > 0) throw new Problem('messaging.too_often', { status: 429, retryAfterSeconds: seconds, params: { seconds } });
  };
  return [
    route(openPreferences, ({ body: { token }, request }) => {
      demand('visits', request);
      return preferences.open(token);
    }),
    route(choosePreferences, ({ body: { token, choice }, actor, request }) => {
      demand('visits', request);
      return preferences.choose(token, choice, actor.locale);
    }),
    route(askOptIn, ({ body, actor }) => optIns.ask(body, actor)),
    route(readOptIn, ({ body: { token }, request }) => {
      demand('visits', request);
      return optIns.read(token);
    }),
    route(confirmOptIn, ({ body: { token }, request }) => {
      demand('visits', request);
      return optIns.confirm(token);
    }),
    rawRoute(unsubscribeByOneClick, async ({ params: { token }, request, reply }) => {
      demand('oneClicks', request);
      await preferences.unsubscribe(token);
      return reply.header('cache-control', 'no-store').status(200).send('');
    }),
  ];
}
