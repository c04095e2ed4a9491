/** Parsers that own nothing: each must give an answer, whatever it is handed. */
import { createNewId } from '#sync/new-id.ts';
import { createBundle, createReceiptFile, readBundle, readReceiptFile, splitBundle } from '#sync/bundle.ts';
import { base64urlToBytes, bytesToBase64url } from '#sync/bytes.ts';
import { openReceipt, sealReceipt } from '#sync/entry.ts';
import { dictionaryOne } from '#sync/entry-dictionary.ts';
import { packJson, unpackJson } from '#sync/packed-json.ts';
import { receiptSchema, syncAnswerSchema, syncRequestSchema } from '#sync/protocol.ts';
import { readAs } from '#sync/read-as.ts';
import { readSessionClaims } from '#sync/sealing-session.ts';
import { readAreaList } from '#server/administration/area-list.ts';
import { readCommand } from '#server/administration/command-line.ts';
import { wholePartOf } from '#server/cut-sync.ts';
import { readEnvironment } from '#server/environment.ts';
import { contentOf, outlineOf, readEntry } from '#server/read-entry.ts';
import { readInvitation } from '#client/remote/enrolment.ts';
import type { Chance } from '#simulation/chance.ts';
import { readSheets } from '#tables/read-sheets.ts';
import { now, sampleEntries } from '../commune.ts';
import type { Commune } from '../commune.ts';
import { mutateTable } from '../../../tools/awkward-tables/mutate-table.ts';
import { awkwardTables } from '../../../tools/make-awkward-tables.ts';
import { dug, mutateBytes, mutateJson, mutateText, toText } from '../mutate.ts';
import type { Json } from '../mutate.ts';
import { Harm, parserTarget } from '../target.ts';
import type { Target } from '../target.ts';
import { listTargets, spoiledTable } from './lists.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

export async function parserTargets(commune: Commune): Promise<Target[]> {
  return [
    ...entryParsers(commune), ...bytesParsers(commune), ...(await fileParsers(commune)), ...tableParsers(), await spreadsheetParser(), ...listTargets(), ...textParsers(),
  ];
}

function entryParsers(commune: Commune): Target[] {
  const [phone] = commune.phones;
  const samples = (phone === undefined ? [] : sampleEntries(commune, phone)) as unknown as Json[];
  return [
    parserTarget('entries before their rules', 180, (chance) => mutateJson(chance.pick(samples), samples, chance), (input: Json) => {
      const outline = outlineOf(dug(input));
      if (outline === undefined) return false;
      contentOf(outline);
      return readEntry(outline).ok;
    }),
    parserTarget('cut sync requests', 20, (chance) => mutateText(JSON.stringify({ protocol: 1, sessions: [], entries: [{ session: 'S'.repeat(22), deviceSeq: 1, bytes: 'AAAA' }] }), chance), (input: string) => {
      const whole = wholePartOf(input);
      if (whole === undefined) return false;
      const json = parsed(whole);
      return syncRequestSchema.safeParse(json).success;
    }),
  ];
}

function bytesParsers(commune: Commune): Target[] {
  const [phone] = commune.phones;
  const header = phone?.header ?? { info: '', enc: '', signature: '' };
  const packed = packJson({ entryId: commune.newId(), changes: [{ set: { outcome: 'Hẹn báo Trạm Y tế xã' } }] }, dictionaryOne);
  if (!packed.ok) throw new Error('a small value does not pack');
  return [
    parserTarget('packed JSON', 100, (chance) => base64(padded(mutateBytes(packed.value, chance), chance)), (input: string) => unpackJson(bytesOf(input), dictionaryOne).ok),
    parserTarget('base64url', 30, (chance) => mutateText(header.info, chance), (input: string) => {
      const read = base64urlToBytes(input);
      if (read.ok && bytesToBase64url(read.value) !== input) throw new Harm('two texts for the same bytes');
      return read.ok;
    }),
    parserTarget('session headers', 80, (chance) => {
      const info = base64urlToBytes(header.info);
      return info.ok && chance.happens(0.7) ? bytesToBase64url(mutateBytes(info.value, chance)) : mutateText(header.info, chance);
    }, (info: string) => readSessionClaims({ ...header, info }).ok),
  ];
}

/** Half of the broken ones get their padding back, so that what is inside is looked at. */
function padded(bytes: Uint8Array, chance: Chance): Uint8Array {
  if (chance.happens(0.5) || bytes.length === 0) return bytes;
  const whole = new Uint8Array(Math.ceil((bytes.length + 1) / 64) * 64);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  return whole;
}

