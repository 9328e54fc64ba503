import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from './contract/language.ts';
import { officeTexts } from './boards/spoken-content.ts';
import { demonstrationPlan } from './content/demonstration.ts';
import { readConfig } from './config.ts';
import type { Recording } from '../locales/recordings.ts';
import { recordingsOf } from '../locales/recordings.ts';
import { machineVoice, type MachineVoice } from './machine-voice.ts';
import { Database } from './store/database.ts';
import { openToRead } from './store/opening.ts';
import { currentPlan } from './store/plan-store.ts';

/*
 * `npm run clips`: makes by machine every recording that is missing, `locales/<language>/clips/<id>.opus`, and takes away
 * those whose words are gone. What is there stays as it is, so a person's recordings take the place of the machine's
 * folder by folder: `clips.json` says of each file the words in it and whose voice it is.
 *
 * `npm run clips -- --office`: the same for the texts of this office (`DATA_DIR`, `DATABASE_URL`), beside its data.
 */
const { values } = parseArgs({ options: { office: { type: 'boolean', default: false } } });
const voice = machineVoice();
for (const language of LANGUAGES) {
  const { folder, recordings } = values.office ? await ofThisOffice(language) : ofTheHouse(language);
  const made = keepUp(folder, recordings, voice, language);
  process.stdout.write(`${language}: ${recordings.length} recordings, ${made} of them new\n`);
}
voice.end();

/** Shipped with the product: the announcements, the kiosk's words, and the demonstration office. */
function ofTheHouse(language: Language) {
  const recordings = recordingsOf(language, officeTexts(demonstrationPlan(), language));
  return { folder: clipsOfTheHouse(language), recordings };
}

/** Only what the house does not have. */
async function ofThisOffice(language: Language) {
  const config = readConfig(process.env);
  const database = new Database(openToRead(config), config.databaseUrl === null ? 'sqlite' : 'postgres');
  const plan = await database.read(currentPlan);
  await database.close();
  const known = new Set(Object.keys(manifestOf(clipsOfTheHouse(language)).clips));
  const all = plan ? recordingsOf(language, officeTexts(plan, language)) : [];
  return { folder: join(config.dataDir, 'clips', language), recordings: all.filter(({ id }) => !known.has(id)) };
}

interface Manifest {
  readonly voices: Readonly<Record<string, { readonly name: string; readonly licence: string }>>;
  readonly clips: Readonly<Record<string, { readonly text: string; readonly voice: string }>>;
}

/** @returns how many recordings were made */
function keepUp(folder: string, recordings: readonly Recording[], voice: MachineVoice, language: Language): number {
  mkdirSync(folder, { recursive: true });
  const before = manifestOf(folder);
  const clips: Record<string, { text: string; voice: string }> = {};
  let made = 0;
  for (const { id, text } of recordings) {
    const file = join(folder, `${id}.opus`);
    const known = before.clips[id];
    const keeps = known?.text === text && existsSync(file);
    clips[id] = keeps ? known : { text, voice: voice.id };
    if (keeps) continue;
    voice.speak(text, language, file, id.startsWith('s-') ? 'kiosk' : 'hall');
    made += 1;
  }
  const wanted = new Set(recordings.map(({ id }) => `${id}.opus`));
  for (const file of readdirSync(folder)) if (file.endsWith('.opus') && !wanted.has(file)) rmSync(join(folder, file));
  const voices = { ...before.voices, [voice.id]: { name: voice.name, licence: voice.licence } };
  const manifest: Manifest = { voices, clips };
  writeFileSync(join(folder, 'clips.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return made;
}

function manifestOf(folder: string): Manifest {
  const file = join(folder, 'clips.json');
  // Our own file, of our own making.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : { voices: {}, clips: {} };
}

function clipsOfTheHouse(language: Language): string {
  return join(import.meta.dirname, '../locales', language, 'clips');
}
