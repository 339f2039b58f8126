import type pg from 'pg';
import { plainName } from './split-properties.ts';

/**
 * Properties of events that are personal by their name. A plain `name` is not among them: in the e-commerce
 * specification it is that of a product.
 */
const always = [
  'email', 'e_mail', 'mail', 'phone', 'phone_number', 'mobile', 'mobile_phone', 'tel', 'telephone', 'first_name', 'last_name', 'full_name',
  'real_name', 'user_name', 'nickname', 'receiver', 'receiver_name', 'receiver_phone', 'consignee', 'recipient', 'recipient_name',
  'address', 'street', 'shipping_address', 'billing_address', 'delivery_address', 'id_card', 'id_number', 'passport', 'birthday', 'birth_date',
  'ip', 'ip_address', 'wechat', 'wechat_id', 'qq', 'password', '姓名', '手机', '手机号', '电话', '邮箱', '地址', '收货地址', '收货人', '身份证', '身份证号', '昵称',
];

const setting = 'collect.personal_properties';

/** The names a person has declared personal beyond those that always are. */
export async function readDeclared(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ value: string[] }>('select value from setting where name = $1', [setting]);
  return rows[0]?.value ?? [];
}

/** Replaces the declared names. */
export async function writeDeclared(client: pg.PoolClient, names: string[]): Promise<void> {
  await client.query(
    'insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = $2, updated_at = now()',
    [setting, JSON.stringify(names)]);
}

/** All names that are personal, as `plainName` writes them. */
export async function personalNames(pool: pg.Pool): Promise<ReadonlySet<string>> {
  return new Set([...always, ...await readDeclared(pool)].map(plainName));
}
