import type { DeviceWatch } from '../live/devices.ts';
import type { Office } from '../live/office.ts';
import { send, type Route } from './router.ts';

interface Parts {
  readonly office: Office;
  readonly devices: DeviceWatch;
  readonly databaseAnswers: () => Promise<boolean>;
  readonly isReady: () => boolean;
}

/** For supervisors: whether the office is alive, and whether it takes visitors. */
export function healthRoutes({ office, devices, databaseAnswers, isReady }: Parts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/healthz$/,
      handle: async ({ response }) => {
        const database = await databaseAnswers();
        const known = devices.rows.map(({ kind, name, state, condition }) => ({ kind, name, state, condition }));
        const body = {
          ok: database,
          bootId: office.bootId,
          revision: office.ledger.committed.seq,
          database: database ? 'ok' : 'not-answering',
          devices: known,
        };
        send(response, database ? 200 : 503, body);
      },
    },
    {
      method: 'GET',
      path: /^\/readyz$/,
      handle: ({ response }) => send(response, isReady() ? 200 : 503, { ready: isReady() }),
    },
  ];
}
