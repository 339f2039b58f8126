import type { ComponentType } from 'react';
import type { Permission } from '../../../kernel/actor.ts';

/** A tab that another domain adds to the page of a customer, between the timeline and consent. */
export interface UserTab {
  key: string;
  /** A message with its namespace: `commerce:navigation.orders`. */
  label: string;
  permission?: Permission;
  /** The numbers whose facts are the customer's are in `lineage`, the customer's own first. */
  component: () => Promise<{ default: ComponentType<{ customerNo: number; lineage: number[] }> }>;
}

const registered: UserTab[] = [];

/** Adds a tab; called once by a domain's list of pages. */
export const registerUserTab = (tab: UserTab): void => void registered.push(tab);

export const registeredUserTabs = (): readonly UserTab[] => registered;
