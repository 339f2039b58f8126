import type { ItemBody } from '../contract.ts';

/** Days count from today: below zero they are over. */
interface DemoTask {
  key: string;
  name: string;
  owner: keyof typeof demoPeople;
  from: number;
  to: number;
  state: ItemBody<'task'>['state'];
  doneOn?: number;
  hours: number;
  after?: string[];
}

interface DemoProject {
  name: string;
  aim: string;
  owner: keyof typeof demoPeople;
  departments: string[];
  from: number;
  to: number;
  state: ItemBody<'project'>['state'];
  /** What of the template it comes of: `duty second`. */
  source: string;
  milestones: { name: string; due: number; doneOn?: number }[];
  tasks: DemoTask[];
  meeting?: { name: string; in: number; state: ItemBody<'meeting'>['state']; agenda: string; minutes: string; decisions: string[] };
}

/** Whoever fills a position of the template, what a head of it costs in a month, and since when they are there. */
export const demoPeople = {
  lin: { name: '林晓', position: 'manager', monthly: '26000' },
  zhou: { name: '周航', position: 'specialist', monthly: '14500' },
  chen: { name: '陈雨', position: 'specialist', monthly: '14500' },
} as const;

/** A brand of tea: data first, the second order next, and a member day that is being prepared. */
export const demoProjects: readonly DemoProject[] = [
  {
    name: '全渠道用户数据归集', aim: '电商、小程序、门店的订单和身份归到一个人，日报自动发送。', owner: 'lin', departments: ['信息技术部', '电商部'], from: -170, to: -30, state: 'done', source: 'duty data',
    milestones: [{ name: '历史订单导入完成', due: -110, doneOn: -114 }, { name: '数据质量验收', due: -30, doneOn: -28 }],
    tasks: [
      { key: 'map', name: '梳理各渠道字段和用户标识', owner: 'zhou', from: -168, to: -145, state: 'done', doneOn: -147, hours: 48 },
      { key: 'history', name: '导入两年历史订单', owner: 'zhou', from: -144, to: -112, state: 'done', doneOn: -114, hours: 64, after: ['map'] },
      { key: 'merge', name: '重复用户合并规则确认', owner: 'lin', from: -110, to: -70, state: 'done', doneOn: -66, hours: 40, after: ['history'] },
      { key: 'daily', name: '销售、会员、活动日报自动发送', owner: 'chen', from: -68, to: -32, state: 'done', doneOn: -33, hours: 56, after: ['merge'] },
    ],
  },
  {
    name: '新客三十天二购计划', aim: '首购后按回购周期关怀，二购激励设对照组，测出真实增量。', owner: 'zhou', departments: ['电商部', '客服部'], from: -42, to: 40, state: 'running', source: 'duty second',
    milestones: [{ name: '方案评审通过', due: -24, doneOn: -25 }, { name: '首批活动上线', due: 9 }, { name: '复盘并决定是否推广', due: 40 }],
    tasks: [
      { key: 'window', name: '按品类算首购到二购的间隔', owner: 'chen', from: -42, to: -32, state: 'done', doneOn: -33, hours: 24 },
      { key: 'offer', name: '二购激励方案与成本测算', owner: 'zhou', from: -31, to: -24, state: 'done', doneOn: -25, hours: 20, after: ['window'] },
      { key: 'copy', name: '短信文案两版，送审', owner: 'chen', from: -12, to: -4, state: 'doing', hours: 12, after: ['offer'] },
      { key: 'audience', name: '建首购三十天人群并设一成对照组', owner: 'zhou', from: -6, to: 4, state: 'doing', hours: 16, after: ['offer'] },
      { key: 'launch', name: '上线首批活动', owner: 'zhou', from: 5, to: 9, state: 'todo', hours: 8, after: ['copy', 'audience'] },
      { key: 'service', name: '客服话术培训', owner: 'lin', from: 2, to: 8, state: 'waiting', hours: 6 },
      { key: 'review', name: '对照组结果复盘', owner: 'zhou', from: 34, to: 40, state: 'todo', hours: 16, after: ['launch'] },
    ],
    meeting: { name: '二购计划周会', in: -3, state: 'held', agenda: '1. 文案进度\n2. 对照组比例\n3. 客服配合', minutes: '文案第一版偏促销，改为先讲冲泡方法再给券。对照组留一成，结果按二十八天看。客服培训等话术定稿。', decisions: ['对照组固定一成，不再讨论', '文案本周内送审，逾期则首批活动顺延'] },
  },
  {
    name: '会员日与积分商城上线', aim: '每月固定会员日，积分能换到想要的东西，带动老客回访。', owner: 'chen', departments: ['品牌部', '仓储部'], from: -20, to: 55, state: 'running', source: 'duty benefits',
    milestones: [{ name: '首批商品上架', due: 18 }, { name: '首次会员日', due: 50 }],
    tasks: [
      { key: 'goods', name: '选定首批兑换商品并核成本', owner: 'chen', from: -20, to: -8, state: 'done', doneOn: -9, hours: 28 },
      { key: 'stock', name: '与仓储约定备货和发货时效', owner: 'chen', from: -7, to: 6, state: 'doing', hours: 12, after: ['goods'] },
      { key: 'day', name: '会员日权益方案', owner: 'lin', from: -4, to: 14, state: 'todo', hours: 24 },
      { key: 'notice', name: '会员日触达计划（短信与公众号）', owner: 'zhou', from: 20, to: 44, state: 'todo', hours: 20, after: ['day'] },
    ],
    meeting: { name: '会员日筹备会', in: 4, state: 'planned', agenda: '1. 权益方案初稿\n2. 备货量\n3. 触达节奏与打扰上限', minutes: '', decisions: [] },
  },
];

/** In which lane campaigns and activities of the demonstration stand, and on which line of the template's budget they draw. */
export const demoPlaces: readonly { named: RegExp; lane: 'activation' | 'retention' | 'revenue' | 'referral'; stage: 'foundation' | 'experiments'; line: string }[] = [
  { named: /召回/, lane: 'retention', stage: 'experiments', line: '沉睡唤回（试点）' },
  { named: /新茶|清仓/, lane: 'revenue', stage: 'foundation', line: '短信与消息费' },
  { named: /会员日|生日|签到/, lane: 'retention', stage: 'foundation', line: '会员入会礼与生日礼' },
  { named: /邀|拼/, lane: 'referral', stage: 'experiments', line: '老带新奖励（试点）' },
  { named: /./, lane: 'activation', stage: 'foundation', line: '新客首购礼' },
];

/** Who sends invoices for a line of the template's budget; a month of it comes to this much of its even share. */
export const demoInvoices: readonly { line: string; supplier: string; share: number }[] = [
  { line: '短信与消息费', supplier: '云信短信', share: 0.9 }, { line: '内容与素材制作', supplier: '拾光文化', share: 1.02 }, { line: '新客首购礼', supplier: '茶礼包装', share: 0.8 },
  { line: '会员入会礼与生日礼', supplier: '茶礼包装', share: 1.04 }, { line: '新客投放配合', supplier: '橙果传媒', share: 0.95 }, { line: 'CRM 与数据系统', supplier: '数擎科技', share: 1 },
  { line: '用户调研与访谈', supplier: '见微调研', share: 0.88 }, { line: '团队人力', supplier: '工资表', share: 0.97 }, { line: '二购激励（试点）', supplier: '电商平台', share: 0.5 },
];
