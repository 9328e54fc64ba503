import type { Answer, RequestName } from '#contract/events.ts';
import type { Asking, Office } from '../office.svelte.ts';

export type Person = Answer<'staff:list'>['people'][number];
export type Rules = Answer<'staff:list'>['rules'];
export type Link = Answer<'staff:create'>;

/** What changes an account. */
type Act = Exclude<Extract<RequestName, `staff:${string}`>, 'staff:list'>;

/** The office's accounts as it last told them; read anew after each change. */
export class Colleagues {
  people = $state.raw<readonly Person[]>([]);
  rules = $state.raw<Rules | null>(null);
  /** There is an outside sign-in that people can be linked to. */
  outside = $state(false);
  /** A one-time link that was just made: shown once. */
  link = $state.raw<{ readonly link: Link; readonly name: string } | null>(null);
  readonly #office: Office;

  constructor(office: Office) {
    this.#office = office;
  }

  async read(): Promise<void> {
    const told = await this.#office.act('staff:list', {});
    if (!told) return;
    const { people, rules, outside } = told.answer;
    this.people = people;
    this.rules = rules;
    this.outside = outside;
  }

  /** @returns the answer; `null` when it was refused (see `office.trouble`) */
  async change<Name extends Act>(name: Name, asking: Asking<Name>): Promise<{ readonly answer: Answer<Name> } | null> {
    const done = await this.#office.act(name, asking);
    if (done) await this.read();
    return done;
  }

  async make(asking: Asking<'staff:create'>): Promise<boolean> {
    const made = await this.change('staff:create', asking);
    if (made) this.link = { link: made.answer, name: asking.name };
    return made !== null;
  }

  async makeLink(person: Person, forgetFactors: boolean): Promise<void> {
    const made = await this.change('staff:link', { staffId: person.staffId, forgetFactors });
    if (made) this.link = { link: made.answer, name: person.name };
  }
}
