import type { Logger } from 'pino';
import { Invitations } from './accounts/invitations.ts';
import type { Keeping } from './accounts/keeping.ts';
import { OfficeKeys } from './accounts/office-keys.ts';
import { OutsideSignIn } from './accounts/outside-sign-in.ts';
import { OwnAccount } from './accounts/own-account.ts';
import { Passphrases } from './accounts/passphrase.ts';
import { SecondFactors } from './accounts/second-factors.ts';
import { StaffDoor } from './accounts/staff-door.ts';
import { StaffOffice } from './accounts/staff-office.ts';
import type { Config } from './config.ts';
import { usualSignInRules } from './domain/sign-in-rules.ts';
import { deskById, deskOf } from './domain/staffing.ts';
import { accountRoutes } from './http/account-routes.ts';
import { invitationRoutes } from './http/invitation-routes.ts';
import { outsideRoutes } from './http/outside-routes.ts';
import type { Route } from './http/router.ts';
import { secondStepRoutes } from './http/second-step-routes.ts';
import { StaffExchange } from './http/staff-exchange.ts';
import { staffRoutes } from './http/staff-routes.ts';
import type { Office } from './live/office.ts';
import { giveUpDesk, leaveDeskOf } from './live/staff-commands.ts';
import { readSignInRules } from './store/sign-in-rules.ts';

interface Parts extends Pick<Keeping, 'database' | 'now' | 'plan' | 'onLines' | 'onEnded'> {
  readonly config: Config;
  readonly secret: Buffer;
  readonly publicUrl: () => string;
  /** The people of the plan have changed: it is read again. */
  readonly onPeople: () => Promise<void>;
}

/** Everything about staff accounts, made once and wired to each other. */
export interface StaffSide {
  readonly door: StaffDoor;
  readonly office: StaffOffice;
  readonly invitations: Invitations;
  readonly routes: (parts: {
    readonly office: Office;
    readonly secure: boolean;
    readonly log: Logger;
  }) => readonly Route[];
}

export async function makeStaffSide(parts: Parts): Promise<StaffSide> {
  const { database, now, plan, onLines, onEnded, config, publicUrl, onPeople } = parts;
  let rules = (await database.read(readSignInRules)) ?? usualSignInRules(plan().office.demonstration);
  const keys = new OfficeKeys(parts.secret);
  const keeping: Keeping = {
    ...{ database, now, plan, onLines, onEnded, keys },
    rules: () => rules,
    passphrases: new Passphrases(),
  };
  const outside =
    config.outside === null
      ? null
      : new OutsideSignIn(config.outside, { keys, now, redirectUri: `${publicUrl()}/api/outside/back` });
  const door = new StaffDoor(keeping);
  const invitations = new Invitations(keeping);
  const factors = new SecondFactors(keeping);
  const staffOffice = new StaffOffice({
    ...{ keeping, invitations, publicUrl, onPeople },
    subjectHash: outside?.typedSubjectHash ?? null,
    onRules: (next) => (rules = next),
  });
  const own = new OwnAccount(keeping, { factors, invitations, office: staffOffice });

  const routes: StaffSide['routes'] = ({ office, secure, log }) => {
    const { trustProxy } = config;
    const exchange = new StaffExchange({ door, keys, now, secure, trustProxy });
    return [
      ...staffRoutes({
        ...{ door, exchange, plan },
        rules: () => rules,
        outside: outside?.settings.name ?? null,
        farewell: (staffId) => outside?.farewell(staffId) ?? Promise.resolve(null),
        deskOf: (staffId) => {
          const desk = deskOf(office.ledger.committed, staffId);
          return (desk && deskById(plan(), desk.id)) ?? null;
        },
        leaveDesk: (staffId) => leaveDeskOf(office, staffId),
        giveUpDesk: (staffId) => giveUpDesk(office, staffId, staffId),
      }),
      ...secondStepRoutes({ door, factors, exchange }),
      ...invitationRoutes({ invitations, door, exchange, onPeople }),
      ...accountRoutes({ door, factors, own, exchange }),
      ...(outside
        ? outsideRoutes({
            ...{ door, outside, exchange, now },
            onRefused: ({ code, why }) => log.warn({ code, why }, 'an outside sign-in was refused'),
          })
        : []),
    ];
  };
  return { door, office: staffOffice, invitations, routes };
}
