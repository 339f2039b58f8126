import type { MallItemDefinition } from '../../contract/mall.ts';

const plain = { note: '', money: '0', limits: { perDay: null, total: null }, tiers: [], startsAt: null, endsAt: null, payMinutes: 30 } satisfies Partial<MallItemDefinition>;

/** What the demonstration brand gives for points; the last is a prize of activities alone. */
export const demoItems: { definition: MallItemDefinition; stock: number | null }[] = [
  {
    definition: { ...plain, names: { 'zh-CN': '10 元无门槛券', 'zh-TW': '10 元無門檻券', en: '10 yuan off' }, icon: 'ticket', color: '#b0651d', points: 500, delivery: { kind: 'made_codes', prefix: 'Q10' }, limits: { perDay: 1, total: null } },
    stock: null,
  },
  {
    definition: { ...plain, names: { 'zh-CN': '品牌帆布袋', 'zh-TW': '品牌帆布袋', en: 'Tote bag' }, icon: 'bag', color: '#1f6f54', points: 1_200, delivery: { kind: 'shipment' }, limits: { perDay: null, total: 2 } },
    stock: 300,
  },
  {
    definition: { ...plain, names: { 'zh-CN': '随行杯', 'zh-TW': '隨行杯', en: 'Travel cup' }, note: '316 不锈钢，350 毫升', icon: 'gift', color: '#2f6fde', points: 800, money: '29.9', delivery: { kind: 'shipment' } },
    stock: 120,
  },
  {
    definition: { ...plain, names: { 'zh-CN': '抽奖专享礼盒', 'zh-TW': '抽獎專享禮盒', en: 'Gift box for draws' }, icon: 'heart', color: '#a8323e', points: 0, delivery: { kind: 'shipment' } },
    stock: 50,
  },
];
