import type { PartnerScene, PartnerStage } from '../../contract/partners.ts';
import type { Names } from '../../contract/programme.ts';

/** A partner of the demonstration brand, as somebody would tell of it. Days count back from today. */
export interface DemoPartner {
  name: string;
  trade: string;
  website: string;
  summary: string;
  stages: { stage: PartnerStage; daysAgo: number }[];
  nextStep: { text: string; inDays: number } | null;
  notes: { text: string; daysAgo: number }[];
  contact: { role: string; name: string; phone: string; email: string; wechat: string } | null;
  scenes: Omit<PartnerScene, 'sceneId' | 'version'>[];
  estimates: { kind: 'matched' | 'survey' | 'affinity'; source: string; daysAgo: number; basis: object }[];
  contract: { settlement: 'prepaid' | 'billed'; billedOn: 'grant' | 'use'; priceEach: string; cap: string | null; terms: string; startsDaysAgo: number; days: number } | null;
  pack: { names: Names; codes: 'issued' | 'uploaded'; validDays: number; perPerson: number; alertLevel: number; bought: { units: number; daysAgo: number }[]; given: number; overDays: number; usedShare: number; freeCodes: number } | null;
}

const yoga: DemoPartner = {
  name: '松间瑜伽', trade: '瑜伽与冥想馆', website: 'https://songjian.example', summary: '华东 18 家门店，学员以 28 至 40 岁女性为主。课后一壶热茶，与我们的茶叶、香薰客群相近。',
  stages: [{ stage: 'contacted', daysAgo: 130 }, { stage: 'negotiation', daysAgo: 110 }, { stage: 'contract', daysAgo: 82 }, { stage: 'running', daysAgo: 75 }],
  nextStep: { text: '谈第三期体验课增补与续约价格', inDays: 4 },
  notes: [{ text: '试点三家门店，课后品茶区由我们布置。', daysAgo: 96 }, { text: '第一期两周发完一半，对方愿意增补。', daysAgo: 40 }],
  contact: { role: '品牌合作', name: '沈知夏', phone: '13600001234', email: 'zhixia@songjian.example', wechat: 'songjian_zx' },
  scenes: [
    { title: '课后一壶茶', moment: 'with_purchase', categories: ['茶与茶器/茶叶', '茶与茶器/花草茶'], theirProduct: '体验课', description: '订单满额赠一节体验课，门店课后提供同款茶饮。' },
    { title: '升级金卡送体验课', moment: 'membership', categories: [], theirProduct: '体验课', description: '作为等级礼发放，每人每年一次。' },
  ],
  estimates: [
    { kind: 'matched', source: '', daysAgo: 115, basis: { by: 'phone', compared: 15_200, listed: 8_640, matched: 1_130, isBelowFloor: false } },
    { kind: 'survey', source: '会员问卷第 7 题', daysAgo: 120, basis: { asked: 412, saidYes: 67 } },
  ],
  contract: { settlement: 'prepaid', billedOn: 'grant', priceEach: '30', cap: '15000', terms: '按批预付，单节 30 元；未用部分合同期内不退。', startsDaysAgo: 80, days: 365 },
  pack: { names: { 'zh-CN': '瑜伽体验课一节', 'zh-TW': '瑜伽體驗課一節', en: 'One yoga trial class' }, codes: 'issued', validDays: 60, perPerson: 1, alertLevel: 40, bought: [{ units: 200, daysAgo: 74 }, { units: 100, daysAgo: 25 }], given: 268, overDays: 70, usedShare: 0.58, freeCodes: 0 },
};

const coffee: DemoPartner = {
  name: '木言咖啡', trade: '精品咖啡连锁', website: 'https://muyan.example', summary: '写字楼店为主，工作日上午客流集中。愿意按核销计费，先跑三个月。',
  stages: [{ stage: 'contacted', daysAgo: 150 }, { stage: 'negotiation', daysAgo: 128 }, { stage: 'contract', daysAgo: 95 }, { stage: 'running', daysAgo: 90 }],
  nextStep: { text: '核对上月对账差异，确认结算金额', inDays: -1 },
  notes: [{ text: '对方系统按券码核销，每月 3 日前发对账单。', daysAgo: 92 }],
  contact: { role: '财务对接', name: 'Lin Hao', phone: '13700005678', email: 'finance@muyan.example', wechat: '' },
  scenes: [{ title: '上班路上的手冲', moment: 'after_purchase', categories: ['厨房餐饮/杯壶餐具'], theirProduct: '手冲咖啡', description: '买杯壶送三张手冲券，带自己的杯子再减三元。' }],
  estimates: [{ kind: 'affinity', source: '行业报告：咖啡与杯具同购', daysAgo: 140, basis: { category: '厨房餐饮/杯壶餐具', low: 0.12, likely: 0.2, high: 0.31 } }],
  contract: { settlement: 'billed', billedOn: 'use', priceEach: '12.5', cap: '8000', terms: '按实际核销每张 12.5 元，次月结清。', startsDaysAgo: 92, days: 365 },
  pack: { names: { 'zh-CN': '手冲咖啡券', 'zh-TW': '手沖咖啡券', en: 'Hand-brewed coffee' }, codes: 'uploaded', validDays: 30, perPerson: 3, alertLevel: 30, bought: [{ units: 400, daysAgo: 90 }], given: 190, overDays: 85, usedShare: 0.64, freeCodes: 210 },
};

const plain = { website: '', contact: null, scenes: [], estimates: [], contract: null, pack: null, notes: [] };

const inn: DemoPartner = {
  ...plain, name: '星野民宿', trade: '乡野民宿', summary: '莫干山与桐庐共 9 处，客房愿意摆放我们的香薰与床品。', stages: [{ stage: 'contacted', daysAgo: 26 }, { stage: 'negotiation', daysAgo: 12 }],
  nextStep: { text: '带床品样品去莫干山店看房', inDays: 6 }, notes: [{ text: '希望互换流量：入住礼放我们的香薰，扫码入会。', daysAgo: 11 }],
  scenes: [{ title: '住进香气里', moment: 'event', categories: ['家居香氛/无火香薰', '家居香氛/床品毛巾'], theirProduct: '周末双人房', description: '会员日抽双人房；客房摆放香薰，扫码下单。' }],
  estimates: [{ kind: 'survey', source: '会员问卷第 12 题', daysAgo: 10, basis: { asked: 380, saidYes: 41 } }],
};
const books: DemoPartner = { ...plain, name: '拾光书店', trade: '独立书店', summary: '读书会与茶席活动合办的可能。', stages: [{ stage: 'contacted', daysAgo: 9 }], nextStep: { text: '约线下见面', inDays: -3 } };
const camp: DemoPartner = { ...plain, name: '山野露营', trade: '户外装备', summary: '轻量茶具与折叠壶的联名想法。', stages: [], nextStep: null };
const bakery: DemoPartner = { ...plain, name: '甜序烘焙', trade: '烘焙', summary: '口味与客群不合，先放下。', stages: [{ stage: 'contacted', daysAgo: 210 }, { stage: 'ended', daysAgo: 190 }], nextStep: null };

export const demoPartners: readonly DemoPartner[] = [yoga, coffee, inn, books, camp, bakery];
