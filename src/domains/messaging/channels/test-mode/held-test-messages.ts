import type pg from 'pg';
import type { HeldDataSource } from '../../../customers/public.ts';

/**
 * Messages that test mode kept are sealed and do not say whose they are, so that whoever is erased takes all of them along: they are
 * there to be looked at for some days, and nothing is sent from them.
 */
export const heldTestMessages = (pool: pg.Pool): HeldDataSource => ({
  name: 'channel_test_message',
  count: async () => 0,
  async *export() {},
  async erase() {
    await pool.query('delete from channel_test_message');
    return 0;
  },
});
