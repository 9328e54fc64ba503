import { createContext } from 'svelte';
import type { Kiosk } from './kiosk.svelte.ts';

/** The kiosk every part of a screen belongs to. */
export const [getKiosk, setKiosk] = createContext<Kiosk>();
