import type account from './et/account.json';
import type calling from './et/calling.json';
import type console from './et/console.json';
import type device from './et/device.json';
import type display from './et/display.json';
import type hall from './et/hall.json';
import type keypad from './et/keypad.json';
import type kiosk from './et/kiosk.json';
import type office from './et/office.json';
import type pairing from './et/pairing.json';
import type phone from './et/phone.json';
import type printer from './et/printer.json';
import type records from './et/records.json';
import type refusal from './et/refusal.json';
import type safety from './et/safety.json';
import type screens from './et/screens.json';
import type slip from './et/slip.json';
import type speech from './et/speech.json';
import type staff from './et/staff.json';

declare module 'i18next' {
  /** Estonian is the source: a key that it lacks does not compile. */
  interface CustomTypeOptions {
    resources: {
      account: typeof account;
      calling: typeof calling;
      console: typeof console;
      device: typeof device;
      display: typeof display;
      hall: typeof hall;
      keypad: typeof keypad;
      kiosk: typeof kiosk;
      office: typeof office;
      pairing: typeof pairing;
      phone: typeof phone;
      printer: typeof printer;
      records: typeof records;
      refusal: typeof refusal;
      safety: typeof safety;
      screens: typeof screens;
      slip: typeof slip;
      speech: typeof speech;
      staff: typeof staff;
    };
  }
}
