import { Outage } from './basics/outage.ts';
import type { Config } from './config.ts';
import { demonstrationPlan, demonstrationStaff } from './content/demonstration.ts';
import type { EpochMs } from './domain/ids.ts';
import type { Plan } from './domain/plan.ts';
import { insertAccount } from './store/accounts.ts';
import { DatabaseBehind, type Store } from './store/opening.ts';
import { currentPlan, hadOwnPlan, savePlan } from './store/plan-store.ts';

/** The newest plan; an empty database gets the demonstration office and its colleagues. */
export async function planOf({ database }: Store, { zone }: Pick<Config, 'zone'>, now: () => EpochMs): Promise<Plan> {
  const known = await database.read(currentPlan);
  if (known) return known;
  if (await database.read(hadOwnPlan)) {
    throw new DatabaseBehind(
      'the plan of this office is lost: neither a backup nor essentials.json has it. Nothing was started as another ' +
        'office. Put a backup back: npm run restore',
    );
  }
  await database.write(async (trx) => {
    for (const { id, username, name, role, services, languages } of demonstrationStaff()) {
      await insertAccount(trx, {
        id,
        username,
        name,
        role,
        services,
        languages,
        passphraseHash: null,
        disabled: false,
      });
    }
  });
  const { office, ...rest } = demonstrationPlan();
  await savePlan(database, { ...rest, office: { ...office, zone } }, { now: now(), actor: 'system' });
  const made = await database.read(currentPlan);
  if (!made) throw new Outage('the demonstration office could not be made');
  return made;
}
