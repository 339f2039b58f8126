import { createSignInLink, inviteStaff, listStaffRoles } from '../domains/access/staff/contract.ts';
import type { Config } from '../platform/config.ts';
import { call } from './server/call.ts';
import { withServer } from './server/with-server.ts';
import { ToldFailure } from './terminal/failure.ts';

/** Invites someone and prints the link by which they set a password. A role is a built-in one's key or an own one's name. */
export async function addStaffCommand(config: Config, name: string, email: string, options: { role: string }): Promise<void> {
  await withServer(config, async (server, speech) => {
    const { roles } = await call(server, listStaffRoles);
    const role = roles.find((one) => one.key === options.role || one.name === options.role);
    if (!role) throw new ToldFailure(speech.say('no_such_role', { role: options.role, known: roles.map((one) => one.key ?? one.name).join(', ') }));
    const link = await call(server, inviteStaff, { body: { email, name, roleIds: [role.roleId] } });
    console.error(speech.say('invited', { until: link.expiresAt }));
    console.log(server.url + link.path);
  });
}

/** Prints a link that signs an account in once; the first administrator's when no address is given. */
export async function signInCommand(config: Config, email: string | undefined): Promise<void> {
  await withServer(config, async (server, speech) => {
    const link = await call(server, createSignInLink, { body: { email } });
    console.error(speech.say('good_until', { until: link.expiresAt }));
    console.log(server.url + link.path);
  });
}
