const platforms = [
  [/tmall|天猫/i, 'tmall'],
  [/taobao|tianchi|淘宝/i, 'taobao'],
  [/(^|[^a-z])jd([^a-z]|$)|jingdong|京东/i, 'jd'],
  [/douyin|抖音/i, 'douyin'],
  [/pinduoduo|拼多多/i, 'pinduoduo'],
  [/youzan|有赞/i, 'youzan'],
  [/weidian|微店/i, 'weidian'],
  [/xiaohongshu|小红书/i, 'xiaohongshu'],
  [/kuaishou|快手/i, 'kuaishou'],
  [/shopify/i, 'shopify'],
] as const;

/** The platform a file's name speaks of, or null. */
export const platformOf = (fileName: string): string | null =>
  platforms.find(([pattern]) => pattern.test(fileName))?.[1] ?? null;
