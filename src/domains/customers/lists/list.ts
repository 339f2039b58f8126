import type { Actor } from '../../../kernel/actor.ts';
import { addDays, startOfDay } from '../../../kernel/day.ts';
import { parseSort } from '../../../kernel/page.ts';
import { Problem } from '../../../kernel/problem.ts';
import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { customerCount, customersByCreation, customersByOrders, type ListFilters } from '../analytics/customer-list.ts';
import { facetValues } from '../analytics/facets.ts';
import { customerSorts, type CustomerFilters, type CustomerRow } from '../contract/lists.ts';
import type { GuardedSearch } from '../search/guarded-search.ts';
import { readAllTags } from '../tags/store.ts';
import type { Vault } from '../vault/vault.ts';
import { readRows } from './rows.ts';

interface Asked extends CustomerFilters {
  page: number;
  pageSize: number;
  sort?: string;
  q?: string;
}

/** ClickHouse reads a moment of this form whatever its settings. */
const momentText = (moment: Date): string => moment.toISOString().slice(0, 23).replace('T', ' ');

const always = { from: '1900-01-01 00:00:00.000', to: '2299-12-31 00:00:00.000' };

/** The filters as a question binds them; days are those of the brand's calendar. */
export async function bindFilters({ pg: pool }: Platform, asked: CustomerFilters): Promise<ListFilters> {
  const { timeZone } = await readBrand(pool);
  return {
    channels: asked.channel,
    provinces: asked.province,
    gender: asked.gender ?? '',
    tag: asked.tag ?? 0,
    identified: asked.identified ?? '',
    from: asked.createdFrom ? momentText(startOfDay(asked.createdFrom, timeZone)) : always.from,
    to: asked.createdTo ? momentText(startOfDay(addDays(asked.createdTo, 1), timeZone)) : always.to,
  };
}

/** One page of customers and how many match. What is searched for is looked up by itself, without the filters. */
export async function listPage(platform: Platform, vault: Vault, search: GuardedSearch, asked: Asked, actor: Actor): Promise<{ rows: CustomerRow[]; total: number }> {
  const order = parseSort(asked.sort, customerSorts);
  if (asked.sort && !order) throw new Problem('customers.bad_sort', { params: { allowed: customerSorts }, fields: [{ path: 'query.sort', code: 'bad_sort' }] });
  const offset = (asked.page - 1) * asked.pageSize;
  if (asked.q) {
    const found = await search(actor, asked.q, asked.pageSize, offset);
    return { rows: await readRows(platform, vault, found.customerNos), total: found.total };
  }
  const { field, descending } = order ?? { field: 'createdAt', descending: true };
  const filters = await bindFilters(platform, asked);
  const page = { ...filters, limit: asked.pageSize, offset };
  const [numbers, [{ total }]] = await Promise.all([
    ask(platform.reader, field === 'createdAt' ? customersByCreation(descending) : customersByOrders(field, descending), page),
    ask(platform.reader, customerCount, filters),
  ]);
  return { rows: await readRows(platform, vault, numbers.map((row) => row.customerNo)), total };
}

/** What the list can be filtered by. */
export async function readFacets(platform: Platform) {
  const [channels, provinces, tags] = await Promise.all([
    ask(platform.reader, facetValues('channel'), {}),
    ask(platform.reader, facetValues('province'), {}),
    readAllTags(platform.pg),
  ]);
  return { channels: channels.map((row) => row.value), provinces: provinces.map((row) => row.value), tags };
}
