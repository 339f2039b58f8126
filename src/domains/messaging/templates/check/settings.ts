import type pg from 'pg';
import { type CheckSettings, checkSettings } from '../../contract.ts';

/**
 * Claims that the advertising law of the People's Republic forbids (广告法 art. 9, 28; art. 16 and 18 for cures), in both scripts, as
 * brands usually keep them. A list to begin with: it is the brand's to change.
 */
export const usualSettings: CheckSettings = {
  forbidden: [
    '国家级', '最高级', '最佳', '最好', '最优', '最低价', '全网最低', '史上最低', '第一', '唯一', '顶级', '极品', '绝无仅有', '独一无二', '前无古人', '永久', '万能', '百分百有效', '100%有效', '根治', '包治', '零风险', '稳赚',
    '國家級', '最高級', '最優', '最低價', '全網最低', '頂級', '極品', '絕無僅有', '獨一無二', '零風險', '穩賺', '萬能',
  ],
  allowed: ['第一时间', '第一時間', '第一次', '第一单', '第一單', '第一步', '第一杯', '第一年'],
  partPrice: null,
};

export async function readCheckSettings(connection: pg.Pool | pg.PoolClient): Promise<CheckSettings> {
  const { rows } = await connection.query<{ value: unknown }>("select value from setting where name = 'message_check'");
  return rows.length === 0 ? usualSettings : checkSettings.parse(rows[0].value);
}

export async function writeCheckSettings(client: pg.PoolClient, settings: CheckSettings): Promise<void> {
  await client.query("insert into setting (name, value) values ('message_check', $1) on conflict (name) do update set value = $1, updated_at = now()", [JSON.stringify(settings)]);
}
