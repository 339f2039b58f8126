import type { Random } from './random.ts';
import { Categorical } from './samplers.ts';

/** Common surnames with their spelling in mail addresses; frequency falls off by rank. */
const surnames = (
  '王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu ' +
  '郭guo 何he 林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 邓deng 冯feng 曹cao ' +
  '彭peng 曾zeng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 魏wei ' +
  '苏su 吕lv 丁ding 沈shen 任ren 姚yao 卢lu 傅fu 钟zhong 姜jiang 崔cui 谭tan 廖liao 范fan 欧阳ouyang'
).split(' ');

const femaleNames = (
  '静 敏 婷 丽 雪 娟 燕 玲 芳 倩 颖 琳 洁 瑶 蕾 薇 佳怡 欣怡 诗涵 梓涵 雨桐 思琪 晓雯 梦瑶 雅婷 佳琪 ' +
  '若曦 语嫣 可欣 紫萱 嘉宁 子衿 书瑶 亦菲 安然 清妍 婉清 晓彤 心怡 慧敏 秀英 美玲 海燕 春梅 丽华 ' +
  '文静 晨曦 念慈 沐阳 知夏'
).split(' ');

const maleNames = (
  '伟 强 磊 军 洋 勇 杰 涛 超 鹏 浩 斌 宇 凯 峰 俊 子轩 浩然 宇航 梓豪 俊杰 志强 建国 文博 嘉豪 ' +
  '思远 天佑 明轩 晓东 家辉 泽宇 一鸣 国强 志明 海涛 子墨 承恩 逸飞 景行 修远 睿哲 云帆 少华 ' +
  '振宇 立新 书恒 文杰 永康 昊天 知行'
).split(' ');

const surnameChoice = new Categorical(surnames.map((_, rank) => (rank + 4) ** -0.9));

/** A made-up person's name in Chinese characters, with the surname's spelling. */
export function drawName(random: Random, female: boolean): { name: string; spelling: string } {
  const surname = surnames[surnameChoice.draw(random)];
  const spellingAt = surname.search(/[a-z]/);
  const given = random.pick(female ? femaleNames : maleNames);
  return { name: surname.slice(0, spellingAt) + given, spelling: surname.slice(spellingAt) };
}