async function fileParsers(commune: Commune): Promise<Target[]> {
  const [phone] = commune.phones;
  if (phone === undefined) throw new Error('no phone');
  const { endpointId } = commune.endpoint.identity();
  const madeAt = '2026-11-22T08:00:00+07:00';
  const entries = await Promise.all(sampleEntries(commune, phone).slice(0, 3).map((entry, index) => phone.seal({ ...entry, deviceSeq: index + 1 }, index + 1)));
  const bundle = createBundle({ endpointId, epoch: 1, communeCode: phone.communeCode, madeAt, sessions: [{ sessionId: phone.sessionId, header: phone.header }], entries });
  const receiptKey = new Uint8Array(32).fill(7);
  const verdict = { entryId: commune.newId(), deviceSeq: 1, verdict: 'applied', sequences: { 'hamlet/01789-001': 4 }, settledAt: madeAt };
  const receipt = { epoch: 1, endpointTime: madeAt, verdicts: [verdict, { ...verdict, entryId: commune.newId(), deviceSeq: 2, verdict: 'rejected', code: 'required', field: 'met' }] };
  const under = { receiptKey, sessionId: phone.sessionId, deviceId: phone.deviceId };
  const sealed = await sealReceipt({ ...under, receipt });
  if (!sealed.ok) throw new Error('a receipt is too large');
  const receipts = createReceiptFile([sealed.value], { endpointId, madeAt });
  const file = (text: string) => (chance: Chance) => (chance.happens(0.5) ? mutateText(text, chance) : toText(mutateJson(JSON.parse(text) as Json, [], chance)));
  return [
    parserTarget('bundles', 40, file(bundle), (text: string) => {
      const read = readBundle(text);
      if (read.ok) splitBundle(read.value);
      return read.ok;
    }),
    parserTarget('receipt files', 30, file(receipts), (text: string) => readReceiptFile(text).ok),
    parserTarget('receipts, their seal', 10, (chance) => {
      const bytes = base64urlToBytes(sealed.value.bytes);
      return bytes.ok && chance.happens(0.8) ? bytesToBase64url(mutateBytes(bytes.value, chance)) : mutateText(sealed.value.bytes, chance);
    }, async (bytes: string) => {
      const opened = await openReceipt({ ...under, sealed: { ...sealed.value, bytes } });
      if (opened.ok && bytes !== sealed.value.bytes) throw new Harm('a forged receipt opens');
      return opened.ok;
    }),
    parserTarget('receipts, their words', 30, (chance) => mutateJson(receipt, [], chance), (input: Json) => readAs(receiptSchema, dug(input)) !== undefined),
    parserTarget('answers', 30, (chance) => mutateJson(sampleAnswer(phone.deviceId, phone.memberId), [], chance), (input: Json) => readAs(syncAnswerSchema, dug(input)) !== undefined),
  ];
}

function sampleAnswer(deviceId: string, memberId: string): Json {
  const row = { sequence: 1, recordId: deviceId, kind: 'household', areaId: '01789-001', version: 1, fields: { no: 1 }, memberId, occurredAt: '2026-11-22T08:00:00+07:00' };
  const pages = [{ channelId: 'hamlet/01789-001', from: 0, cursor: 1, rows: [row], more: false, digest: '0'.repeat(32) }];
  const member = { memberId, communeCode: '01789', name: 'Lan', assignments: [{ role: 'team_member', hamletId: '01789-001' }] };
  return { epoch: 1, schema: 1, endpointTime: '2026-11-22T08:00:00+07:00', entries: [{ session: 'S', deviceSeq: 1, outcome: 'kept' }], pull: { member, pages, left: [] } };
}

const areas = 'code,level,kind,name,parent_code\n04,province,tinh,Cao Bằng,\n01789,commune,xa,Quang Hán,04\n01790,commune,xa,"Lý, Quốc",04\n';
function tableParsers(): Target[] {
  const table = (text: string) => (chance: Chance) => spoiledTable(text, chance);
  return [
    parserTarget('area lists', 30, table(areas), async (input: string) => {
      const read = await readSheets(bytesOf(input));
      return read.ok && readAreaList(read.value.sheets[0]?.rows ?? [], () => false).ok;
    }),
  ];
}

/** The awkward spreadsheets of `tools/make-awkward-tables.ts`, spoiled whole or within. */
async function spreadsheetParser(): Promise<Target> {
  const tables = await awkwardTables();
  return parserTarget('spreadsheets', 20, (chance) => base64(mutateTable(chance.pick(tables).bytes, chance.int)), async (input: string) => (await readSheets(bytesOf(input))).ok);
}

const settings = ['PORT', 'HOST', 'VAR_DIR', 'APP_DIR', 'PUBLIC_URL', 'TRUST_PROXY', 'FIRST_COMMUNE'] as const;
const goodSettings: Record<string, string> = { PORT: '8787', HOST: '127.0.0.1', VAR_DIR: 'var', PUBLIC_URL: 'https://gan-dan.example', TRUST_PROXY: '0', FIRST_COMMUNE: '01789' };
const commands = ['import-households ho.csv --commune 01789 --create-hamlets', 'invite --commune 01789 --role team_member --name Lan --hamlet 01789-001', 'revoke --commune 01789 x', 'list-devices'];

function textParsers(): Target[] {
  const newId = createNewId(() => now, (length) => new Uint8Array(length));
  const link = `https://gan-dan.example/moi#01789.${newId().replaceAll('-', '').padEnd(43, 'A').slice(0, 43)}`;
  return [
    parserTarget('settings', 20, (chance) => ({ ...goodSettings, [chance.pick(settings)]: mutateText(chance.pick(Object.values(goodSettings)), chance) }), (input: Record<string, string>) => readEnvironment(input).ok),
    parserTarget('commands', 20, (chance) => mutateText(chance.pick(commands), chance).split(' '), (input: string[]) => readCommand(input).ok),
    parserTarget('invitations', 20, (chance) => mutateText(link, chance), (input: string) => readInvitation(input) !== undefined),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
