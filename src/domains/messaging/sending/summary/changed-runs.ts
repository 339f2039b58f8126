import type pg from 'pg';

/** Notes that something of these runs is other than it was counted. Nearly always it is noted already, and nothing is written. */
export const noteChanged = async (client: pg.ClientBase, runNos: readonly number[]): Promise<unknown> => client.query({
  name: 'messaging.run-changed',
  text: 'insert into send_run_changed (run_no) select unnest($1::int[]) order by 1 on conflict do nothing',
  values: [[...new Set(runNos)]],
});
