import { halfWidth } from '../../../kernel/half-width.ts';

/** Numbers of the words below in columns of codes; 0 is an empty cell. */
export const genders = ['', 'male', 'female', 'unknown'] as const;
export const booleans = ['', 'true', 'false'] as const;
export const kinds = ['', 'sale', 'refund'] as const;

type WordTable = ReadonlyMap<string, number>;

const table = (...words: string[]): WordTable =>
  new Map(words.flatMap((list, i) => list.split(' ').map((word) => [word, i + 1] as const)));

export const genderWords = table(
  '1 男 男性 先生 男士 男生 m male man mr mr. boy 帅哥',
  '2 女 女性 女士 小姐 太太 女生 f female woman mrs mrs. ms ms. miss girl 美女',
  '未知 保密 不详 其他 其它 不限 中性 unknown u o x n other others none undisclosed unspecified 0',
);

export const booleanWords = table(
  '1 1.0 true t yes y on 是 真 有 对 同意 已同意 订阅 已订阅 允许 开 开启 接受 ok √ ✓ subscribed granted',
  '0 0.0 false f no n off 否 假 无 没有 错 不同意 拒绝 已拒绝 退订 已退订 未订阅 不允许 关 关闭 × ✗ unsubscribed denied',
);

export const kindWords = table(
  'sale sales order purchase paid completed 销售 订单 购买 消费 正常 出库 交易成功 正单',
  'refund refunded return returned cancel cancelled canceled credit reversal 退款 退货 退单 取消 退款成功 退货退款 仅退款 负单',
);

/** The number of a word in a table, or -1 where the table does not know it. */
export function wordNumber(words: WordTable, raw: string): number {
  return words.get(halfWidth(raw).trim().toLowerCase()) ?? -1;
}
