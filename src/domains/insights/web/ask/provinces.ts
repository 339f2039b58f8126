/** A province of China: its code of two letters (ISO 3166-2), its digits (GB/T 2260), its place on the grid, and what it is called. */
export interface Province {
  iso: string;
  digits: string;
  /** Column and row. */
  at: [column: number, row: number];
  zh: string;
  tw: string;
  en: string;
  /** Further spellings. */
  also?: string[];
}

const of = (iso: string, digits: string, at: [number, number], zh: string, tw: string, en: string, ...also: string[]): Province => ({ iso, digits, at, zh, tw, en, also });

/** All 34: 23 provinces with Taiwan, 5 autonomous regions, 4 municipalities, 2 special administrative regions. */
export const provinces: readonly Province[] = [
  of('HL', '23', [8, 0], '黑龙江', '黑龍江', 'Heilongjiang'),
  of('NM', '15', [6, 1], '内蒙古', '內蒙古', 'Inner Mongolia', 'Nei Mongol', 'Neimenggu'),
  of('JL', '22', [8, 1], '吉林', '吉林', 'Jilin'),
  of('XJ', '65', [1, 2], '新疆', '新疆', 'Xinjiang'),
  of('NX', '64', [4, 2], '宁夏', '寧夏', 'Ningxia'),
  of('SX', '14', [5, 2], '山西', '山西', 'Shanxi'),
  of('BJ', '11', [6, 2], '北京', '北京', 'Beijing', 'Peking'),
  of('TJ', '12', [7, 2], '天津', '天津', 'Tianjin'),
  of('LN', '21', [8, 2], '辽宁', '遼寧', 'Liaoning'),
  of('QH', '63', [2, 3], '青海', '青海', 'Qinghai'),
  of('GS', '62', [3, 3], '甘肃', '甘肅', 'Gansu'),
  of('SN', '61', [4, 3], '陕西', '陝西', 'Shaanxi'),
  of('HA', '41', [5, 3], '河南', '河南', 'Henan'),
  of('HE', '13', [6, 3], '河北', '河北', 'Hebei'),
  of('SD', '37', [7, 3], '山东', '山東', 'Shandong'),
  of('XZ', '54', [1, 4], '西藏', '西藏', 'Tibet', 'Xizang'),
  of('SC', '51', [3, 4], '四川', '四川', 'Sichuan'),
  of('CQ', '50', [4, 4], '重庆', '重慶', 'Chongqing'),
  of('HB', '42', [5, 4], '湖北', '湖北', 'Hubei'),
  of('AH', '34', [6, 4], '安徽', '安徽', 'Anhui'),
  of('JS', '32', [7, 4], '江苏', '江蘇', 'Jiangsu'),
  of('SH', '31', [8, 4], '上海', '上海', 'Shanghai'),
  of('YN', '53', [3, 5], '云南', '雲南', 'Yunnan'),
  of('GZ', '52', [4, 5], '贵州', '貴州', 'Guizhou'),
  of('HN', '43', [5, 5], '湖南', '湖南', 'Hunan'),
  of('JX', '36', [6, 5], '江西', '江西', 'Jiangxi'),
  of('ZJ', '33', [7, 5], '浙江', '浙江', 'Zhejiang'),
  of('GX', '45', [4, 6], '广西', '廣西', 'Guangxi'),
  of('GD', '44', [5, 6], '广东', '廣東', 'Guangdong', 'Canton'),
  of('FJ', '35', [6, 6], '福建', '福建', 'Fujian'),
  of('TW', '71', [8, 6], '台湾', '臺灣', 'Taiwan', '臺湾', '台灣'),
  of('HI', '46', [4, 7], '海南', '海南', 'Hainan'),
  of('MO', '82', [5, 7], '澳门', '澳門', 'Macau', 'Macao', 'Aomen'),
  of('HK', '81', [6, 7], '香港', '香港', 'Hong Kong', 'Xianggang'),
];

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s'’-]/g, '').replace(/(province|municipality|autonomousregion|zhuang|hui|uygh?ur|sar|city)+$/g, '');

const byName = new Map(provinces.flatMap((province) => [province.zh, province.tw, province.en, ...(province.also ?? [])].map((name) => [plain(name), province] as const)));
const byCode = new Map(provinces.flatMap((province) => [[`cn${province.iso.toLowerCase()}`, province], [province.digits, province]] as const));
const chinese = provinces.flatMap((province) => [province.zh, province.tw, ...(province.also ?? [])].filter((name) => /\p{Script=Han}/u.test(name)).map((name) => ({ name, province })));

/** Hainan is also a prefecture of Qinghai. */
const notTheIsland = /^海南藏族/;

/** The province that a text means: 浙江, 浙江省, 浙江省杭州市, Zhejiang, CN-ZJ or 330000; null where it means none. */
export function provinceOf(text: string): Province | null {
  const name = plain(text);
  const code = byCode.get(name) ?? (/^\d{6}$/.test(name) ? byCode.get(name.slice(0, 2)) : undefined);
  if (code) return code;
  if (notTheIsland.test(name)) return byCode.get('63') ?? null;
  return byName.get(name) ?? chinese.find((each) => name.startsWith(each.name))?.province ?? null;
}
