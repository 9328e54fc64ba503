import type { Component } from 'svelte';
import { STAFF_ROLES, type StaffRole } from '#contract/roles.ts';
import type { IconName } from '#look/icons.ts';
import type officeTexts from '#locales/et/office.json';

/** One part of the office page. Its code comes when it is first opened, so the first page stays small. */
export interface Section {
  readonly id: keyof (typeof officeTexts)['section'];
  readonly icon: IconName;
  /** Who finds it in the list. What they may do there, the office decides at each request. */
  readonly roles: readonly StaffRole[];
  readonly load: () => Promise<{ readonly default: Component }>;
}

/** In the order of the list; each has its title in `locales/<language>/office.json`. */
export const SECTIONS: readonly Section[] = [
  {
    id: 'opening',
    icon: 'check',
    roles: ['specialist', 'head'],
    load: () => import('../safety/OpeningSection.svelte'),
  },
  { id: 'devices', icon: 'printer', roles: STAFF_ROLES, load: () => import('./DevicesSection.svelte') },
  { id: 'hall', icon: 'users', roles: STAFF_ROLES, load: () => import('../hall/HallSection.svelte') },
  { id: 'screens', icon: 'monitor', roles: ['head', 'admin'], load: () => import('./screens/ScreensSection.svelte') },
  { id: 'slips', icon: 'ticket', roles: ['head'], load: () => import('./SlipTextsSection.svelte') },
  { id: 'staff', icon: 'users', roles: ['head', 'admin'], load: () => import('../staff/StaffSection.svelte') },
  { id: 'rules', icon: 'list-checks', roles: STAFF_ROLES, load: () => import('./rules/RulesSection.svelte') },
  { id: 'roll', icon: 'files', roles: ['specialist', 'head'], load: () => import('../safety/RollSection.svelte') },
  { id: 'fallback', icon: 'wifi-off', roles: ['head'], load: () => import('../safety/FallbackWordsSection.svelte') },
  {
    id: 'backups',
    icon: 'shield-check',
    roles: ['head', 'admin'],
    load: () => import('../safety/BackupsSection.svelte'),
  },
  {
    id: 'journal',
    icon: 'file-text',
    roles: ['head', 'admin'],
    load: () => import('../records/JournalSection.svelte'),
  },
  {
    id: 'retention',
    icon: 'clock',
    roles: ['head', 'admin'],
    load: () => import('../records/RetentionSection.svelte'),
  },
];
