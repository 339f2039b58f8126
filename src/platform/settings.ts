import type pg from 'pg';
import { z } from 'zod';
import { locales } from '../kernel/locale.ts';

/** What the brand says of itself; days and months are those of its time zone. */
export const brandSchema = z.object({
  name: z.string().trim().min(1).max(80),
  timeZone: z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC'),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Of what is written to somebody whose own language nobody knows. */
  language: z.enum(locales).default('zh-CN'),
});
type KeptBrand = z.infer<typeof brandSchema>;
/** By what figures and days are shown. */
export type Brand = Omit<KeptBrand, 'language'>;

const defaultBrand: KeptBrand = { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY', language: 'zh-CN' };

/** The brand's settings, defaults where nothing was set. */
export async function readBrand(connection: pg.Pool | pg.PoolClient): Promise<KeptBrand> {
  const { rows } = await connection.query<{ value: Partial<KeptBrand> }>("select value from setting where name = 'brand'");
  return { ...defaultBrand, ...rows[0]?.value };
}

/** Replaces the brand's settings. */
export async function writeBrand(connection: pg.Pool | pg.PoolClient, brand: z.input<typeof brandSchema>): Promise<void> {
  await connection.query(
    "insert into setting (name, value) values ('brand', $1) on conflict (name) do update set value = $1, updated_at = now()",
    [JSON.stringify(brand)],
  );
}
