import { mentionsPersonal } from '../identifiers/personal.ts';
import { birthDateOf, genderOf, type Gender } from './trait-values.ts';

/** What an attribute can hold. */
export type AttributeValue = string | number | boolean | (string | number | boolean)[];

/** A profile as said: columns, what is personal and what is not. `null` takes an attribute away. */
export interface SaidProfile {
  name?: string;
  gender?: Gender;
  birthDate?: string;
  country?: string;
  province?: string;
  city?: string;
  language?: string;
  /** As given; not normalised. */
  phone?: string;
  email?: string;
  personal: Record<string, string | null>;
  attributes: Record<string, AttributeValue | null>;
}

type Column = 'name' | 'gender' | 'birthDate' | 'country' | 'province' | 'city' | 'language' | 'phone' | 'email';

/** Names of traits (lower case, letters only) and the column each is. Segment's, and what Chinese systems call them. */
const columns: Record<string, Column> = {
  name: 'name', fullname: 'name', realname: 'name', 姓名: 'name', 真实姓名: 'name',
  phone: 'phone', phonenumber: 'phone', mobile: 'phone', mobilephone: 'phone', tel: 'phone', 手机: 'phone', 手机号: 'phone', 电话: 'phone',
  email: 'email', mail: 'email', emailaddress: 'email', 邮箱: 'email', 电子邮箱: 'email',
  gender: 'gender', sex: 'gender', 性别: 'gender',
  birthday: 'birthDate', birthdate: 'birthDate', dateofbirth: 'birthDate', 生日: 'birthDate', 出生日期: 'birthDate',
  country: 'country', 国家: 'country', addresscountry: 'country',
  province: 'province', state: 'province', region: 'province', 省份: 'province', 省: 'province',
  addressprovince: 'province', addressstate: 'province', addressregion: 'province',
  city: 'city', 城市: 'city', addresscity: 'city',
  language: 'language', locale: 'language', 语言: 'language',
};

/** Traits that say who or where somebody is, whatever their value looks like. */
const personalNames = new Set([
  'firstname', 'lastname', 'nickname', 'username', 'avatar', 'avatarurl', 'idcard', 'idnumber', 'idcardno', 'passport',
  'address', 'addressstreet', 'addresspostalcode', 'addressdetail', 'street', 'postalcode', 'wechat', 'wechatid', 'qq', 'weibo',
  'ip', 'ipaddress', '昵称', '头像', '身份证', '身份证号', '地址', '详细地址', '收货地址', '微信', '微信号',
]);

/** Traits by which a person is recognised: they are identifiers, in the vault, and no attributes beside. */
const identifierNames = new Set(['unionid', 'openid', 'memberno']);

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
const longestKey = 64;
const longestText = 500;
const mostAttributes = 200;
const mostItems = 50;
const deepest = 3;

/** Sorts traits into columns, personal data and attributes; what cannot be kept is left out. */
export function readTraits(traits: Readonly<Record<string, unknown>>): SaidProfile {
  const said: SaidProfile = { personal: {}, attributes: {} };
  let left = mostAttributes;
  for (const [key, value] of flattened(traits, '', deepest)) {
    if (left-- === 0) break;
    const plain = key.toLowerCase().replace(/[\s_.-]+/g, '');
    const column = Object.hasOwn(columns, plain) ? columns[plain] : undefined;
    if (identifierNames.has(plain)) continue;
    if (column) takeColumn(said, column, value);
    else if (personalNames.has(plain)) takePersonal(said, key, value);
    else takeAttribute(said, key, value);
  }
  said.name ??= joinedName(said.personal);
  return said;
}

function* flattened(traits: Readonly<Record<string, unknown>>, prefix: string, depth: number): Generator<[string, unknown]> {
  for (const [key, value] of Object.entries(traits)) {
    const path = prefix + key;
    if (forbidden.has(key) || key === '' || path.length > longestKey) continue;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      if (depth > 1) yield* flattened(value as Record<string, unknown>, `${path}.`, depth - 1);
    } else yield [path, value];
  }
}

function takeColumn(said: SaidProfile, column: Column, value: unknown): void {
  const text = textOf(value);
  if (text === undefined) return;
  if (column === 'gender') said.gender = genderOf(text) ?? said.gender;
  else if (column === 'birthDate') said.birthDate = birthDateOf(text) ?? said.birthDate;
  else said[column] = text.slice(0, column === 'email' ? 254 : 100);
}

function takePersonal(said: SaidProfile, key: string, value: unknown): void {
  if (value === null) said.personal[key] = null;
  const text = textOf(value);
  if (text !== undefined) said.personal[key] = text;
}

function takeAttribute(said: SaidProfile, key: string, value: unknown): void {
  if (value === null) said.attributes[key] = null;
  else if (Array.isArray(value)) {
    const items = value.slice(0, mostItems).map(scalarOf).filter((item) => item !== undefined);
    if (items.some((item) => typeof item === 'string' && mentionsPersonal(item))) said.personal[key] = JSON.stringify(items);
    else if (items.length > 0) said.attributes[key] = items;
  } else {
    const scalar = scalarOf(value);
    if (typeof scalar === 'string' && mentionsPersonal(scalar)) said.personal[key] = scalar;
    else if (scalar !== undefined) said.attributes[key] = scalar;
  }
}

function scalarOf(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return textOf(value);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.replaceAll('\0', '').toWellFormed().normalize('NFC').trim().slice(0, longestText);
  return text === '' ? undefined : text;
}

/** First and last name as they are written: 王小明, but Xiaoming Wang. */
function joinedName(personal: SaidProfile['personal']): string | undefined {
  const part = (wanted: string): string => Object.entries(personal).find(([key]) => key.toLowerCase().replace(/[\s_.-]+/g, '') === wanted)?.[1] ?? '';
  const [first, last] = [part('firstname'), part('lastname')];
  const joined = /\p{Script=Han}/u.test(last + first) ? last + first : `${first} ${last}`.trim();
  return joined === '' ? undefined : joined.slice(0, 100);
}
