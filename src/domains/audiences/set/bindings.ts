import { formatDecimal } from '../../../kernel/decimal.ts';

/** Values on their way into a statement: each gets a name and is bound, none becomes text of the statement. */
export class Bindings {
  readonly params: Record<string, unknown> = {};

  /** The placeholder of a value of a ClickHouse type. */
  add(type: string, value: unknown): string {
    const name = `p${Object.keys(this.params).length}`;
    this.params[name] = value;
    return `{${name}:${type}}`;
  }

  /** A number in ten-thousandths. */
  decimal = (value: bigint): string => this.add('Decimal(38, 4)', formatDecimal(value));
  text = (value: string): string => this.add('String', value);
  texts = (values: readonly string[]): string => this.add('Array(String)', values);
  moment = (ms: number): string => this.add("DateTime64(3, 'UTC')", new Date(ms).toISOString().replace('T', ' ').slice(0, 23));
  whole = (value: number | bigint): string => this.add('Int64', String(value));
}
