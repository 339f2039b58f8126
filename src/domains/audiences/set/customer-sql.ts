import { identifierKinds } from '../../customers/contract.ts';
import type { ResolvedCondition } from '../resolve/resolved.ts';
import type { Bindings } from './bindings.ts';
import type { Printed } from './printed.ts';
import { numberOfText, numberSql, rangeSql, textSql } from './tests-sql.ts';

type Of<K extends ResolvedCondition['kind']> = Extract<ResolvedCondition, { kind: K }>;

const active = "from customer final where status = 'active'";

export const everybodySql = `select customer_no as no ${active}`;

/** Who has a value of a field that passes; `none_of` and `unknown` are found by those whom they leave out. */
export function fieldSql({ field, test }: Of<'field'>, bind: Bindings): Printed {
  const relation = `select customer_no as no from (${field.relation})`;
  if (field.attribute !== undefined) bind.params.attribute = field.attribute;
  const having = (condition: string, isComplement = false): Printed => ({ sql: `${relation} where ${condition}`, isComplement });
  switch (test.test) {
    case 'unknown': return having('value is not null', true);
    case 'known': return having('value is not null');
    case 'none_of': return having(`value in ${bind.texts(test.values)}`, true);
    case 'compare': return having(numberSql(field.type === 'number' ? 'value' : numberOfText("ifNull(value, '')"), test.compare, bind));
    case 'within': return having(`value is not null and ${rangeSql('value', test.range, bind)}`);
    case 'days': return having(['value is not null', ...(test.from ? [`value >= ${bind.add('Date32', test.from)}`] : []), ...(test.to ? [`value <= ${bind.add('Date32', test.to)}`] : [])].join(' and '));
    case 'anniversary': {
      const day = field.type === 'moment' ? `toTimeZone(value, ${bind.text(test.zone)})` : 'value';
      return having(`value is not null and formatDateTime(${day}, '%m-%d') in ${bind.texts(test.monthDays)}`);
    }
    default: return having(textSql("ifNull(value, '')", test, bind));
  }
}

export function consentSql({ channel, purpose, state }: Of<'consent'>, bind: Bindings): Printed {
  const said = (word: string): string => bind.text(`${channel}/${purpose}/${word}`);
  if (state !== 'unasked') return { sql: `${everybodySql} and has(consents, ${said(state)})`, isComplement: false };
  return { sql: `${everybodySql} and hasAny(consents, [${said('granted')}, ${said('withdrawn')}])`, isComplement: true };
}

export function identifierSql({ identifiers, match }: Of<'identifier'>, bind: Bindings): Printed {
  const kinds = bind.add('Array(UInt8)', identifiers.map((kind) => identifierKinds[kind]));
  return { sql: `${everybodySql} and ${match === 'all' ? 'hasAll' : 'hasAny'}(identifier_kinds, ${kinds})`, isComplement: match === 'none' };
}

/** Who was given a tag by hand. */
export const handTagSql = (tagId: number, bind: Bindings): Printed => ({ sql: `${everybodySql} and has(tags, ${bind.add('UInt32', tagId)})`, isComplement: false });

/** A share of all customers; `person/sample-hash.ts` reckons the same for one. */
export const sampleSql = ({ salt, below }: Of<'sample'>, bind: Bindings): Printed =>
  ({ sql: `${everybodySql} and murmurHash3_32(concat(${bind.text(salt)}, ' ', toString(customer_no))) < ${bind.add('UInt64', below)}`, isComplement: false });
