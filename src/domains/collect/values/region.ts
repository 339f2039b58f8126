/**
 * The provinces by their short names, which is what the product stores and shows: `广东`, not
 * `广东省`, so that files that write either agree.
 */
export const provinces = [
  '北京',
  '天津',
  '上海',
  '重庆',
  '河北',
  '山西',
  '辽宁',
  '吉林',
  '黑龙江',
  '江苏',
  '浙江',
  '安徽',
  '福建',
  '江西',
  '山东',
  '河南',
  '湖北',
  '湖南',
  '广东',
  '海南',
  '四川',
  '贵州',
  '云南',
  '陕西',
  '甘肃',
  '青海',
  '台湾',
  '内蒙古',
  '广西',
  '西藏',
  '宁夏',
  '新疆',
  '香港',
  '澳门',
] as const;
const traditional: Record<string, string> = { 臺灣: '台湾', 廣東: '广东', 內蒙: '内蒙古', 黑龍: '黑龙江' };

/** The first two characters tell all provinces apart. */
const byStart = new Map<string, string>([
  ...provinces.map((name) => [name.slice(0, 2), name] as const),
  ...Object.entries(traditional),
]);

/**
 * The province an address or a region starts with, by its short name; the text itself where
 * it starts with none (`United Kingdom`), unless only a province is wanted of it, as of an
 * address, which is personal: then the empty text.
 */
export function provinceOf(text: string, provinceOnly: boolean): string {
  const trimmed = text.trim().replace(/^(中国|中華人民共和國|中华人民共和国)[\s,，]*/, '');
  const province = byStart.get(trimmed.slice(0, 2));
  if (province) return province;
  return provinceOnly ? '' : trimmed;
}
