import type { FieldName, ImportKind } from '../fields.ts';

type Synonyms = Partial<Record<FieldName, string>>;

/** Names of columns as shops, platforms and public data sets write them; normalised as by `normaliseName`. */
const identity: Synonyms = {
  external_id:
    'customerid userid buyerid clientid uid custid customerno usercode customercode accountid visitorid externalid 客户id 客户编号 客户编码 客户号 用户id 用户编号 买家id 买家会员名 买家昵称 会员名 会员id memberid',
  phone:
    '手机 手机号 手机号码 联系手机 收货人手机 收货人手机号 买家手机 电话 联系电话 电话号码 phone mobile phonenumber phoneno mobilephone cellphone tel telephone',
  email: '邮箱 邮箱地址 电子邮箱 电子邮件 邮件 email mail emailaddress',
  member_no:
    '会员号 会员卡号 会员编号 会员卡 卡号 memberno membernumber membercode cardno cardnumber loyaltyid',
  unionid: 'unionid 微信unionid wechatunionid',
  openid: 'openid 微信openid wechatopenid externaluserid 外部联系人id 外部联系人',
};

const product: Synonyms = {
  product_id:
    '商品编号 商品id 商品编码 宝贝id 货号 款号 商家编码 sku sku编码 skuid stockcode productid productcode productno itemid itemcode auctionid goodsid goodscode spuid asin 产品编号 产品id',
  product_name:
    '商品名称 商品名 宝贝标题 宝贝名称 商品标题 标题 品名 产品名称 商品 description productname product productdescription itemname item title goodsname',
  category:
    '类目 品类 分类 商品类目 商品分类 二级类目 二级分类 子类目 category subcategory category2 catid categoryid categoryname',
  category_parent: '一级类目 一级分类 父类目 大类 category1 parentcategory department categoryparent cat1',
  brand: '品牌 品牌名称 brand brandname',
};

const orderLine: Synonyms = {
  ...identity,
  ...product,
  order_id:
    '订单编号 订单号 订单id 主订单编号 主订单号 交易号 交易编号 单号 销售单号 订单 小票号 流水号 orderid orderno ordernumber ordernum order invoiceno invoiceid invoice transactionid billno',
  original_order_id:
    '原订单号 原订单编号 原订单id 原单号 原销售单号 原始订单号 关联订单号 关联订单编号 originalorderid originalorderno originalordernumber originalorder originalinvoice refundedorderid returnedorderid',
  line_id:
    '子订单编号 子订单号 子订单id 明细id 明细编号 行号 lineid lineno linenumber lineitemid orderlineid orderitemid suborderid',
  occurred_at:
    '订单创建时间 下单时间 下单日期 创建时间 交易时间 交易日期 订单时间 订单日期 成交时间 购买时间 购买日期 消费时间 销售日期 日期 时间 orderdate ordertime orderedat invoicedate createdat createtime purchasedate purchasetime transactiondate saledate date day datetime timestamp time',
  paid_at: '订单付款时间 付款时间 支付时间 付款日期 paidat paymenttime paytime paymentdate paidtime',
  refunded_at: '退款时间 退货时间 退款完结时间 refundedat refundtime refunddate',
  customer_name:
    '收货人姓名 收货人 买家姓名 客户姓名 客户名称 姓名 customername buyername receivername fullname',
  quantity:
    '数量 购买数量 件数 宝贝数量 商品数量 宝贝总数量 quantity qty buymount buyamount buycount units count num pieces',
  unit_price: '单价 价格 商品价格 商品单价 售价 成交单价 宝贝单价 unitprice price itemprice',
  amount:
    '金额 小计 商品金额 成交金额 销售额 销售金额 消费金额 amount lineamount linetotal totalprice total subtotal revenue sales',
  paid_amount:
    '买家实际支付金额 实付金额 实际支付金额 实付款 支付金额 付款金额 买家实付 买家实付金额 paidamount amountpaid payment paymentamount actualpaid',
  order_total:
    '总金额 订单金额 订单总额 订单总金额 买家应付金额 应付金额 ordertotal totalamount grandtotal orderamount',
  refund_amount: '退款金额 退款 退货金额 退款总额 refundamount refund refundedamount amountrefunded',
  tax: '税费 税额 税金 tax taxamount taxes salestax vat',
  freight: '运费 邮费 快递费 买家应付邮费 配送费 freight shipping shippingfee shippingcost shippingamount deliveryfee postage',
  coupon_paid: '优惠券 优惠券金额 优惠券抵扣 券抵扣 couponamount coupondiscount couponpaid vouchervalue',
  points_paid: '积分抵扣 积分支付 积分抵扣金额 买家支付积分金额 pointspaid pointsamount pointsdiscount rewardsdiscount',
  gift_card_paid: '礼品卡 礼品卡支付 礼品卡抵扣 储值卡支付 储值支付 giftcard giftcardamount giftcardpaid storecredit',
  order_kind: '订单类型 交易类型 单据类型 类型 ordertype transactiontype kind type',
  channel:
    '渠道 销售渠道 订单来源 来源 平台 店铺 店铺名称 门店 channel saleschannel platform store storename shop shopname source',
  region: '省份 省 地区 收货省份 收货省 国家 country province region state',
  address: '收货地址 收货人地址 详细地址 地址 address shippingaddress deliveryaddress',
  currency: '币种 货币 currency currencycode',
};

const customer: Synonyms = {
  ...identity,
  external_id: `${identity.external_id} id 编号`,
  customer_name:
    '姓名 名字 名称 客户姓名 客户名称 会员姓名 用户姓名 昵称 name fullname customername nickname username',
  gender: '性别 gender sex',
  birthday: '生日 出生日期 出生年月日 birthday birthdate dateofbirth dob',
  language: '语言 首选语言 语种 language locale lang preferredlanguage',
  city: '城市 市 所在城市 city town',
  province: '省份 省 地区 所在省份 国家 province region state country',
  address: '地址 收货地址 详细地址 联系地址 address',
  created_at:
    '注册时间 注册日期 入会时间 入会日期 创建时间 开卡时间 createdat createtime registeredat registrationdate registertime becamememberon signupdate joindate joinedat membersince',
  tags: '标签 客户标签 会员标签 tags tag labels',
};

const event: Synonyms = {
  ...identity,
  event_id: 'eventid messageid 事件id',
  event_name:
    '事件 事件名 事件名称 事件类型 行为 行为类型 event eventname eventtype behaviortype behavior action activity',
  occurred_at:
    '时间 日期 事件时间 行为时间 发生时间 time timestamp date datetime day eventtime occurredat originaltimestamp ts',
  channel: '渠道 来源 平台 channel platform source',
};

const productCard: Synonyms = {
  ...product,
  product_id: `${product.product_id} id 编号`,
  product_name: `${product.product_name} name 名称`,
  unit_price: '价格 单价 售价 吊牌价 price unitprice listprice',
};

/** Field of each known name, for each kind. */
export const fieldsByName: Record<ImportKind, ReadonlyMap<string, FieldName>> = {
  order_lines: invert(orderLine),
  customers: invert(customer),
  events: invert(event),
  products: invert(productCard),
};

function invert(synonyms: Synonyms): Map<string, FieldName> {
  const entries = Object.entries(synonyms) as [FieldName, string][];
  return new Map(entries.flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)));
}

/** `Customer_ID` and `customer id` are `customerid`; `总金额（元）` is `总金额`. */
export function normaliseName(name: string): string {
  const bare = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '');
  return bare.replace(/[\s_\-./:：#*"']/g, '');
}
